/* A firmware update on the board: from the bundle that kiosk-syncd has fetched to the other boot slot, and from there to a
 * verdict. The running slot is never written. One thread; calls block for as long as the medium takes.
 *
 *   install:  judge (county's signature, board, version) -> the other slot is void -> written, read back, compared ->
 *             noted as on trial -> it is the next to be started
 *   note:     how the board is before it is started anew
 *   test:     after the start, until it passes: the slot is good (onetrip-boot-good)
 *   settle:   once the self-test had its time: good -> "installed"; not good -> void, start anew; the slot before runs
 *             again -> "fell-back", and why
 *
 * Cut anywhere, the board starts: before the last step of install the boot state names the old slot alone. */
#pragma once

#include "firmware/update/admit.h"

enum { SLOT_UPDATE_REASON = 128 };

struct slot_update_places {
    const char
        *updates; /* kiosk-syncd's folder: bundle, manifest, ready.json; result.json goes there */
    const char *state;        /* our own folder: trial.json */
    const char *partitions;   /* onetrip-state, onetrip-boot-a, onetrip-root-a, ... */
    const char *command_line; /* as /proc/cmdline */
    const char *release;      /* as /etc/os-release */
    const char *trust;
    const char *socket; /* of kiosk-syncd */
};

enum slot_update_outcome {
    SLOT_UPDATE_NOTHING = 1, /* nothing is offered, or the last answer is not taken yet */
    SLOT_UPDATE_ON_TRIAL, /* the running slot has not proved itself yet: the other one is what it falls back to */
    SLOT_UPDATE_REFUSED, /* `reason` says why; the answer is written */
    SLOT_UPDATE_BAD,     /* settle: this slot has failed and is void; start anew */
};

/* 0: installed, and the next to be started; `out` is what was. SLOT_UPDATE_NOTHING, ON_TRIAL, REFUSED, or a fault. */
NODISCARD int slot_update_install(struct update *out, char reason[SLOT_UPDATE_REASON],
                                  const struct slot_update_places *p);
/* How the board is now, for the self-test of what is on trial: the last note before the start counts. 0, or a fault: then only
 * what needs no comparison is tested. */
NODISCARD int slot_update_note(const struct slot_update_places *p);
/* The self-test of what runs (board/common/self_test.h). NULL: passed; else why not, a constant. */
const char *slot_update_test(const struct slot_update_places *p);
/* 0: settled, or there was nothing to settle. SLOT_UPDATE_BAD, or a fault. */
NODISCARD int slot_update_settle(const struct slot_update_places *p);
