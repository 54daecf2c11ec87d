/* The kiosk's key as it may lie on a medium that somebody takes along: PKCS#8, encrypted (RFC 5958; PBES2 of RFC 8018 with
 * PBKDF2, HMAC-SHA-256 and AES-256-CBC). The secret has 256 random bits, so OpenSSL's own 2048 rounds are more than it takes. */
#include <openssl/err.h>
#include <string.h>

#include "firmware/seal/inside.h"

/* OpenSSL asks for the secret here; a NULL callback would ask at a terminal. */
static int give_secret(char *out, int size, int is_writing, void *secret)
{
    (void)is_writing;
    if (!secret || size < KEY_SECRET_BYTES)
        return -1;
    memcpy(out, secret, KEY_SECRET_BYTES);
    return KEY_SECRET_BYTES;
}

static EVP_PKEY *read_key(const void *pem, size_t length, const uint8_t *secret)
{
    AUTO(BIO_vfree) BIO *bio = length <= INT32_MAX ? BIO_new_mem_buf(pem, (int)length) : NULL;
    EVP_PKEY *key =
        bio ? PEM_read_bio_PrivateKey(bio, NULL, give_secret, (void *)(uintptr_t)secret) : NULL;
    ERR_clear_error();
    return key;
}

static int write_key(struct bytes *out, EVP_PKEY *key, const uint8_t *secret)
{
    AUTO(BIO_vfree) BIO *bio = BIO_new(BIO_s_mem());
    if (!bio || !PEM_write_bio_PKCS8PrivateKey(bio, key, secret ? EVP_aes_256_cbc() : NULL,
                                               (const char *)secret, secret ? KEY_SECRET_BYTES : 0,
                                               NULL, NULL))
        return seal_fault("key");
    return seal_append_bio(out, bio);
}

int identity_lock(struct bytes *locked_pem, const void *key_pem, size_t length,
                  const uint8_t secret[KEY_SECRET_BYTES])
{
    AUTO(EVP_PKEY_free) EVP_PKEY *key = read_key(key_pem, length, NULL);
    return key ? write_key(locked_pem, key, secret) : SEAL_E_FORMAT;
}

int identity_unlock(struct bytes *key_pem, const void *pem, size_t length, const uint8_t *secret)
{
    AUTO(EVP_PKEY_free) EVP_PKEY *key = read_key(pem, length, secret);
    return key ? write_key(key_pem, key, NULL) : SEAL_E_TAMPERED;
}

bool identity_is_locked(const void *pem, size_t length)
{
    static const char head[] = "-----BEGIN " PEM_STRING_PKCS8 "-----";
    return memmem(pem, length, head, sizeof(head) - 1) != NULL;
}
