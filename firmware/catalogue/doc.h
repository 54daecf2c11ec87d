/* The catalogue's JSON as a tree, read in place.
 *
 * jansson takes each object and each text from the heap with a hash table beside it; for megabytes of
 * catalogue that was most of the loading time. Here the text is copied once, texts are ended where
 * they stand, and nodes lie one behind the other. As strict as json_parse(): RFC 8259, UTF-8, no key
 * twice, no NUL, at most 32 levels, whole numbers of 64 bits. Pure; one thread; known inside this
 * folder only. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/catalogue/arena.h"

enum node_type {
    NODE_NULL,
    NODE_TRUE,
    NODE_FALSE,
    NODE_INTEGER,
    NODE_REAL,
    NODE_TEXT,
    NODE_LIST,
    NODE_OBJECT
};

struct node {
    enum node_type type;
    uint32_t count;  /* elements, members, or bytes of a text */
    const char *key; /* of a member, else NULL */
    const struct node *next;
    const struct node *
        *turn; /* of an object: where the next search begins, for members are asked in order */
    union {
        const char *text; /* ended by a NUL */
        int64_t integer;
        const struct node *first; /* of a list or an object */
    };
};

/* Parse `text`, whose `length` bytes are changed and which one more byte follows; texts of the tree
 * lie in it, nodes in `nodes`. NULL: no JSON by the rules above, or no memory (nodes->is_short). */
const struct node *doc_parse(char *text, size_t length, struct arena *nodes);

/* Most keys differ in their first letter. */
static inline bool doc_is_key(const char *a, const char *b)
{
    return *a == *b && !strcmp(a, b);
}

/* Member of an object, or NULL (also when `object` is none). */
const struct node *doc_get(const struct node *object, const char *key);
static inline bool doc_is_object(const struct node *n)
{
    return n && n->type == NODE_OBJECT;
}
static inline bool doc_is_text(const struct node *n)
{
    return n && n->type == NODE_TEXT;
}
/* NULL when it is no text. */
static inline const char *doc_text(const struct node *n)
{
    return doc_is_text(n) ? n->text : NULL;
}
/* Elements or members; 0 for anything else. */
static inline size_t doc_size(const struct node *n)
{
    return n && n->type >= NODE_LIST ? n->count : 0;
}
static inline const struct node *doc_first(const struct node *n)
{
    return doc_size(n) ? n->first : NULL;
}
#define DOC_EACH(list, i, value) \
    for ((i) = 0, (value) = doc_first(list); (value); (value) = (value)->next, (i)++)

/* As their namesakes in json.h: complain and go on with a harmless value. */
const char *doc_need_text(struct json_reader *r, const struct node *object, const char *key,
                          size_t max_length);
const char *doc_want_text(struct json_reader *r, const struct node *object, const char *key,
                          size_t max_length, const char *otherwise);
int64_t doc_need_integer(struct json_reader *r, const struct node *object, const char *key,
                         int64_t least, int64_t most);
int64_t doc_want_integer(struct json_reader *r, const struct node *object, const char *key,
                         int64_t least, int64_t most, int64_t otherwise);
bool doc_want_bool(struct json_reader *r, const struct node *object, const char *key,
                   bool otherwise);
const struct node *doc_need_list(struct json_reader *r, const struct node *object, const char *key,
                                 size_t least, size_t most);
const struct node *doc_want_list(struct json_reader *r, const struct node *object, const char *key,
                                 size_t most);
const struct node *doc_need_object(struct json_reader *r, const struct node *object,
                                   const char *key);
/* Complain about any member that is not in the NULL-terminated list. */
void doc_no_others(struct json_reader *r, const struct node *object, const char *const *keys);
