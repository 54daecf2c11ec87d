/* Joint visits (SS-30): one part of a bundle is a visit of several offices together. It is a booking in the office's own
 * calendar, held by the part: chosen at the kiosk, or asked for and set by the county; it is moved at the desk, given back by
 * the resident, and free again as soon as the part is over. What the resident is told of it goes with the bundle. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/bundle.h"
#include "tests/platform/point.h"
#include "tests/platform/visits.h"

enum { TAIL_TEXT = 5 };

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS visit(id TEXT PRIMARY KEY, day TEXT NOT NULL, half TEXT NOT NULL)"
    " WITHOUT ROWID;";

int visits_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

bool visit_is(const char *id)
{
    return strchr(id, '.') != NULL;
}

/* ---- opened -------------------------------------------------------------------------- */

static bool is_visit(const struct platform *p, const struct matter *part)
{
    const json_t *list = json_object_get(matter_service(p, part->service), "parts");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *o = json_array_get(list, i);
        if (!strcmp(json_text_at(o, "id"), part->part.id))
            return json_is_true(json_object_get(o, "visit"));
    }
    return false;
}

/* A half-day that somebody else took meanwhile is not promised twice. */
static const char *state_of(struct platform *p, const char *calendar, const json_t *said)
{
    if (strcmp(json_text_at(said, "calendar"), calendar) != 0)
        return "asked";
    int64_t left =
        calendar_free(p, calendar, json_text_at(said, "day"), json_text_at(said, "half"));
    return left > 0 ? "received" : "full";
}

/* The telephone number ends alike for all visits of a bundle. */
static void tail_of(struct platform *p, char out[TAIL_TEXT], const struct matter *part)
{
    char whole[UUID_TEXT];
    (void)text_copy(whole, sizeof(whole), part->id);
    sqlite3_stmt *q =
        sql(p, "SELECT tail FROM booking WHERE substr(id,1,36)=? AND tail<>''", "t", whole);
    *out = 0;
    if (q && sqlite3_step(q) == SQLITE_ROW)
        (void)text_copy(out, TAIL_TEXT, sql_text(q, 0));
    sqlite3_finalize(q);
}

int visit_open(struct platform *p, const struct matter *part, const json_t *said)
{
    const char *date = json_text_at(said, "day"), *half = json_text_at(said, "half"), *calendar;
    char tail[TAIL_TEXT];
    if (!is_visit(p, part) || (part->part.after && !part->part.has_begun))
        return 0;
    if (part->part.after)
        tail_of(p, tail, part);
    else
        (void)text_copy(tail, sizeof(tail), json_text_at(said, "phone_tail"));
    calendar = calendar_for(p, part->service, VISIT_CALENDAR);
    bool is_day = !part->part.after && strlen(date) == 8 && strspn(date, "0123456789") == 8;
    int r = sql_do(p,
                   "INSERT OR IGNORE INTO booking(id, kiosk, receipt, service, calendar, day, half,"
                   " tail, state) VALUES(?,?,?,?,?,?,?,?,?)",
                   "ttttttttt", part->id, part->kiosk, part->receipt, part->service,
                   calendar ? calendar : VISIT_CALENDAR, is_day ? date : "", is_day ? half : "",
                   tail, calendar && is_day ? state_of(p, calendar, said) : "asked");
    return r ? r
             : sql_do(p, "INSERT OR IGNORE INTO visit VALUES(?,?,?)", "ttt", part->id,
                      is_day ? date : "", is_day ? half : "");
}

/* ---- over, and told ------------------------------------------------------------------ */

int visit_follow(struct platform *p, const struct matter *part)
{
    if (!case_is_over(part->file.state))
        return part->part.after ? visit_open(p, part, NULL) : 0;
    return sql_do(
        p, "UPDATE booking SET state=?2 WHERE id=?1 AND state NOT IN ('cancelled','kept')", "tt",
        part->id,
        part->file.state == CASE_DONE_OK || part->file.state == CASE_DELIVERED ? "kept"
                                                                               : "cancelled");
}

/* The word of the interface (CaseVisit); NULL: there is nothing to tell any more. */
static const char *word_of(const char *state, bool is_moved)
{
    static const char *const words[][2] = {
        { "asked", "asked" }, { "full", "full" }, { "received", "held" }, { "returned", "returned" }
    };
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (!strcmp(words[i][0], state))
            return words[i][1];
    if (strcmp(state, "confirmed") != 0)
        return NULL;
    return is_moved ? "moved" : "confirmed";
}

static json_t *tell(const struct platform *p, sqlite3_stmt *q)
{
    char day_text[11], hours[HOURS_TEXT];
    const char *date = sql_text(q, 1), *half = sql_text(q, 2), *chosen = sql_text(q, 4);
    bool is_moved = *chosen && (strcmp(chosen, date) != 0 || strcmp(sql_text(q, 5), half) != 0);
    const char *word = word_of(sql_text(q, 0), is_moved);
    if (!word)
        return NULL;
    json_t *o = json_pack("{ss}", "state", word);
    county_day_text(day_text, day_from_text(date));
    calendar_hours(hours, p, sql_text(q, 3), half);
    if (*day_text) {
        json_object_set_new(o, "day", json_string(day_text));
        json_object_set_new(o, "half", json_string(half));
        if (*hours)
            json_object_set_new(o, "hours", json_string(hours));
    }
    return o;
}

json_t *visit_told(struct platform *p, const char *id)
{
    json_t *o = NULL;
    sqlite3_stmt *q = sql(p,
                          "SELECT b.state, b.day, b.half, b.calendar, v.day, v.half FROM booking b"
                          " JOIN visit v ON v.id=b.id WHERE b.id=?",
                          "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        o = tell(p, q);
    sqlite3_finalize(q);
    return o;
}

/* ---- changed ------------------------------------------------------------------------- */

int visit_tell(struct platform *p, const char *id)
{
    char whole[UUID_TEXT];
    struct matter m;
    (void)text_copy(whole, sizeof(whole), id);
    int r = matter_load(p, &m, whole);
    return r ? r : matter_tell(p, &m, "");
}

/* What the resident chose no longer says anything of what the county sets. */
int visit_return(struct platform *p, const char *id)
{
    int r = sql_do(p, "UPDATE booking SET state='returned', day='', half='' WHERE id=?", "t", id);
    if (!r)
        r = sql_do(p, "UPDATE visit SET day='', half='' WHERE id=?", "t", id);
    return r ? r : visit_tell(p, id);
}
