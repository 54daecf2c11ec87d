/* Firmware for the county's kiosks: which bundle, how far it has come, the signed list that kiosks read, and the bundles' bytes. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/update/manifest.h"
#include "tests/platform/fleet.h"
#include "tests/platform/fleet_inside.h"
#include "tests/platform/rollout.h"

enum { WEEK_S = 7 * 24 * 3600, PIECE_MAX = 1024 * 1024, HOLD_S = 24 * 3600, LIMIT = 2 };

static int64_t now_ms(void)
{
    return system_clock.wall_ms(&system_clock);
}

/* ---- one row ------------------------------------------------------------------------- */

struct rollout {
    int64_t id, size, stage_ms;
    char version[UPDATE_VERSION], board[UPDATE_BOARD], first[KIOSK_ID_MAX + 1], state[12];
    char sha256[HASH_HEX + 1], replaces[300], file[256], reason[200];
    int stage, limit, patience, from_hour, to_hour;
    int64_t hold_s;
};

#define ROLLOUT                                                                                 \
    "SELECT id, size, stage_ms, version, board, first, state, sha256, replaces, file, reason, " \
    "stage, fail_limit, patience, hold_s, from_hour, to_hour FROM rollout "

static void read_row(struct rollout *o, sqlite3_stmt *q)
{
    const struct {
        char *to;
        size_t capacity;
    } texts[] = { { o->version, sizeof(o->version) }, { o->board, sizeof(o->board) },
                  { o->first, sizeof(o->first) },     { o->state, sizeof(o->state) },
                  { o->sha256, sizeof(o->sha256) },   { o->replaces, sizeof(o->replaces) },
                  { o->file, sizeof(o->file) },       { o->reason, sizeof(o->reason) } };
    for (int i = 0; i < 8; i++)
        text_copy(texts[i].to, texts[i].capacity, sql_text(q, 3 + i));
    o->id = sqlite3_column_int64(q, 0);
    o->size = sqlite3_column_int64(q, 1);
    o->stage_ms = sqlite3_column_int64(q, 2);
    o->stage = sqlite3_column_int(q, 11);
    o->limit = sqlite3_column_int(q, 12);
    o->patience = sqlite3_column_int(q, 13);
    o->hold_s = sqlite3_column_int64(q, 14);
    o->from_hour = sqlite3_column_int(q, 15);
    o->to_hour = sqlite3_column_int(q, 16);
}

static bool find(struct platform *p, struct rollout *o, int64_t id)
{
    sqlite3_stmt *q = sql(p, ROLLOUT "WHERE id=?", "i", id);
    bool is_there = q && sqlite3_step(q) == SQLITE_ROW;
    if (is_there)
        read_row(o, q);
    sqlite3_finalize(q);
    return is_there;
}

static struct update as_update(const struct rollout *o)
{
    struct update u = { .percent = rollout_percent(o->stage), .kiosk_count = *o->first != 0 };
    text_copy(u.version, sizeof(u.version), o->version);
    text_copy(u.kiosks[0], sizeof(u.kiosks[0]), o->first);
    return u;
}

/* ---- the signed list ----------------------------------------------------------------- */

static json_t *entry_json(const struct rollout *o)
{
    char complaint[JSON_COMPLAINT];
    json_t *replaces = json_parse(o->replaces, strlen(o->replaces), complaint);
    json_t *kiosks = json_array();
    if (*o->first)
        json_array_append_new(kiosks, json_string(o->first));
    return json_pack("{ss, ss, ss, sI, ss, si, si, si, so, so}", "kind", "firmware", "version",
                     o->version, "board", o->board, "size", (json_int_t)o->size, "sha256",
                     o->sha256, "percent", rollout_percent(o->stage), "from_hour", o->from_hour,
                     "to_hour", o->to_hour, "kiosks", kiosks, "replaces",
                     replaces ? replaces : json_array());
}

static json_t *list_json(struct platform *p, int64_t version)
{
    json_t *list = json_array();
    struct rollout o;
    sqlite3_stmt *q = sql(p, ROLLOUT "WHERE state<>'stopped' ORDER BY id DESC LIMIT ?", "i",
                          (int64_t)UPDATES_MAX);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        read_row(&o, q);
        json_array_append_new(list, entry_json(&o));
    }
    sqlite3_finalize(q);
    return json_pack("{sI, so}", "version", (json_int_t)version, "updates", list);
}

