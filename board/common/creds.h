/* systemd-creds(1) does what there is to do with a TPM: seal a few bytes under its own key and PCR 7, and unseal them. PCR 7 is what a
 * measured start says of who may sign firmware; an update by the county does not change it. Blocks for seconds. */
#pragma once

#include "firmware/base/bytes.h"

struct creds {
    const char *program; /* systemd-creds */
    const char *tpm;     /* "/dev/tpmrm0", or as tpm2-tss knows it */
};

/* Appends text for a file. 0, -EIO (why stands in the log, by systemd-creds itself) or another fault. */
NODISCARD int creds_seal(struct bytes *sealed, const struct creds *c, const void *secret,
                         size_t length);
NODISCARD int creds_unseal(struct bytes *secret, const struct creds *c, const struct bytes *sealed);
