/* links: sync/queue firmware/seal firmware/base */
#include "sync/queue/outbox.h"
#include "sync/queue/tickets.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

/* Numbers of queue tickets over power cuts and lost databases. The promise: within a day no two people hold the same. */

enum { MOST = 64 };

static struct fake_clock clock;
static int64_t held[MOST]; /* by people, today */
static size_t held_count;
static uint8_t next_token;

static int open_store(struct store **out)
{
    struct store_options o = { .data = storm_disk(),
                               .spool = storm_disk(),
                               .folder = "/storm",
                               .clock = &clock.base,
                               .vfs = STORM_VFS,
                               .segment_bytes = 32 * 1024,
                               .ballast_bytes = 4096 };
    memset(o.boot_id, 7, sizeof(o.boot_id));
    int r = store_open(out, &o);
    if (!r)
        store_set_kiosk(*out, "K0012");
    return r;
}

static void begin(uint64_t seed)
{
    storm_begin(seed);
    clock = fake_clock_at(1000, INT64_C(1795600000000));
    held_count = 0;
    next_token = 1;
}

static int64_t take(struct store *s, const char *day)
{
    uint8_t token[UUID_BYTES];
    struct reservation_given given;
    int64_t number = 0;
    memset(token, next_token++, sizeof(token));
    if (outbox_reserve(s, &given, token, CLOCK_NTP) || tickets_take(s, &number, token, day))
        return 0;
    return number;
}

/* A person gets a number, and nobody else has it. */
static void serve(struct store *s, const char *day)
{
    int64_t number = take(s, day);
    if (!number)
        return;
    for (size_t i = 0; i < held_count; i++)
        if (held[i] == number)
            fail_msg("number %lld was given twice", (long long)number);
    CHECK(held_count < MOST);
    held[held_count++] = number;
}

static void serve_some(struct store *s, int count)
{
    while (count--)
        serve(s, "20261126");
}

static uint64_t operations_of_a_morning(void)
{
    struct store *s = NULL;
    begin(1);
    CHECK_EQ(open_store(&s), 0);
    serve_some(s, 5);
    store_free(s);
    return storm_operations();
}

static void test_tickets_power_cut_at_every_write_gives_no_number_twice(void **state)
{
    (void)state;
    uint64_t operations = operations_of_a_morning();
    for (uint64_t cut = 1; cut <= operations; cut++)
        for (uint64_t seed = 1; seed <= 4; seed++) {
            struct store *s = NULL;
            begin(seed);
            storm_cut_at(cut);
            if (!open_store(&s)) {
                serve_some(s, 5);
                store_free(s);
            }
            storm_light();
            s = NULL;
            CHECK_EQ(open_store(&s), 0);
            serve_some(s, 5);
            CHECK(held_count >= 5);
            store_free(s);
        }
    print_message("%llu operations, 4 ways each\n", (unsigned long long)operations);
}

static void test_tickets_of_a_damaged_database_go_on_with_four_digits(void **state)
{
    (void)state;
    unsigned rebuilt = 0;
    for (uint64_t at = 0; at < 30; at++) {
        struct store *s = NULL;
        begin(50 + at);
        CHECK_EQ(open_store(&s), 0);
        serve_some(s, 5);
        store_free(s);
        uint64_t size = storm_size("queue.db");
        for (uint64_t k = 0; k < 64; k++)
            CHECK(storm_damage("queue.db", at * (size - 64) / 30 + k, 0xa5));
        s = NULL;
        CHECK_EQ(open_store(&s), 0);
        serve_some(s, 5);
        rebuilt += held[held_count - 1] >= TICKET_LOST_FROM;
        CHECK_EQ(take(s, "20261127"), 1);
        store_free(s);
    }
    CHECK(rebuilt > 0);
}

/* Somebody deletes the database; the log is still there. */
static void test_tickets_of_a_vanished_database_go_on_with_four_digits(void **state)
{
    struct store *s = NULL;
    (void)state;
    begin(3);
    CHECK_EQ(open_store(&s), 0);
    serve_some(s, 5);
    store_free(s);
    s = NULL;
    CHECK_EQ(storm_disk()->remove(storm_disk(), "queue.db"), 0);
    CHECK_EQ(open_store(&s), 0);
    serve_some(s, 5);
    CHECK(held[5] >= TICKET_LOST_FROM);
    store_free(s);
}

static void test_tickets_begin_anew_each_day_and_never_go_back(void **state)
{
    struct store *s = NULL;
    (void)state;
    begin(4);
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(take(s, "20261126"), 1);
    CHECK_EQ(take(s, "20261126"), 2);
    CHECK_EQ(take(s, "20261125"), 3); /* a clock that went back */
    CHECK_EQ(take(s, "20261127"), 1);
    CHECK_EQ(take(s, ""), 2); /* and one that is not set */
    CHECK_EQ(take(s, "20261128"), 3);
    CHECK_EQ(take(s, "20261129"), 1);
    store_free(s);
}

static void test_tickets_same_token_same_number(void **state)
{
    struct store *s = NULL;
    struct reservation_given given;
    int64_t first = 0, again = 0;
    uint8_t token[UUID_BYTES] = { 9 }, stranger[UUID_BYTES] = { 8 };
    (void)state;
    begin(5);
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(outbox_reserve(s, &given, token, CLOCK_NTP), 0);
    CHECK_EQ(tickets_take(s, &first, token, "20261126"), 0);
    CHECK_EQ(tickets_take(s, &again, token, "20261126"), 0);
    CHECK_EQ(first, again);
    CHECK_EQ(tickets_take(s, &again, stranger, "20261126"), STORE_E_NONE);
    store_free(s);
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
        T(test_tickets_power_cut_at_every_write_gives_no_number_twice),
        T(test_tickets_of_a_damaged_database_go_on_with_four_digits),
        T(test_tickets_of_a_vanished_database_go_on_with_four_digits),
        T(test_tickets_begin_anew_each_day_and_never_go_back),
        T(test_tickets_same_token_same_number),
    };
    return cmocka_run_group_tests(tests, NULL, stop);
}
