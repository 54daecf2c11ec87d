/* Is there a TPM 2.0 on this board? Its driver may come up a moment later than we do. */
#pragma once

#include <stdbool.h>

/* Does the firmware's description of this board name one: the device tree below `tree` (Linux Documentation/devicetree/bindings/tpm),
 * or ACPI's table TPM2? Reads the whole tree, some milliseconds. */
bool tpm_is_described(const char *tree);
/* Whether the device is there, at the latest after `limit_s`. A name that is no path (of tpm2-tss: "swtpm:port=2321") is there. */
bool tpm_wait(const char *device, unsigned limit_s);
