/* Telemetry: what the county should know of this kiosk's health. Numbers grow for ever, the
 * platform keeps each once. Never person data. */
#pragma once

#include "sync/queue/store.h"

enum { EVENT_WORD = 40, EVENT_DETAIL = 200, EVENT_MARK = 600 };

struct event {
    int64_t n, wall_ms;
    char what[EVENT_WORD], detail[EVENT_DETAIL];
};

/* Note an event; a failure to store it is logged and otherwise ignored, nothing depends on it. */
void events_add(struct store *s, const char *what, const char *format, ...) PRINTF_LIKE(3, 4);
/* The same once: not again while meta `key` has this `mark`, which is set in the same commit. 0, STORE_E_..., or a fault. */
NODISCARD int events_add_once(struct store *s, const char *key, const char *mark, const char *what,
                              const char *detail);
/* Up to `max` events numbered `from` or later, oldest first; `unsent`: only those the platform has
 * not got.
 */
NODISCARD int events_list(struct store *s, struct event *out, size_t max, size_t *count,
                          int64_t from, bool unsent);
/* The platform has them up to n. */
NODISCARD int events_stored(struct store *s, int64_t n);
