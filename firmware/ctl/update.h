/* kioskctl update: see ctl.h for what a command returns. */
#pragma once

#include "firmware/ctl/ctl.h"

int ctl_update(const struct ctl *c, int argc, char **argv);
