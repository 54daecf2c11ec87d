#include "firmware/catalogue/doc.h"

#include <stdio.h>
#include <string.h>

static const struct node *find_between(const struct node *m, const struct node *end,
                                       const char *key)
{
    for (; m != end; m = m->next)
        if (doc_is_key(m->key, key))
            return m;
    return NULL;
}

/* Members are asked for in about the order in which they stand: so the search goes on where the last one
 * ended, and only then from the beginning. */
const struct node *doc_get(const struct node *object, const char *key)
{
    if (!doc_is_object(object) || !object->first)
        return NULL;
    const struct node *from = *object->turn, *found = find_between(from, NULL, key);
    if (!found)
        found = find_between(object->first, from, key);
    if (found)
        *object->turn = found->next ? found->next : object->first;
    return found;
}

static void complain_at(struct json_reader *r, const char *key, const char *words)
{
    json_enter(r, key);
    json_complain(r, "%s", words);
    json_leave(r);
}

static const char *checked_text(struct json_reader *r, const struct node *value, const char *key,
                                size_t max_length)
{
    if (doc_is_text(value) && value->count && value->count <= max_length)
        return value->text;
    char words[80];
    snprintf(words, sizeof(words), "must be a text of 1 to %zu bytes", max_length);
    complain_at(r, key, !value ? "is missing" : doc_is_text(value) ? words : "must be a text");
    return "";
}

const char *doc_need_text(struct json_reader *r, const struct node *object, const char *key,
                          size_t max_length)
{
    return checked_text(r, doc_get(object, key), key, max_length);
}

const char *doc_want_text(struct json_reader *r, const struct node *object, const char *key,
                          size_t max_length, const char *otherwise)
{
    const struct node *value = doc_get(object, key);
    return value ? checked_text(r, value, key, max_length) : otherwise;
}

static int64_t checked_integer(struct json_reader *r, const struct node *value, const char *key,
                               int64_t least, int64_t most)
{
    if (value && value->type == NODE_INTEGER && value->integer >= least && value->integer <= most)
        return value->integer;
    char words[100];
    snprintf(words, sizeof(words), "must be a whole number from %lld to %lld", (long long)least,
             (long long)most);
    complain_at(r, key, value ? words : "is missing");
    return least;
}

int64_t doc_need_integer(struct json_reader *r, const struct node *object, const char *key,
                         int64_t least, int64_t most)
{
    return checked_integer(r, doc_get(object, key), key, least, most);
}

int64_t doc_want_integer(struct json_reader *r, const struct node *object, const char *key,
                         int64_t least, int64_t most, int64_t otherwise)
{
    const struct node *value = doc_get(object, key);
    return value ? checked_integer(r, value, key, least, most) : otherwise;
}

bool doc_want_bool(struct json_reader *r, const struct node *object, const char *key,
                   bool otherwise)
{
    const struct node *value = doc_get(object, key);
    if (!value || value->type == NODE_TRUE || value->type == NODE_FALSE)
        return value ? value->type == NODE_TRUE : otherwise;
    complain_at(r, key, "must be true or false");
    return otherwise;
}

static const struct node *checked_list(struct json_reader *r, const struct node *value,
                                       const char *key, size_t least, size_t most)
{
    if (value && value->type == NODE_LIST && value->count >= least && value->count <= most)
        return value;
    char words[80];
    snprintf(words, sizeof(words), "must be a list of %zu to %zu elements", least, most);
    complain_at(r, key, value ? words : "is missing");
    return NULL;
}

const struct node *doc_need_list(struct json_reader *r, const struct node *object, const char *key,
                                 size_t least, size_t most)
{
    return checked_list(r, doc_get(object, key), key, least, most);
}

const struct node *doc_want_list(struct json_reader *r, const struct node *object, const char *key,
                                 size_t most)
{
    const struct node *value = doc_get(object, key);
    return value ? checked_list(r, value, key, 0, most) : NULL;
}

const struct node *doc_need_object(struct json_reader *r, const struct node *object,
                                   const char *key)
{
    const struct node *value = doc_get(object, key);
    if (!doc_is_object(value))
        complain_at(r, key, value ? "must be an object" : "is missing");
    return doc_is_object(value) ? value : NULL;
}

void doc_no_others(struct json_reader *r, const struct node *object, const char *const *keys)
{
    for (const struct node *m = doc_first(object); m; m = m->next) {
        size_t i = 0;
        while (keys[i] && strcmp(keys[i], m->key) != 0)
            i++;
        /* A foreign key is shown only if it is plain: it may be anything. */
        if (!keys[i]) {
            bool is_plain =
                strlen(m->key) <= 40 &&
                strspn(m->key, "abcdefghijklmnopqrstuvwxyz_-0123456789") == strlen(m->key);
            json_complain(r, "has a member %s that is not known here",
                          is_plain ? m->key : "with an odd name");
        }
    }
}
