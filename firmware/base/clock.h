/* Time through an interface, so that tests own it. */
#pragma once

#include <stdint.h>

enum clock_quality { CLOCK_UNSET = 0, CLOCK_RTC = 1, CLOCK_HTTP_DATE = 2, CLOCK_NTP = 3 };

struct clock {
    /* CLOCK_BOOTTIME in ms: never steps, counts suspend. For time-outs and back-off. */
    int64_t (*boot_ms)(const struct clock *clock);
    /* Unix time in ms, UTC. May step; only for what people read and for retention. */
    int64_t (*wall_ms)(const struct clock *clock);
};

/* The machine's clocks; any thread. */
extern const struct clock system_clock;

/* A clock that stands still until told otherwise. Guard it yourself when threads share it. */
struct fake_clock {
    struct clock base;
    int64_t boot;
    int64_t wall;
};
struct fake_clock fake_clock_at(int64_t boot_ms, int64_t wall_ms);
void fake_clock_advance(struct fake_clock *clock, int64_t ms);

/* Unix ms -> "2026-11-24T08:30:00Z" (RFC 3339). `out` holds 21 bytes. */
void clock_format_utc(char out[21], int64_t wall_ms);
/* The reverse; fractions of a second are cut. 0 or -EINVAL. */
int clock_parse_utc(int64_t *wall_ms, const char *text);
