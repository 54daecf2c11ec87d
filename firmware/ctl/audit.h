/* kioskctl audit: see ctl.h for what a command returns. */
#pragma once

#include "firmware/ctl/ctl.h"

int ctl_audit(const struct ctl *c, int argc, char **argv);
