/* The way to the county, part by part, in plain sentences: is the cable in, has the kiosk an address, is the county's name known,
 * does the county answer, is the clock right? Judged from kiosk-syncd's status. Pure; any thread. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/clock.h"

/* From the reply to `status`; words of the local socket. */
struct reach_facts {
    char cable[8];    /* "in", "out", "none" */
    char address[46]; /* "" none */
    char county[80];  /* host, as it is set up */
    char trouble[16]; /* of the last try; "" none */
    int64_t tries;    /* another number: it was tried again */
    bool is_joined;
    enum clock_quality clock_quality;
};
void reach_read(struct reach_facts *out, const json_t *status);

enum reach_part { REACH_CABLE, REACH_ADDRESS, REACH_NAME, REACH_COUNTY, REACH_CLOCK, REACH_PARTS };
enum reach_state { REACH_UNKNOWN, REACH_WELL, REACH_LOOK, REACH_FAILED };
struct reach_line {
    enum reach_state state;
    const char *zh, *en; /* constants */
};
struct reach {
    struct reach_line lines[REACH_PARTS];
    bool is_well; /* every part, but for what is merely to be looked at */
};
void reach_judge(struct reach *out, const struct reach_facts *f);
/* "cable", "address", "name", "county", "clock": for robots and notes. */
const char *reach_part_word(enum reach_part part);
