/* kioskctl catalogue: what editors of a catalogue need. Reads files only; no kiosk, no county, no device. */
#pragma once

#include "firmware/ctl/ctl.h"

/* `argv` are the `argc` words behind "catalogue": check FILE | list FILE | show FILE CODE | diff OLD NEW.
 * Returns the exit code: 0 nothing to mend (diff: nothing changed), 1 findings (diff: changes; or it could not
 * be read, with a sentence on standard error), 2 wrong usage. */
int ctl_catalogue(const struct ctl *c, int argc, char **argv);
