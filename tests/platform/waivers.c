#include "tests/platform/waivers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/desk.h"

enum { TEXT_CHARACTERS = 60, WAIVED_MAX = 8 };
static const char article[] = "Art. 9";

struct waiver {
    const char *id, *paper; /* id of a material, or in words what was to be proven */
    const char *evidence, *reason, *by;
};

int waivers_begin(struct platform *p)
{
    return sql_do(
        p,
        "CREATE TABLE IF NOT EXISTS waiver(n INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT"
        " NULL, paper TEXT NOT NULL, evidence TEXT NOT NULL, reason TEXT NOT NULL,"
        " by TEXT NOT NULL, day TEXT NOT NULL, UNIQUE(item, paper))",
        "");
}

/* ---- told ---------------------------------------------------------------------------- */

static json_t *list_of(struct platform *p, const char *item, bool is_whole)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT paper, evidence, reason, by, day FROM waiver WHERE item=?"
                          " ORDER BY n LIMIT ?",
                          "ti", item, (int64_t)WAIVED_MAX);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        char day_text[11];
        county_day_text(day_text, day_from_text(sql_text(q, 4)));
        json_t *o = json_pack("{ss, ss, ss}", "paper", sql_text(q, 0), "evidence", sql_text(q, 1),
                              "day", day_text);
        if (is_whole) {
            json_object_set_new(o, "reason", json_string(sql_text(q, 2)));
            json_object_set_new(o, "by", json_string(sql_text(q, 3)));
        }
        json_array_append_new(list, o);
    }
    sqlite3_finalize(q);
    return list;
}

json_t *waivers_told(struct platform *p, const char *item)
{
    json_t *list = list_of(p, item, false);
    if (json_array_size(list))
        return list;
    json_decref(list);
    return NULL;
}

json_t *waivers_record(struct platform *p, const char *item)
{
    return list_of(p, item, true);
}

/* ---- what follows -------------------------------------------------------------------- */

static void strike(struct matter *m, const char *paper)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->missing_count; i++)
        if (strcmp(m->missing[i], paper) != 0)
            memmove(m->missing[kept++], m->missing[i], sizeof(m->missing[0]));
    m->missing_count = kept;
}

static bool owes(const struct matter *m, const char *paper)
{
    for (size_t i = 0; i < m->file.gap_count; i++)
        if (!m->file.gaps[i].is_closed && !strcmp(m->file.gaps[i].material, paper))
            return true;
    return false;
}

/* An owed paper counts as come; one that a notice named is not missing any more. */
static int lift_one(struct platform *p, struct matter *m, const struct waiver *w)
{
    const struct case_detail county = { .by = ACTOR_COUNTY, .material = w->paper };
    const struct matter_step step = { "waive", article, w->reason, w->evidence, NULL };
    strike(m, w->paper);
    if (owes(m, w->paper) && case_row(m->file.state, CASE_EV_GAP_CLOSED) &&
        case_happen(&m->file, &p->calendar, CASE_EV_GAP_CLOSED, county_today(p), &county))
        return fault_raise(-EPROTO);
    return matter_record(p, m, &step);
}

static int lift_of_parts(struct platform *p, struct bundle_case *b, const struct waiver *w)
{
    const struct case_detail county = { .by = ACTOR_COUNTY, .material = w->paper };
    const struct matter_step step = { "waive", article, w->reason, w->evidence, NULL };
    int r = 0;
    for (size_t i = 0; !r && i < b->count; i++) {
        struct matter tried = b->parts[i];
        strike(&b->parts[i], w->paper);
        strike(&tried, w->paper);
        if (owes(&tried, w->paper) && case_row(tried.file.state, CASE_EV_GAP_CLOSED) &&
            bundle_happen(p, b, &tried, CASE_EV_GAP_CLOSED, &county))
            r = fault_raise(-EPROTO);
    }
    if (!r)
        r = matter_note(p, &b->whole, &step);
    return r ? r : bundle_settle(p, b, "");
}

static int lift(struct platform *p, struct matter *m, const struct waiver *w)
{
    struct bundle_case *b = NULL;
    if (!m->part_count)
        return lift_one(p, m, w);
    int r = bundle_load(p, &b, m->id);
    if (!r)
        r = lift_of_parts(p, b, w);
    free(b);
    return r;
}

/* ---- asked --------------------------------------------------------------------------- */

static void read(struct json_reader *r, struct waiver *w, const json_t *o)
{
    static const char *const names[] = { "paper", "evidence", "reason", "by" };
    *w = (struct waiver){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    const char **texts[] = { &w->paper, &w->evidence, &w->reason, &w->by };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        *texts[i] = json_need_string(r, o, names[i], 4 * (size_t)TEXT_CHARACTERS);
        size_t count = json_is_clean(r) ? text_count(*texts[i]) : 1;
        if (!count || count > TEXT_CHARACTERS)
            json_complain(r, "%s must have 1 to %d characters", names[i], TEXT_CHARACTERS);
    }
}

