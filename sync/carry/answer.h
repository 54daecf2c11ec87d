/* The county's answer that came by stick: which items it has, and how cases stand (sync/api/stick.md). Safe to take in
 * any order and any number of times: an accepted item stays accepted, a later state stays, and an answer of before a
 * restoration of the county is refused. One thread, that of the store. */
#pragma once

#include "firmware/base/bytes.h"
#include "sync/queue/store.h"

struct trust;

enum { ANSWER_RESULTS_MAX = 200, ANSWER_CASES_MAX = 200, ANSWER_MAX = 1024 * 1024 };

enum answer_outcome {
    ANSWER_E_SIGNATURE = 1,
    ANSWER_E_FORMAT,
    ANSWER_E_OTHER_KIOSK,
    ANSWER_E_HISTORY, /* of before the county was restored */
    ANSWER_E_DOWN,    /* the store fails: take it again later */
};

struct answer_taken {
    unsigned settled; /* accepted now, by this answer */
    unsigned known;   /* accepted before */
    unsigned refused; /* the county will not have them: staff */
    unsigned strange; /* not of this queue (any more), or other bytes than those here */
    unsigned cases;   /* entries about cases in it */
    bool is_restored; /* it told of a restoration: what the county may have lost is queued again */
};
/* 0, ANSWER_E_..., or a fault. On ANSWER_E_DOWN a part may have been taken; it is taken again without harm. */
NODISCARD int answer_take(struct answer_taken *out, struct store *s, const struct trust *trust,
                          const struct bytes *document, const struct bytes *signature);
