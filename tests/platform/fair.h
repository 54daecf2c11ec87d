/* Whose turn it is (SS-07). Whoever goes first by law or custom (old, disabled and pregnant people, soldiers) counts as if
 * they had come FAIR_HEAD_START_MS earlier, and that is all: so they are never put off, and nobody is overtaken by anyone
 * who came later than that. Waiting itself decides; nobody waits for ever. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAIR_HEAD_START_MS = 10 * 60 * 1000, FAIR_THEME = 21 };

struct fair_ticket {
    int64_t arrived_ms, order; /* order: of arrival, where the clock does not tell */
    bool is_first;
    char theme[FAIR_THEME];
};

/* Does `a` come before `b`? A strict order of all tickets whose `order` differs. */
bool fair_before(const struct fair_ticket *a, const struct fair_ticket *b);
/* The next of those whose theme the counter serves (`theme_count` 0: all); -1: nobody. */
int fair_next(const struct fair_ticket *tickets, size_t count, const char *const *themes,
              size_t theme_count);
/* How many of this theme would be called before somebody who comes now. */
int fair_ahead(const struct fair_ticket *tickets, size_t count, const char *theme, bool is_first,
               int64_t now_ms);
