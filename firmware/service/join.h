/* Joining a county by a stick: this kiosk's request goes onto it, and the county's certificate for it comes from it
 * (sync/api/stick.md). The one who runs it owns the stick and may block. Broken off anywhere, it is begun again. */
#pragma once

#include "firmware/base/ident.h"
#include "firmware/service/errand.h"

enum join_step {
    JOIN_NOTHING,
    JOIN_REQUESTED, /* the request is on the stick: it has to go to the county */
    JOIN_DONE,      /* this kiosk has a certificate, and an id */
};
enum { JOIN_CODE = 10 };
struct join_report {
    enum join_step step;
    char kiosk[KIOSK_ID_MAX + 1]; /* JOIN_DONE */
    char code[JOIN_CODE];         /* "1A2B-3C4D": the county's desk sees the same */
};

/* With a certificate for this installation on the stick it is taken, else the request is written. SAY_WELL, or what stopped it: a
 * certificate that is not good stays where it is. `ports->progress` is not called. */
enum saying join_run(struct join_report *out, struct stick *s, const struct errand_ports *ports);
