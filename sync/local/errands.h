/* Requests about staff and their sticks (sync/api/local-socket.md, stick.md). */
#pragma once

#include "sync/local/service.h"

/* Body: u32 length of the signature, signature, document; both appended. False when it is none. */
bool errand_split(const struct bytes *body, struct bytes *document, struct bytes *signature);
/* staff-begin, staff-end, staff-note, carry-out, carry-in, readiness, log. NULL for any other word. `carry-in` finds the
 * request's own body in `body`. */
operation errands_find(const char *op);
