/* What this kiosk counts of its own work (docs/figures.md): how much was done in which way, what it spared, what broke. Sums
 * of a month and nothing else: no moment, no number, nothing of anybody. Durable when the call returns; a rebuilt
 * database keeps what could be read of them. */
#pragma once

#include "sync/queue/store.h"

enum {
    FIGURE_WORD = 25, /* letters, digits and dashes, with the NUL */
    FIGURE_MONTH =
        7, /* YYYYMM of the service point's calendar (UTC+8); 000000 while no clock is set */
    FIGURE_MOST = 1000, /* added at once */
};

struct figure {
    char month[FIGURE_MONTH], what[FIGURE_WORD], about[FIGURE_WORD], detail[FIGURE_WORD];
    int64_t count;
};

enum figures_outcome { FIGURES_E_WORD = 10 /* a word that is none, or a count out of range */ };

/* The month it is now. */
void figures_month(char out[FIGURE_MONTH], const struct store *s);
/* Add `count` to this month's figure; `about` and `detail` may be "". 0, FIGURES_E_WORD, STORE_E_DOWN, STORE_E_FULL or a
 * fault. */
NODISCARD int figures_add(struct store *s, const char *what, const char *about, const char *detail,
                          int64_t count);
/* Up to `max` whose count the platform does not have yet, the whole count of their month each. */
NODISCARD int figures_unsent(struct store *s, struct figure *out, size_t max, size_t *count);
/* The platform has those counts; what was added meanwhile stays unsent. */
NODISCARD int figures_sent(struct store *s, const struct figure *list, size_t count);
/* The sums of a month by `what` and `detail`, over whatever they are about. */
NODISCARD int figures_sums(struct store *s, const char *month, struct figure *out, size_t max,
                           size_t *count);
