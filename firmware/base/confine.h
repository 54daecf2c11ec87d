/* What a process will not need is taken from it for good, so that a fault in it cannot use it. */
#pragma once

#include "firmware/base/fault.h"

/* From here on, in every thread and child: no socket but AF_UNIX ones, no other program (execve
 * fails with EPERM), no new rights by any file. Sockets that are open already stay. By seccomp(2)
 * on x86-64 and aarch64; does not block. 0, or -ENOTSUP where the kernel or the machine has no such
 * filter (logged): who needs it must then not go on. */
NODISCARD int confine_offline(void);