int rollouts_remake(struct platform *p, bool is_new)
{
    struct fleet *f = p->fleet;
    if (is_new)
        f->version++;
    if (!f->version)
        return 0;
    AUTO(json_release) json_t *o = list_json(p, f->version);
    char *text = o ? json_canonical(o) : NULL;
    f->document.length = f->signature.length = 0;
    int r = text ? bytes_append_text(&f->document, text) : -ENOMEM;
    json_text_free(text);
    if (!r)
        r = documents_sign(&f->signature, p, &f->document);
    if (!r && is_new)
        r = sql_do(p, "INSERT OR REPLACE INTO meta VALUES('updates_version', ?)", "i", f->version);
    return r;
}

int64_t rollouts_version(struct platform *p)
{
    return p->fleet->version;
}

void rollouts_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    char etag[32];
    pthread_mutex_lock(&p->lock);
    const struct fleet *f = p->fleet;
    snprintf(etag, sizeof(etag), "\"u%lld\"", (long long)f->version);
    if (!f->version) {
        reply_problem(r, 404, "not-found", "this county rolls nothing out");
    } else if (!strcmp(request_header_in(q, "If-None-Match"), etag)) {
        r->status = 304;
        reply_header(r, "ETag", etag);
    } else {
        r->status = 200;
        r->type = "application/json";
        reply_header(r, "ETag", etag);
        reply_header(r, "Document-Signature", (const char *)f->signature.data);
        if (bytes_append(&r->body, f->document.data, f->document.length))
            r->status = 500;
    }
    pthread_mutex_unlock(&p->lock);
}

/* ---- a bundle's bytes ---------------------------------------------------------------- */

/* "bytes=FROM-TO" and nothing else. */
static bool read_range(long long *from, long long *to, const char *text)
{
    int used = 0;
    return sscanf(text, "bytes=%lld-%lld%n", from, to, &used) == 2 && !text[used] && *from >= 0 &&
           *to >= *from;
}

static void send_piece(struct reply *r, const char *path, int64_t size, const char *range)
{
    long long from, to;
    char said[80];
    if (!read_range(&from, &to, range) || from >= size) {
        snprintf(said, sizeof(said), "bytes */%lld", (long long)size);
        reply_problem(r, 416, "range", "ask for bytes=FROM-TO, 1 MiB at most");
        reply_header(r, "Content-Range", said);
        return;
    }
    to = to < size ? to : size - 1;
    to = to - from < PIECE_MAX ? to : from + PIECE_MAX - 1;
    size_t length = (size_t)(to - from + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = fd >= 0 && !bytes_reserve(&r->body, length) &&
                   pread(fd, r->body.data, length, (off_t)from) == (ssize_t)length;
    if (fd >= 0)
        close(fd);
    if (!is_read) {
        reply_problem(r, 503, "storage", "the bundle cannot be read");
        return;
    }
    r->body.length = length;
    r->status = 206;
    r->type = "application/octet-stream";
    snprintf(said, sizeof(said), "bytes %lld-%lld/%lld", from, to, (long long)size);
    reply_header(r, "Content-Range", said);
    reply_header(r, "Accept-Ranges", "bytes");
}

void rollouts_piece(struct platform *p, const struct request_in *q, struct reply *r,
                    const char *sha256_text)
{
    char path[4096] = "";
    int64_t size = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p, "SELECT file, size FROM rollout WHERE sha256=? AND state<>'stopped'",
                            "t", sha256_text);
    if (row && sqlite3_step(row) == SQLITE_ROW) {
        snprintf(path, sizeof(path), "%s/%s", p->fleet->dir, sql_text(row, 0));
        size = sqlite3_column_int64(row, 1);
    }
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    if (*path)
        send_piece(r, path, size, request_header_in(q, "Range"));
    else
        reply_problem(r, 404, "not-found", "no such bundle is rolled out");
}

/* ---- how far it has come; inside the lock -------------------------------------------- */

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

