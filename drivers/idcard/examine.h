/* What is the matter with a reader? For the technician's command line: opens it, asks it once, closes it. */
#pragma once

#include "drivers/idcard/connection.h"
#include "drivers/idcard/idcard.h"

struct idcard_finding {
    enum reader_cause cause;
    enum sdt_style style;
    int rate;                              /* of a serial line, 0 otherwise */
    char security_module[SAM_NUMBER_TEXT]; /* "" when it did not say */
};

/* Blocks for at most 5 s. Nothing on the plate is read. */
void idcard_examine(struct idcard_finding *out, struct usb_bus *bus, const struct sdt_place *place,
                    const struct clock *clock);
/* Every device that may be a reader, whether it works or not: readers, models that are left alone, serial lines. At most
 * `max` places; places[i].style is SDT_STYLE_NONE for what is left alone. 0 or a fault. */
NODISCARD int idcard_find_suspects(struct sdt_place *out, size_t max, size_t *count,
                                   struct usb_bus *bus, const char *const *ttys);
