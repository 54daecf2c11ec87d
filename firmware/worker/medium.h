/* How the medium is that the queue lies on, as the kernel tells it in sysfs. Any thread; reads a few small files. */
#pragma once

#include "firmware/service/ready.h"

/* `sys`: "/sys", or a folder like it. Errors of all ext4 file systems (Linux Documentation/ABI/testing/sysfs-fs-ext4,
 * errors_count), and the life that built-in flash counts (life_time and pre_eol_info of mmc devices; Documentation/mmc). */
void medium_look(struct ready_medium *out, const char *sys);
