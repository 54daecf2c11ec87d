/* Enrolment with a one-time code, and certificates anew with the old one. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/fleet.h"

enum {
    CODE_TEXT = 64,
    CERTIFICATE_TEXT = 8192,
    KEY_HASH = HASH_HEX + 1,
    BAD_CODES_MAX = 20,
    MINUTE_MS = 60 * 1000
};
#define CODE_LIFE_MS (INT64_C(24) * 3600 * 1000)

bool enrol_is_kiosk_id(const char *text)
{
    size_t length = strlen(text);
    return length >= 4 && length <= KIOSK_ID_MAX &&
           strspn(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == length;
}

static int64_t now_ms(void)
{
    return system_clock.wall_ms(&system_clock);
}

int enrol_add_code(struct platform *p, const char *code_and_kiosk)
{
    char code[CODE_TEXT];
    const char *equals = strchr(code_and_kiosk, '=');
    size_t length = equals ? (size_t)(equals - code_and_kiosk) : 0;
    if (length < 6 || length >= sizeof(code) || !enrol_is_kiosk_id(equals + 1) ||
        !strcmp(equals + 1, "CODE")) { /* that name is for the codes of answers */
        log_line(LOG_ERROR, "county",
                 "a code is CODE=KIOSK: at least 6 letters or digits, then 4 to %d of 0-9 A-Z",
                 KIOSK_ID_MAX);
        return -EINVAL;
    }
    snprintf(code, sizeof(code), "%.*s", (int)length, code_and_kiosk);
    /* Given again at a later start, it is as used or as old as it was. */
    return sql_do(p, "INSERT OR IGNORE INTO code(code, kiosk, until_ms) VALUES(?,?,?)", "tti", code,
                  equals + 1, now_ms() + CODE_LIFE_MS);
}

bool kiosk_is_enrolled(struct platform *p, const char *kiosk)
{
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p, "SELECT 1 FROM kiosk WHERE id=?", "t", kiosk);
    bool found = q && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    pthread_mutex_unlock(&p->lock);
    return found;
}

/* ---- answers; inside the lock -------------------------------------------------------------------
 */

