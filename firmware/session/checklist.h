/* The papers of a matter as the resident answers for them: what is looked up, what is here, what follows by which
 * day (SS-02, SS-20, SS-21). Part of the session's view; the state lies in the visit. */
#pragma once

#include <stdbool.h>

#include "firmware/catalogue/catalogue.h"
#include "firmware/session/fetched.h"
#include "firmware/session/waive.h"

enum { CHECKLIST_MAX = 24, GAP_PROMISE_BYTES = 1024, PROMISE_VERSION = 9 };

/* What was said of one paper. */
enum held {
    HELD_UNSAID,
    HELD_HERE,   /* the resident has it along: it is shown or handed in at the window */
    HELD_LATER,  /* it follows by a day, promised (容缺) */
    HELD_NOT,    /* not here, and it may not follow: told once, all at once (一次性告知) */
    HELD_WAIVED, /* staff accepted other evidence in its place, and the resident agreed */
};

struct paper_row {
    const struct material *material;
    enum held held;   /* of a paper that is looked up: HELD_UNSAID, unless it is disputed */
    enum proof proof; /* of a paper that is looked up */
    char due[9]; /* last day if it follows, YYYYMMDD; "" when the day is not known or it may not */
    bool is_provisional;         /* holidays on the way are not published yet */
    const struct waived *waived; /* what was accepted in its place, or NULL */
    bool can_be_waived;          /* staff may accept other evidence for it */
};

struct checklist_view {
    size_t count;
    struct paper_row rows[CHECKLIST_MAX]; /* what the answers so far ask for */
    int only;                             /* the one row that is asked now, -1: all */
    bool is_asked;                        /* is there anything to answer? */
    bool is_last;                         /* nothing is asked after what is shown */
    size_t missing_count;
    int slip;             /* enum paper_state of the notice */
    bool can_print_again; /* the notice */
};

struct session;
/* The sentence that is signed for a paper that follows, as in `language`; "" for any other row. */
void session_gap_promise(const struct session *s, const struct paper_row *row,
                         enum language language, char out[GAP_PROMISE_BYTES]);
