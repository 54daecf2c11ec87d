/* From a drawn slip to paper: the row of the attempt is durable before the first byte leaves, every
 * state is recorded, and the session hears what the resident must know. Main thread. */
#pragma once

#include "firmware/worker/link.h"
#include "firmware/worker/paper.h"

struct printing; /* body in printing.c */

NODISCARD int printing_new(struct printing **out, struct link *link, struct paper *paper);
void printing_free(struct printing *p);
AUTO_DEFINE(struct printing, printing_free)

/* Takes the page; asks syncd for the attempt. */
void printing_start(struct printing *p, struct paper_page *page, const char *receipt,
                    bool is_reprint);
/* The visit is over: its slips have PAPER_GRACE_MS more from the first call, also those whose attempt is not durable yet.
 * Ends what the paper's thread holds, too (paper_end_visit()). */
void printing_end_visit(struct printing *p, int64_t now_ms);
/* Is a slip on its way? Then nobody else's visit begins. NULL, here and below: before the first. */
bool printing_is_busy(const struct printing *p);
/* Lets go of what waits for kiosk-syncd for too long. Returns when to call next (boot clock), INT64_MAX: not needed. */
int64_t printing_tick(struct printing *p, int64_t now_ms);
/* POST_ATTEMPT and POST_PRINT. Returns the event for the session, or kind EV_NONE; `job` names it,
 * 64 bytes. */
struct event printing_take(struct printing *p, const struct post *post, char job[POST_NAME]);
