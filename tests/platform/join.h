/* A kiosk that joins by stick (sync/api/stick.md): its request in, the county's signed answer out. Works on the platform's own database,
 * beside a running server or without one. */
#pragma once

#include "tests/platform/platform.h"

struct stick;

enum { JOIN_CODE_TEXT = 10, JOIN_DAYS = 30 };
struct join_visit {
    char install_id[UUID_TEXT],
        code[JOIN_CODE_TEXT]; /* of the request that was answered; as the kiosk shows it: "1A2B-3C4D" */
};
/* The one request on the stick (with `code`, the one that has it) becomes kiosk `kiosk`: certificate and installation are noted, the
 * answer is written onto the stick, signed, and the request removed. 0, 1 after a sentence in the log (nothing is noted), STICK_E_..., or a
 * fault. Broken off behind the noting, it is begun again. */
NODISCARD int join_visit(struct join_visit *out, struct platform *p, struct stick *stick,
                         const char *kiosk, const char *code, const struct bytes *signer_key,
                         const struct bytes *signer_pem);