static void look(struct platform *p, struct rollout_facts *f, const struct rollout *o)
{
    struct update u = as_update(o);
    *f = (struct rollout_facts){ .stage = o->stage,
                                 .limit = o->limit,
                                 .stage_s = (now_ms() - o->stage_ms) / 1000,
                                 .hold_s = o->hold_s };
    f->failed = (int)count(
        p, "SELECT count(*) FROM rollout_outcome WHERE rollout=? AND outcome<>'installed'", o->id);
    sqlite3_stmt *q = sql(p,
                          "SELECT kiosk, json_extract(body,'$.firmware') FROM fleet_health WHERE "
                          "json_extract(body,'$.board')=? AND seen_ms>?",
                          "ti", o->board, now_ms() - (int64_t)WEEK_S * 1000);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        const char *running = sql_text(q, 1);
        if (!is_concerned(o, running) || !update_is_for(&u, sql_text(q, 0)))
            continue;
        f->offered++;
        f->installed += !update_version_compare(running, o->version);
    }
    sqlite3_finalize(q);
}

static int set_stage(struct platform *p, int64_t id, int stage)
{
    int r = sql_do(p, "UPDATE rollout SET stage=?, stage_ms=? WHERE id=?", "iii", (int64_t)stage,
                   now_ms(), id);
    return r ? r : rollouts_remake(p, true);
}

static int set_state(struct platform *p, int64_t id, const char *state, const char *reason)
{
    int r = sql_do(p, "UPDATE rollout SET state=?, reason=? WHERE id=?", "tti", state, reason, id);
    return r ? r : rollouts_remake(p, true);
}

static int judge(struct platform *p, const struct rollout *o)
{
    struct rollout_facts f;
    char reason[100];
    look(p, &f, o);
    enum rollout_move move = rollout_judge(&f);
    snprintf(reason, sizeof(reason), "%d kiosks fell back or refused it", f.failed);
    if (move == ROLLOUT_STOP)
        log_line(LOG_WARNING, "county", "the roll-out of %s stops: %s", o->version, reason);
    return move == ROLLOUT_STOP   ? set_state(p, o->id, "stopped", reason)
           : move == ROLLOUT_DONE ? set_state(p, o->id, "done", "")
           : move == ROLLOUT_NEXT ? set_stage(p, o->id, o->stage + 1)
                                  : 0;
}

static int judge_all(struct platform *p)
{
    struct rollout running[UPDATES_MAX];
    int n = 0, r = 0;
    sqlite3_stmt *q = sql(p, ROLLOUT "WHERE state='running' LIMIT ?", "i", (int64_t)UPDATES_MAX);
    while (q && n < UPDATES_MAX && sqlite3_step(q) == SQLITE_ROW)
        read_row(&running[n++], q);
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
               "tttitt", kiosk, outcome, reason ? reason : "", now_ms(), version, board);
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

/* ---- the desk ------------------------------------------------------------------------ */

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
    look(p, &f, o);
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
    sqlite3_stmt *row = sql(p, ROLLOUT "ORDER BY id DESC LIMIT 50", "");
    while (row && n < 50 && sqlite3_step(row) == SQLITE_ROW)
        read_row(&all[n++], row);
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
    json_t *whole = json_pack("{si, s[o]}", "version", 1, "updates", entry_json(o));
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
               o->first, now_ms(), (int64_t)o->patience, (int64_t)o->patience, o->hold_s,
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
    look(p, &f, o);
    if (!strcmp(word, "stop"))
        return set_state(p, o->id, "stopped", "stopped by hand");
    if (!strcmp(word, "next") && !strcmp(o->state, "running") && o->stage < ROLLOUT_ALL)
        return set_stage(p, o->id, o->stage + 1);
    if (strcmp(word, "go") != 0 || strcmp(o->state, "stopped") != 0)
        return -EINVAL;
    /* Whoever lets it go on has seen those that failed: as many again may. */
    int r = sql_do(p, "UPDATE rollout SET fail_limit=? WHERE id=?", "ii",
                   (int64_t)(f.failed + o->patience), o->id);
    return r ? r : set_state(p, o->id, "running", "");
}

void rollouts_move(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct rollout o;
    AUTO(json_release) json_t *wish = request_json(q, r);
    if (!wish)
        return;
    const char *word = json_string_value(json_object_get(wish, "move"));
    pthread_mutex_lock(&p->lock);
    bool is_there = find(p, &o, json_integer_value(json_object_get(wish, "id")));
    int bad = is_there && word ? move(p, &o, word) : -EINVAL;
    pthread_mutex_unlock(&p->lock);
    if (bad == -EINVAL)
        reply_problem(r, 409, "no-such-move", "this roll-out cannot do that now");
    else if (bad)
        reply_problem(r, 503, "storage", "it could not be stored");
    else
        reply_json(r, 200, json_object());
}
