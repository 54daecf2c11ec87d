#include "firmware/seal/sign.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <string.h>

#include "firmware/seal/inside.h"

AUTO_DEFINE(EVP_KDF, EVP_KDF_free)
AUTO_DEFINE(EVP_KDF_CTX, EVP_KDF_CTX_free)

/* ---- PINs ---------------------------------------------------------------------------- */

int pin_hash(uint8_t out[PIN_HASH_BYTES], const char *pin, const uint8_t salt[PIN_SALT_BYTES],
             const char *serial)
{
    /* scrypt needs 128 * N * r and a little: no room for a document that asks for more. */
    uint64_t n = PIN_SCRYPT_N, memory = UINT64_C(64) * 1024 * 1024;
    uint32_t r = PIN_SCRYPT_R, p = PIN_SCRYPT_P;
    uint8_t bound[SHA256_BYTES];
    hmac_sha256(bound, salt, PIN_SALT_BYTES, serial, strlen(serial));
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, (void *)(uintptr_t)pin,
                                          strlen(pin)),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, bound, sizeof(bound)),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    AUTO(EVP_KDF_free) EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
    AUTO(EVP_KDF_CTX_free) EVP_KDF_CTX *ctx = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    if (!ctx || EVP_KDF_derive(ctx, out, PIN_HASH_BYTES, params) <= 0)
        return seal_fault("scrypt");
    return 0;
}

bool is_equal_slowly(const void *a, const void *b, size_t length)
{
    return !CRYPTO_memcmp(a, b, length);
}

/* ---- signing ------------------------------------------------------------------------- */

static EVP_PKEY *read_key(const struct bytes *pem)
{
    AUTO(BIO_vfree) BIO *bio = BIO_new_mem_buf(pem->data, (int)pem->length);
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
    ERR_clear_error();
    return key;
}

int document_sign(struct bytes *signature, const void *document, size_t length,
                  const struct bytes *key_pem, const struct bytes *certificate_pem)
{
    uint8_t *der = NULL;
    if (length > INT32_MAX || !key_pem->length || !certificate_pem->length)
        return SEAL_E_FORMAT;
    AUTO(EVP_PKEY_free) EVP_PKEY *key = read_key(key_pem);
    AUTO(X509_free)
    X509 *certificate = seal_read_certificate(certificate_pem->data, certificate_pem->length);
    if (!key || !certificate || X509_check_private_key(certificate, key) != 1) {
        ERR_clear_error();
        return SEAL_E_FORMAT;
    }
    AUTO(BIO_vfree) BIO *in = BIO_new_mem_buf(document, (int)length);
    AUTO(CMS_ContentInfo_free)
    CMS_ContentInfo *cms =
        in ? CMS_sign(certificate, key, NULL, in, CMS_BINARY | CMS_DETACHED) : NULL;
    int size = cms ? i2d_CMS_ContentInfo(cms, &der) : 0;
    if (size <= 0)
        return seal_fault("signature");
    int r = bytes_append(signature, der, (size_t)size);
    OPENSSL_free(der);
    return r;
}

/* ---- who signed ---------------------------------------------------------------------- */

static X509_STORE *store_of(const struct bytes *ca_pem, int64_t now_wall_ms)
{
    AUTO(X509_free) X509 *ca = seal_read_certificate(ca_pem->data, ca_pem->length);
    X509_STORE *store = ca ? X509_STORE_new() : NULL;
    if (!store)
        return NULL;
    X509_VERIFY_PARAM *param = X509_STORE_get0_param(store);
    X509_STORE_add_cert(store, ca);
    X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
    if (now_wall_ms)
        X509_VERIFY_PARAM_set_time(param, (time_t)(now_wall_ms / 1000));
    else
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
    return store;
}

/* The one signer's common name. False for none, several, or a name that does not fit or hides a NUL. */
static bool name_signer(char out[SIGNER_TEXT], CMS_ContentInfo *cms)
{
    STACK_OF(X509) *signers = CMS_get0_signers(cms);
    X509 *one = sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
    int length = one ? X509_NAME_get_text_by_NID(X509_get_subject_name(one), NID_commonName, out,
                                                 SIGNER_TEXT)
                     : -1;
    sk_X509_free(signers);
    return length > 0 && strlen(out) == (size_t)length;
}

int document_signer(char signer[SIGNER_TEXT], const struct bytes *ca_pem, const void *document,
                    size_t length, const uint8_t *signature, size_t signature_length,
                    int64_t now_wall_ms)
{
    const uint8_t *at = signature;
    signer[0] = 0;
    if (length > INT32_MAX || !signature_length || signature_length > SIGNATURE_MAX)
        return SEAL_E_SIGNATURE;
    AUTO(CMS_ContentInfo_free)
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature_length);
    AUTO(BIO_vfree) BIO *content = BIO_new_mem_buf(document, (int)length);
    AUTO(X509_STORE_free) X509_STORE *store = store_of(ca_pem, now_wall_ms);
    bool holds = cms && content && store && at == signature + signature_length &&
                 CMS_is_detached(cms) == 1 &&
                 CMS_verify(cms, NULL, store, content, NULL, CMS_BINARY) == 1 &&
                 name_signer(signer, cms);
    ERR_clear_error();
    if (!holds)
        signer[0] = 0;
    return holds ? 0 : SEAL_E_SIGNATURE;
}
