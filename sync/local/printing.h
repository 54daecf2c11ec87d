/* Requests of whoever owns the printer: each attempt at a page and what became of it (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* print-begin, print-state, print-open. NULL for any other word. */
operation printing_find(const char *op);
