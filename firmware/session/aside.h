/* What is reported beside the matter in hand, without losing it: something could not be done (兜底, SS-13), a guide is
 * not as things are (SS-25), the same matter brought somebody here again (SS-58). One at a time; each becomes a sealed
 * item of its own kind. Person data as everything a visit holds. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/ident.h"
#include "firmware/base/ink.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/session/paper.h"

enum aside_kind { ASIDE_NONE, ASIDE_UNSETTLED, ASIDE_MISMATCH, ASIDE_AGAIN, ASIDE_KINDS };
enum aside_state {
    ASIDE_OPEN,
    ASIDE_SENDING,
    ASIDE_KEPT,  /* durable: it has its number */
    ASIDE_FAILED /* nothing was stored */
};
/* What is being typed. */
enum aside_text { ASIDE_NO_TEXT, ASIDE_WORDS, ASIDE_PHONE };

enum {
    ASIDE_CHOICES = 6,
    ASIDE_WORDS_MAX = 200, /* characters */
    ASIDE_WORDS_BYTES = 4 * ASIDE_WORDS_MAX + 1,
    ASIDE_PHONE_BYTES = 17
};

/* Why it could not be done, what differs, why again: numbers of the choices, in the order of the page. */
enum unsettled_reason {
    UNSETTLED_PAPERS,
    UNSETTLED_CONDITIONS,
    UNSETTLED_OFFICES,
    UNSETTLED_SYSTEM,
    UNSETTLED_RULES,
    UNSETTLED_OTHER,
    UNSETTLED_REASONS
};
enum { MISMATCH_CHOICES = 5, AGAIN_CHOICES = 5 };

/* As a screen may see it; texts are borrowed from the visit. */
struct aside_view {
    enum aside_kind kind;
    enum aside_state state;
    enum aside_text typing; /* ASIDE_NO_TEXT: the page of choices */
    unsigned chosen;        /* bits of the choices */
    const char *words, *phone;
    const struct ink *ink; /* NULL while the words are not written by hand */
    bool is_phone_wrong;   /* "next" was refused because of it */
    const struct service *about;
    const char *about_receipt; /* "" when none was given out yet */
    const char *receipt;       /* of the report itself, once it is kept */
    int64_t
        answer_by_ms;    /* wall, midnight of the last day for an answer; 0: the clock is not set */
    int answer_days;     /* working days until then */
    bool is_provisional; /* holidays on the way are not known */
    enum paper_state paper;
    bool can_print_again;
};
