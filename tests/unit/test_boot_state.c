/* links: board/common firmware/base */
#include "board/common/boot_state.h"
#include "tests/support/check.h"

static const struct boot_state a_first = { 1, BOOT_SLOT_A, { 3, 2 } },
                               b_first = { 2, BOOT_SLOT_B, { 0, 3 } };

static void test_boot_state_comes_back_as_it_was_written(void **state)
{
    (void)state;
    uint8_t copy[BOOT_COPY_BYTES];
    struct boot_state got;
    boot_state_write(copy, &b_first);
    CHECK_EQ(boot_state_read(&got, copy), 0);
    CHECK_EQ(got.turn, 2);
    CHECK_EQ(got.first, BOOT_SLOT_B);
    CHECK_EQ(got.tries[BOOT_SLOT_A], 0);
    CHECK_EQ(got.tries[BOOT_SLOT_B], 3);
}

/* What U-Boot 2023.01 wrote for these values with `env export -c -s 0x200`: its order is the alphabet's. */
static void test_boot_state_is_what_the_boot_loader_writes(void **state)
{
    (void)state;
    static const char text[] = "boot_a=3\0boot_b=2\0boot_first=A\0boot_turn=1\0";
    uint8_t copy[BOOT_COPY_BYTES];
    boot_state_write(copy, &a_first);
    CHECK_BYTES(copy + 4, text, sizeof(text));
    for (size_t i = 4 + sizeof(text); i < BOOT_COPY_BYTES; i++)
        CHECK_EQ(copy[i], 0);
}

/* A sector that was half written, or that rotted. */
static void test_boot_state_believes_no_damaged_copy(void **state)
{
    (void)state;
    uint8_t copy[BOOT_COPY_BYTES];
    struct boot_state got;
    for (int bit = 0; bit < BOOT_COPY_BYTES * 8; bit++) {
        boot_state_write(copy, &a_first);
        copy[bit / 8] ^= (uint8_t)(1 << bit % 8);
        CHECK_EQ(boot_state_read(&got, copy), -EBADMSG);
    }
    memset(copy, 0, sizeof(copy));
    CHECK_EQ(boot_state_read(&got, copy), -EBADMSG);
    memset(copy, 0xff, sizeof(copy));
    CHECK_EQ(boot_state_read(&got, copy), -EBADMSG);
}

static void test_boot_state_believes_no_values_that_cannot_be(void **state)
{
    (void)state;
    static const struct boot_state rows[] = { { 3, BOOT_SLOT_A, { 3, 3 } },
                                              { 0, BOOT_SLOT_A, { 4, 3 } },
                                              { 0, BOOT_SLOT_A, { 3, 9 } } };
    uint8_t copy[BOOT_COPY_BYTES];
    struct boot_state got;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        boot_state_write(copy, &rows[i]);
        CHECK_EQ(boot_state_read(&got, copy), -EBADMSG);
    }
}

/* Power may go at any byte of any write: then the state before it holds. */
static void test_boot_state_survives_a_cut_at_every_byte(void **state)
{
    (void)state;
    uint8_t copies[2][BOOT_COPY_BYTES] = { 0 }, fresh[BOOT_COPY_BYTES];
    struct boot_state now, before;
    CHECK_EQ(boot_state_choose(&now, copies), 0);
    for (int round = 0; round < 7; round++) {
        int next = boot_state_choose(&before, copies);
        now = before;
        boot_state_try(&now, round % 2 ? BOOT_SLOT_A : BOOT_SLOT_B);
        boot_state_write(fresh, &now);
        for (size_t cut = 0; round && cut < BOOT_COPY_BYTES; cut++) {
            uint8_t half[2][BOOT_COPY_BYTES];
            struct boot_state got;
            memcpy(half, copies, sizeof(half));
            memcpy(half[next], fresh, cut);
            boot_state_choose(&got, half);
            bool is_new = !memcmp(half[next], fresh, sizeof(fresh));
            CHECK_EQ(got.turn, is_new ? now.turn : before.turn);
            CHECK_EQ(got.first, is_new ? now.first : before.first);
        }
        memcpy(copies[next], fresh, sizeof(fresh));
        struct boot_state got;
        CHECK_EQ(boot_state_choose(&got, copies), !next);
        CHECK_EQ(got.first, now.first);
    }
}

static void test_boot_state_good_gives_the_running_slot_all_its_tries(void **state)
{
    (void)state;
    struct boot_state s = { 2, BOOT_SLOT_A, { 0, 2 } };
    boot_state_good(&s, BOOT_SLOT_B);
    CHECK_EQ(s.first, BOOT_SLOT_B);
    CHECK_EQ(s.tries[BOOT_SLOT_B], BOOT_TRIES);
    CHECK_EQ(s.tries[BOOT_SLOT_A], 0);
    CHECK_EQ(s.turn, 0);
}

/* What runs is asked again when the kiosk is started again, and an image may wait in the other slot by then. */
static void test_boot_state_good_does_not_take_the_turn_of_a_new_image(void **state)
{
    (void)state;
    struct boot_state s = { 0, BOOT_SLOT_A, { 2, 0 } };
    boot_state_try(&s, BOOT_SLOT_B);
    CHECK(boot_state_is_next(&s, BOOT_SLOT_B));
    boot_state_good(&s, BOOT_SLOT_A);
    CHECK(boot_state_is_next(&s, BOOT_SLOT_B));
    CHECK_EQ(s.tries[BOOT_SLOT_A], BOOT_TRIES);
    boot_state_void(&s, BOOT_SLOT_B);
    boot_state_good(&s, BOOT_SLOT_A);
    CHECK(boot_state_is_next(&s, BOOT_SLOT_A) && !boot_state_is_next(&s, BOOT_SLOT_B));
}

RUN(T(test_boot_state_comes_back_as_it_was_written),
    T(test_boot_state_is_what_the_boot_loader_writes), T(test_boot_state_believes_no_damaged_copy),
    T(test_boot_state_believes_no_values_that_cannot_be),
    T(test_boot_state_survives_a_cut_at_every_byte),
    T(test_boot_state_good_gives_the_running_slot_all_its_tries),
    T(test_boot_state_good_does_not_take_the_turn_of_a_new_image))
