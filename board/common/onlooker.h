/* What a program may that has shown its picture and only waits for the next one. */
#pragma once

#include <stdint.h>

#include "firmware/base/fault.h"

/* Nobody's user and group, no new rights, and of the kernel's calls only: one request of ioctl(2), sleep, end. Any other ends it at once (seccomp). For good. 0, or a fault: then it must not go on. Logs nothing. */
NODISCARD int onlooker_become(uint32_t request);
