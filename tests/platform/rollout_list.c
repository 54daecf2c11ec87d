/* Roll-outs as they are kept, and the signed list of them that kiosks read. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/platform/rollouts_inside.h"

void rollout_read(struct rollout *o, sqlite3_stmt *q)
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

bool rollout_find(struct platform *p, struct rollout *o, int64_t id)
{
    sqlite3_stmt *q = sql(p, ROLLOUT_SELECT "WHERE id=?", "i", id);
    bool is_there = q && sqlite3_step(q) == SQLITE_ROW;
    if (is_there)
        rollout_read(o, q);
    sqlite3_finalize(q);
    return is_there;
}

json_t *rollout_entry(const struct rollout *o)
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
    sqlite3_stmt *q = sql(p, ROLLOUT_SELECT "WHERE state<>'stopped' ORDER BY id DESC LIMIT ?", "i",
                          (int64_t)UPDATES_MAX);
    while (q && sqlite3_step(q) == SQLITE_ROW) {
        rollout_read(&o, q);
        json_array_append_new(list, rollout_entry(&o));
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
