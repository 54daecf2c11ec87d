/* What cannot wait (SS-17): somebody says so when they take a number, staff confirm it or do not. Either way the number stays
 * where it was taken in the queue; it is the head start that differs (fair.h). */
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/point.h"

static const char schema[] =
    "CREATE TABLE IF NOT EXISTS urgent(ticket INTEGER PRIMARY KEY, reason TEXT NOT NULL,"
    " state TEXT NOT NULL DEFAULT 'said', by TEXT NOT NULL DEFAULT '', decided_ms INTEGER NOT NULL "
    "DEFAULT 0);";

int urgent_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

int urgent_note(struct platform *p, const json_t *ticket, const char *id)
{
    static const char *const reasons[] = { "deadline", "health", "death", "travel", "matter" };
    const char *reason = json_string_value(json_object_get(ticket, "urgent"));
    for (size_t i = 0; reason && i < sizeof(reasons) / sizeof(reasons[0]); i++)
        if (!strcmp(reason, reasons[i]))
            return sql_do(
                p,
                "INSERT OR IGNORE INTO urgent(ticket, reason) SELECT n, ? FROM ticket WHERE id=?",
                "tt", reason, id);
    return 0;
}

/* Inside the lock; only what is said and still waits can be decided, and once. */
static int decide(struct platform *p, const char *number, bool is_urgent, const char *by)
{
    char date[TODAY_TEXT];
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    point_today(date, now_ms);
    int r = sql_do(p,
                   "UPDATE urgent SET state=?, by=?, decided_ms=? WHERE state='said' AND ticket IN"
                   " (SELECT n FROM ticket WHERE number=? AND day=? AND state='waiting')",
                   "ttitt", is_urgent ? "confirmed" : "refused", by, now_ms, number, date);
    return r ? r : sqlite3_changes(p->db) == 1 ? 0 : -ENOENT;
}

/* {"number", "urgent": true or false, "by": who decides} */
void urgent_decide(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *number = json_need_string(&reader, o, "number", 23);
    const char *by = json_need_string(&reader, o, "by", 60);
    const json_t *urgent = json_object_get(o, "urgent");
    if (json_is_clean(&reader) && (!json_is_boolean(urgent) || !*by))
        json_complain(&reader, "urgent must be true or false, by must say who decides");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-decision", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed = decide(p, number, json_is_true(urgent), by);
    pthread_mutex_unlock(&p->lock);
    if (failed == -ENOENT)
        reply_problem(r, 404, "not-found", "no such number waits for this decision");
    else if (failed)
        reply_problem(r, 503, "storage", "the decision could not be stored");
    else
        reply_json(r, 200, json_pack("{ss}", "number", number));
}
