/* Certificates for kiosks: with a one-time code, and anew with the old certificate. */
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/platform.h"

enum { DAYS = 365 };

static BIO *open_key_file(const struct platform *p, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", p->keys, name);
    return BIO_new_file(path, "r");
}

static bool add_extension(X509 *c, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, c, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    bool is_done = e && X509_add_ext(c, e, -1);
    X509_EXTENSION_free(e);
    return is_done;
}

static bool fill(X509 *c, X509 *ca, X509_REQ *csr, const char *kiosk)
{
    int64_t serial;
    random_bytes(&serial, sizeof(serial));
    X509_NAME *name = X509_get_subject_name(c);
    return X509_set_version(c, 2) && ASN1_INTEGER_set_uint64(X509_get_serialNumber(c), (uint64_t)serial >> 1) &&
           X509_gmtime_adj(X509_getm_notBefore(c), -300) && X509_gmtime_adj(X509_getm_notAfter(c), DAYS * 24 * 3600L) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)kiosk, -1, -1, 0) &&
           X509_set_issuer_name(c, X509_get_subject_name(ca)) && X509_set_pubkey(c, X509_REQ_get0_pubkey(csr)) &&
           add_extension(c, ca, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(c, ca, NID_key_usage, "critical,digitalSignature") &&
           add_extension(c, ca, NID_ext_key_usage, "clientAuth") && add_extension(c, ca, NID_subject_key_identifier, "hash");
}

/* A certificate for the request, as PEM appended to `out`. The request must be signed by its own key, on P-256. */
static int issue(const struct platform *p, struct bytes *out, const char *csr_pem, const char *kiosk)
{
    int r = -EBADMSG;
    BIO *in = BIO_new_mem_buf(csr_pem, -1), *key_file = open_key_file(p, "kiosk-ca.key"), *ca_file = open_key_file(p, "kiosk-ca.pem");
    BIO *pem = BIO_new(BIO_s_mem());
    X509_REQ *csr = in ? PEM_read_bio_X509_REQ(in, NULL, NULL, NULL) : NULL;
    EVP_PKEY *ca_key = key_file ? PEM_read_bio_PrivateKey(key_file, NULL, NULL, NULL) : NULL;
    X509 *ca = ca_file ? PEM_read_bio_X509(ca_file, NULL, NULL, NULL) : NULL, *c = X509_new();
    EVP_PKEY *key = csr ? X509_REQ_get0_pubkey(csr) : NULL;
    bool is_request = key && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC && EVP_PKEY_get_bits(key) == 256 && X509_REQ_verify(csr, key) == 1;
    if (is_request && ca && ca_key && c && pem && fill(c, ca, csr, kiosk) && X509_sign(c, ca_key, EVP_sha256()) &&
        PEM_write_bio_X509(pem, c)) {
        char *text;
        long length = BIO_get_mem_data(pem, &text);
        r = bytes_append(out, text, (size_t)length);
    }
    X509_free(c);
    X509_free(ca);
    EVP_PKEY_free(ca_key);
    X509_REQ_free(csr);
    BIO_free(pem);
    BIO_free(ca_file);
    BIO_free(key_file);
    BIO_free(in);
    return r;
}

static void reply_enrolment(struct platform *p, struct reply *r, const char *kiosk, const char *certificate)
{
    char *ca_text;
    BIO *ca = open_key_file(p, "kiosk-ca.pem"), *copy = BIO_new(BIO_s_mem());
    char line[256];
    int n;
    while (ca && copy && (n = BIO_gets(ca, line, sizeof(line))) > 0)
        BIO_write(copy, line, n);
    long length = copy ? BIO_get_mem_data(copy, &ca_text) : 0;
    int64_t floor = 0;
    sqlite3_stmt *q = sql(p, "SELECT max(seq) FROM item WHERE kiosk=?", "t", kiosk);
    if (q && sqlite3_step(q) == SQLITE_ROW)
        floor = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    reply_json(r, 201, json_pack("{ss, ss, ss%, sI}", "kiosk_id", kiosk, "certificate", certificate, "ca", length ? ca_text : "",
                                 (size_t)length, "seq_floor", (json_int_t)floor));
    BIO_free(copy);
    BIO_free(ca);
}

int enrol_add_code(struct platform *p, const char *code_and_kiosk)
{
    char code[64];
    const char *equals = strchr(code_and_kiosk, '=');
    if (!equals || (size_t)(equals - code_and_kiosk) >= sizeof(code) || strlen(equals + 1) < 4 || strlen(equals + 1) > KIOSK_ID_MAX)
        return -EINVAL;
    snprintf(code, sizeof(code), "%.*s", (int)(equals - code_and_kiosk), code_and_kiosk);
    return sql_do(p, "INSERT OR IGNORE INTO code(code, kiosk) VALUES(?,?)", "tt", code, equals + 1);
}

/* Inside the lock. */
static void enrol(struct platform *p, struct reply *r, const char *code, const char *csr, const char *install_id)
{
    struct bytes pem AUTO_BYTES = { 0 };
    char kiosk[KIOSK_ID_MAX + 1] = "", used[8192] = "", certificate[8192] = "";
    sqlite3_stmt *q = sql(p, "SELECT kiosk, csr, certificate FROM code WHERE code=?", "t", code);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        snprintf(kiosk, sizeof(kiosk), "%s", sql_text(q, 0));
        snprintf(used, sizeof(used), "%s", sql_text(q, 1));
        snprintf(certificate, sizeof(certificate), "%s", sql_text(q, 2));
    }
    sqlite3_finalize(q);
    if (!*kiosk) {
        reply_problem(r, 403, "enrolment-code", "this code is unknown or has expired");
        return;
    }
    if (*used && strcmp(used, csr) != 0) {
        reply_problem(r, 403, "enrolment-code", "this code has been used before");
        return;
    }
    if (*used) { /* the same request again: its answer was lost */
        reply_enrolment(p, r, kiosk, certificate);
        return;
    }
    if (issue(p, &pem, csr, kiosk) || bytes_append_byte(&pem, 0)) {
        reply_problem(r, 400, "bad-csr", "the certificate request is not signed by a P-256 key of its own");
        return;
    }
    if (sql_do(p, "UPDATE code SET csr=?, certificate=? WHERE code=?", "ttt", csr, (const char *)pem.data, code) ||
        sql_do(p, "INSERT INTO kiosk(id, install_id) VALUES(?,?) ON CONFLICT(id) DO UPDATE SET install_id=excluded.install_id", "tt",
               kiosk, install_id)) {
        reply_problem(r, 503, "storage", "the enrolment could not be stored");
        return;
    }
    reply_enrolment(p, r, kiosk, (const char *)pem.data);
}

void enrolments_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    const char *bearer = request_header_in(q, "Authorization");
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    struct json_reader reader = { 0 };
    const char *csr = json_need_string(&reader, o, "csr", 4096);
    const char *install_id = json_need_string(&reader, o, "install_id", UUID_TEXT - 1);
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-enrolment", reader.complaint);
        return;
    }
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
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    const char *csr = json_string_value(json_object_get(o, "csr"));
    if (!csr || issue(p, &pem, csr, q->kiosk) || bytes_append_byte(&pem, 0)) {
        reply_problem(r, 400, "bad-csr", "the certificate request is not signed by a P-256 key of its own");
        return;
    }
    pthread_mutex_lock(&p->lock);
    reply_enrolment(p, r, q->kiosk, (const char *)pem.data);
    pthread_mutex_unlock(&p->lock);
}
