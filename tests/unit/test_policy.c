/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "sync/uplink/policy.h"
#include "tests/support/check.h"

/* Every answer has one meaning; walked by table and then by brute force for what must never happen. */

enum { ONE = 1, TWO = 2 };

struct row {
    enum transport transport;
    int status;
    bool has_epoch;
    size_t items;
    bool blobs;
    enum move move;
    enum link_state link;
};

static struct ruling rule(enum transport transport, int status, bool has_epoch, size_t items,
                          bool blobs)
{
    struct answer a = { .transport = transport, .status = status, .has_epoch = has_epoch };
    struct situation s = { .items = items, .is_all_blobs = blobs };
    return policy_rule(&a, &s);
}

static const struct row rows[] = {
    /* F22, F23: nothing came */
    { TRANSPORT_DOWN, 0, false, TWO, false, MOVE_BACK_OFF, LINK_DOWN },
    { TRANSPORT_DOWN, 200, true, TWO, false, MOVE_BACK_OFF,
      LINK_DOWN }, /* cut short behind its head */
    { TRANSPORT_TOO_LARGE, 200, true, TWO, false, MOVE_BACK_OFF, LINK_UP },
    /* F19, F21 */
    { TRANSPORT_TLS, 0, false, TWO, false, MOVE_BACK_OFF, LINK_DOWN },
    { TRANSPORT_TLS_DATES, 0, false, TWO, false, MOVE_BACK_OFF, LINK_DOWN },
    /* verdicts */
    { TRANSPORT_OK, 200, true, TWO, false, MOVE_READ, LINK_UP },
    { TRANSPORT_OK, 200, true, ONE, true, MOVE_READ, LINK_UP },
    /* any other 2xx is no answer */
    { TRANSPORT_OK, 201, true, TWO, false, MOVE_BACK_OFF, LINK_UP },
    { TRANSPORT_OK, 204, true, TWO, false, MOVE_BACK_OFF, LINK_UP },
    /* F16 */
    { TRANSPORT_OK, 400, true, TWO, false, MOVE_SPLIT, LINK_UP },
    { TRANSPORT_OK, 400, true, ONE, false, MOVE_ASIDE, LINK_UP },
    /* F20 */
    { TRANSPORT_OK, 401, true, TWO, false, MOVE_BLOCK, LINK_BLOCKED },
    { TRANSPORT_OK, 403, true, ONE, false, MOVE_BLOCK, LINK_BLOCKED },
    /* wrong server or version */
    { TRANSPORT_OK, 404, true, TWO, false, MOVE_STOP, LINK_UP },
    { TRANSPORT_OK, 405, true, TWO, false, MOVE_STOP, LINK_UP },
    { TRANSPORT_OK, 406, true, TWO, false, MOVE_STOP, LINK_UP },
    { TRANSPORT_OK, 415, true, TWO, false, MOVE_STOP, LINK_UP },
    { TRANSPORT_OK, 426, true, TWO, false, MOVE_STOP, LINK_UP },
    { TRANSPORT_OK, 408, true, TWO, false, MOVE_BACK_OFF, LINK_UP },
    { TRANSPORT_OK, 425, true, TWO, false, MOVE_BACK_OFF, LINK_UP },
    /* F11 */
    { TRANSPORT_OK, 409, true, TWO, false, MOVE_WAIT, LINK_UP },
    { TRANSPORT_OK, 422, true, TWO, false, MOVE_NEW_KEY, LINK_UP },
    /* F13 */
    { TRANSPORT_OK, 413, true, TWO, false, MOVE_SHRINK, LINK_UP },
    { TRANSPORT_OK, 413, true, ONE, false, MOVE_AS_BLOB, LINK_UP },
    { TRANSPORT_OK, 413, true, ONE, true, MOVE_HOLD, LINK_UP },
    /* F14 */
    { TRANSPORT_OK, 429, true, TWO, false, MOVE_WAIT, LINK_UP },
    { TRANSPORT_OK, 503, true, TWO, false, MOVE_WAIT, LINK_UP },
    { TRANSPORT_OK, 429, false, TWO, false, MOVE_WAIT, LINK_DOWN },
    { TRANSPORT_OK, 503, false, TWO, false, MOVE_WAIT, LINK_DOWN },
    /* F15 */
    { TRANSPORT_OK, 500, true, TWO, false, MOVE_STORM, LINK_UP },
    { TRANSPORT_OK, 502, true, ONE, false, MOVE_STORM, LINK_UP },
    { TRANSPORT_OK, 502, false, TWO, false, MOVE_BACK_OFF, LINK_DOWN },
    /* F18 */
    { TRANSPORT_OK, 200, false, TWO, false, MOVE_BACK_OFF, LINK_CAPTIVE },
    { TRANSPORT_OK, 302, false, TWO, false, MOVE_BACK_OFF, LINK_CAPTIVE },
    { TRANSPORT_OK, 511, false, TWO, false, MOVE_BACK_OFF, LINK_CAPTIVE },
    { TRANSPORT_OK, 401, false, TWO, false, MOVE_BACK_OFF, LINK_CAPTIVE },
    { TRANSPORT_OK, 413, false, ONE, true, MOVE_BACK_OFF, LINK_CAPTIVE },
};

