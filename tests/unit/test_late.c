/* links: sync/queue firmware/seal firmware/base */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "sync/queue/cases.h"
#include "sync/queue/events.h"
#include "tests/support/check.h"

/* What the county promised by a day and did not answer: said by the kiosk itself, once, under the county's own number. */

enum { EVENTS = 20 };

static const int64_t noon = INT64_C(1795751999000); /* 2026-11-27 03:59:59 UTC */
static struct fake_clock clock;
static struct folder folder;
static struct store *store;
static char path[64], file[96];

static void open_store(void)
{
    const struct store_options o = { .data = &folder.base,
                                     .spool = &folder.base,
                                     .folder = path,
                                     .clock = &clock.base,
                                     .ballast_bytes = 4096 };
    CHECK_EQ(store_open(&store, &o), 0);
    CHECK(store_is_up(store));
}

static void remove_one(void *context, const char *name)
{
    (void)context;
    (void)folder.base.remove(&folder.base, name);
}

static int begin(void **st)
{
    (void)st;
    clock = fake_clock_at(1000, noon);
    snprintf(path, sizeof(path), "/tmp/late.XXXXXX");
    CHECK(mkdtemp(path));
    CHECK_EQ(folder_open(&folder, path), 0);
    snprintf(file, sizeof(file), "%s/queue.db", path);
    open_store();
    return 0;
}

static int end(void **st)
{
    (void)st;
    store_free(store);
    (void)folder.base.list(&folder.base, remove_one, NULL);
    return rmdir(path);
}

/* An item of this kiosk that the county took under that number. */
static void handed_in(int seq, const char *ref)
{
    sqlite3 *db = NULL;
    char sql[700];
    store_free(store);
    CHECK_EQ(sqlite3_open(file, &db), SQLITE_OK);
    snprintf(sql, sizeof(sql),
             "INSERT INTO item(seq,id,token,kind,suite,key_id,size,sha256,state,boot_id,boot_ms,"
             "wall_ms,clock_q,receipt,position,server_ref,accepted_ms) VALUES(%d,randomblob(16),"
             "randomblob(16),0,1,'k',1,zeroblob(32),2,zeroblob(16),1,1,1,'R%d',0,'%s',1)",
             seq, seq, ref);
    CHECK_EQ(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    CHECK_EQ(sqlite3_close(db), SQLITE_OK);
    open_store();
}

static void county_says(const char *receipt, const char *ref, const char *state, const char *due,
                        const char *facts)
{
    struct case_entry e = { .changed = "2026-11-24T08:30:00Z", .missing = "[]", .timeline = "{}" };
    sha256(e.receipt_hash, receipt, strlen(receipt));
    snprintf(e.state, sizeof(e.state), "%s", state);
    snprintf(e.due, sizeof(e.due), "%s", due);
    snprintf(e.server_ref, sizeof(e.server_ref), "%s", ref);
    snprintf(e.facts, sizeof(e.facts), "%s", facts);
    CHECK_EQ(cases_store(store, &e, 1, "c"), 0);
}

/* How many events say so; the last one's detail. */
static size_t said(char detail[EVENT_DETAIL])
{
    static struct event events[EVENTS];
    size_t count, found = 0;
    CHECK_EQ(events_list(store, events, EVENTS, &count, 0, false), 0);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(events[i].what, "case-late")) {
            found++;
            snprintf(detail, EVENT_DETAIL, "%s", events[i].detail);
        }
    return found;
}

static unsigned look(int64_t at_ms)
{
    unsigned raised;
    CHECK_EQ(cases_raise_late(store, at_ms, &raised), 0);
    return raised;
}

static void test_late_case_is_said_once_when_its_day_is_over(void **st)
{
    char detail[EVENT_DETAIL] = "";
    (void)st;
    handed_in(1, "X-1");
    county_says("K0012-000001-7", "X-1", "accepted", "2026-11-27T15:59:59Z", "{}");
    CHECK_EQ(look(noon), 0);
    CHECK_EQ(look(noon + 12 * 3600 * 1000), 0); /* 15:59:59 itself is in time */
    CHECK_EQ(look(noon + 12 * 3600 * 1000 + 1000), 1);
    CHECK_EQ(said(detail), 1);
    CHECK_STR(detail, "X-1 20261127");
    store_free(store);
    open_store();
    CHECK_EQ(look(noon + INT64_C(86400000) * 9), 0);
    CHECK_EQ(said(detail), 1);
    /* Another day was promised, and passed too. */
    county_says("K0012-000001-7", "X-1", "in_review", "2026-11-30T15:59:59Z", "{}");
    CHECK_EQ(look(noon + INT64_C(86400000) * 9), 1);
    CHECK_EQ(said(detail), 2);
    CHECK_STR(detail, "X-1 20261130");
}

static void test_late_answer_to_what_could_not_be_done_is_said_by_its_last_day(void **st)
{
    char detail[EVENT_DETAIL] = "";
    (void)st;
    handed_in(1, "X-1");
    county_says("K0012-000001-7", "X-1", "open", "", "{\"answer_by\":\"20261127\"}");
    CHECK_EQ(look(noon), 0);
    CHECK_EQ(look(noon + INT64_C(86400000)), 1);
    CHECK_EQ(said(detail), 1);
    CHECK_STR(detail, "X-1 20261127");
}

static void test_late_is_not_said_of_what_is_the_residents_to_do_or_over_or_anothers(void **st)
{
    static const char *const states[] = { "granted",      "denied",    "correction_requested",
                                          "accepted_gap", "suspended", "withdrawn",
                                          "answered" };
    char receipt[32], ref[16], detail[EVENT_DETAIL];
    (void)st;
    for (int i = 0; i < 7; i++) {
        snprintf(receipt, sizeof(receipt), "K0012-00000%d-7", i + 1);
        snprintf(ref, sizeof(ref), "X-%d", i + 1);
        handed_in(i + 1, ref);
        county_says(receipt, ref, states[i], "2026-11-20T15:59:59Z",
                    "{\"answer_by\":\"20261120\"}");
    }
    handed_in(8, "X-8");
    county_says("K0012-000008-7", "X-8", "open", "", "no JSON");
    handed_in(9, "X-9");
    county_says("K0012-000009-7", "X-9", "open", "", "{}");
    /* The answer to a code, which every kiosk of the county gets. */
    county_says("CODE-1", "Y-1", "accepted", "2026-11-20T15:59:59Z", "{}");
    CHECK_EQ(look(noon), 0);
    CHECK_EQ(said(detail), 0);
}

RUN(cmocka_unit_test_setup_teardown(test_late_case_is_said_once_when_its_day_is_over, begin, end),
    cmocka_unit_test_setup_teardown(
        test_late_answer_to_what_could_not_be_done_is_said_by_its_last_day, begin, end),
    cmocka_unit_test_setup_teardown(
        test_late_is_not_said_of_what_is_the_residents_to_do_or_over_or_anothers, begin, end))
