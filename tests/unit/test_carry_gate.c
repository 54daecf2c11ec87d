/* links: sync/carry sync/queue firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/base/log.h"
#include "sync/carry/gate.h"
#include "sync/queue/events.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

/* Guessing PINs: counted before each try, on the disk, whatever the power does. */

static const int64_t minute = 60 * 1000, hour = 60 * 60 * 1000;
static struct fake_clock clock;

static struct store *power_on(int boot)
{
    struct store *s = NULL;
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .segment_bytes = 32 * 1024,
                               .ballast_bytes = 4096 };
    memset(o.boot_id, boot, sizeof(o.boot_id));
    int r = store_open(&s, &o);
    return r ? NULL : s;
}

static struct gate_answer said; /* at the end of a try */

static struct gate_answer begin(struct store *s, const char *serial)
{
    struct gate_answer a;
    CHECK_EQ(gate_begin(&a, s, serial), 0);
    return a;
}

static void begin_anew(void)
{
    clock = fake_clock_at(1000, 1795680000000);
    storm_begin(7);
    log_set_level((enum log_level)0);
}

/* One wrong try, however long it has to be waited for. */
static int64_t wrong_try(struct store *s, const char *serial)
{
    struct gate_answer a = begin(s, serial);
    int64_t waited = a.wait_ms;
    if (!a.may && !a.is_blocked) {
        fake_clock_advance(&clock, a.wait_ms);
        a = begin(s, serial);
    }
    CHECK(a.may);
    CHECK_EQ(gate_end(&said, s, serial, false), 0);
    return waited;
}

static void test_waits_grow_and_end_in_a_block(void **state)
{
    static const int64_t minutes[GATE_TRIES] = { 0, 0, 0, 1, 5, 30, 240, 1440, 1440, 1440 };
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    for (int i = 0; i < GATE_TRIES; i++)
        CHECK_EQ(wrong_try(s, "S-2026-0001"), minutes[i] * minute);
    struct gate_answer a = begin(s, "S-2026-0001");
    CHECK(a.is_blocked && !a.may);
    fake_clock_advance(&clock, 400 * 24 * hour);
    CHECK(begin(s, "S-2026-0001").is_blocked);
    CHECK(begin(s, "S-2026-0002").may); /* another stick is another matter */
}

static void test_a_right_pin_clears_the_count(void **state)
{
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    wrong_try(s, "S-2026-0001");
    wrong_try(s, "S-2026-0001");
    CHECK(begin(s, "S-2026-0001").may);
    CHECK_EQ(gate_end(&said, s, "S-2026-0001", true), 0);
    CHECK_EQ(begin(s, "S-2026-0001").left, GATE_TRIES - 1);
}

static void test_a_try_that_nobody_ended_counts(void **state)
{
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    CHECK_EQ(begin(s, "S-2026-0001").left, GATE_TRIES - 1);
    CHECK_EQ(begin(s, "S-2026-0001").left, GATE_TRIES - 2); /* the power was cut in between */
}

static void test_a_restart_never_shortens_a_wait(void **state)
{
    (void)state;
    begin_anew();
    struct store *s = power_on(1);
    fake_clock_advance(&clock, 5 * hour);
    for (int i = 0; i < 4; i++)
        wrong_try(s, "S-2026-0001");
    CHECK_EQ(begin(s, "S-2026-0001").wait_ms, 5 * minute);
    fake_clock_advance(&clock, 4 * minute);
    CHECK_EQ(begin(s, "S-2026-0001").wait_ms, minute);
    store_free(s);
    clock.boot = 1000; /* the boot clock begins again, the wall clock may be anything */
    clock.wall = 5000000000000;
    s = power_on(2);
    CHECK_EQ(begin(s, "S-2026-0001").wait_ms, 5 * minute - 1000);
    fake_clock_advance(&clock, 5 * minute);
    CHECK(begin(s, "S-2026-0001").may);
    store_free(s);
}

static void test_many_sticks_at_one_kiosk_are_slowed_down_together(void **state)
{
    char serial[GATE_SERIAL];
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    for (int i = 0; i < GATE_KIOSK_TRIES; i++) {
        snprintf(serial, sizeof(serial), "S-2026-%04d", i);
        CHECK_EQ(wrong_try(s, serial), 0);
    }
    CHECK_EQ(begin(s, "S-2026-0777").wait_ms, hour);
    fake_clock_advance(&clock, hour);
    CHECK(begin(s, "S-2026-0777").may);
    CHECK_EQ(gate_end(&said, s, "S-2026-0777", true), 0);
    CHECK(begin(s, "S-2026-0778").may);
}

