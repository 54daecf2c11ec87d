#include "firmware/seal/agent_mark.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/seal/inside.h"

AUTO_DEFINE(EVP_KDF, EVP_KDF_free)
AUTO_DEFINE(EVP_KDF_CTX, EVP_KDF_CTX_free)
AUTO_DEFINE(EVP_CIPHER_CTX, EVP_CIPHER_CTX_free)

enum { NONCE = 12, GCM_TAG = 16 };

/* Wipes `card`. */
static int mark_of(struct agent_mark *out, const uint8_t salt[AGENT_MARK_SALT], char *card)
{
    uint64_t n = AGENT_SCRYPT_N, memory = UINT64_C(32) * 1024 * 1024;
    uint32_t r = AGENT_SCRYPT_R, p = AGENT_SCRYPT_P;
    uint8_t all[AGENT_MARK_TAG + AGENT_MARK_LABEL + AGENT_MARK_KEY];
    size_t length = strlen(card);
    const OSSL_PARAM params[] = {
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_PASSWORD, card, length),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt,
                                          AGENT_MARK_SALT),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_N, &n),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_R, &r),
        OSSL_PARAM_construct_uint32(OSSL_KDF_PARAM_SCRYPT_P, &p),
        OSSL_PARAM_construct_uint64(OSSL_KDF_PARAM_SCRYPT_MAXMEM, &memory),
        OSSL_PARAM_construct_end(),
    };
    AUTO(EVP_KDF_free) EVP_KDF *kdf = EVP_KDF_fetch(NULL, "SCRYPT", NULL);
    AUTO(EVP_KDF_CTX_free) EVP_KDF_CTX *ctx = kdf ? EVP_KDF_CTX_new(kdf) : NULL;
    bool is_well = ctx && EVP_KDF_derive(ctx, all, sizeof(all), params) > 0;
    explicit_bzero(card, length);
    if (!is_well)
        return seal_fault("scrypt");
    memcpy(out->tag, all, AGENT_MARK_TAG);
    memcpy(out->label, all + AGENT_MARK_TAG, AGENT_MARK_LABEL);
    memcpy(out->key, all + AGENT_MARK_TAG + AGENT_MARK_LABEL, AGENT_MARK_KEY);
    explicit_bzero(all, sizeof(all));
    return 0;
}

int agent_mark(struct agent_mark *out, const uint8_t salt[AGENT_MARK_SALT], const char *number,
               const char *valid_from)
{
    char card[64];
    snprintf(card, sizeof(card), "%s|%s", number, valid_from);
    return mark_of(out, salt, card);
}

int card_mark(struct agent_mark *out, const char *number, const char *valid_from,
              const uint8_t chip[CARD_CHIP])
{
    static const uint8_t salt[AGENT_MARK_SALT] = "onetrip matters";
    char card[64 + 2 * CARD_CHIP], digest[2 * CARD_CHIP + 1];
    hex_encode(digest, chip, CARD_CHIP);
    snprintf(card, sizeof(card), "%s|%s|%s", number, valid_from, digest);
    explicit_bzero(digest, sizeof(digest));
    return mark_of(out, salt, card);
}

/* One pass of AES-256-GCM with the receipt as what it is bound to. Sealing fills `tag`, opening checks it. */
static bool cipher(bool is_sealing, const struct agent_mark *mark, const char *receipt,
                   const uint8_t nonce[NONCE], uint8_t *out, const uint8_t *in, int length,
                   uint8_t tag[GCM_TAG])
{
    AUTO(EVP_CIPHER_CTX_free) EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n, direction = is_sealing;
    bool is_well =
        ctx && EVP_CipherInit_ex(ctx, EVP_aes_256_gcm(), NULL, mark->key, nonce, direction) > 0 &&
        EVP_CipherUpdate(ctx, NULL, &n, (const uint8_t *)receipt, (int)strlen(receipt)) > 0 &&
        EVP_CipherUpdate(ctx, out, &n, in, length) > 0;
    if (is_well && !is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_SET_TAG, GCM_TAG, tag) > 0;
    if (is_well)
        is_well = EVP_CipherFinal_ex(ctx, out + n, &n) > 0;
    if (is_well && is_sealing)
        is_well = EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_GCM_GET_TAG, GCM_TAG, tag) > 0;
    return is_well;
}

int agent_note_seal(struct bytes *out, const struct agent_mark *mark, const char *receipt,
                    const char *text)
{
    uint8_t sealed[AGENT_NOTE_SEALED];
    size_t length = strlen(text);
    if (length > AGENT_NOTE_MAX)
        return -EINVAL;
    random_bytes(sealed, NONCE);
    if (!cipher(true, mark, receipt, sealed, sealed + NONCE, (const uint8_t *)text, (int)length,
                sealed + NONCE + length))
        return seal_fault("an agent's note");
    return bytes_append(out, sealed, NONCE + length + GCM_TAG);
}

int agent_note_open(char text[AGENT_NOTE_MAX + 1], const struct agent_mark *mark,
                    const char *receipt, const uint8_t *sealed, size_t length)
{
    uint8_t tag[GCM_TAG];
    memset(text, 0, AGENT_NOTE_MAX + 1);
    if (length < NONCE + GCM_TAG || length > AGENT_NOTE_SEALED)
        return -EBADMSG;
    size_t inside = length - NONCE - GCM_TAG;
    memcpy(tag, sealed + NONCE + inside, GCM_TAG);
    if (cipher(false, mark, receipt, sealed, (uint8_t *)text, sealed + NONCE, (int)inside, tag))
        return 0;
    explicit_bzero(text, AGENT_NOTE_MAX + 1);
    ERR_clear_error();
    return -EBADMSG;
}
