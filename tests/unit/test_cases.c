/* links: sync/queue firmware/seal firmware/base */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sync/queue/cases.h"
#include "sync/queue/notes.h"
#include "sync/queue/statements.h"
#include "tests/support/check.h"

/* What the county said of cases, in a database that an older firmware wrote, and in one that is damaged. */

static struct fake_clock clock;
static struct folder folder;
static char path[64], file[96];

static void open_store(struct store **out)
{
    const struct store_options o = { .data = &folder.base,
                                     .spool = &folder.base,
                                     .folder = path,
                                     .clock = &clock.base,
                                     .ballast_bytes = 4096 };
    CHECK_EQ(store_open(out, &o), 0);
    CHECK(store_is_up(*out));
}

static int begin(void **state)
{
    (void)state;
    clock = fake_clock_at(1000, INT64_C(1795000000000));
    snprintf(path, sizeof(path), "/tmp/cases.XXXXXX");
    CHECK(mkdtemp(path));
    CHECK_EQ(folder_open(&folder, path), 0);
    snprintf(file, sizeof(file), "%s/queue.db", path);
    return 0;
}

static void remove_one(void *context, const char *name)
{
    (void)context;
    (void)folder.base.remove(&folder.base, name);
}

static int end(void **state)
{
    (void)state;
    (void)folder.base.list(&folder.base, remove_one, NULL);
    return rmdir(path);
}

/* A database as the schema of `version` steps was, with one case in it. */
static void write_old(int version)
{
    sqlite3 *db = NULL;
    char sql[512];
    uint8_t hash[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    sha256(hash, "K0012-000001-7", strlen("K0012-000001-7"));
    hex_encode(hex, hash, sizeof(hash));
    CHECK_EQ(sqlite3_open(file, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        CHECK_EQ(sqlite3_exec(db, schema_steps[i], NULL, NULL, NULL), SQLITE_OK);
    snprintf(sql, sizeof(sql),
             "INSERT INTO status(receipt_hash,state,changed,due,missing,server_ref,note,until_ms)"
             " VALUES(x'%s','accepted','2026-11-24T08:30:00Z','','[]','R1','',0);"
             "PRAGMA user_version=%d;",
             hex, version);
    CHECK_EQ(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
}

static void test_cases_of_an_older_firmware_are_there_after_the_migration(void **state)
{
    struct case_entry e;
    (void)state;
    for (int version = 1; version < schema_version; version++) {
        AUTO(store_free) struct store *s = NULL;
        remove_one(NULL, "queue.db");
        remove_one(NULL, "queue.db-wal");
        write_old(version);
        open_store(&s);
        CHECK_EQ(cases_find(s, &e, "K0012-000001-7"), 0);
        CHECK_STR(e.state, "accepted");
        CHECK_STR(e.server_ref, "R1");
        CHECK_STR(e.timeline, "{}");
    }
}

static void put(struct store *s, const char *receipt, const char *timeline)
{
    struct case_entry e = {
        .state = "granted", .changed = "2026-11-24T08:30:00Z", .missing = "[]", .facts = "{}"
    };
    sha256(e.receipt_hash, receipt, strlen(receipt));
    snprintf(e.timeline, sizeof(e.timeline), "%s", timeline);
    CHECK_EQ(cases_store(s, &e, 1, "c1"), 0);
}

static void test_timeline_is_kept_over_a_restart_and_goes_with_the_next_word(void **state)
{
    struct case_entry e;
    struct store *s = NULL;
    (void)state;
    open_store(&s);
    put(s, "K0012-000002-7", "{\"days_left\":3}");
    store_free(s);
    open_store(&s);
    CHECK_EQ(cases_find(s, &e, "K0012-000002-7"), 0);
    CHECK_STR(e.timeline, "{\"days_left\":3}");
    put(s, "K0012-000002-7", "{}");
    CHECK_EQ(cases_find(s, &e, "K0012-000002-7"), 0);
    CHECK_STR(e.timeline, "{}");
    store_free(s);
}

/* A stick that comes late does not put back what the network has brought since. */
static void test_timeline_of_a_late_stick_does_not_win(void **state)
{
    struct case_entry e = { .state = "accepted",
                            .changed = "2026-11-23T08:30:00Z",
                            .missing = "[]",
                            .facts = "{}",
                            .timeline = "{\"days_left\":9}" };
    AUTO(store_free) struct store *s = NULL;
    (void)state;
    open_store(&s);
    put(s, "K0012-000003-7", "{\"days_left\":3}");
    sha256(e.receipt_hash, "K0012-000003-7", strlen("K0012-000003-7"));
    CHECK_EQ(cases_carry(s, &e, 1, true), 0);
    CHECK_EQ(cases_find(s, &e, "K0012-000003-7"), 0);
    CHECK_STR(e.timeline, "{\"days_left\":3}");
    snprintf(e.changed, sizeof(e.changed), "2026-11-25T08:30:00Z");
    snprintf(e.timeline, sizeof(e.timeline), "{\"days_left\":2}");
    CHECK_EQ(cases_carry(s, &e, 1, false), 0);
    CHECK_EQ(cases_find(s, &e, "K0012-000003-7"), 0);
    CHECK_STR(e.timeline, "{\"days_left\":2}");
}

static void keep(struct store *s, uint8_t label, const char *receipt, uint8_t sealed)
{
    const uint8_t of[NOTE_LABEL] = { label };
    struct note n = { .sealed = { sealed }, .length = 28 };
    snprintf(n.receipt, sizeof(n.receipt), "%s", receipt);
    CHECK_EQ(notes_keep(s, of, &n), 0);
}

static size_t list(struct store *s, uint8_t label, struct note out[NOTES_MAX])
{
    const uint8_t of[NOTE_LABEL] = { label };
    size_t count = 0;
    CHECK_EQ(notes_list(s, of, out, &count), 0);
    return count;
}

/* An agent brought it, and it is the resident's. */
static void test_notes_of_one_number_may_lie_under_two_labels(void **state)
{
    AUTO(store_free) struct store *s = NULL;
    struct note got[NOTES_MAX];
    sqlite3 *db = NULL;
    (void)state;
    remove_one(NULL, "queue.db");
    remove_one(NULL, "queue.db-wal");
    write_old(4);
    CHECK_EQ(sqlite3_open(file, &db), SQLITE_OK);
    CHECK_EQ(sqlite3_exec(db,
                          "INSERT INTO note VALUES(x'01000000000000000000000000000000',"
                          "'K0012-000001-7',zeroblob(28),1)",
                          NULL, NULL, NULL),
             SQLITE_OK);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    open_store(&s);
    CHECK_EQ(list(s, 1, got), 1); /* from before */
    keep(s, 2, "K0012-000001-7", 7);
    CHECK_EQ(list(s, 1, got), 1);
    CHECK_EQ(got[0].sealed[0], 0);
    CHECK_EQ(list(s, 2, got), 1);
    CHECK_EQ(got[0].sealed[0], 7);
    keep(s, 2, "K0012-000001-7", 9);
    CHECK_EQ(list(s, 2, got), 1);
    CHECK_EQ(got[0].sealed[0], 9);
    CHECK_EQ(list(s, 3, got), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            test_cases_of_an_older_firmware_are_there_after_the_migration, begin, end),
        cmocka_unit_test_setup_teardown(
            test_timeline_is_kept_over_a_restart_and_goes_with_the_next_word, begin, end),
        cmocka_unit_test_setup_teardown(test_timeline_of_a_late_stick_does_not_win, begin, end),
        cmocka_unit_test_setup_teardown(test_notes_of_one_number_may_lie_under_two_labels, begin,
                                        end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
