/* links: sync/uplink sync/queue firmware/seal firmware/base */
#include "sync/uplink/backoff.h"
#include "tests/support/check.h"

/* Chance that always gives the most, or the least. */
static uint32_t most_below(struct chance *chance, uint32_t limit)
{
    (void)chance;
    return limit ? limit - 1 : 0;
}

static uint32_t none_below(struct chance *chance, uint32_t limit)
{
    (void)chance;
    (void)limit;
    return 0;
}

static struct chance most = { most_below }, none = { none_below };

static void test_backoff_doubles_its_ceiling_up_to_fifteen_minutes(void **state)
{
    static const int64_t ceilings[] = { 2000,   4000,   8000,   16000,  32000,  64000,
                                        128000, 256000, 512000, 900000, 900000, 900000 };
    struct backoff b = { 0 };
    (void)state;
    for (size_t i = 0; i < sizeof(ceilings) / sizeof(*ceilings); i++)
        CHECK_EQ(backoff_fail(&b, 50, &most), 50 + ceilings[i]);
}

static void test_backoff_has_full_jitter(void **state)
{
    struct backoff b = { .count = 5 };
    (void)state;
    CHECK_EQ(backoff_fail(&b, 50, &none), 50);
    CHECK_EQ(b.count, 6);
    uint32_t low = 0, high = 0;
    for (int i = 0; i < 2000; i++) {
        struct backoff real = { .count = 9 };
        int64_t wait = backoff_fail(&real, 0, &kernel_chance);
        CHECK(wait >= 0 && wait <= BACKOFF_MOST_MS);
        low += wait < BACKOFF_MOST_MS / 4;
        high += wait > BACKOFF_MOST_MS / 4 * 3;
    }
    CHECK(low > 300 && high > 300); /* 500 are expected of each; 300 is out of all likelihood */
}

static void test_backoff_never_overflows_however_long_it_goes_on(void **state)
{
    struct backoff b = { .count = UINT32_MAX - 2 };
    (void)state;
    for (int i = 0; i < 6; i++) {
        int64_t until = backoff_fail(&b, 0, &most);
        CHECK(until >= 2000 && until <= BACKOFF_MOST_MS);
    }
}

static void test_backoff_begins_anew_after_a_success(void **state)
{
    struct backoff b = { 0 };
    (void)state;
    for (int i = 0; i < 7; i++)
        backoff_fail(&b, 0, &most);
    backoff_clear(&b);
    CHECK_EQ(backoff_fail(&b, 0, &most), BACKOFF_FIRST_MS);
}

static void test_wait_spread_waits_at_least_what_was_asked_and_a_tenth_more_at_most(void **state)
{
    (void)state;
    CHECK_EQ(wait_spread(7, 0, &none), 7);
    CHECK_EQ(wait_spread(7, 0, &most), 1007);
    CHECK_EQ(wait_spread(7, 5000, &none), 5007);
    CHECK_EQ(wait_spread(7, 5000, &most), 6007);
    CHECK_EQ(wait_spread(7, 3600000, &most), 3960007);
}

static void test_kernel_chance_stays_below_its_limit(void **state)
{
    (void)state;
    CHECK_EQ(kernel_chance.below(&kernel_chance, 0), 0);
    CHECK_EQ(kernel_chance.below(&kernel_chance, 1), 0);
    for (int i = 0; i < 1000; i++)
        CHECK(kernel_chance.below(&kernel_chance, 7) < 7);
}

RUN(T(test_backoff_doubles_its_ceiling_up_to_fifteen_minutes), T(test_backoff_has_full_jitter),
    T(test_backoff_never_overflows_however_long_it_goes_on),
    T(test_backoff_begins_anew_after_a_success),
    T(test_wait_spread_waits_at_least_what_was_asked_and_a_tenth_more_at_most),
    T(test_kernel_chance_stays_below_its_limit))
