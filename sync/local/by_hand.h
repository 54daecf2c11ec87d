/* Firmware that staff bring by stick, piece by piece (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* update-begin, update-piece, update-end. NULL for any other word. The first two find the request's own body in `body`. */
operation by_hand_find(const char *op);
