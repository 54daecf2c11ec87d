/* One slip on its way to the printer, and what became of it. A reprint is marked as one as soon as a slip may have come out
 * before. Part of a visit, or of a course. */
#pragma once

#include <stdbool.h>

#include "firmware/session/paper.h"
#include "firmware/session/token.h"

/* Two more tries; then the number on the screen has to do. */
enum { PAPER_PRINTS_MAX = 3 };

struct session;
struct slip;
struct event;

/* All zero: no slip is wanted yet. */
struct paper_job {
    char id[TOKEN_TEXT];
    enum paper_state state;
    unsigned prints;
    bool may_be_printed; /* one came out, or may have: the next one is marked */
};

/* Which copy the next one would be; 0: the first print. */
unsigned paper_job_copy(const struct paper_job *job);
/* Hands the slip over, which it takes; with `failed` there is none, and the number on the screen has to do. `receipt` "":
 * it is about nothing that has a number. */
void paper_job_send(struct session *s, struct paper_job *job, int failed, struct slip *slip,
                    const char *receipt);
/* EV_PRINT_STATE. False: it is about another slip. */
bool paper_job_heard(struct paper_job *job, const struct event *e);
/* Does the printer work, and are there tries left? */
bool paper_job_can_print(const struct session *s, const struct paper_job *job);
