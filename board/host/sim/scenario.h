/* A scenario: a time line of simulator commands and of what must be true (kiosk-sim(1), SCENARIO FILES). The whole file is
 * read before anything happens, so that a mistake on its last line is found first. One thread; time is what it is told. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/json.h"

struct scenario; /* body in scenario.c */

enum scenario_state { SCENARIO_RUNNING, SCENARIO_DONE, SCENARIO_FAILED };

struct scenario_ports {
    void *context;
    /* Carries out a request of the control socket; the reply is the caller's. NULL without memory. */
    json_t *(*command)(void *context, const json_t *request);
    /* In simulated time: let the simulator's clock jump ahead. NULL: every offset is waited for. */
    void (*jump)(void *context, int64_t ms);
};

/* 0; -EINVAL, and `complaint` is "FILE:LINE: what is wrong"; or another fault. */
NODISCARD int scenario_load(struct scenario **out, const char *path,
                            const struct scenario_ports *ports, char complaint[JSON_COMPLAINT]);
void scenario_free(struct scenario *s); /* NULL is fine */
AUTO_DEFINE(struct scenario, scenario_free)
/* Do what is due. `now_ms` is real time: that of the host under test, which nothing makes faster. */
enum scenario_state scenario_tick(struct scenario *s, int64_t now_ms);
enum scenario_state scenario_state(const struct scenario *s);
/* When to call again, in ms of the same clock; -1: it is over. */
int64_t scenario_due_ms(const struct scenario *s, int64_t now_ms);
/* "FILE:LINE: expected slips >= 2, but it is 1"; "" while nothing has failed. */
const char *scenario_says(const struct scenario *s);
/* The line of the file that is being done. */
unsigned scenario_line(const struct scenario *s);
