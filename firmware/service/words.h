/* What staff are told about a stick, a PIN, and what was carried: one word for programs (it never changes), one
 * sentence in each language for people. Constant data; any thread. */
#pragma once

#include "firmware/base/fault.h"

enum saying {
    SAY_WELL,
    /* the stick itself */
    SAY_NO_STICK,
    SAY_NOT_OURS,
    SAY_TWO_STICKS,
    SAY_FILESYSTEM,
    SAY_LINK,
    SAY_NO_FILE,
    SAY_TOO_LARGE,
    SAY_CROWDED,
    SAY_TWINS,
    SAY_PULLED,
    SAY_FULL,
    SAY_READ_ONLY,
    SAY_ABSENT,
    /* its token */
    SAY_SIGNATURE,
    SAY_FORMAT,
    SAY_EXPIRED,
    SAY_NOT_YET,
    SAY_OTHER_KIOSK,
    SAY_REVOKED,
    SAY_ROLE,
    SAY_CLOCK,
    SAY_LIST,
    /* the PIN */
    SAY_PIN_WRONG,
    SAY_PIN_SHAPE,
    SAY_PIN_WEAK,
    SAY_LOCKED,
    SAY_BLOCKED,
    /* what was carried */
    SAY_SAME,
    SAY_OLDER,
    SAY_OTHER_DOCUMENT,
    SAY_HISTORY,
    SAY_DAMAGED,
    /* firmware */
    SAY_NO_UPDATE,
    SAY_NOT_LISTED,
    SAY_SAME_FIRMWARE,
    SAY_OLDER_FIRMWARE,
    SAY_ONE_WAITS,
    SAY_NO_ROOM,
    SAY_BROKEN_OFF,
    /* joining */
    SAY_OTHER_REQUEST,
    SAY_JOIN_EXPIRED,
    SAY_JOINED,
    /* what staff set */
    SAY_NO_SETTINGS,
    SAY_NOT_NOW,
    SAY_SYNCD,
    SAY_END,
};

/* "pulled" */
const char *saying_word(enum saying s);
const char *saying_zh(enum saying s);
const char *saying_en(enum saying s);
/* By its word; SAY_END for one that is none. */
enum saying saying_find(const char *word);
