/* "slips >= +1 within 5s": what a scenario expects of the simulator's state. Pure. */
#pragma once

#include <jansson.h>
#include <stdint.h>

#include "firmware/base/json.h"

enum { EXPECT_WORD = 64 };

struct expectation {
    char fact[EXPECT_WORD], value[EXPECT_WORD], sign[4];
    int64_t within_ms;
};

/* "250ms", "3s", "2m". False: no length of time. */
bool expect_duration(int64_t *out_ms, const char *word);
/* NULL, or what is wrong with the words behind "expect". */
const char *expect_parse(struct expectation *out, const char *words);
/* Does it hold? `state` and `before` (at the beginning) are replies to "state". When it does not, `says` tells. */
bool expect_holds(const struct expectation *e, const json_t *state, const json_t *before,
                  char says[JSON_COMPLAINT]);
