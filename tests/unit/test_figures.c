/* links: sync/queue firmware/seal firmware/base */
#include "sync/queue/db.h"
#include "sync/queue/figures.h"
#include "sync/queue/statements.h"
#include "tests/support/check.h"
#include "tests/support/storm.h"

/* What the kiosk counts: durable, once, and sent as whole months. */

enum { MOST = 20 };

static struct fake_clock clock;

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
    return store_open(out, &o);
}

static int begin(void **st)
{
    (void)st;
    storm_begin(1);
    clock = fake_clock_at(1000, INT64_C(1795600000000)); /* November 2026 */
    return 0;
}

static int64_t sum_of(struct store *s, const char *month, const char *what, const char *detail)
{
    struct figure sums[MOST];
    size_t count;
    CHECK_EQ(figures_sums(s, month, sums, MOST, &count), 0);
    for (size_t i = 0; i < count; i++)
        if (!strcmp(sums[i].what, what) && !strcmp(sums[i].detail, detail))
            return sums[i].count;
    return 0;
}

static void test_figures_words_that_are_none_are_refused_and_nothing_is_counted(void **st)
{
    AUTO(store_free) struct store *s = NULL;
    struct figure list[MOST];
    size_t count;
    (void)st;
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(figures_add(s, "", "", "", 1), FIGURES_E_WORD);
    CHECK_EQ(figures_add(s, "done", "测试甲", "", 1), FIGURES_E_WORD);
    CHECK_EQ(figures_add(s, "done", "a b", "", 1), FIGURES_E_WORD);
    CHECK_EQ(figures_add(s, "done", "", "aaaaaaaaaaaaaaaaaaaaaaaaa", 1), FIGURES_E_WORD);
    CHECK_EQ(figures_add(s, "done", "", "", 0), FIGURES_E_WORD);
    CHECK_EQ(figures_add(s, "done", "", "", FIGURE_MOST + 1), FIGURES_E_WORD);
    CHECK_EQ(figures_unsent(s, list, MOST, &count), 0);
    CHECK_EQ(count, 0);
}

static void test_figures_add_up_over_what_they_are_about(void **st)
{
    AUTO(store_free) struct store *s = NULL;
    (void)st;
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(figures_add(s, "left", "D01", "page-2", 1), 0);
    CHECK_EQ(figures_add(s, "left", "E02", "page-2", 2), 0);
    CHECK_EQ(figures_add(s, "left", "D01", "page-2", 1), 0);
    CHECK_EQ(figures_add(s, "papers", "", "", 3), 0);
    CHECK_EQ(sum_of(s, "202611", "left", "page-2"), 4);
    CHECK_EQ(sum_of(s, "202611", "papers", ""), 3);
    CHECK_EQ(sum_of(s, "202610", "papers", ""), 0);
}

/* What was said to be counted is, wherever the power goes; what was being counted may be. */
static void test_figures_survive_a_power_cut_between_any_two_writes(void **st)
{
    (void)st;
    for (uint64_t n = 1; n < 60; n++) {
        struct store *s = NULL;
        int told = 0;
        storm_begin(n);
        CHECK_EQ(open_store(&s), 0);
        storm_cut_at(n);
        while (!figures_add(s, "done", "", "alone", 1))
            told++;
        CHECK(storm_is_dark());
        store_free(s);
        storm_light();
        s = NULL;
        CHECK_EQ(open_store(&s), 0);
        int64_t kept = sum_of(s, "202611", "done", "alone");
        CHECK(kept == told || kept == told + 1);
        store_free(s);
    }
}

/* With its rows it is read by a firmware that knows nothing of figures. */
static void test_figures_do_not_lock_an_older_firmware_out(void **st)
{
    const struct db_options options = { "/storm/queue.db", STORM_VFS, NULL };
    AUTO(db_free) struct db *db = NULL;
    struct store *s = NULL;
    bool is_new;
    (void)st;
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(figures_add(s, "done", "", "alone", 1), 0);
    store_free(s);
    CHECK_EQ(db_open(&db, &options, &is_new), 0);
    CHECK_EQ(db_migrate(db, schema_steps, 4, NULL, &is_new), 0);
    CHECK(!is_new);
}

