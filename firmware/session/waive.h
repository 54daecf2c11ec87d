/* Other evidence in place of a paper (证明替代, regulation Art. 9, SS-72): in a resident's visit, a window clerk with a service
 * stick and its PIN accepts what proves the same, and the resident reads it and agrees. The application says which
 * paper, what evidence and whose stick; a clerk's name stands nowhere. Part of the session's view. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum {
    EVIDENCE_WORDS_MAX = 30,
    EVIDENCE_WORDS_BYTES = EVIDENCE_WORDS_MAX * 4 + 1,
    PASS_SERIAL = 25,
    WAIVE_PIN_TEXT = 13 /* 6 to 12 digits and a NUL */
};

/* What proves it instead. */
enum evidence {
    EVIDENCE_NONE,
    EVIDENCE_ARCHIVE, /* a record of an archive */
    EVIDENCE_LETTER,  /* a letter of another office, a village or an employer */
    EVIDENCE_OLD,     /* an older certificate or card */
    EVIDENCE_COURT,   /* a paper of a court or a notary */
    EVIDENCE_RECORD,  /* a record that staff looked up themselves */
    EVIDENCE_KINDS
};

/* The service stick that is plugged in, as the stick's thread judged it. Of the machine, not of the visit. */
enum pass_right { PASS_NONE, PASS_MAY_NOT, PASS_MAY };
struct staff_pass {
    enum pass_right right;
    char serial[PASS_SERIAL]; /* of the stick: whom it was given to, the county knows */
};

/* What came of a PIN: EV_PIN_SAID. */
enum pin_said { PIN_SAID_RIGHT, PIN_SAID_WRONG, PIN_SAID_WAIT, PIN_SAID_BLOCKED, PIN_SAID_NOTHING };

enum waive_step {
    WAIVE_STICK,    /* staff plug theirs in */
    WAIVE_PIN,      /* and type its PIN */
    WAIVE_CHECKING, /* which takes half a second */
    WAIVE_EVIDENCE, /* staff say what proves it */
    WAIVE_AGREE,    /* the resident reads, and agrees or does not */
};

enum waive_trouble {
    WAIVE_FINE,
    WAIVE_MAY_NOT, /* this stick's role decides nothing about matters */
    WAIVE_SHORT,   /* a PIN has at least six digits */
    WAIVE_WRONG,
    WAIVE_WAIT, /* too many tries: not now */
    WAIVE_BLOCKED,
    WAIVE_UNCHECKED, /* it could not be checked */
    WAIVE_UNSAID,    /* of the five kinds none is chosen */
};

/* What was accepted in place of one paper. */
struct waived {
    enum evidence evidence;
    char words[EVIDENCE_WORDS_BYTES]; /* which one: a title, a number; may be empty */
    char serial[PASS_SERIAL];
    int64_t at_ms; /* wall */
};

struct waive_view {
    enum waive_step step;
    enum waive_trouble trouble;
    const struct material *material; /* NULL: nothing is being waived */
    struct waived now;               /* as far as it was said */
    int digits;                      /* of the PIN so far */
};

/* "archive", "letter", "old", "court", "record"; "" for none. Words of the sealed item. */
const char *evidence_word(enum evidence e);
/* In plain English, for the translator. */
const char *evidence_label(enum evidence e);
