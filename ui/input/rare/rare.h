/* Characters that nobody can type: found by radical and further strokes, by all strokes, or by reading. Facts of
 * the Unihan database in a table (assets/input/rare.bin, see assets/input/FORMAT.md) that is mapped, not loaded.
 *
 * Immutable after opening; any thread. The order is always: characters of the standard table (level 1, 2,
 * 3), then the others by code point. Whether a character can be drawn only the fonts know: the caller's
 * `can_draw` is asked for each, and no other is ever given back. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct rare; /* body in rare.c */

enum { RARE_RADICALS = 214, RARE_STROKES_MAX = 84 };

/* Map a table and check it as foreign bytes: lengths, order, code points, sum. Some 2 ms.
 * 0, -ENOENT (no such file), -EBADMSG (not such a table; logged), or another fault. */
NODISCARD int rare_open(struct rare **out, const char *path);
/* The same with bytes of the caller, which stay his and outlive it. */
NODISCARD int rare_open_bytes(struct rare **out, const uint8_t *data, size_t length);
void rare_free(struct rare *r); /* NULL is fine */
AUTO_DEFINE(struct rare, rare_free)

/* A radical as it is seen in a character; one radical may have several forms (水 氵). */
struct rare_radical {
    const char *form, *name; /* UTF-8, of the table: "氵", "三点水" */
    uint8_t number;          /* 1 to 214 */
    uint8_t strokes;         /* of this form */
    bool is_simplified;      /* 讠 is 149 simplified */
};
size_t rare_radical_count(const struct rare *r);
struct rare_radical rare_radical(const struct rare *r, size_t n); /* by strokes, then number */

/* What a page of characters is made of. */
struct rare_page {
    bool (*can_draw)(void *context, uint32_t cp); /* NULL: all of them */
    void *context;
    size_t skip; /* so many that match are left out: the pages before */
};
enum { RARE_ANY = -1 };

/* Each fills in up to `room` code points and returns how many. */
/* Characters with that radical and `rest` further strokes (RARE_ANY: any, the fewest first). */
size_t rare_by_radical(const struct rare *r, uint8_t number, bool is_simplified, int rest,
                       const struct rare_page *page, uint32_t *out, size_t room);
/* Which numbers of further strokes a radical has: bit n of the answer, n up to 63. */
uint64_t rare_rests(const struct rare *r, uint8_t number, bool is_simplified);
/* Characters of so many strokes in all. */
size_t rare_by_strokes(const struct rare *r, unsigned strokes, const struct rare_page *page,
                       uint32_t *out, size_t room);
/* Characters that are read so, without tone ("lv" for lü). */
size_t rare_by_reading(const struct rare *r, const char *syllable, const struct rare_page *page,
                       uint32_t *out, size_t room);

/* 0 to 3: level of the Table of General Standard Chinese Characters (2013), 0 for others; -1 when the table
 * does not know it. Looks at every character: for tests and once per choice, not per frame. */
int rare_level(const struct rare *r, uint32_t cp);
/* Every character of a level, by radical. */
size_t rare_of_level(const struct rare *r, int level, const struct rare_page *page, uint32_t *out,
                     size_t room);
