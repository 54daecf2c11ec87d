#include "tests/support/fake_county.h"

#include <stdio.h>
#include <stdlib.h>
#include <zstd.h>

#include "firmware/base/json.h"
#include "firmware/seal/seal.h"
#include "tests/support/check.h"

static int wire_send(struct wire *wire, const struct request *request)
{
    struct county *c = (struct county *)wire;
    if (c->is_flying[request->lane])
        return -EBUSY;
    c->flying[request->lane] = *request;
    c->is_flying[request->lane] = true;
    return 0;
}

static bool wire_is_uploaded(struct wire *wire, enum lane lane)
{
    (void)wire;
    (void)lane;
    return true;
}

static void wire_cancel(struct wire *wire, enum lane lane)
{
    ((struct county *)wire)->is_flying[lane] = false;
}

void county_begin(struct county *c, const struct clock *clock)
{
    memset(c, 0, sizeof(*c));
    c->wire = (struct wire){ wire_send, wire_is_uploaded, wire_cancel };
    c->clock = clock;
    c->epoch = "0191f000-0000-7000-8000-00000000000e";
    c->mischief.retry_after_s = -1;
}

const struct county_item *county_find(const struct county *c, const char *id)
{
    for (size_t i = 0; i < c->count; i++)
        if (!strcmp(c->items[i].id, id))
            return &c->items[i];
    return NULL;
}

static void put_body(struct answer *a, json_t *o)
{
    char *text = json_canonical(o);
    CHECK_EQ(bytes_append_text(&a->body, text), 0);
    json_text_free(text);
    json_decref(o);
}

/* ---- batches ------------------------------------------------------------------------------- */

static json_t *read_batch(const struct request *q)
{
    static char plain[4 * 1024 * 1024];
    char complaint[JSON_COMPLAINT];
    size_t length = ZSTD_decompress(plain, sizeof(plain), q->body->data, q->body->length);
    CHECK(!ZSTD_isError(length) && length <= 512 * 1024);
    json_t *o = json_parse(plain, length, complaint);
    if (!o)
        fail_msg("the batch is no JSON: %s", complaint);
    return o;
}

static bool has_blob(const struct county *c, const char *sha256)
{
    for (size_t i = 0; i < c->blob_count; i++)
        if (!strcmp(c->blobs[i].sha256, sha256))
            return c->blobs[i].have == c->blobs[i].size;
    return false;
}

static void check_sealed(const json_t *item)
{
    struct bytes body AUTO_BYTES = { 0 };
    uint8_t sum[SHA256_BYTES];
    char hex[2 * SHA256_BYTES + 1];
    const char *text = json_string_value(json_object_get(item, "sealed"));
    CHECK_EQ(base64_decode(&body, text, strlen(text)), 0);
    sha256(sum, body.data, body.length);
    hex_encode(hex, sum, sizeof(sum));
    CHECK_STR(hex, json_string_value(json_object_get(item, "sha256")));
}

static const char *judge(struct county *c, const json_t *item)
{
    const struct mischief *m = &c->mischief;
    const char *id = json_string_value(json_object_get(item, "id"));
    if (m->verdict && (!m->verdict_id || !strcmp(m->verdict_id, id)))
        return m->verdict;
    if (county_find(c, id))
        return "duplicate";
    if (json_object_get(item, "sealed"))
        check_sealed(item);
    else if (!has_blob(c, json_string_value(json_object_get(item, "sha256"))))
        return "missing_blobs";
    CHECK(c->count < COUNTY_ITEMS);
    snprintf(c->items[c->count].id, UUID_TEXT, "%s", id);
    c->items[c->count++].effects = 1;
    return "accepted";
}

static bool has_poison(const struct county *c, const json_t *items)
{
    for (size_t i = 0; c->mischief.poison_id && i < json_array_size(items); i++)
        if (!strcmp(json_string_value(json_object_get(json_array_get(items, i), "id")),
                    c->mischief.poison_id))
            return true;
    return false;
}

static int status_for(const struct county *c, const json_t *items)
{
    const struct mischief *m = &c->mischief;
    size_t count = json_array_size(items);
    if (m->status)
        return m->status;
    if (has_poison(c, items))
        return m->poison_status;
    if (m->too_large && count > m->too_large)
        return 413;
    return m->refuses_inline && count == 1 && json_object_get(json_array_get(items, 0), "sealed")
               ? 413
               : 200;
}

