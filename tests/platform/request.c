/* What comes in: sizes, digests, content codings, JSON. */
#include <microhttpd.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

const char *request_header_in(const struct request_in *q, const char *name)
{
    const char *value = MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name);
    return value ? value : "";
}

const char *request_argument(const struct request_in *q, const char *name)
{
    const char *value = MHD_lookup_connection_value(q->connection, MHD_GET_ARGUMENT_KIND, name);
    return value ? value : "";
}

size_t request_limit(const char *path)
{
    if (!strcmp(path, "/v1/submission-batches"))
        return BATCH_MAX;
    return !strncmp(path, "/v1/blobs/", 10) ? PART_BYTES : SMALL_MAX;
}

bool request_is_whole(const struct request_in *q)
{
    uint8_t sum[SHA256_BYTES];
    char want[80];
    struct bytes text AUTO_BYTES = { 0 };
    sha256(sum, q->body.data, q->body.length);
    if (base64_encode(&text, sum, sizeof(sum)))
        return false;
    snprintf(want, sizeof(want), "sha-256=:%.*s:", (int)text.length, (const char *)text.data);
    return !strcmp(request_header_in(q, "Content-Digest"), want);
}

enum { WINDOW_LOG_MAX = 23 };
enum unpack_outcome { UNPACK_E_BAD = 1, UNPACK_E_LARGE };

/* Frames need not say how large they become: unpack until the limit and no further. */
static int unpack_stream(struct bytes *out, ZSTD_DStream *stream, const struct bytes *in,
                         size_t limit)
{
    ZSTD_inBuffer from = { in->data, in->length, 0 };
    size_t left = 1;
    int r = bytes_reserve(out, limit + 1);
    ZSTD_outBuffer to = { out->data, limit + 1, 0 };
    while (!r && left && to.pos <= limit) {
        size_t before = from.pos + to.pos;
        left = ZSTD_decompressStream(stream, &to, &from);
        if (ZSTD_isError(left) || (left && from.pos + to.pos == before))
            return UNPACK_E_BAD;
    }
    if (r)
        return r;
    if (to.pos > limit)
        return UNPACK_E_LARGE;
    out->length = to.pos;
    return from.pos == from.size ? 0 : UNPACK_E_BAD;
}

static int unpack(struct bytes *out, const struct bytes *in, size_t limit)
{
    ZSTD_DStream *stream = ZSTD_createDStream();
    /* What may be asked of our memory before a byte is judged. */
    bool is_ready = stream && !ZSTD_isError(ZSTD_DCtx_setParameter(stream, ZSTD_d_windowLogMax,
                                                                   WINDOW_LOG_MAX));
    int r = is_ready ? unpack_stream(out, stream, in, limit) : -ENOMEM;
    ZSTD_freeDStream(stream);
    return r;
}

/* The content without its coding; 0 or filled in `r`. */
static int plain_content(const struct request_in *q, struct bytes *out, struct reply *r)
{
    const char *coding = request_header_in(q, "Content-Encoding");
    if (!*coding)
        return bytes_append(out, q->body.data, q->body.length);
    if (strcmp(coding, "zstd") != 0) {
        reply_problem(r, 415, "content-coding", "content coding must be zstd or none");
        return -EBADMSG;
    }
    int bad = unpack(out, &q->body, request_limit(q->path));
    if (bad == UNPACK_E_LARGE)
        reply_problem(r, 413, "too-large", "unpacked, this is more than is taken here");
    else if (bad)
        reply_problem(r, 400, "bad-content", "the content is not zstd");
    return bad;
}

json_t *request_json(const struct request_in *q, struct reply *r)
{
    char complaint[JSON_COMPLAINT];
    struct bytes plain AUTO_BYTES = { 0 };
    int bad = plain_content(q, &plain, r);
    if (bad && !r->status)
        reply_problem(r, 503, "memory", "try later");
    if (bad)
        return NULL;
    json_t *o = json_parse(plain.data, plain.length, complaint);
    if (json_is_object(o))
        return o;
    reply_problem(r, 400, "bad-json", o ? "the document must be an object" : complaint);
    json_decref(o);
    return NULL;
}
