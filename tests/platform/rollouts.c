/* The desk's side of roll-outs: shown, made, moved. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/platform/rollouts_inside.h"

enum { HOLD_S = 24 * 3600, LIMIT = 2 };

static json_t *failures_json(struct platform *p, int64_t id)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT kiosk, outcome, reason FROM rollout_outcome WHERE rollout=? AND "
                          "outcome<>'installed' ORDER BY at_ms LIMIT 50",
                          "i", id);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss}", "kiosk", sql_text(q, 0), "outcome",
                                              sql_text(q, 1), "reason", sql_text(q, 2)));
    sqlite3_finalize(q);
    return list;
}

static json_t *rollout_json(struct platform *p, const struct rollout *o)
{
    struct rollout_facts f;
    rollout_look(p, &f, o);
    return json_pack("{sI, ss, ss, ss, sI, ss, ss, ss, si, si, si, si, sI, sI, so}", "id",
                     (json_int_t)o->id, "version", o->version, "board", o->board, "file", o->file,
                     "size", (json_int_t)o->size, "first", o->first, "state", o->state, "reason",
                     o->reason, "stage", o->stage, "offered", f.offered, "installed", f.installed,
                     "limit", f.limit, "stage_s", (json_int_t)f.stage_s, "hold_s",
                     (json_int_t)f.hold_s, "failures", failures_json(p, o->id));
}

void rollouts_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    static struct rollout all[50];
    json_t *list = json_array();
    int n = 0;
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p, ROLLOUT_SELECT "ORDER BY id DESC LIMIT 50", "");
    while (row && n < 50 && sqlite3_step(row) == SQLITE_ROW)
        rollout_read(&all[n++], row);
    sqlite3_finalize(row);
    for (int i = 0; i < n; i++)
        json_array_append_new(list, rollout_json(p, &all[i]));
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so, sb}", "rollouts", list, "may", *p->fleet->dir != 0));
}

/* ---- making one ---------------------------------------------------------------------- */

static bool is_plain_name(const char *name)
{
    static const char letters[] =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_";
    return *name && *name != '.' && strspn(name, letters) == strlen(name);
}

static int measure(struct rollout *o, const char *dir)
{
    char path[4096];
    static uint8_t piece[64 * 1024];
    uint8_t sum[SHA256_BYTES];
    size_t n;
    snprintf(path, sizeof(path), "%s/%s", dir, o->file);
    FILE *f = fopen(path, "re");
    if (!f)
        return -ENOENT;
    struct sha256_sum *s = sha256_begin();
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0 && o->size <= UPDATE_SIZE_MAX) {
        sha256_add(s, piece, n);
        o->size += (int64_t)n;
    }
    sha256_end(s, sum);
    fclose(f);
    hex_encode(o->sha256, sum, sizeof(sum));
    return o->size && o->size <= UPDATE_SIZE_MAX ? 0 : -EFBIG;
}

static void read_wish(struct rollout *o, struct json_reader *r, const json_t *wish)
{
    *o = (struct rollout){ 0 };
    text_copy(o->file, sizeof(o->file), json_need_string(r, wish, "file", 200));
    text_copy(o->version, sizeof(o->version),
              json_need_string(r, wish, "version", UPDATE_VERSION - 1));
    text_copy(o->board, sizeof(o->board), json_need_string(r, wish, "board", UPDATE_BOARD - 1));
    text_copy(o->first, sizeof(o->first), json_need_string(r, wish, "first", KIOSK_ID_MAX));
    o->patience = (int)json_want_integer(r, wish, "limit", 1, 1000, LIMIT);
    o->hold_s = json_want_integer(r, wish, "hold_s", 0, 90 * 24 * 3600, HOLD_S);
    o->from_hour = (int)json_want_integer(r, wish, "from_hour", 0, 23, 1);
    o->to_hour = (int)json_want_integer(r, wish, "to_hour", 0, 23, 5);
    char *replaces = json_canonical(json_want_array(r, wish, "replaces", UPDATE_REPLACES));
    text_copy(o->replaces, sizeof(o->replaces), replaces ? replaces : "[]");
    json_text_free(replaces);
    if (json_is_clean(r) && !is_plain_name(o->file))
        json_complain(r, "file must be the name of a file in the folder of bundles");
}

