#include "tests/platform/join.h"

#include <stdio.h>
#include <string.h>

#include "drivers/stick/stick.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/seal/sign.h"
#include "tests/platform/fleet.h"

enum { REQUESTS = 32, REFUSED = 1 };

/* A request that was read, with a certificate that nobody has noted yet. */
struct request {
    char name[STICK_NAME], install_id[UUID_TEXT], code[JOIN_CODE_TEXT];
    struct bytes pem;
};

struct visit {
    struct platform *platform;
    struct stick *stick;
    const char *kiosk;
    char names[REQUESTS][STICK_NAME];
    size_t count;
};

static int refuse(const char *sentence, const char *what)
{
    log_line(LOG_ERROR, "join", "%s%s", sentence, what);
    return REFUSED;
}

/* ---- requests ---------------------------------------------------------------------------- */

static int note_request(void *context, const char *name, enum stick_kind kind)
{
    struct visit *v = context;
    if (kind == STICK_REQUEST && v->count < REQUESTS)
        snprintf(v->names[v->count++], STICK_NAME, "%s", name);
    return 0;
}

static void show_code(char out[JOIN_CODE_TEXT], const char *key_hash)
{
    snprintf(out, JOIN_CODE_TEXT, "%.4s-%.4s", key_hash, key_hash + 4);
    for (char *c = out; *c; c++)
        *c = *c >= 'a' ? (char)(*c - 'a' + 'A') : *c;
}

static bool read_document(const json_t *o, const char **csr, const char **install_id)
{
    struct json_reader r = { 0 };
    uint8_t id[UUID_BYTES];
    const char *type = json_need_string(&r, o, "type", 32);
    json_need_integer(&r, o, "version", 1, 1);
    *csr = json_need_string(&r, o, "csr", 4096);
    *install_id = json_need_string(&r, o, "install_id", UUID_TEXT - 1);
    return json_is_clean(&r) && !strcmp(type, "join-request") && !uuid_parse(id, *install_id);
}

/* 0, REFUSED, STICK_E_... or a fault. */
static int read_request(struct request *out, struct visit *v, const char *name)
{
    struct bytes text AUTO_BYTES = { 0 };
    char key_hash[HASH_HEX + 1], complaint[JSON_COMPLAINT];
    const char *csr, *install_id;
    int r = stick_read(v->stick, &text, name);
    if (r)
        return r;
    AUTO(json_release) json_t *o = json_parse(text.data, text.length, complaint);
    if (!o || !read_document(o, &csr, &install_id))
        return refuse("this is no request of a kiosk: ", name);
    r = certificate_issue(v->platform, &out->pem, key_hash, csr, v->kiosk);
    if (r == CERTIFICATE_E_REQUEST)
        return refuse("it is not signed by a P-256 key of its own: ", name);
    if (!r)
        r = bytes_append_byte(&out->pem, 0);
    snprintf(out->name, sizeof(out->name), "%s", name);
    snprintf(out->install_id, sizeof(out->install_id), "%s", install_id);
    show_code(out->code, key_hash);
    return r;
}

static void clear(struct request *q)
{
    bytes_clear(&q->pem);
    *q = (struct request){ 0 };
}

/* The one that is meant. Of several none is taken unless its code is named. */
static int choose(struct request *out, struct visit *v, const char *code)
{
    int r = 0;
    if (!v->count)
        return refuse("there is no request on this stick", "");
    for (size_t i = 0; i < v->count; i++) {
        r = read_request(out, v, v->names[i]);
        bool is_meant = !r && (code ? !strcmp(code, out->code) : v->count == 1);
        if (is_meant || (r && r != REFUSED))
            return r;
        if (!r)
            log_line(LOG_NOTICE, "join", "a request with the code %s", out->code);
        clear(out);
    }
    return refuse(code ? "no request on this stick has that code"
                       : "name the code of the request that is meant",
                  "");
}

/* ---- the answer ---------------------------------------------------------------------------- */

static int note(struct platform *p, const char *kiosk, const struct request *q)
{
    int r = sql_do(p, "BEGIN IMMEDIATE", "");
    if (r)
        return r;
    r = sql_do(p,
               "INSERT INTO kiosk(id, install_id) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET "
               "install_id=excluded.install_id",
               "tt", kiosk, q->install_id);
    if (!r)
        r = fleet_note_certificate(p, kiosk, (const char *)q->pem.data);
    if (!r)
        r = sql_do(p, "COMMIT", "");
    if (r)
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
    return r;
}

static char *answer_text(struct platform *p, const char *kiosk, const struct request *q)
{
    char until[21];
    clock_format_utc(until, system_clock.wall_ms(&system_clock) + JOIN_DAYS * INT64_C(86400000));
    AUTO(json_release)
    json_t *o =
        json_pack("{ss, si, ss, ss, ss, sI, ss}", "type", "join", "version", 1, "kiosk_id", kiosk,
                  "install_id", q->install_id, "certificate", (const char *)q->pem.data,
                  "seq_floor", (json_int_t)enrol_seq_floor(p, kiosk), "not_after", until);
    return o ? json_canonical(o) : NULL;
}

/* The signature first: a document is never there without it. */
static int write_answer(struct visit *v, const struct request *q, const char *text,
                        const struct bytes *signer_key, const struct bytes *signer_pem)
{
    char name[STICK_NAME];
    struct bytes signature AUTO_BYTES = { 0 };
    int r = document_sign(&signature, text, strlen(text), signer_key, signer_pem);
    snprintf(name, sizeof(name), "join-%s.sig", q->install_id);
    if (!r)
        r = stick_write(v->stick, name, signature.data, signature.length);
    snprintf(name, sizeof(name), "join-%s.json", q->install_id);
    if (!r)
        r = stick_write(v->stick, name, text, strlen(text));
    return r ? r : stick_remove(v->stick, q->name);
}

static int answer(struct visit *v, const struct request *q, const struct bytes *signer_key,
                  const struct bytes *signer_pem)
{
    struct platform *p = v->platform;
    pthread_mutex_lock(&p->lock);
    char *text = answer_text(p, v->kiosk, q);
    int r = text ? note(p, v->kiosk, q) : -ENOMEM;
    pthread_mutex_unlock(&p->lock);
    if (!r)
        r = write_answer(v, q, text, signer_key, signer_pem);
    json_text_free(text);
    return r;
}

int join_visit(struct join_visit *out, struct platform *p, struct stick *stick, const char *kiosk,
               const char *code, const struct bytes *signer_key, const struct bytes *signer_pem)
{
    struct visit v = { .platform = p, .stick = stick, .kiosk = kiosk };
    struct request q = { 0 };
    *out = (struct join_visit){ 0 };
    if (!enrol_is_kiosk_id(kiosk) || !strcmp(kiosk, "CODE"))
        return refuse("no kiosk can be called ", kiosk);
    int r = stick_list(stick, note_request, &v);
    if (!r)
        r = choose(&q, &v, code);
    if (!r)
        r = answer(&v, &q, signer_key, signer_pem);
    if (!r) {
        snprintf(out->install_id, sizeof(out->install_id), "%s", q.install_id);
        snprintf(out->code, sizeof(out->code), "%s", q.code);
    }
    clear(&q);
    return r;
}
