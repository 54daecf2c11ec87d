/* What could not be done (SS-13, SS-14): who owns it, until when, and one level up when nobody answered. Server and
 * kiosk count by the same table (firmware/case); what was said is sealed, its weight and the day on the slip come from
 * county-open. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "firmware/case/case.h"
#include "tests/platform/desk.h"
#include "tests/platform/matter.h"
#include "tests/platform/measures.h"
#include "tests/platform/waivers.h"

enum { UTC_OFFSET_MS = 8 * 3600 * 1000, DAY_MS = 86400000, ANSWER_CHARACTERS = 66, ROWS = 200 };

struct row {
    char id[UUID_TEXT], kiosk[KIOSK_ID_MAX + 1], receipt[RECEIPT_TEXT], server_ref[64], answer[201];
    struct escalation e;
    bool is_learnt;
};

/* ---- rows; inside the lock ----------------------------------------------------------- */

#define COLUMNS "id, kiosk, receipt, server_ref, opened, weight, level, answered, answer, is_learnt"

static void read_row(struct row *out, sqlite3_stmt *q)
{
    snprintf(out->id, sizeof(out->id), "%s", sql_text(q, 0));
    snprintf(out->kiosk, sizeof(out->kiosk), "%s", sql_text(q, 1));
    snprintf(out->receipt, sizeof(out->receipt), "%s", sql_text(q, 2));
    snprintf(out->server_ref, sizeof(out->server_ref), "%s", sql_text(q, 3));
    int64_t answered = sqlite3_column_int64(q, 7);
    out->e = (struct escalation){ .weight = (enum escalation_weight)sqlite3_column_int(q, 5),
                                  .opened = (day)sqlite3_column_int64(q, 4),
                                  .answered = answered ? (day)answered : DAY_NONE,
                                  .level = sqlite3_column_int(q, 6) };
    text_copy(out->answer, sizeof(out->answer), sql_text(q, 8));
    out->is_learnt = sqlite3_column_int(q, 9) != 0;
}

static size_t read_rows(struct platform *p, struct row out[ROWS], const char *where,
                        const char *order)
{
    char text[256];
    size_t count = 0;
    snprintf(text, sizeof(text), "SELECT " COLUMNS " FROM escalation WHERE %s ORDER BY %s", where,
             order);
    sqlite3_stmt *q = sql(p, text, "");
    while (q && count < ROWS && sqlite3_step(q) == SQLITE_ROW)
        read_row(&out[count++], q);
    sqlite3_finalize(q);
    return count;
}

/* Whoever was asked first is named by the catalogue; above that, the office. */
static const char *owner_of(const struct platform *p, int level)
{
    static const char *const offices[] = { "便民服务中心", "街道办事处", "区政务服务办公室",
                                           "省级部门" };
    const json_t *unsettled = json_object_get(p->catalogue_json, "unsettled");
    const char *first =
        json_string_value(json_object_get(json_object_get(unsettled, "owner"), "zh"));
    if (level == 1 && first)
        return first;
    return offices[level < 1 || level > ESCALATION_LEVELS ? 0 : level - 1];
}

static const char *phone_of(const struct platform *p, int level)
{
    const json_t *unsettled = json_object_get(p->catalogue_json, "unsettled");
    const char *phone = json_string_value(json_object_get(unsettled, "phone"));
    return level == 1 && phone ? phone : "12345";
}

static void due_of(char out[9], const struct platform *p, const struct row *row)
{
    day_to_text(out, row->is_learnt ? escalation_due(&row->e, &p->calendar, NULL) : DAY_NONE);
}

/* The last evidence that was accepted in place of something. */
static void add_waived(struct platform *p, json_t *facts, const char *id)
{
    AUTO(json_release) json_t *list = waivers_told(p, id);
    json_t *last = list ? json_array_get(list, json_array_size(list) - 1) : NULL;
    if (!last)
        return;
    json_object_set(facts, "waived", json_object_get(last, "paper"));
    json_object_set(facts, "evidence", json_object_get(last, "evidence"));
}

