/* What this kiosk has counted of its own work this month (docs/figures.md), as kiosk-syncd tells it. Sums without a person
 * in them, shown to anybody who asks. Pure; any thread. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

enum { FIGURES_LEAST = 5 /* shares of fewer matters than that are not told */ };

struct point_figures {
    bool is_known;
    char month[7];        /* YYYYMM; "000000" while no clock was set */
    int done;             /* applications that were stored */
    int helped, by_agent; /* of them: staff or a helper helped; a village agent acted */
    int again;            /* of them: the person had been here for the same before */
    int zero;             /* of them: nothing was left to bring or to fetch */
    int papers, forms;    /* not asked for; not filled in */
    int days;             /* of waiting that promises spare against the law */
    int left;             /* forms that were begun and left */
    int faults;
};

/* From the reply to `figures`; false when it is none, and nothing is known. */
bool figures_read(struct point_figures *out, const json_t *reply);
/* `part` of `done` in a hundred; -1 when there are too few to tell, or it makes no sense. Where one to four are missing
 * from all, the share would tell how many: it is told as if five were, and *is_at_least says so. */
int figures_share(const struct point_figures *f, int part, bool *is_at_least);
/* A count of people as it may be told: -1 for 1 to 4. */
int figures_people(int count);
