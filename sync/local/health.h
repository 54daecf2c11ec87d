/* What kiosk tells of its devices (op `health`), for the heartbeat (sync/api/local-socket.md). Kept in memory: it is of now. */
#pragma once

#include "sync/local/service.h"

/* NULL for any other word. */
operation health_find(const char *op);
