/* What the helper gives up once it is loaded: files, network, other programs, traces. */
#pragma once

#include <stdbool.h>

#include "firmware/base/fault.h"

/* Before anything is loaded: no core files, dies with the thread that started it, freed
 * memory is overwritten, no fd above `last_fd`. 0 or a fault. */
NODISCARD int cage_begin(int last_fd);
/* After loading, before anything is typed: no ptrace; pages of the maps of files below `tables` go; writable memory is locked
 * into RAM as far as limits allow; no file can grow if `is_silent` (there is no output that may be a file); only the calls
 * that answering needs are left (seccomp, every other one fails with EPERM). 0, or a fault where the kernel cannot: then
 * do not go on. */
NODISCARD int cage_close(const char *tables, bool is_silent);
