/* What county-open makes of logs that came home by stick: a kiosk seals them to the county (op `log`), so that a stick which is lost
 * on the way tells nobody what staff do where. */
#pragma once

#include "firmware/seal/seal.h"

/* Opens the sealed log in `path` and writes what is in it to `folder`, under the same name: the kiosk's signed document and, beside
 * it, its signature; `kioskctl audit verify` takes these. 0, or 1 after saying why not. */
NODISCARD int open_log(const struct seal_opener *opener, const char *path, const char *folder);
