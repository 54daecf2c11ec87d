/* The kiosk's own key for TLS, and requests to have it certified (RFC 2986). */
#include <openssl/err.h>
#include <string.h>

#include "firmware/seal/inside.h"

int seal_append_bio(struct bytes *out, BIO *bio)
{
    BUF_MEM *memory = NULL;
    if (BIO_get_mem_ptr(bio, &memory) <= 0 || !memory)
        return seal_fault("identity");
    int r = bytes_append(out, memory->data, memory->length);
    OPENSSL_cleanse(memory->data, memory->length);
    return r;
}

static bool name_request(X509_REQ *request, const char *common_name)
{
    X509_NAME *name = X509_REQ_get_subject_name(request);
    return X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, (const unsigned char *)common_name,
                                      -1, -1, 0) == 1;
}

static int write_request(struct bytes *csr_pem, EVP_PKEY *key, const char *common_name)
{
    AUTO(X509_REQ_free) X509_REQ *request = X509_REQ_new();
    AUTO(BIO_vfree) BIO *bio = BIO_new(BIO_s_mem());
    if (!request || !bio || !X509_REQ_set_version(request, 0) ||
        !name_request(request, common_name) || !X509_REQ_set_pubkey(request, key) ||
        !X509_REQ_sign(request, key, EVP_sha256()) || !PEM_write_bio_X509_REQ(bio, request))
        return seal_fault("certificate request");
    return seal_append_bio(csr_pem, bio);
}

int identity_create(struct bytes *key_pem, struct bytes *csr_pem, const char *common_name)
{
    AUTO(EVP_PKEY_free) EVP_PKEY *key = EVP_EC_gen("P-256");
    AUTO(BIO_vfree) BIO *bio = BIO_new(BIO_s_mem());
    if (!key || !bio || !PEM_write_bio_PKCS8PrivateKey(bio, key, NULL, NULL, 0, NULL, NULL))
        return seal_fault("key");
    int r = seal_append_bio(key_pem, bio);
    return r ? r : write_request(csr_pem, key, common_name);
}

int identity_request(struct bytes *csr_pem, const void *key_pem, size_t length,
                     const char *common_name)
{
    AUTO(BIO_vfree) BIO *bio = BIO_new_mem_buf(key_pem, (int)length);
    AUTO(EVP_PKEY_free) EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
    ERR_clear_error();
    if (!key)
        return fault_raise(-EINVAL);
    return write_request(csr_pem, key, common_name);
}

int identity_dates(int64_t *not_before_ms, int64_t *not_after_ms, const void *certificate_pem,
                   size_t length)
{
    AUTO(X509_free) X509 *certificate = seal_read_certificate(certificate_pem, length);
    return certificate && seal_dates(not_before_ms, not_after_ms, certificate) ? 0 : SEAL_E_FORMAT;
}

static int hash_public(uint8_t out[SHA256_BYTES], EVP_PKEY *key)
{
    uint8_t *der = NULL;
    int length = key ? i2d_PUBKEY(key, &der) : 0;
    ERR_clear_error();
    if (length <= 0)
        return SEAL_E_FORMAT;
    sha256(out, der, (size_t)length);
    OPENSSL_free(der);
    return 0;
}

int identity_key_hash(uint8_t out[SHA256_BYTES], const void *key_pem, size_t length)
{
    AUTO(BIO_vfree) BIO *bio = BIO_new_mem_buf(key_pem, (int)length);
    AUTO(EVP_PKEY_free) EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL) : NULL;
    return hash_public(out, key);
}

int identity_certificate_hash(uint8_t out[SHA256_BYTES], const void *certificate_pem, size_t length)
{
    AUTO(X509_free) X509 *certificate = seal_read_certificate(certificate_pem, length);
    return hash_public(out, certificate ? X509_get0_pubkey(certificate) : NULL);
}
