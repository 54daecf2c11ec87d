#include "firmware/catalogue/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct arena_chunk {
    struct arena_chunk *older;
    alignas(max_align_t) char bytes[];
};

enum { CHUNK_BYTES = 64 * 1024 };

static bool arena_grow(struct arena *a, size_t bytes)
{
    size_t room = bytes > CHUNK_BYTES ? bytes : CHUNK_BYTES;
    struct arena_chunk *chunk = calloc(1, sizeof(*chunk) + room);
    if (!chunk)
        return false;
    chunk->older = a->newest;
    a->newest = chunk;
    a->next = chunk->bytes;
    a->left = room;
    return true;
}

static char *arena_cut(struct arena *a, size_t bytes, size_t alignment)
{
    size_t padding = (size_t)(-(uintptr_t)a->next & (alignment - 1));
    if (bytes > a->limit_bytes - a->total_bytes)
        a->is_short = true;
    if (!a->is_short && (a->left < padding || a->left - padding < bytes)) {
        a->is_short = !arena_grow(a, bytes);
        padding = 0;
    }
    if (a->is_short)
        return NULL;
    char *piece = a->next + padding;
    a->next = piece + bytes;
    a->left -= padding + bytes;
    a->total_bytes += bytes;
    return piece;
}

void *arena_take(struct arena *a, size_t count, size_t bytes)
{
    if (count && bytes > SIZE_MAX / 2 / count)
        a->is_short = true;
    return count ? arena_cut(a, count * bytes, alignof(max_align_t)) : NULL;
}

const char *arena_text(struct arena *a, const char *text, size_t length)
{
    char *copy = arena_cut(a, length + 1, 1);
    if (!copy)
        return "";
    memcpy(copy, text, length);
    return copy; /* the NUL is there: chunks are zeroed */
}

void arena_free(struct arena *a)
{
    while (a->newest) {
        struct arena_chunk *older = a->newest->older;
        free(a->newest);
        a->newest = older;
    }
}