static bool has_waived(struct platform *p, const struct waiver *w)
{
    sqlite3_stmt *q =
        sql(p, "SELECT 1 FROM waiver WHERE item=? AND paper=?", "tt", w->id, w->paper);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    return found;
}

/* What the catalogue says no other evidence may stand for. */
static bool is_forbidden(const json_t *service, const char *paper)
{
    return json_is_true(json_object_get(service, "no_waiver")) ||
           json_is_true(json_object_get(matter_material(service, paper), "no_waiver"));
}

/* Why not, as the page is answered; 0: it may. */
static int judge(struct platform *p, struct matter *m, const struct waiver *w, const char **why)
{
    int found = matter_load(p, m, w->id);
    bool is_matter = !found;
    *why = "no such application, and nothing that is still open at the bottom-line desk";
    if (found && !escalation_is_open(p, w->id))
        return 404;
    *why = "this matter asks for no such paper";
    if (is_matter && !matter_material(matter_service(p, m->service), w->paper))
        return 400;
    *why = "no other evidence may stand in place of this paper";
    if (is_matter && is_forbidden(matter_service(p, m->service), w->paper))
        return 409;
    *why = "it is decided already";
    if (is_matter && case_is_over(m->file.state))
        return 409;
    *why = "other evidence was accepted for it already";
    return has_waived(p, w) ? 409 : 0;
}

static int keep(struct platform *p, struct matter *m, const struct waiver *w)
{
    char date[9];
    day_to_text(date, county_today(p));
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "INSERT INTO waiver(item, paper, evidence, reason, by, day) VALUES(?,?,?,?,?,?)",
               "tttttt", w->id, w->paper, w->evidence, w->reason, w->by, date);
    if (!r)
        r = *m->id ? lift(p, m, w) : escalation_tell(p, w->id);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void waive(struct platform *p, struct reply *r, const struct waiver *w)
{
    struct matter m = { 0 };
    const char *why;
    int status = judge(p, &m, w, &why);
    if (status) {
        reply_problem(r, status, "waiver", why);
    } else if (keep(p, &m, w)) {
        reply_problem(r, 503, "storage", "it could not be stored");
    } else {
        pthread_cond_broadcast(&p->news);
        reply_json(r, 200, json_pack("{ss, so}", "id", w->id, "waived", waivers_record(p, w->id)));
    }
}

/* Locks. */
static bool is_here(struct platform *p, const char *id)
{
    struct matter m;
    pthread_mutex_lock(&p->lock);
    bool found = !matter_load(p, &m, id) || escalation_is_open(p, id);
    pthread_mutex_unlock(&p->lock);
    return found;
}

void waivers_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct waiver w;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    read(&reader, &w, o);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-waiver", reader.complaint);
        return;
    }
    if (matter_days(p)) {
        reply_problem(r, 503, "storage", "the day could not be begun");
        return;
    }
    if (is_here(p, w.id) &&
        !claim_learn(p, w.id)) { /* words for somebody in particular: how are they addressed? */
        reply_problem(r, 503, "opener", "county-open does not answer");
        return;
    }
    matter_learn(p, w.id);
    pthread_mutex_lock(&p->lock);
    waive(p, r, &w);
    pthread_mutex_unlock(&p->lock);
}

/* ---- accepted at the kiosk ------------------------------------------------------------- */

/* The kinds alone: which one it was may name somebody, and stays in the application. */
static const char *evidence_of(const json_t *waiver)
{
    static const char *const kinds[][2] = { { "archive", "档案馆的记载 (archive record)" },
                                            { "letter",
                                              "别的单位的证明 (letter of another office)" },
                                            { "old", "旧证件 (older certificate)" },
                                            { "court", "法院文书或公证书 (court or notary)" },
                                            { "record", "查到的记录 (record looked up)" } };
    const char *kind =
        json_string_value(json_object_get(json_object_get(waiver, "evidence"), "kind"));
    for (size_t i = 0; kind && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        if (!strcmp(kinds[i][0], kind))
            return kinds[i][1];
    return NULL;
}

static bool learn(struct platform *p, const char *id, const json_t *waiver)
{
    struct matter m = { 0 };
    char by[4 * TEXT_CHARACTERS];
    const char *stick =
                   json_string_value(json_object_get(json_object_get(waiver, "approver"), "stick")),
               *why;
    struct waiver w = { .id = id,
                        .paper = json_string_value(json_object_get(waiver, "material")),
                        .evidence = evidence_of(waiver),
                        .reason = "窗口人员在自助机上认可，本人同意" };
    if (!stick || !w.paper || !w.evidence)
        return false;
    snprintf(by, sizeof(by), "工作U盘 %.24s", stick);
    w.by = by;
    return !judge(p, &m, &w, &why) && !keep(p, &m, &w);
}

bool waivers_learn(struct platform *p, const char *id, const json_t *item)
{
    const json_t *list = json_object_get(item, "waivers");
    bool is_new = false;
    if (!json_array_size(list) || matter_days(p))
        return false;
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < json_array_size(list) && i < WAIVED_MAX; i++)
        is_new |= learn(p, id, json_array_get(list, i));
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    return is_new;
}
