/* Cases in the platform's store. */
#include "tests/platform/matter.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

int matter_begin(struct platform *p)
{
    static const char tables[] =
        "CREATE TABLE IF NOT EXISTS matter(item TEXT PRIMARY KEY, service TEXT NOT NULL,"
        " file TEXT NOT NULL, is_over INTEGER NOT NULL) WITHOUT ROWID;"
        "CREATE TABLE IF NOT EXISTS matter_step(n INTEGER PRIMARY KEY AUTOINCREMENT, item TEXT NOT "
        "NULL, at TEXT NOT NULL, day TEXT NOT NULL, what TEXT NOT NULL, article TEXT NOT NULL,"
        " reason TEXT NOT NULL, note TEXT NOT NULL);"
        "CREATE INDEX IF NOT EXISTS matter_step_by_item ON matter_step(item, n);"
        "CREATE TABLE IF NOT EXISTS feed_timeline(pos INTEGER PRIMARY KEY, body TEXT NOT NULL);";
    return sqlite3_exec(p->db, tables, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

const char *matter_state(const struct matter *m)
{
    static const char *const words[CASE_STATES] = {
        [CASE_DRAFT] = "received",
        [CASE_SIGNED] = "received",
        [CASE_QUEUED] = "received",
        [CASE_RECEIVED] = "received",
        [CASE_ACCEPTED] = "accepted",
        [CASE_ACCEPTED_GAP] = "accepted_gap",
        [CASE_CORRECT] = "correction_requested",
        [CASE_PAUSED] = "suspended",
        [CASE_DONE_OK] = "granted",
        [CASE_DONE_NO] = "denied",
        [CASE_ENDED] = "terminated",
        [CASE_REFUSED] = "not_accepted",
        [CASE_REVOKED] = "revoked",
        [CASE_WITHDRAWN] = "withdrawn",
        [CASE_DELIVERED] = "delivered",
        [CASE_RATED] = "rated",
        [CASE_ANNULLED] = "annulled",
    };
    return words[m->part.is_denied ? CASE_DONE_NO : m->file.state];
}

/* ---- the catalogue that is published --------------------------------------------------- */

static const json_t *by_text(const json_t *list, const char *key, const char *value)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        const char *text = json_string_value(json_object_get(o, key));
        if (text && !strcmp(text, value))
            return o;
    }
    return NULL;
}

const json_t *matter_service(const struct platform *p, const char *code)
{
    return *code ? by_text(json_object_get(p->catalogue_json, "services"), "code", code) : NULL;
}

const json_t *matter_material(const json_t *service, const char *id)
{
    return by_text(json_object_get(service, "materials"), "id", id);
}

void matter_set_service(const struct platform *p, struct matter *m, const char *code)
{
    const json_t *service = *m->service ? NULL : matter_service(p, code);
    if (!service)
        return;
    const json_t *legal = json_object_get(service, "legal_days");
    text_copy(m->service, sizeof(m->service), code);
    m->file.promised_days = (int)json_integer_value(json_object_get(service, "promised_days"));
    m->file.legal_days = json_is_integer(legal) ? (int)json_integer_value(legal) : -1;
}

/* ---- in the store -------------------------------------------------------------------- */

/* From the first touch to the county's door: the kiosk's part of the table. */
static int open_received(struct platform *p, struct matter *m, day today)
{
    static const struct case_detail resident = { .by = ACTOR_RESIDENT },
                                    kiosk = { .by = ACTOR_KIOSK }, county = { .by = ACTOR_COUNTY };
    case_open(&m->file, MATTER_LIMIT_BY_LAW, MATTER_LIMIT_BY_LAW);
    int r = case_happen(&m->file, &p->calendar, CASE_EV_SIGN, today, &resident);
    if (!r)
        r = case_happen(&m->file, &p->calendar, CASE_EV_COMMIT, today, &kiosk);
    if (!r)
        r = case_happen(&m->file, &p->calendar, CASE_EV_RECEIVE, today, &county);
    return r ? fault_raise(-EPROTO) : 0;
}

static int read_item(struct platform *p, struct matter *out, const char *id, char received[21])
{
    char whole[UUID_TEXT]; /* a part lies in the item of the whole */
    text_copy(whole, sizeof(whole), id);
    sqlite3_stmt *q = sql(p,
                          "SELECT kiosk, receipt, server_ref, received_at FROM item"
                          " WHERE id=? AND kind='application'",
                          "t", whole);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    if (found) {
        text_copy(out->id, sizeof(out->id), id);
        text_copy(out->kiosk, sizeof(out->kiosk), sql_text(q, 0));
        text_copy(out->receipt, sizeof(out->receipt), sql_text(q, 1));
        text_copy(out->server_ref, sizeof(out->server_ref), sql_text(q, 2));
        text_copy(received, 21, sql_text(q, 3));
    }
    sqlite3_finalize(q);
    return found ? 0 : q ? -ENOENT : -EIO;
}

