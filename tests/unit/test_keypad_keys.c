/* links: drivers/keypad drivers/hid drivers/usb firmware/base */
#include <stdio.h>

#include "drivers/keypad/models.h"
#include "tests/support/check.h"

enum { UP = 0x70052, DOWN = 0x70051, ENTER = 0x70028, HOOK = 0x0b0020, VOLUME = 0x0c00e9 };

static struct keypad_keys keys_of(size_t model, struct keypad_timing timing)
{
    struct keypad_keys k;
    keypad_keys_start(&k, keypad_model_at(model)->rows, &timing);
    return k;
}

static struct keypad_keys plain(void)
{
    return keys_of(0, keypad_timing_default);
}

/* Everything that has happened, as words. */
static const char *said(struct keypad_keys *k)
{
    static char words[2000];
    enum keypad_event e;
    words[0] = 0;
    while ((e = keypad_keys_next(k)))
        snprintf(words + strlen(words), sizeof(words) - strlen(words), "%s%s", *words ? " " : "",
                 keypad_event_word(e));
    return words;
}

static void tap(struct keypad_keys *k, uint32_t usage, int64_t at)
{
    keypad_keys_take(k, usage, true, at);
    keypad_keys_take(k, usage, false, at + 80);
}

static void test_keypad_acts_when_the_key_goes_down_and_once(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, ENTER, true, 0);
    CHECK_STR(said(&k), "select");
    for (int64_t t = 0; t < KEYPAD_STUCK_MS; t += 100)
        keypad_keys_tick(&k, t);
    CHECK_STR(said(&k), "");
    keypad_keys_take(&k, ENTER, false, 50000);
    CHECK_STR(said(&k), "");
}

static void test_keypad_repeats_arrows_and_volume_while_they_are_held(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, DOWN, true, 0);
    CHECK_EQ(keypad_keys_due_ms(&k), 1000);
    keypad_keys_tick(&k, 999);
    CHECK_STR(said(&k), "down");
    keypad_keys_tick(&k, 1000);
    keypad_keys_tick(&k, 1400);
    CHECK_STR(said(&k), "down down");
    keypad_keys_take(&k, DOWN, false, 1500);
    keypad_keys_tick(&k, 9000);
    CHECK_STR(said(&k), "");
    keypad_keys_take(&k, VOLUME, true, 10000);
    keypad_keys_tick(&k, 11000);
    CHECK_STR(said(&k), "louder louder");
}

static void test_keypad_that_is_looked_at_late_does_not_race(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, DOWN, true, 0);
    keypad_keys_tick(&k, 30000);
    keypad_keys_tick(&k, 30001);
    CHECK_STR(said(&k), "down down");
}

static void test_keypad_takes_a_bouncing_contact_for_one_press(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    for (int64_t t = 0; t <= 20; t += 10) {
        keypad_keys_take(&k, UP, true, t);
        keypad_keys_take(&k, UP, false, t + 5);
    }
    CHECK_STR(said(&k), "up");
    keypad_keys_take(&k, UP, true, 100);
    CHECK_STR(said(&k), "up");
    keypad_keys_tick(&k, 1100); /* held after bouncing: it repeats */
    CHECK_STR(said(&k), "up");
}

static void test_keypad_can_be_told_to_overlook_double_strikes(void **state)
{
    (void)state;
    struct keypad_keys k =
        keys_of(0, (struct keypad_timing){
                       .repeat_delay_ms = 2000, .repeat_ms = 500, .double_strike_ms = 500 });
    tap(&k, ENTER, 0);
    tap(&k, ENTER, 300);
    CHECK_STR(said(&k), "select");
    tap(&k, UP, 400); /* another key is meant */
    tap(&k, UP, 1000);
    CHECK_STR(said(&k), "up up");
    keypad_keys_take(&k, DOWN, true, 2000);
    keypad_keys_tick(&k, 3999);
    CHECK_STR(said(&k), "down");
    keypad_keys_tick(&k, 4000);
    CHECK_STR(said(&k), "down");
}

static void test_keypad_reports_a_stuck_key_once_and_ignores_it(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, DOWN, true, 0);
    for (int64_t t = 0; t < 10LL * KEYPAD_STUCK_MS; t += 400)
        keypad_keys_tick(&k, t);
    const char *words = said(&k);
    CHECK(strstr(words, "stuck") != NULL);
    CHECK_STR(strstr(words, "stuck"), "stuck");
    CHECK_EQ(keypad_keys_due_ms(&k), -1);
    tap(&k, UP, 700000); /* the others work meanwhile */
    CHECK_STR(said(&k), "up");
    keypad_keys_take(&k, DOWN, false, 800000);
    CHECK_STR(said(&k), "free");
    tap(&k, DOWN, 801000);
    CHECK_STR(said(&k), "down");
}

