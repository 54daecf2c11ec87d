/* Firmware that comes by stick: `update.raucb` beside the county's signed list `updates.json`, `updates.sig` (sync/api/stick.md).
 * All of it is judged before a byte goes anywhere: the signature, that the list has this very file for this board, that it is not
 * older than what runs unless signed as a way back. Then it goes to kiosk-syncd, piece by piece; whoever installs it judges anew.
 *
 * The one who runs it owns the stick and may block. It may be broken off at any point and begun again: what kiosk-syncd has
 * already is not copied twice, and until all of it is there and sums up nothing is changed. */
#pragma once

#include "firmware/service/errand.h"
#include "firmware/update/admit.h"

struct firmware_offer {
    char version[UPDATE_VERSION], runs[UPDATE_VERSION], board[UPDATE_BOARD];
    int64_t size;
    uint8_t sha256[SHA256_BYTES];
    bool is_signed;    /* by the county, whatever else was wrong */
    bool is_downgrade; /* a way back, signed as one */
};

struct firmware_ports {
    /* As of errands. */
    int (*ask)(void *context, json_t *request, const void *body, size_t length,
               struct message *reply);
    /* Is the stick still there, and does anybody still want this? */
    bool (*is_wanted)(void *context);
    void (*progress)(void *context, int percent);
    void *context;
};

/* Read and judge what is on the stick. SAY_WELL: it may be put in. `out` is filled as far as it was understood. `runs` and `board`
 * of `self`. */
enum saying firmware_look(struct firmware_offer *out, struct stick *s, const struct trust *trust,
                          const struct update_self *self, const struct firmware_ports *ports);
/* Bring what was looked at to kiosk-syncd. SAY_WELL: all of it is there, and is being summed up. */
enum saying firmware_bring(struct stick *s, const struct firmware_offer *offer,
                           const struct firmware_ports *ports);