static void test_the_end_of_a_try_tells_how_long_the_next_must_wait(void **state)
{
    static const int64_t minutes[] = { 0, 0, 1, 5, 30 };
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    for (int i = 0; i < 5; i++) {
        wrong_try(s, "S-2026-0001");
        CHECK_EQ(said.wait_ms, minutes[i] * 60000);
        CHECK_EQ(said.left, GATE_TRIES - 1 - i);
        CHECK(said.may == !said.wait_ms && !said.is_blocked);
    }
    for (int i = 5; i < GATE_TRIES; i++)
        wrong_try(s, "S-2026-0001");
    CHECK(said.is_blocked && !said.may && !said.left);
}

static void test_what_is_no_serial_is_no_key_of_the_store(void **state)
{
    static const char *const bad[] = { "",        "abc",         "S-1;DROP",
                                       "S 1 2 3", "feed_cursor", "S-234567890123456789012345" };
    struct gate_answer a;
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        CHECK_EQ(gate_begin(&a, s, bad[i]), GATE_E_SERIAL);
        CHECK(!a.may);
        CHECK_EQ(gate_end(&said, s, bad[i], true), GATE_E_SERIAL);
    }
}

static void test_every_try_and_its_end_stands_among_the_events(void **state)
{
    struct event events[16];
    size_t count = 0, tries = 0, ins = 0, wrongs = 0;
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    wrong_try(s, "S-2026-0001");
    CHECK(begin(s, "S-2026-0001").may);
    CHECK_EQ(gate_end(&said, s, "S-2026-0001", true), 0);
    CHECK_EQ(events_list(s, events, 16, &count, 0, false), 0);
    for (size_t i = 0; i < count; i++) {
        tries += !strcmp(events[i].what, "staff-try");
        ins += !strcmp(events[i].what, "staff-in");
        wrongs += !strcmp(events[i].what, "staff-wrong-pin");
        CHECK(strncmp(events[i].what, "staff-", 6) || strstr(events[i].detail, "S-2026-0001"));
    }
    CHECK_EQ(tries, 2);
    CHECK_EQ(ins, 1);
    CHECK_EQ(wrongs, 1);
}

static void test_a_row_that_rotted_lets_nobody_try_more(void **state)
{
    static const char *const rows[] = { "",
                                        "x",
                                        "1 2 3",
                                        "1 2 3 zz",
                                        "-5 0 0 00000000000000000000000000000000",
                                        "1 99999999999999999999 0 00" };
    (void)state;
    begin_anew();
    AUTO(store_free) struct store *s = power_on(1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(store_set_text(s, "gate:S-2026-0001", rows[i]), 0);
        struct gate_answer a = begin(s, "S-2026-0001");
        CHECK(!a.may && a.wait_ms > 0);
    }
}

/* Cut at every write: a try that was allowed is counted when the light is on again. */
static void test_no_power_cut_gives_a_try_back(void **state)
{
    (void)state;
    for (uint64_t cut = 1; cut <= 60; cut++) {
        int allowed = 0;
        begin_anew();
        struct store *s = power_on(1);
        storm_cut_at(cut);
        for (int i = 0; i < 2 && s; i++) {
            struct gate_answer a;
            if (!gate_begin(&a, s, "S-2026-0001") && a.may)
                allowed++;
        }
        store_free(s);
        storm_light();
        s = power_on(2);
        CHECK(s != NULL);
        struct gate_answer a = begin(s, "S-2026-0001");
        CHECK(a.may);
        CHECK(GATE_TRIES - a.left >= allowed + 1);
        store_free(s);
    }
}

static int stop(void **state)
{
    (void)state;
    storm_end();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_waits_grow_and_end_in_a_block),
        T(test_a_right_pin_clears_the_count),
        T(test_a_try_that_nobody_ended_counts),
        T(test_a_restart_never_shortens_a_wait),
        T(test_many_sticks_at_one_kiosk_are_slowed_down_together),
        T(test_the_end_of_a_try_tells_how_long_the_next_must_wait),
        T(test_what_is_no_serial_is_no_key_of_the_store),
        T(test_every_try_and_its_end_stands_among_the_events),
        T(test_a_row_that_rotted_lets_nobody_try_more),
        T(test_no_power_cut_gives_a_try_back),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
