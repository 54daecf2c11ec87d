#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zstd.h>

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

void reply_clear(struct reply *r)
{
    bytes_clear(&r->body);
    free(r->headers);
    *r = (struct reply){ 0 };
}

void reply_header(struct reply *r, const char *name, const char *value)
{
    if (!r->headers)
        r->headers = calloc(4, sizeof(*r->headers));
    if (!r->headers || r->header_count == 4)
        return;
    r->headers[r->header_count].name = name;
    snprintf(r->headers[r->header_count++].value, sizeof(r->headers[0].value), "%s", value);
}

void reply_json(struct reply *r, int status, json_t *value)
{
    char *text = value ? json_canonical(value) : NULL;
    r->status = text ? status : 500;
    r->type = "application/json";
    r->body.length = 0;
    if (text && bytes_append_text(&r->body, text))
        r->status = 500;
    json_text_free(text);
    json_decref(value);
}

void reply_problem(struct reply *r, int status, const char *word, const char *title)
{
    char type[120];
    snprintf(type, sizeof(type), "https://onetrip.example/problems/%s", word);
    reply_json(r, status, json_pack("{ss, ss, si}", "type", type, "title", title, "status", status));
    r->type = "application/problem+json";
}

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

void now_utc(char out[21])
{
    clock_format_utc(out, system_clock.wall_ms(&system_clock));
}

static int decompress(struct bytes *out, const struct bytes *in)
{
    unsigned long long size = ZSTD_getFrameContentSize(in->data, in->length);
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > BODY_MAX)
        return -EBADMSG;
    int r = bytes_reserve(out, (size_t)size + 1);
    if (r)
        return r;
    size_t got = ZSTD_decompress(out->data, (size_t)size, in->data, in->length);
    if (ZSTD_isError(got) || got != size)
        return -EBADMSG;
    out->length = got;
    return 0;
}

json_t *request_json(const struct request_in *q, struct reply *r)
{
    char complaint[JSON_COMPLAINT];
    struct bytes plain AUTO_BYTES = { 0 };
    const struct bytes *text = &q->body;
    const char *coding = request_header_in(q, "Content-Encoding");
    if (!strcmp(coding, "zstd")) {
        if (decompress(&plain, &q->body)) {
            reply_problem(r, 400, "bad-content", "the content is no zstd of a known size");
            return NULL;
        }
        text = &plain;
    } else if (*coding) {
        reply_problem(r, 415, "content-coding", "content coding must be zstd or none");
        return NULL;
    }
    json_t *o = json_parse(text->data, text->length, complaint);
    if (!json_is_object(o)) {
        json_decref(o);
        reply_problem(r, 400, "bad-json", o ? "the document must be an object" : complaint);
        return NULL;
    }
    return o;
}
