/* Certificates that are pinned in the image, and documents that must be signed under them. */
#include <openssl/err.h>
#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/log.h"
#include "firmware/seal/inside.h"

static int load_store(X509_STORE **out, const char *folder, const char *name)
{
    char path[512];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    AUTO(X509_STORE_free) X509_STORE *store = X509_STORE_new();
    if (!store)
        return seal_fault("certificate store");
    if (!X509_STORE_load_file(store, path)) {
        log_line(LOG_ERROR, "seal", "%s holds no certificates that can be read", path);
        ERR_clear_error();
        return -ENOENT;
    }
    /* What a certificate may be used for is said by which CA it chains to. */
    X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
    *out = TAKE(store);
    return 0;
}

int trust_load(struct trust **out, const char *folder)
{
    AUTO(trust_free) struct trust *t = calloc(1, sizeof(*t));
    if (!t)
        return fault_raise(-ENOMEM);
    int r = load_store(&t->sealing, folder, "sealing-ca.pem");
    if (!r)
        r = load_store(&t->documents, folder, "document-ca.pem");
    if (!r)
        *out = TAKE(t);
    return r;
}

void trust_free(struct trust *t)
{
    if (!t)
        return;
    X509_STORE_free(t->sealing);
    X509_STORE_free(t->documents);
    free(t);
}

static void set_time(X509_VERIFY_PARAM *param, int64_t now_wall_ms)
{
    if (now_wall_ms)
        X509_VERIFY_PARAM_set_time(param, (time_t)(now_wall_ms / 1000));
    else
        X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
}

bool seal_chains(X509_STORE *store, X509 *certificate, int64_t now_wall_ms)
{
    AUTO(X509_STORE_CTX_free) X509_STORE_CTX *ctx = X509_STORE_CTX_new();
    if (!ctx || !X509_STORE_CTX_init(ctx, store, certificate, NULL))
        return false;
    set_time(X509_STORE_CTX_get0_param(ctx), now_wall_ms);
    bool holds = X509_verify_cert(ctx) == 1;
    ERR_clear_error();
    return holds;
}

/* CMS_verify() takes its time from the store only, so each verification has a store of its own with
 * the same roots. */
static X509_STORE *store_at(X509_STORE *roots, int64_t now_wall_ms)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *all = store ? X509_STORE_get1_all_certs(roots) : NULL;
    for (int i = 0; i < sk_X509_num(all); i++)
        X509_STORE_add_cert(store, sk_X509_value(all, i));
    sk_X509_pop_free(all, X509_free);
    if (store) {
        X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
        set_time(X509_STORE_get0_param(store), now_wall_ms);
    }
    return store;
}

int document_verify(const struct trust *t, const void *document, size_t length,
                    const uint8_t *signature, size_t signature_length, int64_t now_wall_ms)
{
    const uint8_t *at = signature;
    if (length > INT32_MAX || !signature_length || signature_length > 65536)
        return SEAL_E_SIGNATURE;
    AUTO(CMS_ContentInfo_free)
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)signature_length);
    AUTO(BIO_vfree) BIO *content = BIO_new_mem_buf(document, (int)length);
    AUTO(X509_STORE_free) X509_STORE *store = store_at(t->documents, now_wall_ms);
    if (!content || !store)
        return seal_fault("document");
    bool is_whole = cms && at == signature + signature_length && CMS_is_detached(cms) == 1;
    int good = is_whole ? CMS_verify(cms, NULL, store, content, NULL, CMS_BINARY) : 0;
    ERR_clear_error();
    return good == 1 ? 0 : SEAL_E_SIGNATURE;
}
