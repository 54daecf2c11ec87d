/* links: sync/uplink firmware/base */
#include "sync/uplink/link.h"

#include "tests/support/check.h"

/* A wire that keeps what is asked, and a test that answers. */
static struct yard {
    struct wire wire;
    struct fake_clock machine;
    struct county_clock clock;
    struct link link;
    struct request asked;
    size_t count;
    bool is_busy;
} yard;

static int keep(struct wire *wire, const struct request *request)
{
    (void)wire;
    if (yard.is_busy)
        return -EBUSY;
    yard.asked = *request;
    yard.count++;
    return 0;
}

static uint32_t none(struct chance *chance, uint32_t limit)
{
    (void)chance;
    (void)limit;
    return 0;
}
static struct chance chance = { none };

static bool is_synchronised(void)
{
    return true;
}

static void begin(bool is_enrolled)
{
    yard = (struct yard){ .wire = { .send = keep }, .machine = fake_clock_at(1000000, 0) };
    yard.clock = county_clock_new(&yard.machine.base, is_synchronised);
    link_begin(&yard.link, &yard.wire, &yard.clock, &chance);
    yard.link.is_enrolled = is_enrolled;
}

static void answer(struct answer a)
{
    yard.asked.done(yard.asked.context, &a);
}

static void test_link_tries_when_it_is_asked_also_before_enrolment(void **state)
{
    (void)state;
    begin(false);
    link_tick(&yard.link);
    CHECK_EQ(yard.count, 0); /* nobody asked */
    CHECK(link_next_ms(&yard.link) == INT64_MAX);
    link_try(&yard.link);
    CHECK_EQ(link_next_ms(&yard.link), 0);
    link_tick(&yard.link);
    CHECK_EQ(yard.count, 1);
    CHECK_STR(yard.asked.path, "/v1/time");
    CHECK(yard.asked.is_anonymous); /* it has no certificate to show */
    link_tick(&yard.link);
    CHECK_EQ(yard.count, 1); /* once */
    answer((struct answer){ .transport = TRANSPORT_OK, .status = 200, .has_epoch = true });
    CHECK_EQ(yard.link.tries, 1);
    CHECK_STR(link_trouble_word(&yard.link), "");
    CHECK(link_next_ms(&yard.link) == INT64_MAX);
}

static void test_link_does_not_wait_for_a_busy_lane_to_try(void **state)
{
    (void)state;
    begin(true);
    yard.is_busy = true;
    link_try(&yard.link);
    link_tick(&yard.link);
    CHECK(link_next_ms(&yard.link) == INT64_MAX); /* nobody spins */
}

static void test_link_knows_what_stood_in_the_way(void **state)
{
    (void)state;
    static const struct {
        struct answer answer;
        const char *word;
    } rows[] = {
        { { .transport = TRANSPORT_DOWN, .is_name_unknown = true }, "name" },
        { { .transport = TRANSPORT_DOWN }, "silent" },
        { { .transport = TRANSPORT_TLS }, "stranger" },
        { { .transport = TRANSPORT_TLS_DATES }, "dates" },
        { { .transport = TRANSPORT_OK, .status = 302 }, "login" },
        { { .transport = TRANSPORT_OK, .status = 401, .has_epoch = true }, "turned-away" },
        { { .transport = TRANSPORT_OK, .status = 503, .has_epoch = true }, "sick" },
        { { .transport = TRANSPORT_OK, .status = 200, .has_epoch = true }, "" },
    };
    begin(true);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        link_try(&yard.link);
        link_tick(&yard.link);
        CHECK(!yard.asked.is_anonymous);
        answer(rows[i].answer);
        CHECK_STR(link_trouble_word(&yard.link), rows[i].word);
        CHECK_EQ(yard.link.tries, i + 1);
    }
}

RUN(T(test_link_tries_when_it_is_asked_also_before_enrolment),
    T(test_link_does_not_wait_for_a_busy_lane_to_try), T(test_link_knows_what_stood_in_the_way))
