/* The county's sealing keys: a signed JSON document of certificates.
 *
 * {"version": 3, "keys": [{"key_id": "county-2026", "suite": 1, "use": "county" | "escrow",
 *                          "not_before": "...", "not_after": "...", "certificate": "-----BEGIN
 * CERTIFICATE..."}]}
 *
 * What counts are the dates inside the certificates; those of the document are for people. */
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/seal/keys.h"

enum { KEYS_MAX = 8, CERTIFICATE_PEM_MAX = 8192 };

struct seal_keys {
    int64_t version;
    size_t count;
    struct seal_key keys[KEYS_MAX];
};

void seal_keys_free(struct seal_keys *k)
{
    if (!k)
        return;
    for (size_t i = 0; i < k->count; i++)
        X509_free(k->keys[i].certificate);
    free(k);
}

X509 *seal_read_certificate(const void *pem, size_t length)
{
    AUTO(BIO_vfree) BIO *bio = BIO_new_mem_buf(pem, (int)length);
    X509 *certificate = bio ? PEM_read_bio_X509(bio, NULL, NULL, NULL) : NULL;
    ERR_clear_error();
    return certificate;
}

bool seal_dates(int64_t *not_before_ms, int64_t *not_after_ms, const X509 *certificate)
{
    struct tm from, to;
    if (!ASN1_TIME_to_tm(X509_get0_notBefore(certificate), &from) ||
        !ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &to))
        return false;
    *not_before_ms = (int64_t)timegm(&from) * 1000;
    *not_after_ms = (int64_t)timegm(&to) * 1000;
    return true;
}

/* P-256 with a key identifier, by which the sealed item names its recipient. */
static bool is_fit(X509 *certificate)
{
    char group[32] = "";
    EVP_PKEY *key = X509_get0_pubkey(certificate);
    return key && EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) &&
           !strcmp(group, "prime256v1") && X509_get0_subject_key_id(certificate);
}

static bool is_key_id(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") ==
           strlen(text);
}

static void read_key(struct json_reader *r, struct seal_key *key, const json_t *o,
                     const struct trust *t, bool *chains)
{
    static const char *const members[] = { "key_id",    "suite",       "use", "not_before",
                                           "not_after", "certificate", NULL };
    const char *id = json_need_string(r, o, "key_id", SEAL_KEY_ID - 1),
               *use = json_need_string(r, o, "use", 16);
    const char *pem = json_need_string(r, o, "certificate", CERTIFICATE_PEM_MAX);
    json_no_others(r, o, members);
    json_need_integer(r, o, "suite", SEAL_SUITE_CMS_P256, SEAL_SUITE_CMS_P256);
    if (!json_is_clean(r))
        return;
    if (!is_key_id(id))
        json_complain(r, "key_id may hold letters, digits, dots, dashes and underscores only");
    if (strcmp(use, "county") && strcmp(use, "escrow"))
        json_complain(r, "use must be county or escrow");
    key->certificate = seal_read_certificate(pem, strlen(pem));
    if (!key->certificate || !is_fit(key->certificate) ||
        !seal_dates(&key->not_before_ms, &key->not_after_ms, key->certificate)) {
        json_complain(
            r,
            "certificate must be a PEM certificate of a P-256 key with a subject key identifier");
        return;
    }
    *chains = *chains && seal_chains(t->sealing, key->certificate, 0);
    snprintf(key->id, sizeof(key->id), "%s", id);
    key->is_escrow = !strcmp(use, "escrow");
}

static void read_keys(struct json_reader *r, struct seal_keys *k, const json_t *document,
                      const struct trust *t, bool *chains)
{
    k->version = json_need_integer(r, document, "version", 1, INT64_MAX);
    const json_t *list = json_need_array(r, document, "keys", 1, KEYS_MAX);
    for (size_t i = 0; i < json_array_size(list) && json_is_clean(r); i++) {
        json_enter(r, "keys");
        json_enter_index(r, i);
        k->count = i + 1;
        if (json_is_object(json_array_get(list, i)))
            read_key(r, &k->keys[i], json_array_get(list, i), t, chains);
        else
            json_complain(r, "must be an object");
        json_leave(r);
        json_leave(r);
    }
}

int seal_keys_parse(struct seal_keys **out, const struct trust *t, const void *json, size_t length,
                    char complaint[320])
{
    struct json_reader r = { { 0 }, { 0 } };
    bool chains = true;
    AUTO(json_release) json_t *document = json_parse(json, length, r.complaint);
    AUTO(seal_keys_free) struct seal_keys *k = calloc(1, sizeof(*k));
    if (!k)
        return fault_raise(-ENOMEM);
    if (document && !json_is_object(document))
        json_complain(&r, "must be an object");
    else if (document)
        read_keys(&r, k, document, t, &chains);
    snprintf(complaint, 320, "%s", r.complaint);
    if (!json_is_clean(&r))
        return SEAL_E_FORMAT;
    if (!chains) {
        snprintf(complaint, 320, "a certificate does not chain to the county's sealing CA");
        return SEAL_E_SIGNATURE;
    }
    *out = TAKE(k);
    return 0;
}

int64_t seal_keys_version(const struct seal_keys *k)
{
    return k->version;
}

const struct seal_key *seal_keys_pick(const struct seal_keys *k, bool is_escrow,
                                      int64_t now_wall_ms)
{
    const struct seal_key *best = NULL;
    for (size_t i = 0; i < k->count; i++) {
        const struct seal_key *key = &k->keys[i];
        bool is_valid = now_wall_ms >= key->not_before_ms && now_wall_ms <= key->not_after_ms;
        /* While two overlap, the younger one is used. */
        if (key->is_escrow == is_escrow && is_valid &&
            (!best || key->not_before_ms > best->not_before_ms))
            best = key;
    }
    return best;
}

bool seal_keys_are_usable(const struct seal_keys *k, int64_t now_wall_ms)
{
    return seal_keys_pick(k, false, now_wall_ms) && seal_keys_pick(k, true, now_wall_ms);
}

int64_t seal_keys_until_ms(const struct seal_keys *k, int64_t now_wall_ms)
{
    int64_t until[2] = { 0 };
    for (size_t i = 0; i < k->count; i++) {
        const struct seal_key *key = &k->keys[i];
        if (now_wall_ms >= key->not_before_ms && key->not_after_ms > until[key->is_escrow])
            until[key->is_escrow] = key->not_after_ms;
    }
    return until[0] < until[1] ? until[0] : until[1];
}