static int tell(struct platform *p, const struct row *row)
{
    char due[9], level[4];
    due_of(due, p, row);
    snprintf(level, sizeof(level), "%d", row->e.level);
    AUTO(json_release)
    json_t *facts = json_pack("{ss, ss, ss}", "owner", owner_of(p, row->e.level), "phone",
                              phone_of(p, row->e.level), "level", level);
    if (*due)
        json_object_set_new(facts, "answer_by", json_string(due));
    if (*row->answer)
        json_object_set_new(facts, "answer", json_string(row->answer));
    add_waived(p, facts, row->id);
    bool is_answered = row->e.answered != DAY_NONE;
    return feed_add(p, row->kiosk, row->receipt,
                    &(struct feed_news){ .state = is_answered ? "answered" : "open",
                                         .server_ref = row->server_ref,
                                         .facts = facts });
}

int escalation_open(struct platform *p, const char *kiosk, const char *id, const char *receipt,
                    const char *server_ref)
{
    struct row row = { .e = { .weight = ESCALATION_ORDINARY,
                              .opened = county_today(p),
                              .answered = DAY_NONE,
                              .level = 1 } };
    snprintf(row.kiosk, sizeof(row.kiosk), "%s", kiosk);
    snprintf(row.receipt, sizeof(row.receipt), "%s", receipt);
    snprintf(row.server_ref, sizeof(row.server_ref), "%s", server_ref);
    int r = sql_do(p,
                   "INSERT INTO escalation(id, kiosk, receipt, server_ref, opened, weight)"
                   " VALUES(?,?,?,?,?,?)",
                   "ttttii", id, kiosk, receipt, server_ref, (int64_t)row.e.opened,
                   (int64_t)row.e.weight);
    return r ? r : tell(p, &row);
}

static bool find_row(struct platform *p, struct row *out, const char *id)
{
    sqlite3_stmt *q = sql(p, "SELECT " COLUMNS " FROM escalation WHERE id=?", "t", id);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    if (found)
        read_row(out, q);
    sqlite3_finalize(q);
    return found;
}

bool escalation_is_open(struct platform *p, const char *id)
{
    struct row row = { 0 };
    return find_row(p, &row, id) && row.e.answered == DAY_NONE;
}

int escalation_tell(struct platform *p, const char *id)
{
    struct row row = { 0 };
    return find_row(p, &row, id) ? tell(p, &row) : -ENOENT;
}

/* ---- what only the opened item says -------------------------------------------------- */

static enum escalation_weight weight_of(const json_t *item)
{
    const char *word = json_string_value(json_object_get(item, "weight"));
    return word && !strcmp(word, "simple")      ? ESCALATION_SIMPLE
           : word && !strcmp(word, "difficult") ? ESCALATION_DIFFICULT
                                                : ESCALATION_ORDINARY;
}

static day opened_of(const json_t *item)
{
    const json_t *clock = json_object_get(json_object_get(item, "manifest"), "clock");
    const char *wall = json_string_value(json_object_get(clock, "wall"));
    int64_t ms;
    bool is_known = wall && json_object_get(item, "answer_by") && !clock_parse_utc(&ms, wall);
    return is_known ? (day)((ms + UTC_OFFSET_MS) / DAY_MS) : DAY_NONE;
}

static void learn_one(struct platform *p, struct row *row)
{
    char line[UUID_TEXT + 8];
    snprintf(line, sizeof(line), "open %.36s", row->id);
    AUTO(json_release) json_t *opened = opener_ask(p, line);
    const json_t *item = json_object_get(opened, "item");
    if (!item)
        return;
    /* The day on the slip holds, however late the item came here. */
    day at = opened_of(item);
    row->e.opened = at == DAY_NONE ? row->e.opened : at;
    row->e.weight = weight_of(item);
    row->is_learnt = true;
    pthread_mutex_lock(&p->lock);
    if (!sql_do(p, "UPDATE escalation SET opened=?, weight=?, is_learnt=1 WHERE id=?", "iit",
                (int64_t)row->e.opened, (int64_t)row->e.weight, row->id) &&
        !tell(p, row))
        pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
}

void escalations_learn(struct platform *p)
{
    static _Thread_local struct row rows[ROWS];
    pthread_mutex_lock(&p->lock);
    size_t count = read_rows(p, rows, "is_learnt=0", "opened, id");
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < count; i++)
        learn_one(p, &rows[i]);
}

/* ---- the clock ----------------------------------------------------------------------- */

static int let_pass(struct platform *p, day today)
{
    static _Thread_local struct row rows[ROWS];
    size_t count = read_rows(p, rows, "is_learnt=1 AND answered=0", "opened, id");
    int r = 0;
    for (size_t i = 0; !r && i < count; i++) {
        bool is_up = false;
        while (escalation_day(&rows[i].e, &p->calendar, today))
            is_up = true;
        if (is_up)
            r = sql_do(p, "UPDATE escalation SET level=? WHERE id=?", "it",
                       (int64_t)rows[i].e.level, rows[i].id);
        if (is_up && !r)
            r = tell(p, &rows[i]);
        if (is_up && !r)
            pthread_cond_broadcast(&p->news);
    }
    return r;
}

