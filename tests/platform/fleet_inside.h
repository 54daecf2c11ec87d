/* Between the files about kiosks and their firmware. */
#pragma once

#include "tests/platform/fleet.h"

struct fleet {
    char dir[2048];                   /* with bundles; "" none */
    int64_t version;                  /* of the signed list; 0: nothing was ever rolled out */
    struct bytes document, signature; /* signature: base64 with its NUL */
};

/* Inside the lock: sign the list anew, under a new version when it has changed. */
NODISCARD int rollouts_remake(struct platform *p, bool is_new);
