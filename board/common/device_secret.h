/* A secret of this device alone: 32 random bytes on the data partition, sealed by this board's TPM. kiosk-syncd keeps its key under it
 * (sync/feed/key_file.h). A board without a TPM has none. */
#pragma once

#include "board/common/creds.h"

struct device_secret {
    struct creds creds;
    const char *
        folder; /* secret.cred lies there; secret.cred.lost: one that this TPM does not unseal any more */
    const char *
        handing; /* a folder in memory, root's: `secret` is left there for whoever starts kiosk-syncd */
    const char *tree; /* the device tree */
    unsigned limit_s; /* for a TPM that should be there */
};

enum { DEVICE_SECRET_BYTES = 32 };

enum device_secret_outcome {
    DEVICE_SECRET_E_NONE = 1, /* no TPM, and never was one */
    DEVICE_SECRET_E_ABSENT,   /* there should be a TPM and is none */
    DEVICE_SECRET_E_SICK,     /* there is one, and it seals nothing */
};

/* Unseals the secret, or makes it. A sealed one that does not open is set aside for a new one only when the TPM has shown with that
 * that it works: then it is another TPM, or was cleared, or PCR 7 has changed. `secret` is left only on 0; else an outcome of the
 * above or a fault. Blocks for seconds, and for limit_s. */
NODISCARD int device_secret_bring(const struct device_secret *d);
