#include "sync/queue/figures.h"

#include <stdio.h>
#include <string.h>

#include "sync/queue/inside.h"

enum { UTC_OFFSET_MS = 8 * 3600 * 1000 };
static const int64_t first_clock_ms = INT64_C(1577836800000); /* 2020: earlier is no clock */

static bool is_word(const char *text, bool may_be_empty)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    size_t length = strlen(text);
    return (length || may_be_empty) && length < FIGURE_WORD && strspn(text, letters) == length;
}

void figures_month(char out[FIGURE_MONTH], const struct store *s)
{
    char utc[21];
    int64_t wall_ms = store_now(s, CLOCK_UNSET).wall_ms;
    clock_format_utc(utc, wall_ms + UTC_OFFSET_MS);
    if (wall_ms < first_clock_ms)
        snprintf(out, FIGURE_MONTH, "000000");
    else
        snprintf(out, FIGURE_MONTH, "%.4s%.2s", utc, utc + 5);
}

int figures_add(struct store *s, const char *what, const char *about, const char *detail,
                int64_t count)
{
    char month[FIGURE_MONTH];
    if (!is_word(what, false) || !is_word(about, true) || !is_word(detail, true) || count < 1 ||
        count > FIGURE_MOST)
        return FIGURES_E_WORD;
    int r = store_need(s);
    if (r)
        return r;
    figures_month(month, s);
    return store_result(s, DB_CHANGE(s->db, Q_FIGURE_ADD, DB_T(month), DB_T(what), DB_T(about),
                                     DB_T(detail), DB_I(count)));
}

static int read_rows(struct store *s, int r, sqlite3_stmt *q, struct figure *out, size_t max,
                     size_t *count)
{
    for (; !r && *count < max; r = db_step(s->db, q)) {
        struct figure *f = &out[(*count)++];
        *f = (struct figure){ .count = db_i64(q, 4) };
        db_text(f->month, sizeof(f->month), q, 0);
        db_text(f->what, sizeof(f->what), q, 1);
        db_text(f->about, sizeof(f->about), q, 2);
        db_text(f->detail, sizeof(f->detail), q, 3);
    }
    return r == DB_E_DONE ? 0 : store_result(s, r);
}

int figures_unsent(struct store *s, struct figure *out, size_t max, size_t *count)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_FIGURE_UNSENT];
    return read_rows(s, DB_QUERY(s->db, q, DB_I((int64_t)max)), q, out, max, count);
}

int figures_sent(struct store *s, const struct figure *list, size_t count)
{
    int r = store_need(s);
    if (r || !count)
        return r;
    r = db_begin(s->db);
    if (r)
        return store_result(s, r);
    for (size_t i = 0; !r && i < count; i++)
        r = DB_CHANGE(s->db, Q_FIGURE_SENT, DB_T(list[i].month), DB_T(list[i].what),
                      DB_T(list[i].about), DB_T(list[i].detail), DB_I(list[i].count));
    return store_result(s, db_end(s->db, r));
}

int figures_sums(struct store *s, const char *month, struct figure *out, size_t max, size_t *count)
{
    *count = 0;
    int r = store_need(s);
    if (r)
        return r;
    AUTO(db_reset) sqlite3_stmt *q = s->db->q[Q_FIGURE_SUMS];
    return read_rows(s, DB_QUERY(s->db, q, DB_T(month), DB_I((int64_t)max)), q, out, max, count);
}
