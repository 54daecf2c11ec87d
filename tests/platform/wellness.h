/* How a kiosk is, in words and one colour, from what it last told. Pure. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

enum wellness_colour { WELL_GREEN, WELL_AMBER, WELL_RED, WELL_GREY /* not in service */ };
const char *wellness_colour_word(enum wellness_colour c);

enum { WELLNESS_REASONS = 16, WELLNESS_TEXT = 160 };
struct wellness {
    enum wellness_colour colour; /* the worst of its reasons */
    size_t count;
    struct {
        enum wellness_colour colour;
        char zh[WELLNESS_TEXT], en[WELLNESS_TEXT];
    } reasons[WELLNESS_REASONS]; /* red ones first */
};
struct wellness_facts {
    const json_t *health; /* the last heartbeat; NULL: none yet */
    int64_t silent_s;     /* since then */
    bool is_revoked;
};
void wellness_judge(struct wellness *out, const struct wellness_facts *f);
