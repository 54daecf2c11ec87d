/* Requests about what agents left behind (sync/api/local-socket.md). */
#pragma once

#include "sync/local/service.h"

/* note-keep, note-list. NULL for any other word. */
operation notes_find(const char *op);
