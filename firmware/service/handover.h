/* From one shift to the next (SS-09): ready sentences that are left at the machine, read, and ticked off. Only their words
 * are kept and sent, so that nothing of anybody can stand in them. Pure; any thread. */
#pragma once

#include <jansson.h>
#include <stddef.h>
#include <stdint.h>

enum { HANDOVER_WORD = 25, HANDOVER_SERIAL = 25, HANDOVER_OPEN = 12 };

/* One that is open. */
struct handover {
    int64_t n, at_ms;             /* wall; 0: the clock was not set */
    char what[HANDOVER_WORD];     /* a word of the list below */
    char serial[HANDOVER_SERIAL]; /* of the stick whose holder left it */
};

/* The ready sentences, 0 to handover_count() - 1. */
size_t handover_count(void);
const char *handover_word(size_t i);
/* "" for a word that is none of them: one that a newer firmware left. */
const char *handover_zh(const char *word);
const char *handover_en(const char *word);
/* From the reply to `handover-list`; rows that are not well formed are left out. Returns how many. */
size_t handover_read(struct handover *out, size_t max, const json_t *reply);