/* ---- for the report; inside the lock --------------------------------------------------- */

/* In time: by the day on the slip, which the first owner has; above that it is late whoever answers. */
static void add_up(struct escalation_sums *s, const struct platform *p, const struct row *row,
                   day today)
{
    struct escalation first = row->e;
    first.level = 1;
    day due = escalation_due(&first, &p->calendar, NULL);
    bool is_answered = first.answered != DAY_NONE;
    s->in_time += is_answered && first.answered <= due;
    s->late += (is_answered ? first.answered : today) > due;
    s->waiting += !is_answered && today <= due;
}

struct escalation_sums escalation_month(struct platform *p, const char *month, const char *kiosk)
{
    static _Thread_local struct row rows[ROWS];
    struct escalation_sums s = { 0 };
    day today = county_today(p);
    char last[UUID_TEXT] = "", where[96];
    size_t count;
    do {
        snprintf(where, sizeof(where), "id>'%s'", last);
        count = read_rows(p, rows, where, "id");
        for (size_t i = 0; i < count; i++) {
            char opened[9];
            day_to_text(opened, rows[i].e.opened);
            if (!strncmp(opened, month, 6) && (!*kiosk || !strcmp(kiosk, rows[i].kiosk)))
                add_up(&s, p, &rows[i], today);
        }
        text_copy(last, sizeof(last), count ? rows[count - 1].id : "");
    } while (count == ROWS);
    return s;
}

/* ---- the desk ------------------------------------------------------------------------ */

static json_t *row_json(const struct platform *p, const struct row *row, day today)
{
    char opened[9], due[9];
    day_to_text(opened, row->e.opened);
    due_of(due, p, row);
    bool is_late = row->e.answered == DAY_NONE && *due && today > day_from_text(due);
    return json_pack("{ss, ss, ss, ss, ss, si, ss, ss, sb}", "id", row->id, "receipt", row->receipt,
                     "kiosk", row->kiosk, "opened", opened, "answer_by", due, "level", row->e.level,
                     "owner", owner_of(p, row->e.level), "answer", row->answer, "late", is_late);
}

void escalations_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    static _Thread_local struct row rows[ROWS];
    json_t *list = json_array();
    (void)q;
    escalations_learn(p);
    pthread_mutex_lock(&p->lock);
    day today = county_today(p);
    int failed = let_pass(p, today);
    size_t count = failed ? 0 : read_rows(p, rows, "1", "opened, id");
    pthread_mutex_unlock(&p->lock);
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, row_json(p, &rows[i], today));
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < count; i++)
        json_object_set_new(json_array_get(list, i), "waived", waivers_record(p, rows[i].id));
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "escalations", list));
}

static void answer(struct platform *p, struct reply *r, const char *id, const char *text)
{
    struct row row = { 0 };
    bool found = find_row(p, &row, id);
    if (!found || row.e.answered != DAY_NONE) {
        reply_problem(r, found ? 409 : 404, found ? "answered" : "not-found",
                      found ? "it has its answer" : "no such registration");
        return;
    }
    row.e.answered = county_today(p);
    text_copy(row.answer, sizeof(row.answer), text);
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = sql_do(p, "UPDATE escalation SET answered=?, answer=? WHERE id=?", "itt",
                        (int64_t)row.e.answered, row.answer, id);
    if (!failed)
        failed = sql_do(p, "UPDATE item SET state='answered' WHERE id=?", "t", id);
    if (!failed)
        failed = tell(p, &row);
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed) {
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
        reply_problem(r, 503, "storage", "the answer could not be stored");
        return;
    }
    pthread_cond_broadcast(&p->news);
    reply_json(r, 200, json_pack("{ss}", "id", id));
}

void escalations_answer(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", UUID_TEXT - 1);
    const char *text = json_need_string(&reader, o, "answer", 200);
    if (json_is_clean(&reader) && (!*text || text_count(text) > ANSWER_CHARACTERS))
        json_complain(&reader, "answer must have 1 to %d characters", ANSWER_CHARACTERS);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-answer", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    answer(p, r, id, text);
    pthread_mutex_unlock(&p->lock);
}
