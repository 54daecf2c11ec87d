/* links: tests/platform firmware/case firmware/calendar firmware/seal firmware/base */
#include "tests/platform/incoming.h"

#include "tests/support/check.h"

#define BOOT "01900000-0000-7000-8000-0000000000bb"
#define OTHER_BOOT "01900000-0000-7000-8000-0000000000cc"

static const int64_t arrived = INT64_C(1795854600000); /* 2026-11-28T08:30:00Z */

static const char *when(char out[21], struct clock_facts then, struct clock_facts sent)
{
    return incoming_when(out, &then, &sent, arrived);
}

static void test_when_counts_back_by_the_boot_clock_of_the_same_boot(void **state)
{
    char text[21];
    (void)state;
    CHECK_STR(
        when(text, (struct clock_facts){ BOOT, 1000, 0 }, (struct clock_facts){ BOOT, 61000, 0 }),
        "boot");
    CHECK_STR(text, "2026-11-28T08:29:00Z");
    /* Whatever the wall clock says. */
    CHECK_STR(
        when(text, (struct clock_facts){ BOOT, 1000, 5 }, (struct clock_facts){ BOOT, 1000, 5 }),
        "boot");
    CHECK_STR(text, "2026-11-28T08:30:00Z");
}

static void test_when_takes_the_wall_clock_after_another_boot(void **state)
{
    char text[21];
    int64_t earlier = arrived - INT64_C(3) * 24 * 3600 * 1000;
    (void)state;
    CHECK_STR(when(text, (struct clock_facts){ BOOT, 1000, earlier },
                   (struct clock_facts){ OTHER_BOOT, 500, 0 }),
              "wall");
    CHECK_STR(text, "2026-11-25T08:30:00Z");
}

static void test_when_takes_the_arrival_if_nothing_can_be_believed(void **state)
{
    char text[21];
    int64_t ahead = arrived + INT64_C(400) * 24 * 3600 * 1000;
    (void)state;
    CHECK_STR(when(text, (struct clock_facts){ BOOT, 1000, 0 }, (struct clock_facts){ "", 0, 0 }),
              "arrival");
    CHECK_STR(when(text, (struct clock_facts){ "", 0, ahead }, (struct clock_facts){ "", 0, 0 }),
              "arrival");
    /* A boot clock that ran backwards, or for longer than there has been time. */
    CHECK_STR(
        when(text, (struct clock_facts){ BOOT, 9000, 0 }, (struct clock_facts){ BOOT, 10, 0 }),
        "arrival");
    CHECK_STR(
        when(text, (struct clock_facts){ BOOT, 0, 0 }, (struct clock_facts){ BOOT, INT64_MAX, 0 }),
        "arrival");
    CHECK_STR(text, "2026-11-28T08:30:00Z");
}

static void test_clock_that_was_never_set_has_no_wall_time(void **state)
{
    struct json_reader r = { 0 };
    struct clock_facts facts;
    (void)state;
    AUTO(json_release)
    json_t *unset = json_pack("{ss, ss}", "wall", "2026-11-24T08:30:00Z", "clock_quality", "unset");
    clock_facts_read(&r, &facts, unset);
    CHECK_EQ(facts.wall_ms, 0);
    AUTO(json_release)
    json_t *set = json_pack("{ss, ss}", "wall", "2026-11-24T08:30:00Z", "clock_quality", "rtc");
    clock_facts_read(&r, &facts, set);
    CHECK(facts.wall_ms > 0);
    clock_facts_read(&r, &facts, NULL);
    CHECK_EQ(facts.wall_ms, 0);
    CHECK(json_is_clean(&r));
}

static void test_id_is_a_uuid_of_version_7_or_none(void **state)
{
    static const char *const bad[] = { "", "x", "01900000-0000-4000-8000-000000000001",
                                       "01900000-0000-7000-8000-00000000000G",
                                       "01900000-0000-7000-8000-0000000000011" };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        AUTO(json_release) json_t *o = json_pack("{ss}", "id", bad[i]);
        CHECK(!incoming_id(o));
    }
    AUTO(json_release) json_t *number = json_pack("{si}", "id", 7);
    CHECK(!incoming_id(number) && !incoming_id(NULL));
    AUTO(json_release) json_t *good = json_pack("{ss}", "id", BOOT);
    CHECK_STR(incoming_id(good), BOOT);
}

RUN(T(test_when_counts_back_by_the_boot_clock_of_the_same_boot),
    T(test_when_takes_the_wall_clock_after_another_boot),
    T(test_when_takes_the_arrival_if_nothing_can_be_believed),
    T(test_clock_that_was_never_set_has_no_wall_time), T(test_id_is_a_uuid_of_version_7_or_none))
