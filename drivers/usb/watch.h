/* News from the folder where the kernel has its USB devices: /dev/bus/usb/<bus>/<device>. The kernel's own word, which
 * reaches a process that has no network: udevd's goes by netlink, which stays in the network namespace it was sent in.
 *
 * One thread; nothing here blocks. */
#pragma once

#include <stdbool.h>

#include "firmware/base/fault.h"

/* A descriptor, or a negative errno: no such folder here. */
NODISCARD int usb_watch_open(const char *folder);
/* Has anything come, gone, or been given to another group since the last call? Buses that came are watched too. */
bool usb_watch_news(int fd, const char *folder);
