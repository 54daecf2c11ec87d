/* The pinyin helper's thread: takes the letters typed last, asks, and posts what they may mean.
 *
 * Owns the speller and with it the helper process. Letters that were overtaken by others are never
 * asked. What was typed is wiped as soon as its answer is on the way. */
#pragma once

#include "firmware/worker/post.h"

struct spelling_worker; /* body in spelling.c */

/* `program`: path of the pinyin helper. `clock` and `to` outlive it. 0 or a fault; a helper that
 * cannot be started is no fault: every question is then answered by "away". */
NODISCARD int spelling_start(struct spelling_worker **out, const char *program,
                             const struct clock *clock, struct queue *to);
/* Joins, at most SPELLER_START_MS; NULL is fine. */
void spelling_stop(struct spelling_worker *w);
/* Any thread; returns at once. The answer is EV_CANDIDATES. */
void spelling_ask(struct spelling_worker *w, const char *letters, bool is_name, bool is_first);
/* The visit is over: the helper ends with all that it saw, a fresh one is started. Returns at once. */
void spelling_forget(struct spelling_worker *w);