static void test_policy_gives_each_answer_its_meaning(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const struct row *r = &rows[i];
        struct ruling got = rule(r->transport, r->status, r->has_epoch, r->items, r->blobs);
        if (got.move != r->move || got.link != r->link)
            fail_msg("row %zu, status %d: move %d, link %s", i, r->status, got.move,
                     link_state_word(got.link));
    }
}

static bool judges_items(enum move move)
{
    return move == MOVE_READ || move == MOVE_SPLIT || move == MOVE_ASIDE || move == MOVE_SHRINK ||
           move == MOVE_AS_BLOB || move == MOVE_HOLD;
}

/* D7: what is not the platform's own answer changes nothing on any item, whatever it says. */
static void test_policy_lets_nobody_but_the_platform_touch_an_item(void **state)
{
    (void)state;
    for (int transport = 0; transport < TRANSPORT_END; transport++)
        for (int status = -1; status < 1200; status++)
            for (size_t items = 0; items < 3; items++)
                for (int blobs = 0; blobs < 2; blobs++)
                    for (int epoch = 0; epoch < 2; epoch++) {
                        struct ruling r =
                            rule((enum transport)transport, status, epoch, items, blobs);
                        bool is_platform = transport == TRANSPORT_OK && epoch;
                        if (judges_items(r.move) && !is_platform)
                            fail_msg("transport %d status %d: move %d", transport, status, r.move);
                        CHECK(r.move != MOVE_READ || status == 200);
                        CHECK(r.link != LINK_BLOCKED || is_platform);
                        CHECK(r.link != LINK_UP || is_platform || transport == TRANSPORT_TOO_LARGE);
                        /* Only one item can be at fault itself. */
                        CHECK((r.move != MOVE_ASIDE && r.move != MOVE_AS_BLOB &&
                               r.move != MOVE_HOLD) ||
                              items < 2);
                        CHECK((r.move != MOVE_SPLIT && r.move != MOVE_SHRINK) || items > 1);
                    }
}

static void test_policy_has_a_word_for_each_state_of_the_link(void **state)
{
    (void)state;
    CHECK_STR(link_state_word(LINK_DOWN), "down");
    CHECK_STR(link_state_word(LINK_UP), "up");
    CHECK_STR(link_state_word(LINK_CAPTIVE), "captive");
    CHECK_STR(link_state_word(LINK_BLOCKED), "blocked");
}

RUN(T(test_policy_gives_each_answer_its_meaning),
    T(test_policy_lets_nobody_but_the_platform_touch_an_item),
    T(test_policy_has_a_word_for_each_state_of_the_link))
