/* Where the loader stands, and what is wrong there. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/load.h"

void complain_about(struct loader *l, const char *key, const char *format, ...)
{
    char sentence[JSON_COMPLAINT];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof(sentence), format, args);
    va_end(args);
    if (key)
        load_enter(l, key);
    json_complain(&l->reader, "%s", sentence);
    if (key)
        json_leave(&l->reader);
}

bool load_settle(struct loader *l)
{
    bool is_clean = json_is_clean(&l->reader) && l->findings == l->settled;
    if (l->sink && !json_is_clean(&l->reader)) {
        l->findings++;
        l->sink->take(l->sink->context, l->reader.complaint);
        l->reader.complaint[0] = 0;
    }
    l->settled = l->findings;
    return !is_clean;
}

/* The same for a part of a place: the place itself stays at fault. */
void load_collect(struct loader *l)
{
    size_t settled = l->settled;
    load_settle(l);
    l->settled = settled;
}

/* As json_enter() and its kin, which every element of a catalogue passes: without a formatter. */
void load_enter(struct loader *l, const char *key)
{
    char *path = l->reader.path;
    size_t at = strlen(path), length = strlen(key), room = sizeof(l->reader.path) - at;
    if (length + 2 > room) {
        json_enter(&l->reader, key);
        return;
    }
    if (at)
        path[at++] = '.';
    memcpy(path + at, key, length + 1);
}

void load_enter_index(struct loader *l, size_t index)
{
    char digits[24], *path = l->reader.path;
    size_t at = strlen(path), count = 0;
    if (at + sizeof(digits) > sizeof(l->reader.path)) {
        json_enter_index(&l->reader, index);
        return;
    }
    do
        digits[count++] = (char)('0' + index % 10);
    while (index /= 10);
    path[at++] = '[';
    while (count)
        path[at++] = digits[--count];
    path[at++] = ']';
    path[at] = 0;
}

void load_no_others(struct loader *l, const struct node *object, const char *const *keys)
{
    size_t at = 0;
    for (const struct node *m = doc_first(object); m; m = m->next) {
        for (; keys[at] && !doc_is_key(keys[at], m->key); at++)
            ;
        if (!keys[at])
            for (at = 0; keys[at] && !doc_is_key(keys[at], m->key); at++)
                ;
        if (!keys[at]) {
            doc_no_others(&l->reader, object, keys);
            return;
        }
        at++;
    }
}

const struct node *load_object(struct loader *l, const struct node *value)
{
    if (doc_is_object(value))
        return value;
    json_complain(&l->reader, "must be an object");
    return NULL;
}
