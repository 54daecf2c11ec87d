/* Memory of one catalogue: taken piece by piece, given back at once. Failure is remembered, so that
 * a loader asks once at the end instead of after every piece. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct arena_chunk;
struct arena {
    struct arena_chunk *newest;
    char *next; /* first free byte of the newest chunk */
    size_t left;
    size_t total_bytes,
        limit_bytes; /* a piece that would go over the limit is refused like one without memory */
    bool is_short;   /* a piece was refused */
};

/* Zeroed room for `count` objects of `bytes` each; NULL when count is 0 or the piece is refused. */
void *arena_take(struct arena *a, size_t count, size_t bytes);
/* A copy of `length` bytes with a NUL behind; "" when refused. */
const char *arena_text(struct arena *a, const char *text, size_t length);
void arena_free(struct arena *a);
