/* The local socket to kiosk-syncd, owned by one thread (sync/api/local-socket.md).
 *
 * Requests never block the caller. They are kept until answered and sent again after a reconnect,
 * which is harmless: tokens make submissions idempotent. What could not be answered in 20 s fails.
 * Answers come as posts. */
#pragma once

#include "firmware/worker/post.h"

struct link; /* body in link.c */

/* Starts the thread; it connects by itself, again and again. `to` outlives it. 0 or a fault. */
NODISCARD int link_start(struct link **out, const char *socket_path, struct queue *to);
void link_stop(struct link *l); /* joins; NULL is fine */

void link_reserve(struct link *l, const char *token);
/* The same with a number in the queue of people; `day` YYYYMMDD or "". */
void link_reserve_ticket(struct link *l, const char *token, const char *day);
void link_submit(struct link *l, const struct submission *submission);
void link_ask_case(struct link *l, const char *receipt);
/* An agent's reminder (no answer), and all of a label: EV_AGENT_NOTES. */
void link_keep_note(struct link *l, const uint8_t label[AGENT_MARK_LABEL], const char *receipt,
                    const struct bytes *note);
void link_ask_notes(struct link *l, const uint8_t label[AGENT_MARK_LABEL]);
/* How the devices are, in words of sync/api/local-socket.md; static storage. No answer; dropped after a reconnect. */
struct link_health {
    const char *reader, *printer, *keypad, *scanner; /* "ok", "absent", "failed", "not-fitted" */
    const char *reader_cause, *printer_cause;        /* ids of drivers' causes; "" none */
    int64_t paper_mm;                                /* -1 not known */
    bool is_closed;                                  /* takes nothing in */
};
void link_tell_health(struct link *l, const struct link_health *health);
/* A print attempt: POST_ATTEMPT says when its row is durable. */
void link_print_begin(struct link *l, const char *job, const char *receipt, bool is_reprint);
/* Not answered, not kept after a reconnect: the last state counts, and "sending" left alone means
 * uncertain. */
void link_print_state(struct link *l, int64_t attempt, const char *state, const char *level,
                      uint64_t bytes_sent);