static void answer_batch(struct county *c, const struct request *q, struct answer *a)
{
    AUTO(json_release) json_t *o = read_batch(q);
    const json_t *items = json_object_get(o, "items");
    json_t *results = json_array();
    size_t count = json_array_size(items);
    c->batches++;
    if (count > c->largest)
        c->largest = count;
    a->status = status_for(c, items);
    for (size_t i = 0; a->status == 200 && i < count; i++) {
        const json_t *item = json_array_get(items, i);
        const char *word = judge(c, item);
        if (!i && c->mischief.skips_first)
            continue;
        json_array_append_new(
            results, json_pack("{sO, ss}", "id", json_object_get(item, "id"), "outcome", word));
    }
    put_body(a, json_pack("{so}", "results", results));
}

/* ---- blobs --------------------------------------------------------------------------------- */

static size_t blob_of(struct county *c, const char *sha256, size_t size)
{
    for (size_t i = 0; i < c->blob_count; i++)
        if (!strcmp(c->blobs[i].sha256, sha256))
            return i;
    CHECK(c->blob_count < COUNTY_BLOBS);
    snprintf(c->blobs[c->blob_count].sha256, 65, "%s", sha256);
    c->blobs[c->blob_count].size = size;
    return c->blob_count++;
}

static void answer_blob(struct county *c, const struct request *q, struct answer *a)
{
    char sha256[65] = "";
    unsigned n = 0;
    size_t size = 0;
    /* NOLINTNEXTLINE(cert-err34-c): the path was written by the code under test a moment ago */
    int fields = sscanf(q->path, "/v1/blobs/%64[0-9a-f]/parts/%u?size=%zu", sha256, &n, &size);
    bool is_part = fields == 3;
    bool is_known = false;
    for (size_t i = 0; i < c->blob_count; i++)
        is_known |= !strcmp(c->blobs[i].sha256, sha256);
    if (!is_part && !is_known) {
        a->status = 404;
        return;
    }
    size_t b = blob_of(c, sha256, size);
    CHECK(n < 256);
    if (is_part && !c->blobs[b].has[n]) {
        c->blobs[b].has[n] = true;
        c->blobs[b].have += q->body->length;
        c->parts++;
    }
    json_t *parts = json_array();
    for (int i = 0; i < 256; i++)
        if (c->blobs[b].has[i])
            json_array_append_new(parts, json_integer(i));
    put_body(a, json_pack("{ss, sb, so}", "sha256", sha256, "complete",
                          c->blobs[b].have == c->blobs[b].size, "parts", parts));
}

/* ---- answering ------------------------------------------------------------------------------- */

static void answer(struct county *c, const struct request *q, struct answer *a)
{
    const struct mischief *m = &c->mischief;
    a->transport = m->is_dark ? TRANSPORT_DOWN : TRANSPORT_OK;
    a->has_epoch = !m->is_dark && !m->is_portal;
    a->status = m->is_dark ? 0 : 200;
    if (m->is_dark || m->is_portal)
        return;
    snprintf(a->epoch, sizeof(a->epoch), "%s", c->epoch);
    a->date_ms = c->clock->wall_ms(c->clock) / 1000 * 1000;
    if (q->lane == LANE_UPLOAD && m->status && strncmp(q->path, "/v1/submission-batches", 22) != 0)
        a->status = m->status;
    else if (!strncmp(q->path, "/v1/submission-batches", 22))
        answer_batch(c, q, a);
    else if (!strncmp(q->path, "/v1/blobs/", 10))
        answer_blob(c, q, a);
    a->retry_after_ms = a->status != 200 && m->retry_after_s >= 0 ? m->retry_after_s * 1000 : -1;
    if (m->drops_answers) {
        answer_clear(a);
        a->transport = TRANSPORT_DOWN;
    }
}

bool county_work(struct county *c)
{
    bool has_worked = false;
    for (int lane = 0; lane < LANE_END; lane++) {
        if (!c->is_flying[lane])
            continue;
        struct request q = c->flying[lane];
        struct answer a;
        answer_begin(&a);
        a.sent_ms = a.came_ms = c->clock->boot_ms(c->clock);
        c->requests++;
        answer(c, &q, &a);
        c->is_flying[lane] = false;
        q.done(q.context, &a);
        answer_clear(&a);
        has_worked = true;
    }
    return has_worked;
}