/* No number may be given out twice: a kiosk that begins anew counts on from here. */
int64_t enrol_seq_floor(struct platform *p, const char *kiosk)
{
    int64_t floor = 0;
    sqlite3_stmt *q = sql(p,
                          "SELECT max(coalesce((SELECT max(seq) FROM item WHERE kiosk=?1),0),"
                          " coalesce((SELECT last_seq FROM kiosk WHERE id=?1),0))",
                          "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        floor = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return floor;
}

static void reply_certificate(struct platform *p, struct reply *r, const char *kiosk,
                              const char *certificate)
{
    struct bytes ca AUTO_BYTES = { 0 };
    if (certificate_ca(p, &ca)) {
        reply_problem(r, 503, "storage", "the CA of the kiosks cannot be read");
        return;
    }
    reply_json(r, 201,
               json_pack("{ss, ss, ss%, sI}", "kiosk_id", kiosk, "certificate", certificate, "ca",
                         ca.data, ca.length, "seq_floor", (json_int_t)enrol_seq_floor(p, kiosk)));
}

static void reply_bad_request(struct reply *r, int why)
{
    if (why == CERTIFICATE_E_REQUEST)
        reply_problem(r, 400, "bad-csr",
                      "the certificate request is not signed by a P-256 key of its own");
    else
        reply_problem(r, 503, "storage", "the certificate could not be made or stored");
}

/* ---- enrolment ----------------------------------------------------------------------------------
 */

struct code {
    char kiosk[KIOSK_ID_MAX + 1], key_hash[KEY_HASH], certificate[CERTIFICATE_TEXT];
    int64_t until_ms;
};

static bool read_code(struct platform *p, struct code *out, const char *text)
{
    *out = (struct code){ 0 };
    sqlite3_stmt *q =
        sql(p, "SELECT kiosk, key_hash, certificate, until_ms FROM code WHERE code=?", "t", text);
    bool is_known = q && sqlite3_step(q) == SQLITE_ROW;
    if (is_known) {
        snprintf(out->kiosk, sizeof(out->kiosk), "%s", sql_text(q, 0));
        snprintf(out->key_hash, sizeof(out->key_hash), "%s", sql_text(q, 1));
        snprintf(out->certificate, sizeof(out->certificate), "%s", sql_text(q, 2));
        out->until_ms = sqlite3_column_int64(q, 3);
    }
    sqlite3_finalize(q);
    return is_known && (*out->key_hash || now_ms() < out->until_ms);
}

/* Whoever guesses gets 20 tries a minute, all callers together; then not even a right code is
 * looked at. */
static bool is_guessed_at(struct platform *p)
{
    int64_t now = system_clock.boot_ms(&system_clock);
    if (now - p->bad_codes_since_ms > MINUTE_MS) {
        p->bad_codes_since_ms = now;
        p->bad_codes = 0;
    }
    return p->bad_codes >= BAD_CODES_MAX;
}

static int use_code(struct platform *p, const char *text, const struct code *code,
                    const char *install_id)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "UPDATE code SET key_hash=?, certificate=? WHERE code=?", "ttt", code->key_hash,
               code->certificate, text);
    if (!r)
        r = sql_do(p,
                   "INSERT INTO kiosk(id, install_id) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET "
                   "install_id=excluded.install_id",
                   "tt", code->kiosk, install_id);
    if (!r)
        r = fleet_note_certificate(p, code->kiosk, code->certificate);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static void enrol(struct platform *p, struct reply *r, const char *text, const char *csr,
                  const char *install_id)
{
    struct bytes pem AUTO_BYTES = { 0 };
    struct code code;
    char key_hash[KEY_HASH];
    if (is_guessed_at(p)) {
        reply_problem(r, 429, "too-many", "too many wrong codes: wait a minute");
        return;
    }
    if (!read_code(p, &code, text)) {
        p->bad_codes++;
        reply_problem(r, 403, "enrolment-code", "this code is unknown or has expired");
        return;
    }
    int bad = certificate_issue(p, &pem, key_hash, csr, code.kiosk);
    if (!bad)
        bad = bytes_append_byte(&pem, 0);
    if (bad) {
        reply_bad_request(r, bad);
        return;
    }
    if (*code.key_hash) { /* the same key again: the first answer was lost */
        if (!strcmp(code.key_hash, key_hash))
            reply_certificate(p, r, code.kiosk, code.certificate);
        else
            reply_problem(r, 409, "enrolment-code", "this code has been used by another kiosk");
        return;
    }
    memcpy(code.key_hash, key_hash, sizeof(code.key_hash));
    snprintf(code.certificate, sizeof(code.certificate), "%s", (const char *)pem.data);
    if (use_code(p, text, &code, install_id))
        reply_bad_request(r, -EIO);
    else
        reply_certificate(p, r, code.kiosk, code.certificate);
}

/* The members that both requests have; false after filling in `r`. */
static bool read_request(const json_t *o, const char **csr, const char **install_id,
                         struct reply *r)
{
    struct json_reader reader = { 0 };
    uint8_t id[UUID_BYTES];
    *csr = json_need_string(&reader, o, "csr", 4096);
    *install_id = json_need_string(&reader, o, "install_id", UUID_TEXT - 1);
    if (json_is_clean(&reader) && uuid_parse(id, *install_id))
        json_complain(&reader, "install_id must be a UUID");
    if (!json_is_clean(&reader))
        reply_problem(r, 400, "bad-enrolment", reader.complaint);
    return json_is_clean(&reader);
}

void enrolments_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *bearer = request_header_in(q, "Authorization"), *csr, *install_id;
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o || !read_request(o, &csr, &install_id, r))
        return;
    if (strncmp(bearer, "Bearer ", 7) != 0) {
        reply_problem(r, 403, "enrolment-code", "a one-time code is needed");
        return;
    }
    pthread_mutex_lock(&p->lock);
    enrol(p, r, bearer + 7, csr, install_id);
    pthread_mutex_unlock(&p->lock);
}

void renewals_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct bytes pem AUTO_BYTES = { 0 };
    const char *csr, *install_id;
    char key_hash[KEY_HASH];
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o || !read_request(o, &csr, &install_id, r))
        return;
    int bad = certificate_issue(p, &pem, key_hash, csr, q->kiosk);
    if (!bad)
        bad = bytes_append_byte(&pem, 0);
    if (bad) {
        reply_bad_request(r, bad);
        return;
    }
    pthread_mutex_lock(&p->lock);
    if (fleet_note_certificate(p, q->kiosk, (const char *)pem.data))
        reply_bad_request(r, -EIO);
    else
        reply_certificate(p, r, q->kiosk, (const char *)pem.data);
    pthread_mutex_unlock(&p->lock);
}
