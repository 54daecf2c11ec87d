/* The time as well as this kiosk can know it: the machine's clock, corrected by the county's when
 * the two are more than two minutes apart. It is a `struct clock`, so the queue and the wire use it
 * like any other; the machine's own clock is never touched from here. */
#pragma once

#include <stdbool.h>

#include "firmware/base/clock.h"

struct county_clock {
    struct clock base; /* boot_ms of the machine; wall_ms as corrected */
    const struct clock *machine;
    bool (*is_synchronised)(void); /* does a time service keep the machine's clock? */
    bool is_known;                 /* the county was heard in this boot */
    int64_t offset_ms;             /* county time - boot clock */
    int64_t skew_ms;               /* machine's wall - county time, when last heard */
};

enum { SKEW_REPORTED_MS = 120 * 1000 };

struct county_clock county_clock_new(const struct clock *machine, bool (*is_synchronised)(void));
/* An authenticated answer bore this Date; half of the round trip is taken off. */
void county_clock_hear(struct county_clock *c, int64_t date_ms, int64_t sent_ms, int64_t came_ms);
enum clock_quality county_clock_quality(const struct county_clock *c);
/* County time, or 0 when it was not heard in this boot: what retention goes by. */
int64_t county_clock_known_ms(const struct county_clock *c);
/* adjtimex(2) says so. */
bool system_is_synchronised(void);
