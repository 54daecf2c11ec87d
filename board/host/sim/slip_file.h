/* Slips that came out of the printer, kept as slip-NNNN.bin (the bytes) and slip-NNNN.png in a folder, for whoever wants
 * to look at them. Without a folder only the newest, which the printer itself still has. */
#pragma once

#include <jansson.h>

#include "board/host/sim/printer_model.h"
#include "firmware/base/bytes.h"

/* One slip as PNG, 8-bit grey, a dot a pixel. 0 or a fault. */
NODISCARD int slip_png(struct bytes *out, const struct sim_slip *slip);

struct slip_drawer; /* body in slip_file.c */

/* `folder` NULL: nothing is written. It is made when it does not exist. 0 or a fault. */
NODISCARD int slip_drawer_new(struct slip_drawer **out, const char *folder);
void slip_drawer_free(struct slip_drawer *d); /* NULL is fine */
AUTO_DEFINE(struct slip_drawer, slip_drawer_free)
/* Keep the slips that have come out since the last call. 0 or a fault (a disk that is full); the slip is lost then. */
NODISCARD int slip_drawer_collect(struct slip_drawer *d, const struct sim_printer *printer);
size_t slip_drawer_count(const struct slip_drawer *d);
/* Array of {"index","rows","has_error","png","raw"} from slip `from` on. png is a path, base64 without a folder; raw is
 * base64 of the bytes, of the newest 16 slips (`with_raw`). Without a folder older slips are null. NULL without memory. */
json_t *slip_drawer_list(const struct slip_drawer *d, const struct sim_printer *printer,
                         size_t from, bool with_raw);
