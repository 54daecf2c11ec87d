#include <openssl/ec.h>
#include <openssl/err.h>
#include <stdio.h>
#include <string.h>

#include "firmware/seal/keys.h"

/* Named by key identifier: a certificate renewed for the same key still opens the item. KDF with
 * SHA-256; the key wrap that OpenSSL pairs with AES-256-GCM is AES-256 (RFC 5753, RFC 3565). */
static bool add_recipient(CMS_ContentInfo *cms, X509 *certificate)
{
    CMS_RecipientInfo *ri = CMS_add1_recipient_cert(cms, certificate, CMS_USE_KEYID);
    EVP_PKEY_CTX *ctx = ri ? CMS_RecipientInfo_get0_pkey_ctx(ri) : NULL;
    return ctx && EVP_PKEY_CTX_set_ecdh_kdf_md(ctx, EVP_sha256()) > 0;
}

static int append_der(struct bytes *out, CMS_ContentInfo *cms)
{
    int size = i2d_CMS_ContentInfo(cms, NULL);
    if (size <= 0)
        return seal_fault("encoding");
    int r = bytes_reserve(out, out->length + (size_t)size);
    if (r)
        return r;
    uint8_t *at = out->data + out->length;
    if (i2d_CMS_ContentInfo(cms, &at) != size)
        return seal_fault("encoding");
    out->length += (size_t)size;
    return 0;
}

static int seal_framed(struct bytes *sealed, const struct bytes *framed, X509 *county, X509 *escrow)
{
    const unsigned flags = CMS_BINARY | CMS_PARTIAL;
    AUTO(BIO_vfree) BIO *in = BIO_new_mem_buf(framed->data, (int)framed->length);
    AUTO(CMS_ContentInfo_free)
    CMS_ContentInfo *cms = CMS_encrypt(NULL, NULL, EVP_aes_256_gcm(), flags);
    if (!in || !cms || !add_recipient(cms, county) || !add_recipient(cms, escrow) ||
        !CMS_final(cms, in, NULL, flags))
        return seal_fault("sealing");
    return append_der(sealed, cms);
}

int seal_item(struct bytes *sealed, char key_id[SEAL_KEY_ID], const struct seal_keys *k,
              const void *plain, size_t length, int64_t now_wall_ms)
{
    struct bytes framed AUTO_BYTES = { 0 };
    const struct seal_key *county = k ? seal_keys_pick(k, false, now_wall_ms) : NULL;
    const struct seal_key *escrow = k ? seal_keys_pick(k, true, now_wall_ms) : NULL;
    if (!county || !escrow)
        return SEAL_E_NO_KEY;
    int r = seal_frame(&framed, plain, length);
    if (!r)
        r = seal_framed(sealed, &framed, county->certificate, escrow->certificate);
    if (!r)
        snprintf(key_id, SEAL_KEY_ID, "%s", county->id);
    return r;
}
