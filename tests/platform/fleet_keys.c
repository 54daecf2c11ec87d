/* Who may come: one-time codes made at the desk, and certificates that no longer count. A certificate is known by its serial, so
 * that a new one for the same kiosk is good while those of the stolen board are not. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/fleet.h"

enum { CODE_DIGITS = 12, CODES_SHOWN = 200 };

static int64_t now_ms(void)
{
    return system_clock.wall_ms(&system_clock);
}

/* ---- certificates -------------------------------------------------------------------- */

bool fleet_is_revoked(struct platform *p, const char *kiosk, const char *serial)
{
    bool is_revoked = true; /* whom we cannot look up does not come in */
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *q = sql(p, "SELECT revoked_ms FROM fleet_certificate WHERE serial=? AND kiosk=?",
                          "tt", serial, kiosk);
    int step = q ? sqlite3_step(q) : SQLITE_ERROR;
    if (step == SQLITE_ROW)
        is_revoked = sqlite3_column_int64(q, 0) > 0;
    sqlite3_finalize(q);
    if (step == SQLITE_DONE)
        is_revoked = sql_do(p, "INSERT INTO fleet_certificate VALUES(?,?,?,0)", "tti", serial,
                            kiosk, now_ms()) != 0;
    pthread_mutex_unlock(&p->lock);
    return is_revoked;
}

int fleet_note_certificate(struct platform *p, const char *kiosk, const char *pem)
{
    char serial[SERIAL_HEX];
    if (!certificate_serial(serial, pem))
        return -EIO;
    return sql_do(p, "INSERT OR IGNORE INTO fleet_certificate VALUES(?,?,?,0)", "tti", serial,
                  kiosk, now_ms());
}

static int revoke(struct platform *p, const char *kiosk)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p, "UPDATE fleet_certificate SET revoked_ms=? WHERE kiosk=? AND revoked_ms=0", "it",
               now_ms(), kiosk);
    /* A code that was made for it and not used would let it in again. */
    if (!r)
        r = sql_do(p, "DELETE FROM code WHERE kiosk=? AND key_hash IS NULL", "t", kiosk);
    if (!r)
        r = sql_do(p,
                   "INSERT INTO fleet_card(kiosk, name, place, revoked_ms) VALUES(?,'','',?) ON "
                   "CONFLICT(kiosk) DO UPDATE SET revoked_ms=excluded.revoked_ms",
                   "ti", kiosk, now_ms());
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

void fleet_revoke(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *id = json_string_value(json_object_get(o, "id"));
    if (!id || !kiosk_is_enrolled(p, id)) {
        reply_problem(r, 404, "not-found", "there is no such kiosk");
        return;
    }
    pthread_mutex_lock(&p->lock);
    int failed = revoke(p, id);
    pthread_mutex_unlock(&p->lock);
    log_line(LOG_NOTICE, "county", "the certificates of %s were revoked", id);
    if (failed)
        reply_problem(r, 503, "storage", "the certificates could not be revoked");
    else
        reply_json(r, 200, json_object());
}

/* ---- codes --------------------------------------------------------------------------- */

void codes_list(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    json_t *list = json_array();
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p,
                            "SELECT code, kiosk, until_ms, key_hash IS NOT NULL FROM code ORDER BY "
                            "until_ms DESC, code LIMIT ?",
                            "i", (int64_t)CODES_SHOWN);
    while (row && sqlite3_step(row) == SQLITE_ROW) {
        bool is_used = sqlite3_column_int(row, 3),
             is_over = sqlite3_column_int64(row, 2) < now_ms();
        /* A used code lets its own kiosk fetch its certificate again: it is nobody's to read. */
        json_array_append_new(list,
                              json_pack("{ss, ss, sI, ss}", "code", is_used ? "" : sql_text(row, 0),
                                        "kiosk", sql_text(row, 1), "until_ms",
                                        (json_int_t)sqlite3_column_int64(row, 2), "state",
                                        is_used   ? "used"
                                        : is_over ? "over"
                                                  : "open"));
    }
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "codes", list));
}

void codes_make(struct platform *p, const struct request_in *q, struct reply *r)
{
    /* Digits alone: it is read from paper and typed at a kiosk. Guessing is slowed (enrol.c). */
    uint8_t random[CODE_DIGITS];
    char code[CODE_DIGITS + 1] = "", both[CODE_DIGITS + KIOSK_ID_MAX + 2];
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *kiosk = json_string_value(json_object_get(o, "kiosk"));
    random_bytes(random, sizeof(random));
    for (int i = 0; i < CODE_DIGITS; i++)
        code[i] = (char)('0' + random[i] % 10);
    int n = snprintf(both, sizeof(both), "%s=%s", code, kiosk ? kiosk : "");
    pthread_mutex_lock(&p->lock);
    int bad = n < (int)sizeof(both) ? enrol_add_code(p, both) : -EINVAL;
    pthread_mutex_unlock(&p->lock);
    if (bad)
        reply_problem(r, bad == -EINVAL ? 400 : 503, "bad-kiosk",
                      "a kiosk has 4 to 16 of the digits and capital letters");
    else
        reply_json(r, 200, json_pack("{ss, ss}", "code", code, "kiosk", kiosk));
}
