/* Requests of staff about the queue: what waits, what happened, and a nudge (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* queue-list, events, sync-now, item-release. NULL for any other word. */
operation inspect_find(const char *op);
