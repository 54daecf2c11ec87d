/* What kiosks have signed and sticks have brought home: sealed logs and readiness certificates. The county keeps them as they came;
 * what a sealed log says only county-open can read (open/log.h). */
#pragma once

#include "tests/platform/platform.h"

/* A table of its own. */
NODISCARD int logs_begin(struct platform *p);

enum logs_outcome {
    LOGS_E_SIGNATURE = 1, /* not signed by the kiosk it names */
    LOGS_E_FORMAT,        /* signed, but neither log nor certificate */
};
/* One file of a stick, kept once however often it comes; *is_new: it was not here. 0, LOGS_E_..., or a fault. */
NODISCARD int logs_take(struct platform *p, bool *is_new, const struct bytes *document,
                        const struct bytes *signature, const struct bytes *kiosk_ca_pem);
/* Those of one kiosk, the newest first: {"sha256", "type", "at", "taken_ms", "bytes", "may_open" (of certificates)}. Inside the
 * lock. */
json_t *logs_json(struct platform *p, const char *kiosk);
/* GET /fleet/log?id=K0012&sha256=..., &part=signature for its signature: as it came. */
void logs_get(struct platform *p, const struct request_in *q, struct reply *r);
