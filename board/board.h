/* What differs between boards, as tables. One board is linked into a program. */
#pragma once

#include "ui/text/text.h"

struct board {
    const char *name;
    double px_per_mm; /* of the panel, for the least sizes in mm */
    struct font_files fonts;
    const char *socket; /* of kiosk-syncd */
    const char *assets; /* catalogue/, po/ */
    const char *trust;  /* CA certificates of the county */
    int utc_offset_minutes;
};

extern const struct board this_board;
