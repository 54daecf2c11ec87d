#include "firmware/worker/medium.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN = 256, STEP_PERCENT = 10, STEPS = 11, URGENT = 3 };

/* Each file that fits, until `each` has seen them all. */
static void for_each(const char *sys, const char *name, void (*each)(void *out, const char *line),
                     void *out)
{
    char pattern[PATTERN], line[64];
    glob_t found = { 0 };
    snprintf(pattern, sizeof(pattern), "%s/%s", sys, name);
    if (!glob(pattern, 0, NULL, &found))
        for (size_t i = 0; i < found.gl_pathc; i++) {
            FILE *f = fopen(found.gl_pathv[i], "re");
            if (f && fgets(line, sizeof(line), f))
                each(out, line);
            if (f)
                fclose(f);
        }
    globfree(&found);
}

static void add_errors(void *out, const char *line)
{
    struct ready_medium *m = out;
    char *end;
    long n = strtol(line, &end, 10);
    if (end == line || n < 0 || n > 1000000)
        return;
    m->errors = (m->errors < 0 ? 0 : m->errors) + (int)n;
}

static void raise_wear(struct ready_medium *m, int percent)
{
    if (percent > m->worn_percent)
        m->worn_percent = percent;
}

/* "0x02 0x01": for each kind of memory the tenths of its life that are begun; 0 is not said, 0x0b is more than all. */
static void take_life(void *out, const char *line)
{
    char *end;
    for (long n = strtol(line, &end, 16); end != line; n = strtol(line, &end, 16)) {
        if (n >= 1 && n <= STEPS)
            raise_wear(out, (int)(n - 1) * STEP_PERCENT);
        line = end;
    }
}

/* 1 normal, 2: 80 % of its spare blocks are used, 3: 90 %. */
static void take_spare(void *out, const char *line)
{
    long n = strtol(line, NULL, 16);
    if (n > 1 && n <= URGENT)
        raise_wear(out, n == URGENT ? 90 : 80);
}

void medium_look(struct ready_medium *out, const char *sys)
{
    *out = (struct ready_medium){ -1, -1 };
    for_each(sys, "fs/ext4/*/errors_count", add_errors, out);
    for_each(sys, "bus/mmc/devices/*/life_time", take_life, out);
    for_each(sys, "bus/mmc/devices/*/pre_eol_info", take_spare, out);
}
