/* How much paper is left, in metres instead of hopes: dots printed are counted, the sensors and the printer's own figure
 * correct the count. Pure; belongs to the thread of its printer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/printer/status.h"

enum {
    ROLL_NEAR_END_MM =
        1000, /* what is surely left when the sensor begins to speak: rather too little than too much */
    ROLL_FEED_MM = 20, /* from the head to the cutter, and the margin of a cut */
};

/* How well the length is known, worst first. */
enum roll_trust {
    ROLL_GUESSED,  /* a full roll of the usual length, less what was printed: refuses nothing */
    ROLL_TOLD,     /* staff loaded a roll and said its length */
    ROLL_MEASURED, /* the near-end sensor, or the printer's own figure */
};

struct paper_roll {
    enum roll_trust trust;
    int64_t left_um, used_um; /* used: since the roll was loaded */
    int64_t total_um;         /* since the count began */
    uint32_t full_mm;
    bool was_near_end, was_end;
};

/* A new roll. `trust` as above. What was counted in all goes on. */
void roll_load(struct paper_roll *r, uint32_t full_mm, enum roll_trust trust);
/* Rows that went past the head, at `dpi`. */
void roll_use(struct paper_roll *r, size_t rows, unsigned dpi);
/* The sensors: near-end makes the figure a measured one, paper that is there again after its end is a new roll. */
void roll_hear(struct paper_roll *r, const struct printer_status *s);
/* The printer knows by itself. */
void roll_measure(struct paper_roll *r, uint32_t left_mm);
/* Millimetres; never negative. */
int64_t roll_left_mm(const struct paper_roll *r);
/* May a page of so many rows begin? Only a figure that is better than a guess says no. */
bool roll_fits(const struct paper_roll *r, size_t rows, unsigned dpi);