/* What this page of the database (from 0) holds. */
static bool is_page_of(uint64_t page, const char *name)
{
    const struct db_options options = { "/storm/queue.db", STORM_VFS, NULL };
    AUTO(db_free) struct db *db = NULL;
    sqlite3_stmt *q = NULL;
    bool is_new;
    CHECK_EQ(db_open(&db, &options, &is_new), 0);
    CHECK_EQ(sqlite3_prepare_v2(db->handle, "SELECT 1 FROM dbstat WHERE pageno=? AND name=?", -1,
                                &q, NULL),
             SQLITE_OK);
    sqlite3_bind_int64(q, 1, (sqlite3_int64)page + 1);
    sqlite3_bind_text(q, 2, name, -1, SQLITE_STATIC);
    bool is_found = sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return is_found;
}

/* Whichever page rots: figures are lost with their own page, with that of their index, or with one of the schema's, and with
 * no other. */
static void test_figures_of_a_damaged_database_are_salvaged(void **st)
{
    enum { PAGE = 4096 };
    uint64_t pages = 2;
    (void)st;
    for (uint64_t page = 1; page < pages; page++) {
        struct store *s = NULL;
        storm_begin(page);
        CHECK_EQ(open_store(&s), 0);
        CHECK_EQ(figures_add(s, "done", "", "alone", 7), 0);
        store_free(s);
        pages = storm_size("queue.db") / PAGE;
        bool may_be_lost = is_page_of(page, "figure") ||
                           is_page_of(page, "sqlite_autoindex_figure_1") ||
                           is_page_of(page, "sqlite_schema");
        CHECK(storm_damage("queue.db", page * PAGE, 0xff));
        s = NULL;
        CHECK_EQ(open_store(&s), 0);
        CHECK(may_be_lost || sum_of(s, "202611", "done", "alone") == 7);
        CHECK_EQ(figures_add(s, "done", "", "alone", 1), 0);
        store_free(s);
    }
    CHECK(pages > 10);
}

static void test_figures_are_unsent_until_the_platform_has_that_very_count(void **st)
{
    AUTO(store_free) struct store *s = NULL;
    struct figure list[MOST];
    size_t count;
    (void)st;
    CHECK_EQ(open_store(&s), 0);
    CHECK_EQ(figures_add(s, "done", "", "alone", 2), 0);
    CHECK_EQ(figures_unsent(s, list, MOST, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(list[0].count, 2);
    CHECK_EQ(figures_add(s, "done", "", "alone", 1), 0); /* while the heartbeat flies */
    CHECK_EQ(figures_sent(s, list, count), 0);
    CHECK_EQ(figures_unsent(s, list, MOST, &count), 0);
    CHECK_EQ(count, 1);
    CHECK_EQ(list[0].count, 3); /* the whole of the month, not what was added */
    CHECK_EQ(figures_sent(s, list, count), 0);
    CHECK_EQ(figures_unsent(s, list, MOST, &count), 0);
    CHECK_EQ(count, 0);
}

static void test_figures_of_a_month_end_with_it_at_the_points_midnight(void **st)
{
    AUTO(store_free) struct store *s = NULL;
    char month[FIGURE_MONTH];
    (void)st;
    CHECK_EQ(open_store(&s), 0);
    clock.wall = INT64_C(1796054399000); /* 2026-11-30 23:59:59 at UTC+8 */
    figures_month(month, s);
    CHECK_STR(month, "202611");
    clock.wall += 1000;
    figures_month(month, s);
    CHECK_STR(month, "202612");
    clock.wall = 5000;
    figures_month(month, s);
    CHECK_STR(month, "000000");
}

RUN(cmocka_unit_test_setup(test_figures_words_that_are_none_are_refused_and_nothing_is_counted,
                           begin),
    cmocka_unit_test_setup(test_figures_add_up_over_what_they_are_about, begin),
    cmocka_unit_test_setup(test_figures_survive_a_power_cut_between_any_two_writes, begin),
    cmocka_unit_test_setup(test_figures_do_not_lock_an_older_firmware_out, begin),
    cmocka_unit_test_setup(test_figures_of_a_damaged_database_are_salvaged, begin),
    cmocka_unit_test_setup(test_figures_are_unsent_until_the_platform_has_that_very_count, begin),
    cmocka_unit_test_setup(test_figures_of_a_month_end_with_it_at_the_points_midnight, begin))
