/* What a card alone finds (SS-52, SS-53): matters handed in at this kiosk with it, and how they stand.
 *
 * kiosk-syncd keeps a reminder beside each number, under a label and sealed by a key that both come from the card through scrypt
 * (firmware/seal/agent_mark.h): it can tell neither whose nor what. Part of what goes in is the chip's picture of its holder, which no typed number, no
 * photocopy and no passer-by has. So nobody tries numbers through, at the screen or with a stolen disk, and the county is told nothing at all. */
#pragma once

#include "firmware/session/agency.h"

/* In struct visit. */
struct matters {
    bool has_mark; /* of this visit's card; none when its reader keeps the picture to itself */
    struct agent_mark mark;
    struct agency_tasks tasks;
    int64_t as_of_ms; /* wall: when the county was last heard; 0 never */
    bool is_typing;   /* somebody wants to type a number instead */
    /* a reminder that is still to be kept: its number has to be on the screen first */
    char stored[RECEIPT_TEXT], stored_code[AGENCY_CODE];
    int64_t due_ms; /* boot clock; 0: none */
};
