#include "tests/support/test_keys.h"

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/check.h"

struct identity {
    EVP_PKEY *key;
    X509 *certificate;
};

struct test_county {
    struct identity sealing_ca, document_ca, county, escrow, signer;
};

static void add_extension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, certificate, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    if (!e || !X509_add_ext(certificate, e, -1))
        fail_msg("no extension %s", value);
    X509_EXTENSION_free(e);
}

static struct identity identity_for(const char *name, const struct identity *ca, int64_t from_ms,
                                    int64_t to_ms)
{
    static long serial = 1;
    struct identity id = { EVP_EC_gen("P-256"), X509_new() };
    if (!id.key || !id.certificate)
        fail_msg("no key for %s", name);
    X509 *c = id.certificate, *issuer = ca ? ca->certificate : c;
    X509_set_version(c, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(c), serial++);
    ASN1_TIME_set(X509_getm_notBefore(c), (time_t)(from_ms / 1000));
    ASN1_TIME_set(X509_getm_notAfter(c), (time_t)(to_ms / 1000));
    X509_NAME_add_entry_by_txt(X509_get_subject_name(c), "CN", MBSTRING_UTF8,
                               (const unsigned char *)name, -1, -1, 0);
    X509_set_pubkey(c, id.key);
    X509_set_issuer_name(c, X509_get_subject_name(issuer));
    add_extension(c, issuer, NID_basic_constraints, ca ? "CA:FALSE" : "critical,CA:TRUE");
    add_extension(c, issuer, NID_subject_key_identifier, "hash");
    if (!X509_sign(c, ca ? ca->key : id.key, EVP_sha256()))
        fail_msg("no signature for %s", name);
    return id;
}

static void write_pem(const char *folder, const char *name, const struct identity *id, int is_key)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    int good = f && (is_key ? PEM_write_PKCS8PrivateKey(f, id->key, NULL, NULL, 0, NULL, NULL)
                            : PEM_write_X509(f, id->certificate));
    if (!good || fclose(f))
        fail_msg("cannot write %s", path);
}

struct test_county *test_county_new(const char *folder, int64_t from_ms, int64_t to_ms)
{
    struct test_county *c = calloc(1, sizeof(*c));
    int64_t far = INT64_C(4000000000000);
    c->sealing_ca = identity_for("Test sealing CA", NULL, 0, far);
    c->document_ca = identity_for("Test document CA", NULL, 0, far);
    c->county = identity_for("county", &c->sealing_ca, from_ms, to_ms);
    c->escrow = identity_for("escrow", &c->sealing_ca, from_ms, to_ms);
    c->signer = identity_for("documents", &c->document_ca, from_ms, to_ms);
    write_pem(folder, "sealing-ca.pem", &c->sealing_ca, 0);
    write_pem(folder, "document-ca.pem", &c->document_ca, 0);
    write_pem(folder, "county.key", &c->county, 1);
    write_pem(folder, "county.pem", &c->county, 0);
    write_pem(folder, "escrow.key", &c->escrow, 1);
    write_pem(folder, "escrow.pem", &c->escrow, 0);
    return c;
}

static void identity_free(struct identity *id)
{
    EVP_PKEY_free(id->key);
    X509_free(id->certificate);
}

void test_county_free(struct test_county *c)
{
    identity_free(&c->sealing_ca);
    identity_free(&c->document_ca);
    identity_free(&c->county);
    identity_free(&c->escrow);
    identity_free(&c->signer);
    free(c);
}

/* PEM with its line feeds escaped, as it stands in JSON. */
static char *pem_in_json(X509 *certificate)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *data, *out = calloc(1, 16384), *to = out;
    PEM_write_bio_X509(bio, certificate);
    long length = BIO_get_mem_data(bio, &data);
    for (long i = 0; i < length; i++) {
        if (data[i] == '\n')
            *to++ = '\\';
        *to++ = data[i] == '\n' ? 'n' : data[i];
    }
    BIO_free(bio);
    return out;
}

char *test_county_keys(const struct test_county *c, int version, int with_escrow)
{
    char *county = pem_in_json(c->county.certificate), *escrow = pem_in_json(c->escrow.certificate);
    char *out = calloc(1, 40000);
    int n = sprintf(out,
                    "{\"version\":%d,\"keys\":[{\"key_id\":\"county-1\",\"suite\":1,\"use\":"
                    "\"county\",\"certificate\":"
                    "\"%s\"}",
                    version, county);
    if (with_escrow)
        n += sprintf(
            out + n,
            ",{\"key_id\":\"escrow-1\",\"suite\":1,\"use\":\"escrow\",\"certificate\":\"%s\"}",
            escrow);
    sprintf(out + n, "]}");
    free(county);
    free(escrow);
    return out;
}

char *test_foreign_certificate(void)
{
    struct identity ca = identity_for("Foreign CA", NULL, 0, INT64_C(4000000000000));
    struct identity id = identity_for("foreign", &ca, 0, INT64_C(4000000000000));
    char *pem = pem_in_json(id.certificate);
    identity_free(&ca);
    identity_free(&id);
    return pem;
}

static void append_cms(struct bytes *out, CMS_ContentInfo *cms)
{
    uint8_t *der = NULL;
    int size = cms ? i2d_CMS_ContentInfo(cms, &der) : 0;
    if (size <= 0 || bytes_append(out, der, (size_t)size))
        fail_msg("no CMS");
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
}

void test_county_sign(const struct test_county *c, struct bytes *signature, const void *document,
                      size_t length)
{
    BIO *in = BIO_new_mem_buf(document, (int)length);
    append_cms(signature,
               CMS_sign(c->signer.certificate, c->signer.key, NULL, in, CMS_BINARY | CMS_DETACHED));
    BIO_free(in);
}

void test_county_envelop(const struct test_county *c, struct bytes *out, const char *cipher,
                         const void *data, size_t length)
{
    BIO *in = BIO_new_mem_buf(data, (int)length);
    STACK_OF(X509) *to = sk_X509_new_null();
    sk_X509_push(to, c->county.certificate);
    append_cms(out, CMS_encrypt(to, in, EVP_get_cipherbyname(cipher), CMS_BINARY | CMS_USE_KEYID));
    sk_X509_free(to);
    BIO_free(in);
}
