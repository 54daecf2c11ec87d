#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

void reply_clear(struct reply *r)
{
    bytes_clear(&r->body);
    for (size_t i = 0; i < r->header_count; i++)
        free(r->headers[i].value);
    *r = (struct reply){ 0 };
}

void reply_header(struct reply *r, const char *name, const char *value)
{
    char *copy = r->header_count < REPLY_HEADERS ? strdup(value) : NULL;
    if (!copy)
        return;
    r->headers[r->header_count].name = name;
    r->headers[r->header_count++].value = copy;
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
    reply_json(r, status,
               json_pack("{ss, ss, si}", "type", type, "title", title, "status", status));
    r->type = "application/problem+json";
}

void now_utc(char out[21])
{
    clock_format_utc(out, system_clock.wall_ms(&system_clock));
}
