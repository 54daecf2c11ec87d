/* News from a folder and the folders in it, for whoever would otherwise look there again and again: the kernel's USB devices
 * (/dev/bus/usb/<bus>/<device>), the socket of another program. The kernel's own word, which reaches a process that has no
 * network: udevd's goes by netlink, which stays in the network namespace it was sent in.
 *
 * One thread; nothing here blocks. */
#pragma once

#include <stdbool.h>

#include "firmware/base/fault.h"

/* A descriptor, readable (poll POLLIN) when there is news; closed with close(). A folder that is not there yet is waited for,
 * when it would come at most FOLDER_WATCH_DEEP levels below one that is; else a negative errno. */
enum { FOLDER_WATCH_DEEP = 2 };
NODISCARD int folder_watch(const char *folder);
/* Has anything come, gone, or been given to another group since the last call? Folders that came are watched too. */
bool folder_news(int fd, const char *folder);
