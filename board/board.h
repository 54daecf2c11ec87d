/* What differs between boards, as tables. One board is linked into a program. */
#pragma once

#include "ui/present/present.h"
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

/* The board's glass for a picture of this size: a window, or the display itself (`scale_percent` is the window's). As
 * present_window() and present_dumb(). */
NODISCARD int board_open_display(struct presenter **out, int width, int height, int scale_percent);
