/* Live questions over the local socket: `ask` and `ask-drop` (sync/api/live-question.md). Nothing here can read them. */
#pragma once

#include "sync/local/service.h"

/* NULL: no operation of this file. `ask` takes its sealed bytes in `body`, and leaves it empty. */
operation questions_find(const char *op);
