#include "firmware/seal/reply.h"

#include <openssl/err.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/seal/inside.h"

AUTO_DEFINE(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

enum { MAGIC = 4, NONCE = 12, GCM_TAG = 16, HEAD = MAGIC + NONCE };

static const uint8_t magic[MAGIC] = { 'O', 'T', 'R', '1' };

/* One pass of AES-256-GCM bound to layout and question. Sealing fills `tag`, opening checks it. */
static bool cipher(bool is_sealing, const uint8_t key[REPLY_KEY], const char *id,
                   const uint8_t nonce[NONCE], uint8_t *out, const uint8_t *in, int length,
                   uint8_t tag[GCM_TAG])
{
    AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n, direction = is_sealing;
    bool is_well = ctx &&
                   EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, key, nonce, direction) > 0 &&
                   EVP_CipherUpdate(ctx, NULL, &n, magic, MAGIC) > 0 &&
                   EVP_CipherUpdate(ctx, NULL, &n, (const uint8_t *)id, (int)strlen(id)) > 0 &&
                   EVP_CipherUpdate(ctx, out, &n, in, length) > 0;
    if (is_well && !is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, GCM_TAG, tag) > 0;
    if (is_well)
        is_well = EVP_CipherFinal_ex(ctx, out + n, &n) > 0;
    if (is_well && is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, GCM_TAG, tag) > 0;
    return is_well;
}

int reply_seal(struct bytes *out, const uint8_t key[REPLY_KEY], const char *id, const void *plain,
               size_t length)
{
    struct bytes framed AUTO_BYTES = { 0 };
    int r = seal_frame(&framed, plain, length);
    if (r)
        return r;
    if (framed.length > REPLY_MAX - HEAD - GCM_TAG)
        return fault_raise(-EMSGSIZE);
    r = bytes_reserve(out, out->length + HEAD + framed.length + GCM_TAG);
    if (r)
        return r;
    uint8_t *at = out->data + out->length;
    memcpy(at, magic, MAGIC);
    random_bytes(at + MAGIC, NONCE);
    if (!cipher(true, key, id, at + MAGIC, at + HEAD, framed.data, (int)framed.length,
                at + HEAD + framed.length))
        return seal_fault("an answer");
    out->length += HEAD + framed.length + GCM_TAG;
    return 0;
}

int reply_open(struct bytes *plain, const uint8_t key[REPLY_KEY], const char *id,
               const void *sealed, size_t length)
{
    const uint8_t *from = sealed;
    struct bytes framed AUTO_BYTES = { 0 };
    uint8_t tag[GCM_TAG];
    if (length <= HEAD + GCM_TAG || length > REPLY_MAX || memcmp(from, magic, MAGIC) != 0)
        return SEAL_E_TAMPERED;
    size_t inside = length - HEAD - GCM_TAG, before = plain->length;
    int r = bytes_reserve(&framed, inside);
    if (r)
        return r;
    framed.length = inside;
    memcpy(tag, from + HEAD + inside, GCM_TAG);
    bool is_open = cipher(false, key, id, from + MAGIC, framed.data, from + HEAD, (int)inside, tag);
    ERR_clear_error();
    r = is_open ? seal_unframe(plain, framed.data, framed.length) : SEAL_E_TAMPERED;
    if (r)
        plain->length = before;
    return r > 0 ? SEAL_E_TAMPERED : r;
}
