#include "firmware/base/clock.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t system_boot_ms(const struct clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_BOOTTIME);
}

static int64_t system_wall_ms(const struct clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_REALTIME);
}

const struct clock system_clock = { .boot_ms = system_boot_ms, .wall_ms = system_wall_ms };

static int64_t fake_boot_ms(const struct clock *clock)
{
    return ((const struct fake_clock *)clock)->boot;
}

static int64_t fake_wall_ms(const struct clock *clock)
{
    return ((const struct fake_clock *)clock)->wall;
}

struct fake_clock fake_clock_at(int64_t boot_ms, int64_t wall_ms)
{
    return (struct fake_clock){ .base = { .boot_ms = fake_boot_ms, .wall_ms = fake_wall_ms },
                                .boot = boot_ms,
                                .wall = wall_ms };
}

void fake_clock_advance(struct fake_clock *clock, int64_t ms)
{
    clock->boot += ms;
    clock->wall += ms;
}

void clock_format_utc(char out[21], int64_t wall_ms)
{
    struct tm parts;
    time_t seconds = (time_t)(wall_ms / 1000);
    if (!gmtime_r(&seconds, &parts) || !strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &parts))
        memcpy(out, "1970-01-01T00:00:00Z", 21);
}

int clock_parse_utc(int64_t *wall_ms, const char *text)
{
    struct tm parts = { 0 };
    const char *rest = strptime(text, "%Y-%m-%dT%H:%M:%S", &parts);
    if (!rest)
        return -EINVAL;
    if (*rest == '.')
        rest += 1 + strspn(rest + 1, "0123456789");
    bool is_utc = !strcmp(rest, "Z") || !strcmp(rest, "+00:00");
    if (!is_utc)
        return -EINVAL;
    int day = parts.tm_mday;
    int64_t seconds = (int64_t)timegm(&parts);
    if (parts.tm_mday != day) /* timegm() made the 29th of a short February a first of March */
        return -EINVAL;
    *wall_ms = seconds * 1000;
    return 0;
}
