/* Requests about staff and their sticks (sync/api/local-socket.md, stick.md). */
#pragma once

#include "sync/local/service.h"

/* staff-begin, staff-end, staff-note, carry-out, carry-in, readiness. NULL for any other word. `carry-in` finds the
 * request's own body in `body`. */
operation errands_find(const char *op);
