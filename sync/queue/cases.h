/* What the county has said about cases of this kiosk: state, date, what is missing, a clerk's note.
 * Keyed by the hash of the receipt number, so the table names nobody. */
#pragma once

#include "sync/queue/store.h"

enum {
    CASE_STATE_TEXT = 24,
    CASE_TIME_TEXT = 40,
    CASE_MISSING_TEXT = 640,
    CASE_REF_TEXT = 64,
    CASE_NOTE_TEXT = 801,
    CASE_FACTS = 16,
    CASE_FACTS_TEXT = 4096,
    CASE_TIMELINE_TEXT = 16384,
    FACT_NAME = 24, /* bytes, with the end */
    FACT_TEXT = 201,
};

struct case_entry {
    uint8_t receipt_hash[SHA256_BYTES];
    char state[CASE_STATE_TEXT];
    char changed[CASE_TIME_TEXT], due[CASE_TIME_TEXT]; /* RFC 3339; due may be "" */
    char missing[CASE_MISSING_TEXT];                   /* JSON array of material ids */
    char server_ref[CASE_REF_TEXT];
    char note[CASE_NOTE_TEXT];   /* 200 characters */
    char facts[CASE_FACTS_TEXT]; /* JSON object of texts: what this kind of matter says besides */
    char timeline[CASE_TIMELINE_TEXT]; /* JSON object (StatusEntry.timeline); "{}" none */
    int64_t until_ms;                  /* forget it then; 0 keeps it */
};
/* The entries and the cursor behind them, in one commit: a crash never skips or loses one. */
NODISCARD int cases_store(struct store *s, const struct case_entry *entries, size_t count,
                          const char *cursor);
/* Entries that came by stick, and perhaps late: each counts only when it is later than what is here. `is_newest`: none of
 * them came before, so one of the same second counts too. The cursor stays. */
NODISCARD int cases_carry(struct store *s, const struct case_entry *entries, size_t count,
                          bool is_newest);
/* Each case of this kiosk that the county has not answered by the day it named becomes an event "case-late" with the
 * county's own number and that day, once. County time; a case is looked after for the month in which its item is kept. */
NODISCARD int cases_raise_late(struct store *s, int64_t county_ms, unsigned *raised);
/* By canonical receipt text. */
NODISCARD int cases_find(struct store *s, struct case_entry *out, const char *receipt);
