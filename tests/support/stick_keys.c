#include "tests/support/stick_keys.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>

#include "tests/support/check.h"

struct pair {
    EVP_PKEY *key;
    X509 *certificate;
};

static void extend(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    if (!e || !X509_add_ext(certificate, e, -1))
        fail_msg("no extension %s", value);
    X509_EXTENSION_free(e);
}

static struct pair make(const char *name, const struct pair *ca)
{
    static long serial = 1000;
    struct pair p = { EVP_EC_gen("P-256"), X509_new() };
    if (!p.key || !p.certificate)
        fail_msg("no key for %s", name);
    X509 *c = p.certificate, *issuer = ca ? ca->certificate : c;
    X509_set_version(c, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(c), serial++);
    ASN1_TIME_set(X509_getm_notBefore(c), 0);
    ASN1_TIME_set(X509_getm_notAfter(c), (time_t)4000000000);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_pubkey(c, p.key);
    X509_set_issuer_name(c, X509_get_subject_name(issuer));
    extend(c, issuer, NID_basic_constraints, ca ? "CA:FALSE" : "critical,CA:TRUE");
    extend(c, issuer, NID_subject_key_identifier, "hash");
    if (!X509_sign(c, ca ? ca->key : p.key, EVP_sha256()))
        fail_msg("no signature for %s", name);
    return p;
}

static void take_bio(struct bytes *out, BIO *bio)
{
    char *data;
    long length = BIO_get_mem_data(bio, &data);
    if (length <= 0 || bytes_append(out, data, (size_t)length))
        fail_msg("no PEM");
    BIO_free(bio);
}

static void write_pair(struct bytes *key, struct bytes *pem, struct pair p)
{
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, p.certificate);
    take_bio(pem, bio);
    if (key) {
        bio = BIO_new(BIO_s_mem());
        PEM_write_bio_PKCS8PrivateKey(bio, p.key, NULL, NULL, 0, NULL, NULL);
        take_bio(key, bio);
    }
}

static void drop(struct pair p)
{
    EVP_PKEY_free(p.key);
    X509_free(p.certificate);
}

void stick_keys_make(struct stick_keys *k)
{
    memset(k, 0, sizeof(*k));
    struct pair ca = make("Test kiosk CA", NULL), other = make("Foreign CA", NULL),
                documents = make("Test document CA", NULL);
    struct pair kiosk = make("K0012", &ca), second = make("K0077", &ca), third = make("K0099", &ca),
                fake = make("K0012", &other), signer = make("documents", &documents);
    write_pair(NULL, &k->kiosk_ca, ca);
    write_pair(NULL, &k->other_ca, other);
    write_pair(&k->kiosk_key, &k->kiosk_pem, kiosk);
    write_pair(&k->second_key, &k->second_pem, second);
    write_pair(&k->third_key, &k->third_pem, third);
    write_pair(&k->other_key, &k->other_pem, fake);
    write_pair(NULL, &k->document_ca, documents);
    write_pair(&k->signer_key, &k->signer_pem, signer);
    struct pair all[] = { ca, other, documents, kiosk, second, third, fake, signer };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        drop(all[i]);
}

static void write_file(const char *folder, const char *name, const struct bytes *text)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    if (!f || fwrite(text->data, 1, text->length, f) != text->length || fclose(f))
        fail_msg("cannot write %s", path);
}

void stick_keys_write(const struct stick_keys *k, const char *folder)
{
    write_file(folder, "document-ca.pem", &k->document_ca);
    write_file(folder, "sealing-ca.pem", &k->document_ca);
    write_file(folder, "signer.key", &k->signer_key);
    write_file(folder, "signer.pem", &k->signer_pem);
    write_file(folder, "kiosk-ca.pem", &k->kiosk_ca);
    write_file(folder, "kiosk.key", &k->kiosk_key);
    write_file(folder, "kiosk.pem", &k->kiosk_pem);
}

void stick_keys_clear(struct stick_keys *k)
{
    struct bytes *all[] = { &k->kiosk_ca,   &k->other_ca,   &k->kiosk_key,   &k->kiosk_pem,
                            &k->second_key, &k->second_pem, &k->third_key,   &k->third_pem,
                            &k->other_key,  &k->other_pem,  &k->document_ca, &k->signer_key,
                            &k->signer_pem };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
        bytes_clear(all[i]);
}
