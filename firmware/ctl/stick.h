/* kioskctl stick: service sticks, made by the county, looked at by anybody, sent on errands by a technician. */
#pragma once

#include "firmware/ctl/ctl.h"

/* `argv` are the `argc` words behind "stick": make MOUNT NAME=VALUE... | check MOUNT [NAME=VALUE...] | carry MOUNT.
 * Returns the exit code: 0 done, nothing to complain of; 1 refused or findings, with a sentence; 2 wrong usage. */
int ctl_stick(const struct ctl *c, int argc, char **argv);
