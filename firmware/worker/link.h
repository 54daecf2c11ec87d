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
/* Join the county with a one-time code: EV_ENROLLED. The same code of the same kiosk again gives the same certificate. */
void link_enrol(struct link *l, const char *code);
void link_ask_case(struct link *l, const char *receipt);
/* A live question: EV_COUNTY_REPLY. Not kept after a reconnect, and not once it was dropped. */
void link_ask_county(struct link *l, const struct live_question *question);
void link_drop_question(struct link *l, const char *id);
/* An agent's reminder (no answer), and all of a label: EV_AGENT_NOTES. */
void link_keep_note(struct link *l, const uint8_t label[AGENT_MARK_LABEL], const char *receipt,
                    const struct bytes *note);
void link_ask_notes(struct link *l, const uint8_t label[AGENT_MARK_LABEL]);
/* A parcel to the county and from there, and word that it was opened: EV_PARCEL, named by its label. */
void link_put_parcel(struct link *l, const char *label, int hours, const struct bytes *parcel);
void link_get_parcel(struct link *l, const char *label);
void link_end_parcel(struct link *l, const char *label, const char *taker);
/* How the devices are, in words of sync/api/local-socket.md; static storage. No answer; dropped after a reconnect. */
struct link_health {
    const char *reader, *printer, *keypad, *scanner,
        *screen;                              /* "ok", "absent", "failed", "not-fitted" */
    const char *reader_cause, *printer_cause; /* ids of drivers' causes; "" none */
    int64_t paper_mm;                         /* -1 not known */
    bool is_closed;                           /* takes nothing in */
};
void link_tell_health(struct link *l, const struct link_health *health);
/* Add to a figure of this month: no answer. What was under way when the connection broke is not sent again: rather once
 * too few than twice. */
void link_count(struct link *l, const char *what, const char *about, const char *detail, int by);
/* The figures of this month: EV_FIGURES. */
void link_ask_figures(struct link *l);
/* A print attempt: POST_ATTEMPT says when its row is durable. */
void link_print_begin(struct link *l, const char *job, const char *receipt, bool is_reprint);
/* Not answered, not kept after a reconnect: the last state counts, and "sending" left alone means
 * uncertain. */
void link_print_state(struct link *l, int64_t attempt, const char *state, const char *level,
                      uint64_t bytes_sent);
