/* Whose turn it is (SS-07, SS-17). Whoever goes first by law or custom (old, disabled and pregnant people, soldiers) counts as if
 * they had come FAIR_HEAD_START_MS earlier, what is urgent FAIR_URGENT_MS, and that is all: so they are never put off, and
 * nobody is overtaken by anyone who came later than that. Waiting itself decides; nobody waits for ever. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    FAIR_HEAD_START_MS = 10 * 60 * 1000,
    FAIR_URGENT_MS = 30 * 60 * 1000, /* the same for what staff have confirmed to be urgent */
    FAIR_THEME = 21
};

struct fair_ticket {
    int64_t arrived_ms, order; /* order: of arrival, where the clock does not tell */
    bool is_first;
    bool is_urgent; /* confirmed */
    bool is_lane;   /* somebody says that it is urgent: a counter may call these alone */
    char theme[FAIR_THEME];
};

/* Does `a` come before `b`? A strict order of all tickets whose `order` differs. */
bool fair_before(const struct fair_ticket *a, const struct fair_ticket *b);
/* The next of those whose theme the counter serves (`theme_count` 0: all); -1: nobody. */
int fair_next(const struct fair_ticket *tickets, size_t count, const char *const *themes,
              size_t theme_count);
/* The same from the lane of what is urgent; nobody in it: as fair_next(), for no counter stands idle while people wait. */
int fair_next_urgent(const struct fair_ticket *tickets, size_t count, const char *const *themes,
                     size_t theme_count);
/* How many of this theme would be called before somebody who comes now. */
int fair_ahead(const struct fair_ticket *tickets, size_t count, const char *theme, bool is_first,
               int64_t now_ms);
