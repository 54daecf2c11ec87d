#include "sync/uplink/batch.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "firmware/base/json.h"

/* Level 1: the bodies are sealed, so the only thing to win is base64's third, and any level wins
 * it. */
enum { ZSTD_LEVEL = 1 };

int batch_new(struct batch **out)
{
    *out = calloc(1, sizeof(**out));
    return *out ? 0 : fault_raise(-ENOMEM);
}

static void clear_claims(struct batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        claim_clear(&b->claims[i]);
}

void batch_free(struct batch *b)
{
    if (!b)
        return;
    clear_claims(b);
    bytes_clear(&b->body);
    free(b);
}

bool batch_has(const struct batch *b, int64_t seq)
{
    for (size_t i = 0; b && i < b->count; i++)
        if (b->claims[i].item.seq == seq)
            return true;
    return false;
}

/* ---- the document -------------------------------------------------------------------- */
/* Written by hand: everything in it is hex, numbers and fixed words, except key_id, and 50 bodies in
 * a JSON tree would be three copies of each. Whatever a damaged row holds, it is JSON. */
static int put(struct bytes *out, const char *format, ...) PRINTF_LIKE(2, 3);
static int put(struct bytes *out, const char *format, ...)
{
    char text[512];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof(text), format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= sizeof(text))
        return fault_raise(-EMSGSIZE);
    return bytes_append(out, text, (size_t)n);
}

int clock_facts_write(struct bytes *out, const struct moment *when)
{
    static const char *const quality[] = { "unset", "rtc", "http-date", "ntp" };
    char boot_id[UUID_TEXT], wall[21];
    uuid_format(boot_id, when->boot_id);
    clock_format_utc(wall, when->wall_ms);
    return put(out,
               "{\"boot_id\":\"%s\",\"boot_ms\":%lld,\"wall\":\"%s\",\"clock_quality\":\"%s\"}",
               boot_id, (long long)when->boot_ms, wall, quality[when->quality & 3]);
}

static int put_uuid(struct bytes *out, const char *key, const uint8_t id[UUID_BYTES])
{
    char text[UUID_TEXT];
    uuid_format(text, id);
    return put(out, ",\"%s\":\"%s\"", key, text);
}

/* "" for bytes that are no UTF-8. */
static int put_text(struct bytes *out, const char *key, const char *text)
{
    AUTO(json_release) json_t *value = json_string(text);
    char *quoted = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;
    int r = put(out, ",\"%s\":%s", key, quoted ? quoted : "\"\"");
    json_text_free(quoted);
    return r;
}

static int put_sealed(struct bytes *out, const struct bytes *body)
{
    int r = bytes_append_text(out, ",\"sealed\":\"");
    if (!r)
        r = base64_encode(out, body->data, body->length);
    return r ? r : bytes_append_text(out, "\"");
}

static int put_item(struct bytes *out, const struct claim *c, const uint8_t install_id[UUID_BYTES])
{
    const struct item *i = &c->item;
    char id[UUID_TEXT], hash[2 * SHA256_BYTES + 1];
    uuid_format(id, i->id);
    hex_encode(hash, i->sha256, SHA256_BYTES);
    int r = put(
        out,
        "{\"id\":\"%s\",\"kind\":\"%s\",\"seq\":%lld,\"suite\":%d,\"size\":%lld,\"sha256\":\"%s\"",
        id, item_kind_word(i->kind), (long long)i->seq, i->suite, (long long)i->size, hash);
    if (!r)
        r = put_text(out, "key_id", i->key_id);
    if (!r)
        r = put_uuid(out, "install_id", install_id);
    if (!r && i->has_chain)
        r = put_uuid(out, "chain", i->chain);
    if (!r && i->has_after)
        r = put_uuid(out, "after", i->after);
    if (!r && c->body.length)
        r = put_sealed(out, &c->body);
    if (!r)
        r = bytes_append_text(out, ",\"clock\":");
    if (!r)
        r = clock_facts_write(out, &i->when);
    return r ? r : bytes_append_text(out, "}");
}

int batch_write(struct bytes *out, const struct batch *b, const uint8_t install_id[UUID_BYTES],
                const struct moment *now)
{
    size_t size = 1024;
    for (size_t i = 0; i < b->count; i++)
        size += 1024 + (b->claims[i].body.length + 2) / 3 * 4;
    int r = bytes_reserve(out, out->length + size);
    if (!r)
        r = bytes_append_text(out, "{\"items\":[");
    for (size_t i = 0; !r && i < b->count; i++) {
        r = i ? bytes_append_text(out, ",") : 0;
        if (!r)
            r = put_item(out, &b->claims[i], install_id);
    }
    if (!r)
        r = bytes_append_text(out, "],\"sent_clock\":");
    if (!r)
        r = clock_facts_write(out, now);
    return r ? r : bytes_append_text(out, "}");
}

int content_digest(char out[BATCH_DIGEST], const void *data, size_t length)
{
    uint8_t sum[SHA256_BYTES];
    struct bytes text AUTO_BYTES = { 0 };
    sha256(sum, data, length);
    int r = base64_encode(&text, sum, sizeof(sum));
    if (!r)
        snprintf(out, BATCH_DIGEST, "sha-256=:%.*s:", (int)text.length, (const char *)text.data);
    return r;
}

static int compress(struct bytes *out, const struct bytes *plain)
{
    size_t bound = ZSTD_compressBound(plain->length);
    int r = bytes_reserve(out, bound);
    if (r)
        return r;
    size_t n = ZSTD_compress(out->data, bound, plain->data, plain->length, ZSTD_LEVEL);
    if (ZSTD_isError(n))
        return fault_raise(-ENOMEM);
    out->length = n;
    return 0;
}

static int compare_ids(const void *a, const void *b)
{
    return memcmp(a, b, UUID_BYTES);
}

/* The same items give the same key, whichever order they were claimed in. */
static void make_key(struct batch *b, unsigned salt)
{
    uint8_t ids[BATCH_ITEMS_MAX + 1][UUID_BYTES] = { 0 }, sum[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    for (size_t i = 0; i < b->count; i++)
        memcpy(ids[i], b->claims[i].item.id, UUID_BYTES);
    qsort(ids, b->count, UUID_BYTES, compare_ids);
    put_be32(ids[b->count], salt);
    sha256(sum, ids, (b->count + (salt ? 1 : 0)) * UUID_BYTES);
    hex_encode(hex, sum, sizeof(sum));
    snprintf(b->key, sizeof(b->key), "\"%s\"", hex);
}

int batch_build(struct batch *b, const uint8_t install_id[UUID_BYTES], const struct moment *now,
                unsigned salt)
{
    struct bytes plain AUTO_BYTES = { 0 };
    int r = batch_write(&plain, b, install_id, now);
    b->body.length = 0;
    if (!r)
        r = compress(&b->body, &plain);
    if (!r)
        r = content_digest(b->digest, b->body.data, b->body.length);
    make_key(b, salt);
    for (size_t i = 0; i < b->count; i++)
        bytes_clear(&b->claims[i].body);
    return r;
}
