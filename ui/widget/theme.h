/* Tokens: every colour, size and distance that a screen may use. Pixels are those of the reference
 * panel (1080 wide, 4.03 px/mm); design: UI guide 7.1 to 7.5. A theme is data: light or high
 * contrast, in the ordinary or the elder size. */
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
    COLOR_ACCENT,             /* icons on a surface */
    COLOR_ON_PRIMARY_PRESSED, /* words on a filled button under the finger */
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
    bool is_contrast, is_elder;
    int card_line; /* outline of cards in COLOR_BORDER, px; 0: none */
    int margin;    /* side */
    int gutter;
    int gap;    /* between targets, at least 12 px */
    int target; /* least side of anything touchable, px */
    int button_h, field_h, row_h, tile_h, key_h, bar_h;
    int head_h;   /* button in the header */
    int choice_h; /* least height of one answer */
    int line_h;   /* a field in one line */
    int disc;     /* disc behind the icon of a row */
    int radius_card, radius_button, radius_key;
};

const struct theme_tokens *theme_for(bool is_contrast, bool is_elder);
extern const struct theme_tokens theme_light; /* the same as theme_for(false, false) */

/* Staff pages, whatever a resident wished before. */
extern const struct theme_tokens theme_staff;

/* The glass while nobody is here by night: nothing on it but words, as dim as can be read. */
extern const struct theme_tokens theme_rest;

/* The glass: size in pixels, and how many of them make a millimetre. Portrait or landscape. */
struct panel {
    int width, height;
    double px_per_mm;
};

extern const struct panel panel_reference; /* 21.5 inch upright, for which sizes are written */
/* The same with a pixel count that no panel has replaced by the reference's. */
struct panel panel_or_reference(struct panel p);

/* Zones of the reference page, in which sheets of keys are laid out before they are put in place. */
enum {
    PAGE_W = 1080,
    PAGE_H = 1920,
    SHEET_H = 920,
};
