/* A live question on its way: sealed bytes to the county while a resident waits, sealed bytes back.
 *
 * One at a time; a newer one takes the place of the one under way. Tried once, with little patience, and never kept: not
 * on disk, not after its answer. What is asked and answered cannot be read here (firmware/seal/reply.h). The one thread
 * of kiosk-syncd; nothing blocks. */
#pragma once

#include "firmware/seal/reply.h"
#include "sync/uplink/link.h"

/* A little less than the kiosk waits, so that it hears of a failure rather than of nothing. */
enum { QUESTION_LIMIT_MS = 7500 };

struct question;

/* `reply` is the sealed answer, borrowed; NULL: there is none. Never called from inside question_ask(). */
typedef void (*question_done)(void *context, const char *id, const struct bytes *reply);

NODISCARD int question_new(struct question **out, struct link *link);
void question_free(struct question *q);
AUTO_DEFINE(struct question, question_free)
void question_watch(struct question *q, question_done done, void *context);
/* `id`: 32 hexadecimal digits, checked by the caller. 0, QUESTION_E_UNREACHABLE (the county cannot be asked now: nothing
 * was sent) or -ENOMEM. */
enum question_outcome { QUESTION_E_UNREACHABLE = 1 };
NODISCARD int question_ask(struct question *q, const char *id, const char *key_id,
                           const struct bytes *sealed);
/* Nobody waits any longer; `id` NULL: for anything. */
void question_drop(struct question *q, const char *id);
