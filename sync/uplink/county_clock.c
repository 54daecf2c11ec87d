#include "sync/uplink/county_clock.h"

#include <sys/timex.h>

/* 2026-11-01: no kiosk with this firmware is older, so a clock below it was never set. */
static const int64_t build_date_ms = INT64_C(1793491200000);

bool system_is_synchronised(void)
{
    struct timex t = { 0 };
    int state = adjtimex(&t);
    return state >= 0 && state != TIME_ERROR && !(t.status & STA_UNSYNC);
}

static int64_t boot_ms(const struct clock *clock)
{
    const struct clock *machine = ((const struct county_clock *)clock)->machine;
    return machine->boot_ms(machine);
}

static int64_t wall_ms(const struct clock *clock)
{
    const struct county_clock *c = (const struct county_clock *)clock;
    int64_t wall = c->machine->wall_ms(c->machine);
    if (c->is_known) {
        int64_t county = c->offset_ms + boot_ms(clock);
        int64_t apart = wall > county ? wall - county : county - wall;
        return apart > SKEW_REPORTED_MS ? county : wall;
    }
    return wall < build_date_ms ? build_date_ms : wall;
}

struct county_clock county_clock_new(const struct clock *machine, bool (*is_synchronised)(void))
{
    return (struct county_clock){ .base = { .boot_ms = boot_ms, .wall_ms = wall_ms },
                                  .machine = machine,
                                  .is_synchronised = is_synchronised };
}

void county_clock_hear(struct county_clock *c, int64_t date_ms, int64_t sent_ms, int64_t came_ms)
{
    /* Date is cut to whole seconds: half a second is added back. A held poll is dated when it is
     * answered, so a long round trip says nothing about the way. */
    int64_t way = came_ms - sent_ms > 4000 ? 0 : (came_ms - sent_ms) / 2;
    int64_t offset = date_ms + 500 + way - came_ms;
    int64_t moved = offset > c->offset_ms ? offset - c->offset_ms : c->offset_ms - offset;
    if (!c->is_known || moved > 2000)
        c->offset_ms = offset;
    c->is_known = true;
    c->skew_ms = c->machine->wall_ms(c->machine) - (c->offset_ms + boot_ms(&c->base));
}

enum clock_quality county_clock_quality(const struct county_clock *c)
{
    int64_t skew = c->skew_ms < 0 ? -c->skew_ms : c->skew_ms;
    if (c->is_synchronised() && !(c->is_known && skew > SKEW_REPORTED_MS))
        return CLOCK_NTP;
    if (c->is_known)
        return CLOCK_HTTP_DATE;
    return c->machine->wall_ms(c->machine) < build_date_ms ? CLOCK_UNSET : CLOCK_RTC;
}

int64_t county_clock_known_ms(const struct county_clock *c)
{
    return c->is_known ? c->offset_ms + boot_ms(&c->base) : 0;
}
