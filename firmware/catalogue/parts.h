/* What a catalogue is made of; known inside this folder only. */
#pragma once

#include "firmware/catalogue/arena.h"
#include "firmware/catalogue/bundle.h"
#include "firmware/catalogue/catalogue.h"

/* ---- searching ----------------------------------------------------------------------- */

/* One character of a searchable text, folded (half width, lower case; anything but letters, digits
 * and Han is left out): the code point, the pinyin initial of a Han character (1 to 26) above it,
 * whether a word begins here and whether something was left out before it. So one comparison serves
 * characters, initials and a mixture of both. */
typedef uint32_t cell;
#define CELL_CHARACTER 0x001fffffu
#define CELL_INITIAL_SHIFT 21
#define CELL_INITIAL_MASK 31u
#define CELL_GAP 0x40000000u
#define CELL_WORD 0x80000000u

struct term {
    const cell *cells;
    size_t count;
    bool is_keyword;
};

struct terms {
    const struct term *terms;
    size_t count;
};

/* Fold `text` into at most `max` cells (NULL: only count them). `initials` has one letter for each
 * Han character, or is "" when they have none. Returns the number of cells. */
size_t cells_fold(cell *out, size_t max, const char *text, const char *initials);

/* ---- the catalogue ------------------------------------------------------------------- */
struct catalogue {
    struct arena arena; /* everything below lies in it */
    int64_t version;
    struct point point;
    size_t theme_count, service_count, popular_count, material_count;
    struct theme *themes;
    struct service *services;
    struct terms *terms; /* one for each service */
    size_t fact_count;
    struct fact *facts;
    size_t county_count;
    struct county *counties; /* county.h */
    int review_days;         /* a guide is looked through again after so many days */
    const struct service **popular;
    struct unsettled unsettled;
    const struct service **by_code;    /* sorted */
    const struct material **materials; /* sorted by id, one for each id */
};

/* catalogue_load() with a limit on the memory of the result. */
NODISCARD int catalogue_load_within(struct catalogue **out, const void *json, size_t length,
                                    size_t limit_bytes, char complaint[CATALOGUE_COMPLAINT]);
/* The same; with a sink every complaint goes there, `out` stays NULL after any, and the result is 0 only
 * without one. The reason for -EINVAL without findings stands in `complaint` (no JSON, too long). */
struct load_sink;
NODISCARD int catalogue_load_with(struct catalogue **out, const void *json, size_t length,
                                  size_t limit_bytes, const struct load_sink *sink,
                                  char complaint[CATALOGUE_COMPLAINT]);
/* The same with the usual limit. */
NODISCARD int catalogue_load_all(const void *json, size_t length, const struct load_sink *sink,
                                 struct catalogue **out, char complaint[CATALOGUE_COMPLAINT]);
