/* JSON by jansson, read strictly: bad UTF-8, duplicate keys, trailing bytes, nesting over the limit
 * and numbers beyond 64 bits are refused. A reader collects the first complaint as one sentence
 * with the place ("services[2].pages[0].fields[1].kind: must be one of text, han, ..."). */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

static inline void json_release(json_t *json)
{
    json_decref(json);
}
AUTO_DEFINE(json_t, json_release)

enum { JSON_COMPLAINT = 320 };

/* Parse a whole document. NULL: `complaint` says line, column and what. */
json_t *json_parse(const void *text, size_t length, char complaint[JSON_COMPLAINT]);
/* Read a file of at most `max_bytes` and parse it. NULL: `complaint` says so. */
json_t *json_parse_file(const char *path, size_t max_bytes, char complaint[JSON_COMPLAINT]);
/* Compact text, keys sorted: equal documents give equal bytes. NULL on no memory; json_text_free()
 * it. */
char *json_canonical(const json_t *json);
/* A member's text as it stands, borrowed; "" where there is none or it is no text. For what was made by
 * us or was checked before: strangers' documents go through a json_reader. */
const char *json_text_at(const json_t *object, const char *key);
/* Back to jansson's allocator, which may be one that wipes (locked_json()): free() would not fit.
 * NULL is fine. */
void json_text_free(char *text);

/* ---- checked reading ----------------------------------------------------------------- */
struct json_reader {
    char complaint[JSON_COMPLAINT]; /* first one; empty while all is well */
    char path[200];
};
/* Enter and leave a member or an element; the path grows and shrinks. */
void json_enter(struct json_reader *r, const char *key);
void json_enter_index(struct json_reader *r, size_t index);
void json_leave(struct json_reader *r);
/* Note a complaint at the current path (only the first is kept). */
void json_complain(struct json_reader *r, const char *format, ...) PRINTF_LIKE(2, 3);
bool json_is_clean(const struct json_reader *r);
/* Members of `object`; complain and return a harmless value if missing or of the wrong type.
 * Strings are borrowed from the document and must be 1 to max_length bytes. */
const char *json_need_string(struct json_reader *r, const json_t *object, const char *key,
                             size_t max_length);
/* The same, copied, for a line that is shown to people: nothing in it may turn it around or break it, so control characters
 * and broken UTF-8 are complained about. */
void json_need_line(struct json_reader *r, char *out, size_t capacity, const json_t *object,
                    const char *key);
const char *json_want_string(struct json_reader *r, const json_t *object, const char *key,
                             size_t max_length, const char *otherwise);
int64_t json_need_integer(struct json_reader *r, const json_t *object, const char *key,
                          int64_t least, int64_t most);
int64_t json_want_integer(struct json_reader *r, const json_t *object, const char *key,
                          int64_t least, int64_t most, int64_t otherwise);
bool json_want_bool(struct json_reader *r, const json_t *object, const char *key, bool otherwise);
const json_t *json_need_array(struct json_reader *r, const json_t *object, const char *key,
                              size_t least, size_t most);
const json_t *json_want_array(struct json_reader *r, const json_t *object, const char *key,
                              size_t most);
const json_t *json_need_object(struct json_reader *r, const json_t *object, const char *key);
/* Complain about any member whose key is not in the NULL-terminated list. */
void json_no_others(struct json_reader *r, const json_t *object, const char *const *keys);
