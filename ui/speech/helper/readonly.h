/* The speech program reads files and writes none. */
#pragma once

#include "firmware/base/fault.h"

/* From here on, in every thread: no file is opened for writing, made, renamed, cut or removed
 * (EACCES); what is open stays so. By seccomp(2). 0 or -ENOTSUP (logged). */
NODISCARD int readonly_confine(void);
