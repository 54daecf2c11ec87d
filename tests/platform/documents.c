/* Keys, catalogue and configuration with detached CMS signatures, made once at the start. */
#include <openssl/cms.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "tests/platform/platform.h"

enum { ZSTD_LEVEL = 9 };

static int read_whole(struct bytes *out, const char *path)
{
    uint8_t piece[65536];
    size_t n;
    FILE *f = fopen(path, "re");
    if (!f) {
        log_line(LOG_ERROR, "county", "%s: %s", path, strerror(errno));
        return -errno;
    }
    int r = 0;
    while (!r && (n = fread(piece, 1, sizeof(piece), f)) > 0)
        r = bytes_append(out, piece, n);
    fclose(f);
    return r;
}

int documents_sign(struct bytes *out, const struct platform *p, const struct bytes *document)
{
    char key_path[4096], certificate_path[4096];
    uint8_t *der = NULL;
    snprintf(key_path, sizeof(key_path), "%s/signer.key", p->keys);
    snprintf(certificate_path, sizeof(certificate_path), "%s/signer.pem", p->keys);
    BIO *key_file = BIO_new_file(key_path, "r"),
        *certificate_file = BIO_new_file(certificate_path, "r");
    BIO *in = BIO_new_mem_buf(document->data, (int)document->length);
    EVP_PKEY *key = key_file ? PEM_read_bio_PrivateKey(key_file, NULL, NULL, NULL) : NULL;
    X509 *certificate =
        certificate_file ? PEM_read_bio_X509(certificate_file, NULL, NULL, NULL) : NULL;
    CMS_ContentInfo *cms = key && certificate && in
                               ? CMS_sign(certificate, key, NULL, in, CMS_BINARY | CMS_DETACHED)
                               : NULL;
    int size = cms ? i2d_CMS_ContentInfo(cms, &der) : 0;
    int r = size > 0 ? base64_encode(out, der, (size_t)size) : -EIO;
    OPENSSL_free(der);
    CMS_ContentInfo_free(cms);
    X509_free(certificate);
    EVP_PKEY_free(key);
    BIO_free(in);
    BIO_free(certificate_file);
    BIO_free(key_file);
    return r ? r : bytes_append_byte(out, 0);
}

static int pack(struct signed_document *d)
{
    size_t bound = ZSTD_compressBound(d->body.length);
    int r = bytes_reserve(&d->packed, bound);
    if (r)
        return r;
    size_t n = ZSTD_compress(d->packed.data, bound, d->body.data, d->body.length, ZSTD_LEVEL);
    d->packed.length = ZSTD_isError(n) ? 0 : n;
    return d->packed.length ? 0 : fault_raise(-ENOMEM);
}

static int finish(struct platform *p, struct signed_document *d)
{
    char complaint[JSON_COMPLAINT], hex[HASH_HEX + 1];
    uint8_t sum[SHA256_BYTES];
    struct bytes signature AUTO_BYTES = { 0 };
    AUTO(json_release) json_t *o = json_parse(d->body.data, d->body.length, complaint);
    d->version = json_integer_value(json_object_get(o, "version"));
    if (d->version < 1) {
        log_line(LOG_ERROR, "county", "a document has no version: %s",
                 o ? "member \"version\" is missing" : complaint);
        return -EBADMSG;
    }
    int r = documents_sign(&signature, p, &d->body);
    if (r) {
        log_line(LOG_ERROR, "county", "a document could not be signed with %s/signer.key", p->keys);
        return r;
    }
    sha256(sum, d->body.data, d->body.length);
    hex_encode(hex, sum, sizeof(sum));
    snprintf(d->etag, sizeof(d->etag), "\"%s\"", hex);
    d->signature = strdup((const char *)signature.data);
    return d->signature ? pack(d) : fault_raise(-ENOMEM);
}

static int read_all(struct platform *p)
{
    char keys[4096];
    static const char config[] =
        "{\"version\":1,\"heartbeat_seconds\":300,\"replay_window_days\":7,\"max_batch_items\":50,"
        "\"max_batch_bytes\":524288}";
    struct bytes *to = &p->documents[DOCUMENT_CONFIG].body;
    snprintf(keys, sizeof(keys), "%s/keys.json", p->keys);
    int r = read_whole(&p->documents[DOCUMENT_KEYS].body, keys);
    if (!r)
        r = read_whole(&p->documents[DOCUMENT_CATALOGUE].body, p->catalogue);
    if (!r)
        r = p->config ? read_whole(to, p->config) : bytes_append_text(to, config);
    return r;
}

int documents_begin(struct platform *p)
{
    char complaint[JSON_COMPLAINT];
    int r = read_all(p);
    for (int i = 0; !r && i < DOCUMENT_COUNT; i++)
        r = finish(p, &p->documents[i]);
    if (!r) {
        const struct bytes *body = &p->documents[DOCUMENT_CATALOGUE].body;
        p->catalogue_json = json_parse(body->data, body->length, complaint);
    }
    return r;
}

void documents_end(struct platform *p)
{
    for (int i = 0; i < DOCUMENT_COUNT; i++) {
        bytes_clear(&p->documents[i].body);
        bytes_clear(&p->documents[i].packed);
        free(p->documents[i].signature);
    }
    json_decref(p->catalogue_json);
}

/* "zstd" among the codings, and not with a weight of nothing. */
static bool takes_zstd(const struct request_in *q)
{
    const char *at = strstr(request_header_in(q, "Accept-Encoding"), "zstd");
    return at && !strchr("-_", at[4] ? at[4] : ' ') && strncmp(at + 4, ";q=0", 4) != 0;
}

void documents_get(struct platform *p, const struct request_in *q, struct reply *r, int which)
{
    const struct signed_document *d = &p->documents[which];
    reply_header(r, "ETag", d->etag);
    if (!strcmp(request_header_in(q, "If-None-Match"), d->etag)) {
        r->status = 304;
        return;
    }
    bool is_packed = takes_zstd(q);
    const struct bytes *content = is_packed ? &d->packed : &d->body;
    reply_header(r, "Document-Signature", d->signature);
    reply_header(r, "Vary", "Accept-Encoding");
    if (is_packed)
        reply_header(r, "Content-Encoding", "zstd");
    r->status = 200;
    r->type = "application/json";
    if (bytes_append(&r->body, content->data, content->length))
        r->status = 500;
}
