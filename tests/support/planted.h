/* An editor's mistakes, planted one by one in the good catalogue of the tests. */
#pragma once

#include <jansson.h>
#include <stddef.h>

/* The member at `path` becomes `value` (JSON; NULL: it is taken out), and the loader says `sentence`. */
struct planted {
    const char *path, *value, *sentence;
};

/* Change one member; an index just behind a list's end appends. Fails the test when there is no such place. */
void planted_put(json_t *document, const char *path, const char *value);
/* The good document with `base` in it loads; with each of the mistakes besides it is refused, in just these words. */
void planted_check(const struct planted *mistakes, size_t count, const struct planted *base,
                   size_t base_count);
