#include "tests/platform/carry.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/incoming.h"

int carry_begin(struct platform *p)
{
    static const char schema[] =
        "CREATE TABLE IF NOT EXISTS carried(id TEXT PRIMARY KEY, kiosk TEXT NOT NULL, sha256 TEXT "
        "NOT NULL, outcome TEXT NOT NULL, problem TEXT NOT NULL, at_ms INTEGER NOT NULL) WITHOUT "
        "ROWID;"
        "CREATE INDEX IF NOT EXISTS carried_by_kiosk ON carried(kiosk, at_ms);";
    return sqlite3_exec(p->db, schema, NULL, NULL, NULL) == SQLITE_OK ? 0 : -EIO;
}

/* ---- items in ------------------------------------------------------------------------ */

/* Texts that `struct incoming` borrows. */
struct texts {
    char id[UUID_TEXT], install[UUID_TEXT], after[UUID_TEXT], boot[UUID_TEXT], sha256[HASH_HEX + 1];
};

static int fill_incoming(struct incoming *out, struct texts *t, const struct load_facts *f,
                         const struct spool_record *record)
{
    const struct item *i = &record->item;
    uuid_format(t->id, i->id);
    uuid_format(t->install, f->install_id);
    uuid_format(t->after, i->after);
    uuid_format(t->boot, i->when.boot_id);
    hex_encode(t->sha256, i->sha256, SHA256_BYTES);
    *out = (struct incoming){
        .id = t->id,
        .sha256 = t->sha256,
        .kind = item_kind_word(i->kind),
        .install_id = t->install,
        .key_id = i->key_id,
        .after = i->has_after ? t->after : "",
        .sealed_text = "",
        .seq = i->seq,
        .suite = i->suite,
        .size = (int64_t)i->size,
        .clock = { .boot_id = t->boot,
                   .boot_ms = i->when.boot_ms,
                   .wall_ms = i->when.quality == CLOCK_UNSET ? 0 : i->when.wall_ms },
    };
    return bytes_append(&out->sealed, record->body, i->size);
}

static int note_item(struct platform *p, const struct carry_report *report,
                     const struct incoming *i, const json_t *verdict, int64_t now_ms)
{
    const char *outcome = json_string_value(json_object_get(verdict, "outcome"));
    const char *title =
        json_string_value(json_object_get(json_object_get(verdict, "problem"), "title"));
    bool is_known = !strcmp(outcome, "duplicate");
    return sql_do(p,
                  "INSERT INTO carried VALUES(?,?,?,?,?,?) ON CONFLICT(id) DO UPDATE SET"
                  " at_ms=excluded.at_ms, outcome=CASE outcome WHEN 'accepted' THEN outcome ELSE"
                  " excluded.outcome END WHERE carried.kiosk=excluded.kiosk",
                  "ttttti", i->id, report->kiosk, i->sha256, is_known ? "accepted" : outcome,
                  title ? title : "", now_ms);
}

static void count_outcome(struct carry_report *report, const char *outcome)
{
    if (!strcmp(outcome, "accepted"))
        report->accepted++;
    else if (!strcmp(outcome, "duplicate"))
        report->duplicate++;
    else if (!strcmp(outcome, "rejected") || !strcmp(outcome, "conflict"))
        report->refused++;
    else
        report->later++;
}

static int take_item(struct platform *p, struct carry_report *report, const struct load_facts *f,
                     const struct spool_record *record, const struct clock_facts *sent,
                     int64_t sent_ms)
{
    struct incoming i;
    struct texts texts;
    int r = fill_incoming(&i, &texts, f, record);
    AUTO(json_release)
    json_t *verdict = r ? NULL : submissions_take(p, f->kiosk, &i, sent, sent_ms);
    const char *outcome = json_string_value(json_object_get(verdict, "outcome"));
    if (!r)
        r = outcome ? 0 : -EIO;
    if (!r) {
        count_outcome(report, outcome);
        if (strcmp(outcome, "retry") != 0 && strcmp(outcome, "wait") != 0)
            r = note_item(p, report, &i, verdict, system_clock.wall_ms(&system_clock));
    }
    bytes_clear(&i.sealed);
    return r;
}

static int take_all(struct platform *p, struct carry_report *report, const struct load_facts *f,
                    const uint8_t *file)
{
    struct spool_record record;
    char boot[UUID_TEXT];
    size_t at = 0;
    int64_t now_ms = system_clock.wall_ms(&system_clock);
    uuid_format(boot, f->sent.boot_id);
    /* The journey of a stick takes days: reckoning back by the boot clock begins at the moment of writing, and only when
     * the kiosk knew that moment. */
    bool is_told = f->sent.quality >= CLOCK_HTTP_DATE && f->sent.wall_ms < now_ms;
    const struct clock_facts sent = { .boot_id = is_told ? boot : "",
                                      .boot_ms = f->sent.boot_ms,
                                      .wall_ms = f->sent.wall_ms };
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    while (!r && !load_next(&record, &at, f, file))
        r = take_item(p, report, f, &record, &sent, is_told ? f->sent.wall_ms : now_ms);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

int carry_take(struct platform *p, struct carry_report *out, const uint8_t *file, size_t length,
               const struct bytes *kiosk_ca_pem)
{
    struct load_facts facts;
    *out = (struct carry_report){ 0 };
    int r = load_read(&facts, file, length);
    if (!r) /* a certificate may have run out on a kiosk that was never online since */
        r = load_verify(&facts, file, kiosk_ca_pem, 0);
    if (r)
        return r;
    snprintf(out->kiosk, sizeof(out->kiosk), "%s", facts.kiosk);
    pthread_mutex_lock(&p->lock);
    r = take_all(p, out, &facts, file);
    pthread_cond_broadcast(&p->news);
    pthread_mutex_unlock(&p->lock);
    return r;
}
