/* Notes of one shift to the next, open until somebody ticks them off: words and when they were left, never a sentence of
 * anybody's own. Durable when a call returns; a rebuilt database keeps what could be read of them. */
#pragma once

#include "sync/queue/store.h"

enum { HANDOVER_NOTE_WORD = 25, HANDOVER_NOTES = 12 };

struct handover_note {
    int64_t n, at_ms;
    char what[HANDOVER_NOTE_WORD], serial[HANDOVER_NOTE_WORD];
};

enum handover_outcome { HANDOVER_E_WORD = 10 /* a word that is none */ };

/* One that is open already stays as it is. 0, HANDOVER_E_WORD, STORE_E_DOWN, STORE_E_FULL or a fault. */
NODISCARD int handover_leave(struct store *s, const char *what, const char *serial);
NODISCARD int handover_done(struct store *s, int64_t n);
/* Those that are open, the oldest first. */
NODISCARD int handover_list(struct store *s, struct handover_note *out, size_t max, size_t *count);
