/* Three kiosks that are never online, three sticks, one county, and everything that may happen between them. */
#pragma once

#include "tests/support/carry_rig.h"
#include "tests/support/stick_county.h"

enum { KIOSKS = 3, STICKS = 3, ITEMS = 500 };

struct world {
    struct carry_kiosk kiosks[KIOSKS]; /* K0012, K0077, K0099 */
    char sticks[STICKS][512];          /* where they are mounted */
    struct stick_county *county;
    unsigned made, by_network; /* items */
    uint64_t chance;
    unsigned cut, broken_off, replayed;
};

/* Of a group of tests: keys and trust. */
int world_start(void **state);
int world_stop(void **state);
void world_build(struct world *w, uint64_t seed);
void world_tear_down(struct world *w);

/* An errand that ends well, or because kiosk-syncd stopped answering. */
void world_errand(struct world *w, unsigned kiosk, unsigned stick);
void world_copy_stick(const char *to, const char *from);
/* One thing at random: somebody applies, an errand, a visit, a break-off, an old copy, damage, the network, a restart. */
void world_happens(struct world *w);
void world_apply(struct world *w);
/* Ordinary rounds of the first stick until nothing is open, five at most. Returns how many. */
unsigned world_go_round(struct world *w);
/* Each of the ITEMS items is at the county once, and every kiosk knows. */
void world_check_end(struct world *w);
