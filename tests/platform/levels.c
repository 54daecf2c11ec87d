/* Which level each kiosk's point has (SS-40): the county says once what every level offers, an officer says which a kiosk
 * is, and the signed document of that kiosk says the rest. */
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "tests/platform/fleet.h"
#include "tests/platform/point.h"

static const char schema[] = "CREATE TABLE IF NOT EXISTS point_level(kiosk TEXT PRIMARY KEY, level "
                             "TEXT NOT NULL) WITHOUT ROWID;";

int levels_begin(struct platform *p)
{
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

static const json_t *profile_of(const struct platform *p, const char *level)
{
    return json_object_get(json_object_get(p->point, "profiles"), level);
}

void level_of(struct platform *p, char out[LEVEL_TEXT], const char *kiosk)
{
    sqlite3_stmt *q = sql(p, "SELECT level FROM point_level WHERE kiosk=?", "t", kiosk);
    out[0] = 0;
    if (q && sqlite3_step(q) == SQLITE_ROW)
        text_copy(out, LEVEL_TEXT, sql_text(q, 0));
    sqlite3_finalize(q);
}

json_t *level_profile(struct platform *p, const char *kiosk)
{
    char level[LEVEL_TEXT];
    level_of(p, level, kiosk);
    json_t *profile = *level ? json_copy((json_t *)(uintptr_t)profile_of(p, level)) : NULL;
    if (profile)
        json_object_set_new(profile, "level", json_string(level));
    return profile;
}

/* {"id", "level": a word of the county's profiles, "" for none} */
void level_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_need_string(&reader, o, "id", KIOSK_ID_MAX);
    const char *said = json_string_value(json_object_get(o, "level")), *level = said ? said : "";
    if (json_is_clean(&reader) && (!said || (*level && !profile_of(p, level))))
        json_complain(&reader, "level is none that this county has a profile for");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-level", reader.complaint);
        return;
    }
    if (!kiosk_is_enrolled(p, id)) {
        reply_problem(r, 404, "not-found", "there is no such kiosk");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed = *level
                     ? sql_do(p, "INSERT OR REPLACE INTO point_level VALUES(?,?)", "tt", id, level)
                     : sql_do(p, "DELETE FROM point_level WHERE kiosk=?", "t", id);
    pthread_mutex_unlock(&p->lock);
    if (failed)
        reply_problem(r, 503, "storage", "the level could not be stored");
    else
        reply_json(r, 200, json_object());
}
