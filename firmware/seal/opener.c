/* Opening, on the county's side: a process of its own without network. One outcome for every
 * failure. */
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/seal/inside.h"

struct seal_opener {
    EVP_PKEY *key;
    X509 *certificate;
};

static BIO *open_file(const char *path)
{
    BIO *bio = BIO_new_file(path, "r");
    if (!bio) {
        log_line(LOG_ERROR, "seal", "%s cannot be read", path);
        ERR_clear_error();
    }
    return bio;
}

int seal_opener_load(struct seal_opener **out, const char *key_file, const char *certificate_file)
{
    AUTO(seal_opener_free) struct seal_opener *o = calloc(1, sizeof(*o));
    if (!o)
        return fault_raise(-ENOMEM);
    AUTO(BIO_vfree) BIO *key = open_file(key_file);
    AUTO(BIO_vfree) BIO *certificate = open_file(certificate_file);
    o->key = key ? PEM_read_bio_PrivateKey(key, NULL, NULL, NULL) : NULL;
    o->certificate = certificate ? PEM_read_bio_X509(certificate, NULL, NULL, NULL) : NULL;
    bool fits = o->key && o->certificate && X509_check_private_key(o->certificate, o->key) == 1;
    ERR_clear_error();
    if (!fits)
        return fault_raise(-ENOENT);
    *out = TAKE(o);
    return 0;
}

void seal_opener_free(struct seal_opener *o)
{
    if (!o)
        return;
    EVP_PKEY_free(o->key);
    X509_free(o->certificate);
    free(o);
}

/* Memory BIOs grow by BUF_MEM_grow_clean(); what is left is wiped here. */
static void wipe_bio(BIO *bio)
{
    BUF_MEM *memory = NULL;
    if (bio && BIO_get_mem_ptr(bio, &memory) > 0 && memory && memory->data)
        OPENSSL_cleanse(memory->data, memory->max);
}

static int decrypt(BIO *out, const struct seal_opener *o, const uint8_t *sealed, size_t length)
{
    const uint8_t *at = sealed;
    AUTO(CMS_ContentInfo_free) CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)length);
    bool is_open = cms && at == sealed + length &&
                   CMS_decrypt_set1_pkey(cms, o->key, o->certificate) == 1 &&
                   CMS_decrypt(cms, NULL, NULL, NULL, out, CMS_BINARY) == 1;
    ERR_clear_error();
    return is_open ? 0 : SEAL_E_TAMPERED;
}

int seal_open(struct bytes *plain, const struct seal_opener *o, const void *sealed, size_t length)
{
    if (!seal_structure_is_ours(sealed, length))
        return SEAL_E_TAMPERED;
    AUTO(BIO_vfree) BIO *out = BIO_new(BIO_s_mem());
    if (!out)
        return seal_fault("opening");
    size_t before = plain->length;
    char *framed = NULL;
    int r = decrypt(out, o, sealed, length);
    long size = BIO_get_mem_data(out, &framed);
    if (!r)
        r = seal_unframe(plain, (const uint8_t *)framed, size > 0 ? (size_t)size : 0);
    wipe_bio(out);
    if (r > 0) {
        plain->length = before;
        return SEAL_E_TAMPERED;
    }
    return r;
}
