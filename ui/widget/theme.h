/* Tokens: every colour, size and distance that a screen may use. Pixels are those of the reference
 * panel (1080 wide, 4.03 px/mm); design: UI guide 7.1 to 7.5. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ui/text/text.h"

enum color {
    COLOR_BG,
    COLOR_SURFACE,
    COLOR_TEXT,
    COLOR_TEXT_2,
    COLOR_PLACEHOLDER,
    COLOR_BRAND,
    COLOR_ON_BRAND,
    COLOR_ON_BRAND_2,
    COLOR_PRIMARY,
    COLOR_ON_PRIMARY,
    COLOR_PRIMARY_PRESSED,
    COLOR_BRAND_PRESSED,
    COLOR_SURFACE_PRESSED,
    COLOR_SOFT,
    COLOR_ON_SOFT,
    COLOR_SUCCESS,
    COLOR_SUCCESS_SOFT,
    COLOR_ON_SUCCESS_SOFT,
    COLOR_WARNING,
    COLOR_WARNING_SOFT,
    COLOR_ON_WARNING_SOFT,
    COLOR_DANGER,
    COLOR_DANGER_SOFT,
    COLOR_LINE,
    COLOR_BORDER,
    COLOR_FOCUS,
    COLOR_DISABLED,
    COLOR_ON_DISABLED,
    COLOR_TRACK,   /* steps still to come */
    COLOR_SHEET,   /* behind a keyboard */
    COLOR_KEY_ALT, /* keys that are no letters */
    COLOR_SHADOW,
    COLOR_COUNT,
};

enum type_token {
    TYPE_DISPLAY,
    TYPE_H1,
    TYPE_H2,
    TYPE_H3,
    TYPE_BODY,
    TYPE_STRONG, /* body in Medium */
    TYPE_INPUT,
    TYPE_KEY,
    TYPE_SMALL,
    TYPE_SMALL_STRONG,
    TYPE_ICON_S,
    TYPE_ICON_M,
    TYPE_ICON_L,
    TYPE_ICON_XL,
    TYPE_ICON_XXL,
    TYPE_COUNT,
};

struct theme_tokens {
    uint32_t colors[COLOR_COUNT]; /* 0xRRGGBB */
    struct type types[TYPE_COUNT];
    bool has_shadows;
    int margin; /* side */
    int gutter;
    int gap;    /* between targets, at least 12 px */
    int target; /* least side of anything touchable, 20 mm */
    int button_h, field_h, row_h, tile_h, key_h, bar_h;
    int radius_card, radius_button, radius_key;
};

extern const struct theme_tokens theme_light;

/* Fixed zones of the 1080 x 1920 page. */
enum {
    PAGE_W = 1080,
    PAGE_H = 1920,
    STATUS_H = 80,
    HEADER_BOTTOM = 212,
    BAR_TOP = 1784,
    SHEET_H = 920,
};
