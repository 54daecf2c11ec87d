/* How far a roll-out has come, and what follows from it. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "tests/platform/rollouts_inside.h"

enum { WEEK_S = 7 * 24 * 3600 };

static struct update as_update(const struct rollout *o)
{
    struct update u = { .percent = rollout_percent(o->stage), .kiosk_count = *o->first != 0 };
    text_copy(u.version, sizeof(u.version), o->version);
    text_copy(u.kiosks[0], sizeof(u.kiosks[0]), o->first);
    return u;
}

static int64_t count(struct platform *p, const char *text, int64_t id)
{
    int64_t n = 0;
    sqlite3_stmt *q = sql(p, text, "i", id);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

/* Would a kiosk that runs this take it? */
static bool is_concerned(const struct rollout *o, const char *running)
{
    bool is_known = update_version_is(running);
    char quoted[UPDATE_VERSION + 2];
    snprintf(quoted, sizeof(quoted), "\"%s\"", running);
    return is_known &&
           (update_version_compare(running, o->version) <= 0 || strstr(o->replaces, quoted));
}

void rollout_look(struct platform *p, struct rollout_facts *f, const struct rollout *o)
{
    struct update u = as_update(o);
    *f = (struct rollout_facts){ .stage = o->stage,
                                 .limit = o->limit,
                                 .stage_s = (rollout_now_ms() - o->stage_ms) / 1000,
                                 .hold_s = o->hold_s };
    f->failed = (int)count(
        p, "SELECT count(*) FROM rollout_outcome WHERE rollout=? AND outcome<>'installed'", o->id);
    sqlite3_stmt *q = sql(p,
                          "SELECT kiosk, json_extract(body,'$.firmware') FROM fleet_health WHERE "
                          "json_extract(body,'$.board')=? AND seen_ms>?",
                          "ti", o->board, rollout_now_ms() - (int64_t)WEEK_S * 1000);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        const char *running = sql_text(q, 1);
        if (!is_concerned(o, running) || !update_is_for(&u, sql_text(q, 0)))
            continue;
        f->offered++;
        f->installed += !update_version_compare(running, o->version);
    }
    sqlite3_finalize(q);
}

int rollout_set_stage(struct platform *p, int64_t id, int stage)
{
    int r = sql_do(p, "UPDATE rollout SET stage=?, stage_ms=? WHERE id=?", "iii", (int64_t)stage,
                   rollout_now_ms(), id);
    return r ? r : rollouts_remake(p, true);
}

int rollout_set_state(struct platform *p, int64_t id, const char *state, const char *reason)
{
    int r = sql_do(p, "UPDATE rollout SET state=?, reason=? WHERE id=?", "tti", state, reason, id);
    return r ? r : rollouts_remake(p, true);
}

static int judge(struct platform *p, const struct rollout *o)
{
    struct rollout_facts f;
    char reason[100];
    rollout_look(p, &f, o);
    enum rollout_move move = rollout_judge(&f);
    snprintf(reason, sizeof(reason), "%d kiosks fell back or refused it", f.failed);
    if (move == ROLLOUT_STOP)
        log_line(LOG_WARNING, "county", "the roll-out of %s stops: %s", o->version, reason);
    return move == ROLLOUT_STOP   ? rollout_set_state(p, o->id, "stopped", reason)
           : move == ROLLOUT_DONE ? rollout_set_state(p, o->id, "done", "")
           : move == ROLLOUT_NEXT ? rollout_set_stage(p, o->id, o->stage + 1)
                                  : 0;
}

static int judge_all(struct platform *p)
{
    struct rollout running[UPDATES_MAX];
    int n = 0, r = 0;
    sqlite3_stmt *q =
        sql(p, ROLLOUT_SELECT "WHERE state='running' LIMIT ?", "i", (int64_t)UPDATES_MAX);
    while (q && n < UPDATES_MAX && sqlite3_step(q) == SQLITE_ROW)
        rollout_read(&running[n++], q);
    sqlite3_finalize(q);
    for (int i = 0; !r && i < n; i++)
        r = judge(p, &running[i]);
    return r;
}

int rollouts_hear(struct platform *p, const char *kiosk, const json_t *heartbeat)
{
    const json_t *last = json_object_get(json_object_get(heartbeat, "update"), "last");
    const char *version = json_string_value(json_object_get(last, "version"));
    const char *outcome = json_string_value(json_object_get(last, "outcome"));
    const char *board = json_string_value(json_object_get(heartbeat, "board"));
    const char *reason = json_string_value(json_object_get(last, "reason"));
    bool is_known = outcome && (!strcmp(outcome, "installed") || !strcmp(outcome, "refused") ||
                                !strcmp(outcome, "fell-back"));
    if (!version || !is_known || !board || strlen(version) >= UPDATE_VERSION)
        return 0;
    int r =
        sql_do(p,
               "INSERT INTO rollout_outcome SELECT id, ?, ?, ?, ? FROM rollout WHERE version=? AND "
               "board=? ON CONFLICT(rollout, kiosk) DO UPDATE SET outcome=excluded.outcome, "
               "reason=excluded.reason, at_ms=excluded.at_ms WHERE outcome<>excluded.outcome",
               "tttitt", kiosk, outcome, reason ? reason : "", rollout_now_ms(), version, board);
    return r || !sqlite3_changes(p->db) ? r : judge_all(p);
}

void rollouts_tick(struct platform *p)
{
    pthread_mutex_lock(&p->lock);
    int r = judge_all(p);
    pthread_mutex_unlock(&p->lock);
    if (r)
        log_line(LOG_ERROR, "county", "the roll-outs could not be looked at");
}
