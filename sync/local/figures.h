/* Requests about what the kiosk counts (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* figure-add, figures. NULL for any other word. */
operation figures_find(const char *op);
