/* The county's end of carrying by stick: loads of kiosks in, signed answers out (sync/api/stick.md). Works on the
 * platform's own database, beside a running server or without one. */
#pragma once

#include "sync/carry/load.h"
#include "tests/platform/platform.h"

enum { CARRY_ANSWER_NAME = 64 };

struct carry_report {
    char kiosk[KIOSK_ID_MAX + 1];
    unsigned accepted, duplicate, refused, later;
};
/* Tables of its own, made if they are missing. */
NODISCARD int carry_begin(struct platform *p);
/* One file. All its items in one transaction, each judged as one from the network would be; taken twice, it changes
 * nothing. `kiosk_ca_pem`: under which kiosks are certified. 0, LOAD_E_..., or a fault (then nothing was taken). */
NODISCARD int carry_take(struct platform *p, struct carry_report *out, const uint8_t *file,
                         size_t length, const struct bytes *kiosk_ca_pem);
/* Every kiosk whose items came by stick in the last 90 days. */
NODISCARD int carry_kiosks(struct platform *p, int (*each)(void *context, const char *kiosk),
                           void *context);
/* The answers to one kiosk, in order: what became of its items, and how its cases stand. `each` gets a name without its
 * ending, and the document; a result other than 0 ends it and is returned. */
NODISCARD int carry_answers(struct platform *p, const char *kiosk,
                            int (*each)(void *context, const char *name, const char *document),
                            void *context);

/* ---- a whole visit of a stick -------------------------------------------------------- */
struct stick;
struct carry_options {
    const struct bytes *signer_key, *signer_pem; /* of documents; PEM */
    const struct bytes *kiosk_ca;                /* PEM */
    bool keeps_loads;                            /* what was taken stays on the stick */
};
struct carry_visit {
    size_t loads, bad; /* files; those that were not taken, which stay where they are */
    struct carry_report sum;
    unsigned answers, documents;
    unsigned logs, logs_known; /* sealed logs and certificates: kept now, and here before */
};
/* Loads in; answers for every kiosk onto it, and keys, catalogue and configuration if the platform has read them; then
 * what was taken is removed. It may be broken off anywhere and begun again. 0, STICK_E_..., or a fault. */
NODISCARD int carry_visit(struct carry_visit *out, struct platform *p, struct stick *stick,
                          const struct carry_options *options);