static void test_keypad_only_the_last_key_down_repeats(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, DOWN, true, 0);
    keypad_keys_take(&k, UP, true, 100);
    keypad_keys_tick(&k, 1100);
    CHECK_STR(said(&k), "down up up");
    keypad_keys_take(&k, UP, false, 1200);
    keypad_keys_tick(&k, 20000);
    CHECK_STR(said(&k), "");
}

static void test_keypad_senses_headphones_as_a_level(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, HOOK, true, 0);
    keypad_keys_take(&k, HOOK, true, 5);
    keypad_keys_tick(&k, 10LL * KEYPAD_STUCK_MS); /* a plug may stay in for hours */
    CHECK_STR(said(&k), "headphones-in");
    keypad_keys_take(&k, HOOK, false, 700000);
    CHECK_STR(said(&k), "headphones-out");
}

static void test_keypad_of_function_keys_works_by_its_row(void **state)
{
    (void)state;
    struct keypad_keys k = keys_of(1, keypad_timing_default);
    static const uint32_t keys[] = { 0x70068, 0x70069, 0x7006c, 0x7006d, 0x7006e,
                                     0x7006f, 0x70070, 0x70071, 0x70072, 0x70073 };
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
        tap(&k, keys[i], (int64_t)i * 1000);
    CHECK_STR(said(&k), "up down left right select back repeat help louder softer");
    tap(&k, 0x7006a, 20000);
    tap(&k, 0x7006a, 21000); /* told twice */
    tap(&k, 0x7006b, 22000);
    CHECK_STR(said(&k), "headphones-in headphones-out");
    tap(&k, 0x70004, 30000); /* a letter is nothing here */
    CHECK_STR(said(&k), "");
}

static void test_keypad_that_goes_lets_go_and_takes_the_headphones_along(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    keypad_keys_take(&k, HOOK, true, 0);
    keypad_keys_take(&k, DOWN, true, 10);
    (void)said(&k);
    keypad_keys_release(&k);
    CHECK_STR(said(&k), "headphones-out");
    keypad_keys_tick(&k, 100000);
    CHECK_STR(said(&k), "");
}

static void test_keypad_survives_any_hail_of_keys(void **state)
{
    (void)state;
    struct keypad_keys k = plain();
    uint32_t seed = 7;
    for (int64_t t = 0; t < 20000; t++) {
        seed = seed * 1664525u + 1013904223u;
        uint32_t usage = (seed >> 9 & 1 ? 0x70000u : 0x0c0000u) | (seed >> 20 & 0xff);
        keypad_keys_take(&k, usage, seed >> 8 & 1, t);
        if (t % 50 == 0)
            (void)said(&k);
        CHECK(k.down_count <= KEYPAD_DOWN_MAX && k.queued - k.taken <= KEYPAD_QUEUE);
    }
    keypad_keys_release(&k);
    CHECK_EQ(k.down_count, 0);
}

static void test_keypad_table_knows_no_ordinary_keyboard(void **state)
{
    (void)state;
    CHECK(!keypad_model_of(&(struct usb_info){ .vendor = 0x046d, .product = 0xc31c }));
    CHECK(!keypad_model_of(&(struct usb_info){ .vendor = 0x0483, .product = 0x5740 }));
    CHECK(keypad_model_of(&(struct usb_info){ .vendor = 0x0483, .product = 0x5750 }) != NULL);
}

RUN(T(test_keypad_acts_when_the_key_goes_down_and_once),
    T(test_keypad_repeats_arrows_and_volume_while_they_are_held),
    T(test_keypad_that_is_looked_at_late_does_not_race),
    T(test_keypad_takes_a_bouncing_contact_for_one_press),
    T(test_keypad_can_be_told_to_overlook_double_strikes),
    T(test_keypad_reports_a_stuck_key_once_and_ignores_it),
    T(test_keypad_only_the_last_key_down_repeats), T(test_keypad_senses_headphones_as_a_level),
    T(test_keypad_of_function_keys_works_by_its_row),
    T(test_keypad_that_goes_lets_go_and_takes_the_headphones_along),
    T(test_keypad_survives_any_hail_of_keys), T(test_keypad_table_knows_no_ordinary_keyboard))
