#include "firmware/seal/parcel.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/seal/inside.h"
#include "firmware/seal/sign.h"

AUTO_DEFINE(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

enum {
    NONCE = 12,
    TAG = 16,
    STAMP = SHA256_BYTES,
    HEAD = 5 + NONCE,
    AROUND = HEAD + TAG + STAMP,
    PADDING = 1024,
    CODE_ROUNDS = 200000,
    OWNER_ROUNDS = 100000,
};

static const char salt[] = "onetrip parcel 1";
static const uint8_t magic[4] = { 'O', 'T', 'P', '1' };

static bool derive(uint8_t *out, size_t length, const char *secret, const void *with,
                   size_t with_length, int rounds)
{
    return PKCS5_PBKDF2_HMAC(secret, (int)strlen(secret), with, (int)with_length, rounds,
                             EVP_sha256(), (int)length, out) > 0;
}

int parcel_keys(struct parcel_keys *out, const char code[HANDOFF_CODE])
{
    uint8_t all[PARCEL_LABEL + 2 * PARCEL_KEY];
    bool is_well = derive(all, sizeof(all), code, salt, sizeof(salt) - 1, CODE_ROUNDS);
    if (is_well) {
        memcpy(out->label, all, PARCEL_LABEL);
        memcpy(out->seal, all + PARCEL_LABEL, PARCEL_KEY);
        memcpy(out->stamp, all + PARCEL_LABEL + PARCEL_KEY, PARCEL_KEY);
    }
    explicit_bzero(all, sizeof(all));
    return is_well ? 0 : seal_fault("the keys of a parcel");
}

/* One pass of AES-256-GCM over the text, the head as what it is bound to. `tag` is filled or checked. */
static bool cipher(bool is_sealing, const struct parcel_keys *keys, const char *owner,
                   const uint8_t head[HEAD], uint8_t *out, const uint8_t *in, size_t length,
                   uint8_t tag[TAG])
{
    AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    uint8_t key[PARCEL_KEY];
    int n;
    memcpy(key, keys->seal, PARCEL_KEY);
    bool is_well =
        ctx && (!*owner || derive(key, sizeof(key), owner, keys->seal, PARCEL_KEY, OWNER_ROUNDS)) &&
        EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, head + 5, is_sealing) > 0 &&
        EVP_CipherUpdate(ctx, NULL, &n, head, HEAD) > 0 &&
        EVP_CipherUpdate(ctx, out, &n, in, (int)length) > 0;
    if (is_well && !is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, TAG, tag) > 0;
    if (is_well)
        is_well = EVP_CipherFinal_ex(ctx, out + n, &n) > 0;
    if (is_well && is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, TAG, tag) > 0;
    explicit_bzero(key, sizeof(key));
    return is_well;
}

int parcel_seal(struct bytes *out, const struct parcel_keys *keys, const char *owner,
                const void *text, size_t length)
{
    size_t padded = (length / PADDING + 1) * PADDING, start = out->length;
    if (length > PARCEL_TEXT_MAX - PADDING)
        return fault_raise(-EINVAL);
    int r = bytes_reserve(out, start + AROUND + padded);
    if (r)
        return r;
    uint8_t *at = out->data + start, *inside = at + HEAD;
    memcpy(at, magic, sizeof(magic));
    at[4] = *owner != 0;
    random_bytes(at + 5, NONCE);
    memcpy(inside, text, length);
    memset(inside + length, ' ', padded - length);
    if (!cipher(true, keys, owner, at, inside, inside, padded, inside + padded)) {
        explicit_bzero(inside, padded);
        return seal_fault("a parcel");
    }
    hmac_sha256(inside + padded + TAG, keys->stamp, PARCEL_KEY, at, HEAD + padded + TAG);
    out->length = start + AROUND + padded;
    return 0;
}

int parcel_open(struct bytes *out, const struct parcel_keys *keys, const char *owner,
                const void *parcel, size_t length)
{
    const uint8_t *at = parcel;
    uint8_t stamp[STAMP], tag[TAG];
    if (length < AROUND || length > PARCEL_MAX || memcmp(at, magic, sizeof(magic)) != 0 ||
        at[4] > 1)
        return PARCEL_E_DAMAGED;
    size_t inside = length - AROUND;
    hmac_sha256(stamp, keys->stamp, PARCEL_KEY, at, length - STAMP);
    if (!is_equal_slowly(stamp, at + length - STAMP, STAMP))
        return PARCEL_E_DAMAGED;
    if (at[4] != (*owner != 0))
        return PARCEL_E_OWNER;
    int r = bytes_reserve(out, out->length + inside + 1);
    if (r)
        return r;
    memcpy(tag, at + HEAD + inside, TAG);
    if (cipher(false, keys, owner, at, out->data + out->length, at + HEAD, inside, tag)) {
        out->length += inside;
        return 0;
    }
    explicit_bzero(out->data + out->length, inside);
    ERR_clear_error();
    return PARCEL_E_OWNER;
}
