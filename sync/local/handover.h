/* Operations on the notes of one shift to the next. Inside sync/local only. */
#pragma once

#include "sync/local/service.h"

/* NULL: none of these. */
operation handover_find(const char *op);