/* What came in before cases were kept here is opened as of the day it came. */
static int open_older(struct platform *p, struct matter *m, const char *received)
{
    char text[9];
    snprintf(text, sizeof(text), "%.4s%.2s%.2s", received, received + 5, received + 8);
    day then = day_from_text(text);
    return open_received(p, m, then == DAY_NONE ? county_today(p) : then);
}

int matter_load(struct platform *p, struct matter *out, const char *id)
{
    char received[21] = "", complaint[JSON_COMPLAINT];
    *out = (struct matter){ 0 };
    int r = read_item(p, out, id, received);
    if (r)
        return r;
    sqlite3_stmt *q = sql(p, "SELECT service, file FROM matter WHERE item=?", "t", id);
    if (!q)
        return -EIO;
    if (sqlite3_step(q) == SQLITE_ROW) {
        const char *text = sql_text(q, 1);
        AUTO(json_release) json_t *o = json_parse(text, strlen(text), complaint);
        text_copy(out->service, sizeof(out->service), sql_text(q, 0));
        r = matter_read(out, o) ? 0 : fault_raise(-EBADMSG);
    } else {
        r = strchr(id, '.') ? -ENOENT : open_older(p, out, received);
    }
    sqlite3_finalize(q);
    return r;
}

int matter_store(struct platform *p, const struct matter *m)
{
    AUTO(json_release) json_t *o = matter_write(m);
    char *text = o ? json_canonical(o) : NULL;
    int r = !text ? fault_raise(-ENOMEM)
                  : sql_do(p,
                           "INSERT INTO matter(item, service, file, is_over) VALUES(?1,?2,?3,?4)"
                           " ON CONFLICT(item) DO UPDATE SET service=?2, file=?3, is_over=?4",
                           "ttti", m->id, m->service, text, (int64_t)case_is_over(m->file.state));
    json_text_free(text);
    if (!r)
        r = sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", matter_state(m), m->id);
    return r;
}

/* ---- a step, and the word of it ------------------------------------------------------- */

static int tell(struct platform *p, const struct matter *m, const char *note, const json_t *facts)
{
    char due[32] = "", date[11], claim[HASH_HEX + 1];
    AUTO(json_release) json_t *owed = matter_owed_ids(m), *timeline = matter_timeline(p, m);
    county_day_text(date, matter_due(p, m));
    if (*date)
        snprintf(due, sizeof(due), "%sT15:59:59Z", date); /* the day's end at UTC+8 */
    struct feed_news news = { .state = matter_state(m),
                              .due = due,
                              .missing = owed,
                              .server_ref = m->server_ref,
                              .note = note,
                              .facts = facts,
                              .timeline = timeline };
    if (!claim_find(p, claim, m->id))
        return feed_add(p, m->kiosk, m->receipt, &news);
    /* Staff see the number in the queue: it says how far things are. What was answered is for whoever has the code. */
    int r = feed_add_claim(p, claim, &news);
    news.note = NULL;
    news.timeline = NULL;
    return r ? r : feed_add(p, m->kiosk, m->receipt, &news);
}

int matter_tell(struct platform *p, const struct matter *m, const char *note)
{
    return tell(p, m, note, NULL);
}

int matter_note(struct platform *p, const struct matter *m, const struct matter_step *step)
{
    char at[21], date[9];
    county_now(p, at);
    day_to_text(date, county_today(p));
    int r = matter_store(p, m);
    return r ? r
             : sql_do(p,
                      "INSERT INTO matter_step(item, at, day, what, article, reason, note)"
                      " VALUES(?,?,?,?,?,?,?)",
                      "ttttttt", m->id, at, date, step->what, step->article, step->reason,
                      step->note);
}

int matter_record(struct platform *p, const struct matter *m, const struct matter_step *step)
{
    int r = matter_note(p, m, step);
    return r ? r : tell(p, m, step->note, step->facts);
}

int matter_receive(struct platform *p, const char *id)
{
    static const struct matter_step step = {
        .what = "received", .article = "Art. 12", .reason = "", .note = ""
    };
    struct matter m = { 0 };
    char received[21];
    int r = read_item(p, &m, id, received);
    if (!r)
        r = open_received(p, &m, county_today(p));
    text_copy(m.article, sizeof(m.article), step.article);
    return r ? r : matter_record(p, &m, &step);
}
