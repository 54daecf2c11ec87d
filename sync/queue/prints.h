/* Attempts to print, so that an uncertain slip is never repeated by itself. One row for each
 * attempt, durable before the first byte goes to the printer; no names, no picture of the page.
 *
 *   sending -> sent -> confirmed | uncertain        sending -> failed-clean (no byte was accepted)
 *   sending -> uncertain                            uncertain -> confirmed (someone looked)
 *
 * A row begins as "sending", not "queued": whoever asked for it may die before it can say that it
 * began. */
#pragma once

#include "sync/queue/store.h"

enum print_state {
    PRINT_SENDING,
    PRINT_SENT,
    PRINT_CONFIRMED,
    PRINT_UNCERTAIN,
    PRINT_FAILED_CLEAN,
    PRINT_STATE_END
};
int print_state_parse(enum print_state *state, const char *word);

enum { PRINT_KIND_TEXT = 24, PRINT_DETAIL_TEXT = 200, PRINT_AUTOMATIC_MAX = 2 };

struct print_job {
    uint8_t job[UUID_BYTES];
    char receipt[RECEIPT_TEXT]; /* "" for slips that are no receipt */
    bool is_reprint;            /* marked as such on paper; asked for by a person */
    char kind[PRINT_KIND_TEXT];
};
/* STORE_E_NONE: refused. Unmarked, a job may go again only when every attempt so far failed clean,
 * and only twice in all. */
NODISCARD int prints_begin(struct store *s, int64_t *attempt, const struct print_job *job);

struct print_progress {
    enum print_state state;
    char level[2]; /* "P", "R", "S", "N" or "" */
    int64_t bytes_sent;
    char detail[PRINT_DETAIL_TEXT];
};
enum print_outcome {
    PRINT_E_ILLEGAL = 10, /* no such step from the state at hand */
};
/* STORE_E_NONE: no such attempt; PRINT_E_ILLEGAL. */
NODISCARD int prints_state(struct store *s, int64_t attempt, const struct print_progress *progress);

struct print_open {
    int64_t attempt, at_ms;
    uint8_t job[UUID_BYTES];
    char receipt[RECEIPT_TEXT];
};
/* The printer's owner has just started: what was sending or sent is uncertain now. */
NODISCARD int prints_orphan(struct store *s);
/* Attempts that became uncertain that way and about which nobody has said more. */
NODISCARD int prints_open(struct store *s, struct print_open *out, size_t max, size_t *count);
