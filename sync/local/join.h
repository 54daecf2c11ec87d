/* Joining a county by hand (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* join-request, join-in. NULL for any other word. The second finds the request's own body in `body`. */
operation join_find(const char *op);
