#include "tests/platform/logs.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/seal/sign.h"

enum { LOGS_SHOWN = 60, TYPE_TEXT = 24 };

int logs_begin(struct platform *p)
{
    static const char table[] =
        "CREATE TABLE IF NOT EXISTS kiosk_log(kiosk TEXT NOT NULL, sha256 TEXT NOT NULL, type TEXT "
        "NOT NULL, at TEXT NOT NULL, may_open INTEGER NOT NULL, taken_ms INTEGER NOT NULL, "
        "document BLOB NOT NULL, signature BLOB NOT NULL, PRIMARY KEY(kiosk, sha256)) WITHOUT "
        "ROWID;";
    if (sqlite3_exec(p->db, table, NULL, NULL, NULL) == SQLITE_OK)
        return 0;
    log_line(LOG_ERROR, "county", "%s", sqlite3_errmsg(p->db));
    return -EIO;
}

/* ---- in ------------------------------------------------------------------------------ */

struct paper {
    char kiosk[KIOSK_ID_MAX + 1], type[TYPE_TEXT], at[24];
    bool may_open;
};

static int read_paper(struct paper *out, const struct bytes *document)
{
    char complaint[JSON_COMPLAINT];
    struct json_reader r = { 0 };
    AUTO(json_release) json_t *o = json_parse(document->data, document->length, complaint);
    *out = (struct paper){ 0 };
    const char *type = json_need_string(&r, o, "type", TYPE_TEXT - 1),
               *kiosk = json_need_string(&r, o, "kiosk_id", KIOSK_ID_MAX),
               *at = json_need_string(&r, o, "at", 20);
    bool is_known = !strcmp(type, "events-sealed") || !strcmp(type, "readiness");
    if (!json_is_clean(&r) || !is_known)
        return LOGS_E_FORMAT;
    text_copy(out->type, sizeof(out->type), type);
    text_copy(out->kiosk, sizeof(out->kiosk), kiosk);
    text_copy(out->at, sizeof(out->at), at);
    out->may_open = json_is_true(json_object_get(json_object_get(o, "report"), "may_open"));
    return 0;
}

int logs_take(struct platform *p, bool *is_new, const struct bytes *document,
              const struct bytes *signature, const struct bytes *kiosk_ca_pem)
{
    char signer[SIGNER_TEXT], hex[2 * SHA256_BYTES + 1];
    uint8_t sum[SHA256_BYTES];
    struct paper paper;
    *is_new = false;
    if (!document->length || document_signer(signer, kiosk_ca_pem, document->data, document->length,
                                             signature->data, signature->length, 0))
        return LOGS_E_SIGNATURE;
    int r = read_paper(&paper, document);
    if (!r && strcmp(paper.kiosk, signer) != 0)
        r = LOGS_E_SIGNATURE;
    if (r)
        return r;
    sha256(sum, document->data, document->length);
    hex_encode(hex, sum, sizeof(sum));
    r = sql_do(p, "INSERT OR IGNORE INTO kiosk_log VALUES(?,?,?,?,?,?,?,?)", "ttttiibb",
               paper.kiosk, hex, paper.type, paper.at, (int64_t)paper.may_open,
               system_clock.wall_ms(&system_clock), document->data, document->length,
               signature->data, signature->length);
    *is_new = !r && sqlite3_changes(p->db) > 0;
    return r;
}

/* ---- out ----------------------------------------------------------------------------- */

json_t *logs_json(struct platform *p, const char *kiosk)
{
    json_t *list = json_array();
    sqlite3_stmt *q = sql(p,
                          "SELECT sha256, type, at, taken_ms, length(document), may_open FROM "
                          "kiosk_log WHERE kiosk=? ORDER BY at DESC, sha256 LIMIT ?",
                          "ti", kiosk, (int64_t)LOGS_SHOWN);
    while (q && sqlite3_step(q) == SQLITE_ROW)
        json_array_append_new(
            list, json_pack("{ss, ss, ss, sI, sI, sb}", "sha256", sqlite3_column_text(q, 0), "type",
                            sqlite3_column_text(q, 1), "at", sqlite3_column_text(q, 2), "taken_ms",
                            (json_int_t)sqlite3_column_int64(q, 3), "bytes",
                            (json_int_t)sqlite3_column_int64(q, 4), "may_open",
                            sqlite3_column_int(q, 5)));
    sqlite3_finalize(q);
    return list;
}

void logs_get(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *part = request_argument(q, "part");
    bool is_signature = part && !strcmp(part, "signature");
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row =
        sql(p, "SELECT document, signature FROM kiosk_log WHERE kiosk=? AND sha256=?", "tt",
            request_argument(q, "id"), request_argument(q, "sha256"));
    int found = row && sqlite3_step(row) == SQLITE_ROW;
    if (found && !bytes_append(&r->body, sqlite3_column_blob(row, is_signature),
                               (size_t)sqlite3_column_bytes(row, is_signature)))
        r->status = 200;
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    r->type = is_signature ? "application/pkcs7-signature" : "application/json";
    if (!found)
        reply_problem(r, 404, "not-found", "there is no such log");
    else
        reply_header(r, "Content-Disposition",
                     is_signature ? "attachment; filename=\"log.sig\""
                                  : "attachment; filename=\"log.json\"");
}