/* What kiosks would not understand is not signed. */
static bool is_understood(const struct rollout *o)
{
    static struct update_manifest m;
    char complaint[UPDATE_COMPLAINT];
    AUTO(json_release)
    json_t *whole = json_pack("{si, s[o]}", "version", 1, "updates", rollout_entry(o));
    char *text = whole ? json_canonical(whole) : NULL;
    bool is_good = text && !update_manifest_read(&m, text, strlen(text), complaint);
    json_text_free(text);
    return is_good;
}

static int store(struct platform *p, const struct rollout *o)
{
    int r =
        sql_do(p,
               "INSERT INTO rollout(version, board, file, size, sha256, replaces, first, stage, "
               "stage_ms, state, reason, fail_limit, patience, hold_s, from_hour, to_hour) "
               "VALUES(?,?,?,?,?,?,?,1,?,'running','',?,?,?,?,?)",
               "tttitttiiiiii", o->version, o->board, o->file, o->size, o->sha256, o->replaces,
               o->first, rollout_now_ms(), (int64_t)o->patience, (int64_t)o->patience, o->hold_s,
               (int64_t)o->from_hour, (int64_t)o->to_hour);
    return r ? r : rollouts_remake(p, true);
}

void rollouts_make(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct json_reader reader = { 0 };
    struct rollout o;
    AUTO(json_release) json_t *wish = request_json(q, r);
    if (!wish)
        return;
    read_wish(&o, &reader, wish);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-rollout", reader.complaint);
        return;
    }
    if (!kiosk_is_enrolled(p, o.first)) {
        reply_problem(r, 400, "bad-rollout", "the first kiosk is none of this county");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int bad = *p->fleet->dir ? measure(&o, p->fleet->dir) : -ENOENT;
    bool is_good = !bad && is_understood(&o);
    int failed = is_good ? store(p, &o) : 0;
    pthread_mutex_unlock(&p->lock);
    if (bad)
        reply_problem(r, 400, "bad-rollout",
                      "there is no such bundle, or it is empty or far too large");
    else if (!is_good)
        reply_problem(r, 400, "bad-rollout", "versions are numbers with dots, like 1.4.0");
    else if (failed)
        reply_problem(r, 503, "storage", "the roll-out could not be stored");
    else
        reply_json(r, 200, json_object());
}

/* ---- moving one ---------------------------------------------------------------------- */

static int move(struct platform *p, const struct rollout *o, const char *word)
{
    struct rollout_facts f;
    rollout_look(p, &f, o);
    if (!strcmp(word, "stop"))
        return rollout_set_state(p, o->id, "stopped", "stopped by hand");
    if (!strcmp(word, "next") && !strcmp(o->state, "running") && o->stage < ROLLOUT_ALL)
        return rollout_set_stage(p, o->id, o->stage + 1);
    if (strcmp(word, "go") != 0 || strcmp(o->state, "stopped") != 0)
        return -EINVAL;
    /* Whoever lets it go on has seen those that failed: as many again may. */
    int r = sql_do(p, "UPDATE rollout SET fail_limit=? WHERE id=?", "ii",
                   (int64_t)f.failed + o->patience, o->id);
    return r ? r : rollout_set_state(p, o->id, "running", "");
}

void rollouts_move(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct rollout o;
    AUTO(json_release) json_t *wish = request_json(q, r);
    if (!wish)
        return;
    const char *word = json_string_value(json_object_get(wish, "move"));
    pthread_mutex_lock(&p->lock);
    bool is_there = rollout_find(p, &o, json_integer_value(json_object_get(wish, "id")));
    int bad = is_there && word ? move(p, &o, word) : -EINVAL;
    pthread_mutex_unlock(&p->lock);
    if (bad == -EINVAL)
        reply_problem(r, 409, "no-such-move", "this roll-out cannot do that now");
    else if (bad)
        reply_problem(r, 503, "storage", "it could not be stored");
    else
        reply_json(r, 200, json_object());
}
