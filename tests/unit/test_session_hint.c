/* links: firmware/session firmware/practice firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include <unistd.h>

#include "firmware/base/log.h"
#include "tests/support/session_rig.h"

static struct person of_age(const char *birth, const char *address)
{
    struct person p = person_a;
    memcpy(p.birth, birth, 9);
    snprintf(p.address, sizeof(p.address), "%s", address);
    return p;
}

static void come(const char *birth)
{
    const struct person p = of_age(birth, person_a.address);
    card(&p);
    CHECK_EQ(screen(), SCREEN_HOME);
}

static const char *hinted(void)
{
    const struct service *hint = session_view(rig.session)->hint;
    return hint ? hint->code : "";
}

static int effects(void)
{
    return rig.reserves + rig.submits + rig.prints + rig.asks + rig.notes + rig.note_asks +
           rig.spells;
}

/* What the visit wrote to the log while `go` ran. */
static size_t logged_by(void (*go)(void))
{
    int was = dup(STDERR_FILENO);
    FILE *file = tmpfile();
    CHECK(was >= 0 && file);
    fflush(stderr);
    CHECK(dup2(fileno(file), STDERR_FILENO) >= 0);
    log_set_level(LOG_DEBUG);
    go();
    log_set_level(LOG_NOTICE);
    fflush(stderr);
    CHECK(dup2(was, STDERR_FILENO) >= 0);
    close(was);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    fclose(file);
    return (size_t)size;
}

static void test_hint_comes_from_age_and_place_alone(void **state)
{
    (void)state;
    setup();
    come("19640101");
    CHECK_STR(hinted(), "E01");
    teardown();
    setup();
    come("19400101");
    CHECK_STR(hinted(), "E02");
    teardown();
    setup();
    const struct person far = of_age("19400101", "江苏省测试市样例路1号");
    card(&far);
    CHECK(strcmp(hinted(), "E02") != 0); /* paid where she is registered */
    teardown();
    setup();
    come("19900101");
    CHECK_STR(hinted(), "");
    /* What somebody says on a guide is used there, not to guess at more. */
    happen(EV_OPEN_SERVICE, "E03", "");
    happen(EV_SAY_FACT, "draws_pension", "yes");
    tap(EV_BACK);
    CHECK_STR(hinted(), "");
    teardown();
}

static void test_hint_needs_a_card_and_a_trusted_clock(void **state)
{
    (void)state;
    setup();
    tap(EV_BEGIN);
    CHECK_STR(hinted(), "");
    tap(EV_TAKE_HINT);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
    setup();
    rig.session->link.clock_quality = CLOCK_UNSET;
    come("19400101");
    CHECK_STR(hinted(), "");
    teardown();
}

static void test_hint_is_not_for_an_agent(void **state)
{
    (void)state;
    setup();
    to_agent_resident();
    const struct person old = of_age("19400101", person_a.address);
    card(&old);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK_STR(hinted(), "");
    teardown();
}

static void see_and_put_away(void)
{
    come("19400101");
    CHECK_STR(hinted(), "E02");
    tap(EV_HIDE_HINT);
    CHECK_STR(hinted(), "");
    happen(EV_OPEN_SERVICE, "H01", "");
    tap(EV_BACK);
    CHECK_STR(hinted(), ""); /* for this visit */
    tap(EV_EXIT);
    CHECK_EQ(screen(), SCREEN_ATTRACT);
}

static void test_hint_that_is_not_taken_up_leaves_no_trace(void **state)
{
    (void)state;
    setup();
    CHECK_EQ(logged_by(see_and_put_away), 0);
    CHECK_EQ(effects(), 0);
    CHECK(is_clean());
    teardown();
}

static void read_and_leave(void)
{
    come("19400101");
    tap(EV_TAKE_HINT);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    CHECK(session_view(rig.session)->is_hinted);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK_STR(hinted(), ""); /* she knows now */
    tap(EV_EXIT);
}

static void test_hint_that_was_only_read_leaves_no_trace(void **state)
{
    (void)state;
    setup();
    CHECK_EQ(logged_by(read_and_leave), 0);
    CHECK_EQ(effects(), 0);
    CHECK(is_clean());
    teardown();
}

static json_t *apply(void)
{
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "here");
        tap(EV_NEXT);
    }
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    return opened_item();
}

static void test_hint_that_was_claimed_is_told_to_the_county_inside_the_seal(void **state)
{
    (void)state;
    setup();
    come("19400101");
    tap(EV_TAKE_HINT);
    AUTO(json_release) json_t *item = apply();
    CHECK(json_is_true(json_object_get(item, "hinted")));
    teardown();
}

static void test_hint_of_one_matter_says_nothing_in_another(void **state)
{
    (void)state;
    setup();
    come("19400101");
    tap(EV_TAKE_HINT);
    tap(EV_BACK);
    happen(EV_OPEN_SERVICE, "D04", "");
    AUTO(json_release) json_t *item = apply();
    CHECK(!json_object_get(item, "hinted"));
    teardown();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_hint_comes_from_age_and_place_alone),
        cmocka_unit_test(test_hint_needs_a_card_and_a_trusted_clock),
        cmocka_unit_test(test_hint_is_not_for_an_agent),
        cmocka_unit_test(test_hint_that_is_not_taken_up_leaves_no_trace),
        cmocka_unit_test(test_hint_that_was_only_read_leaves_no_trace),
        cmocka_unit_test(test_hint_that_was_claimed_is_told_to_the_county_inside_the_seal),
        cmocka_unit_test(test_hint_of_one_matter_says_nothing_in_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
