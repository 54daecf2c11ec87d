/* Certificates for kiosks. The request's subject does not count: the name is the one we gave. */
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "tests/platform/platform.h"

enum { DAYS = 90, SERIAL_BYTES = 16, BACK_S = 300 };

AUTO_DEFINE(BIO, BIO_free_all)
AUTO_DEFINE(X509, X509_free)
AUTO_DEFINE(X509_REQ, X509_REQ_free)
AUTO_DEFINE(EVP_PKEY, EVP_PKEY_free)

static BIO *open_key_file(const struct platform *p, const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", p->keys, name);
    return BIO_new_file(path, "r");
}

/* ---- the request
 * --------------------------------------------------------------------------------- */

/* Signed by the key it asks a certificate for, on P-256. */
static X509_REQ *read_request(const char *csr_pem)
{
    char group[32] = "";
    AUTO(BIO_free_all) BIO *in = BIO_new_mem_buf(csr_pem, -1);
    AUTO(X509_REQ_free) X509_REQ *csr = in ? PEM_read_bio_X509_REQ(in, NULL, NULL, NULL) : NULL;
    EVP_PKEY *key = csr ? X509_REQ_get0_pubkey(csr) : NULL;
    bool is_good = key && EVP_PKEY_get_group_name(key, group, sizeof(group), NULL) == 1 &&
                   !strcmp(group, "prime256v1") && X509_REQ_verify(csr, key) == 1;
    ERR_clear_error();
    return is_good ? TAKE(csr) : NULL;
}

static int hash_key(char out[HASH_HEX + 1], X509_REQ *csr)
{
    uint8_t sum[SHA256_BYTES], *der = NULL;
    int length = i2d_PUBKEY(X509_REQ_get0_pubkey(csr), &der);
    if (length <= 0)
        return fault_raise(-ENOMEM);
    sha256(sum, der, (size_t)length);
    hex_encode(out, sum, sizeof(sum));
    OPENSSL_free(der);
    return 0;
}

/* ---- the certificate
 * ------------------------------------------------------------------------------ */

static bool add_extension(X509 *c, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX ctx;
    X509V3_set_ctx(&ctx, issuer, c, NULL, NULL, 0);
    X509_EXTENSION *e = X509V3_EXT_conf_nid(NULL, &ctx, nid, value);
    bool is_done = e && X509_add_ext(c, e, -1);
    X509_EXTENSION_free(e);
    return is_done;
}

static bool set_serial(X509 *c)
{
    uint8_t random[SERIAL_BYTES];
    random_bytes(random, sizeof(random));
    random[0] = (random[0] & 0x3f) | 0x40; /* positive, and always as long */
    BIGNUM *n = BN_bin2bn(random, sizeof(random), NULL);
    bool is_done = n && BN_to_ASN1_INTEGER(n, X509_get_serialNumber(c));
    BN_free(n);
    return is_done;
}

static bool fill(X509 *c, X509 *ca, X509_REQ *csr, const char *kiosk)
{
    X509_NAME *name = X509_get_subject_name(c);
    return X509_set_version(c, 2) && set_serial(c) &&
           X509_gmtime_adj(X509_getm_notBefore(c), -BACK_S) &&
           X509_gmtime_adj(X509_getm_notAfter(c), (long)DAYS * 24 * 3600) &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)kiosk, -1,
                                      -1, 0) &&
           X509_set_issuer_name(c, X509_get_subject_name(ca)) &&
           X509_set_pubkey(c, X509_REQ_get0_pubkey(csr)) &&
           add_extension(c, ca, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(c, ca, NID_key_usage, "critical,digitalSignature") &&
           add_extension(c, ca, NID_ext_key_usage, "clientAuth") &&
           add_extension(c, ca, NID_subject_key_identifier, "hash") &&
           add_extension(c, ca, NID_authority_key_identifier, "keyid");
}

static int write_pem(struct bytes *out, X509 *c)
{
    char *text;
    AUTO(BIO_free_all) BIO *pem = BIO_new(BIO_s_mem());
    if (!pem || !PEM_write_bio_X509(pem, c))
        return fault_raise(-ENOMEM);
    long length = BIO_get_mem_data(pem, &text);
    return bytes_append(out, text, (size_t)length);
}

static X509 *read_ca(const struct platform *p)
{
    AUTO(BIO_free_all) BIO *file = open_key_file(p, "kiosk-ca.pem");
    return file ? PEM_read_bio_X509(file, NULL, NULL, NULL) : NULL;
}

int certificate_issue(const struct platform *p, struct bytes *out, char key_hash[HASH_HEX + 1],
                      const char *csr_pem, const char *kiosk)
{
    AUTO(X509_REQ_free) X509_REQ *csr = read_request(csr_pem);
    if (!csr)
        return CERTIFICATE_E_REQUEST;
    AUTO(BIO_free_all) BIO *key_file = open_key_file(p, "kiosk-ca.key");
    AUTO(EVP_PKEY_free)
    EVP_PKEY *ca_key = key_file ? PEM_read_bio_PrivateKey(key_file, NULL, NULL, NULL) : NULL;
    AUTO(X509_free) X509 *ca = read_ca(p);
    AUTO(X509_free) X509 *c = X509_new();
    if (!ca || !ca_key || !c || !fill(c, ca, csr, kiosk) || !X509_sign(c, ca_key, EVP_sha256())) {
        log_line(LOG_ERROR, "county", "no certificate can be made with %s/kiosk-ca.key", p->keys);
        ERR_clear_error();
        return fault_raise(-EIO);
    }
    int r = hash_key(key_hash, csr);
    return r ? r : write_pem(out, c);
}

int certificate_ca(const struct platform *p, struct bytes *out)
{
    AUTO(X509_free) X509 *ca = read_ca(p);
    return ca ? write_pem(out, ca) : fault_raise(-EIO);
}

bool certificate_serial(char out[SERIAL_HEX], const char *pem)
{
    AUTO(BIO_free_all) BIO *in = BIO_new_mem_buf(pem, -1);
    AUTO(X509_free) X509 *c = in ? PEM_read_bio_X509(in, NULL, NULL, NULL) : NULL;
    const ASN1_INTEGER *serial = c ? X509_get0_serialNumber(c) : NULL;
    int length = serial ? ASN1_STRING_length(serial) : 0;
    if (length < 1 || length > SERIAL_HEX / 2)
        return false;
    hex_encode(out, ASN1_STRING_get0_data(serial), (size_t)length);
    return true;
}
