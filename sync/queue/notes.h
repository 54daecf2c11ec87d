/* Reminders beside numbers, of agents and of residents themselves (sync/api/local-socket.md, note-keep): a label that only their card leads to, and
 * sealed bytes that only it opens. The store cannot tell whose they are nor what about. Not in the spool log: a
 * rebuilt database has lost them, and no application with them. */
#pragma once

#include "sync/queue/store.h"

enum { NOTE_LABEL = 16, NOTE_BYTES = 92, NOTES_MAX = 12 };

struct note {
    char receipt[RECEIPT_TEXT];
    uint8_t sealed[NOTE_BYTES];
    size_t length;
};
/* Keep one beside a receipt; the same receipt under the same label replaces. */
NODISCARD int notes_keep(struct store *s, const uint8_t label[NOTE_LABEL], const struct note *note);
/* Those of a label, the newest first. */
NODISCARD int notes_list(struct store *s, const uint8_t label[NOTE_LABEL],
                         struct note out[NOTES_MAX], size_t *count);
