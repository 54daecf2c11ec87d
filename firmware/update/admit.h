/* May this bundle be installed here? Asked by whoever installs, before it looks at the bundle itself, of what lies beside it:
 * the county's document `updates` with its signature (manifest.json, manifest.sig), and the bundle's own size and SHA-256.
 *
 * kiosk-syncd has fetched all three and is believed in nothing: not that the document is signed, not which version this is, not
 * that it may go back. Whoever takes kiosk-syncd over can keep an update away or leave an older document there; it can bring no
 * firmware that the county did not list, and none to a lower version than runs, unless the county has signed it as a way back from
 * the very version that runs.
 * Any thread. */
#pragma once

#include "firmware/base/bytes.h"
#include "firmware/update/manifest.h"

enum admit_outcome {
    ADMIT_E_SIGNATURE = 1, /* the county has not signed this document */
    ADMIT_E_FORMAT,        /* signed, but no list of updates */
    ADMIT_E_OTHER,         /* the list does not have this file for this board */
    ADMIT_E_SIZE,          /* it does, with another size */
    ADMIT_E_SAME,          /* that version runs already */
    ADMIT_E_OLDER,         /* older than what runs, and not signed as a way back from it */
    ADMIT_END,
};
struct admit_file {
    int64_t size;
    uint8_t sha256[SHA256_BYTES]; /* as the installer has summed it up */
};
/* Dates of certificates are not judged: a board may not know the day. Stages are the county's courtesy, not a matter of
 * trust: they are not judged either. *is_downgrade: it is a way back. 0, ADMIT_E_... or a fault. */
NODISCARD int update_admit(struct update *out, bool *is_downgrade, const struct trust *trust,
                           const struct bytes *manifest, const struct bytes *signature,
                           const struct admit_file *file, const struct update_self *self);
/* One English sentence for each outcome but 0. */
const char *admit_sentence(int outcome);
