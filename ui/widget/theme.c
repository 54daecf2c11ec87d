/* The four themes. Colours come from two palettes and what the elder version darkens or lightens to
 * reach 10:1; sizes from two scales (UI guide 7.3 to 7.5). */
#include "ui/widget/theme.h"

#define LIGHT                                                                                      \
    [COLOR_BG] = 0xF3F6FA, [COLOR_SURFACE] = 0xFFFFFF, [COLOR_TEXT] = 0x16202C,                    \
    [COLOR_SURFACE_PRESSED] = 0xDCE8F8, [COLOR_SOFT] = 0xE8F0FB, [COLOR_SUCCESS_SOFT] = 0xE7F5EC,  \
    [COLOR_WARNING_SOFT] = 0xFFF3DC, [COLOR_DANGER_SOFT] = 0xFDECEA, [COLOR_ON_BRAND] = 0xFFFFFF,  \
    [COLOR_ON_PRIMARY] = 0xFFFFFF, [COLOR_ON_PRIMARY_PRESSED] = 0xFFFFFF, [COLOR_LINE] = 0xD5DDE8, \
    [COLOR_BORDER] = 0x7C8A9C, [COLOR_FOCUS] = 0xFFB800, [COLOR_DISABLED] = 0xE6EBF1,              \
    [COLOR_TRACK] = 0xCAD3DF, [COLOR_SHEET] = 0xDFE6EF, [COLOR_KEY_ALT] = 0xECF0F6,                \
    [COLOR_SHADOW] = 0x0A1E3C

#define LIGHT_NORMAL                                                                               \
    [COLOR_TEXT_2] = 0x4A5868, [COLOR_PLACEHOLDER] = 0x5F6C7B, [COLOR_BRAND] = 0x0F4C9C,           \
    [COLOR_ON_BRAND_2] = 0xD6E4F7, [COLOR_PRIMARY] = 0x1A63C4, [COLOR_PRIMARY_PRESSED] = 0x0A3A7A, \
    [COLOR_BRAND_PRESSED] = 0x0A3A7A, [COLOR_ON_SOFT] = 0x0F4C9C, [COLOR_SUCCESS] = 0x1B7A48,      \
    [COLOR_ON_SUCCESS_SOFT] = 0x17693E, [COLOR_WARNING] = 0x9A5B00,                                \
    [COLOR_ON_WARNING_SOFT] = 0x7A4300, [COLOR_DANGER] = 0xB42318, [COLOR_ON_DISABLED] = 0x76828F, \
    [COLOR_ACCENT] = 0x0F4C9C

/* Words at 10:1 or better on whatever they stand on. */
#define LIGHT_ELDER                                                                                \
    [COLOR_TEXT_2] = 0x16202C, [COLOR_PLACEHOLDER] = 0x2B3744, [COLOR_BRAND] = 0x0A3A7A,           \
    [COLOR_ON_BRAND_2] = 0xFFFFFF, [COLOR_PRIMARY] = 0x083677, [COLOR_PRIMARY_PRESSED] = 0x05234A, \
    [COLOR_BRAND_PRESSED] = 0x05234A, [COLOR_ON_SOFT] = 0x082F63, [COLOR_SUCCESS] = 0x0A4023,      \
    [COLOR_ON_SUCCESS_SOFT] = 0x0A4023, [COLOR_WARNING] = 0x5A3200,                                \
    [COLOR_ON_WARNING_SOFT] = 0x4A2800, [COLOR_DANGER] = 0x6B120B, [COLOR_ON_DISABLED] = 0x4A5868, \
    [COLOR_ACCENT] = 0x0A3A7A

#define CONTRAST                                                                                 \
    [COLOR_BG] = 0x000000, [COLOR_SURFACE] = 0x1A1A1A, [COLOR_TEXT] = 0xFFFFFF,                  \
    [COLOR_TEXT_2] = 0xD0D7DE, [COLOR_PLACEHOLDER] = 0xD0D7DE, [COLOR_BRAND] = 0x000000,         \
    [COLOR_ON_BRAND] = 0xFFFFFF, [COLOR_ON_BRAND_2] = 0xFFFFFF, [COLOR_PRIMARY] = 0xFFD60A,      \
    [COLOR_ON_PRIMARY] = 0x000000, [COLOR_PRIMARY_PRESSED] = 0xFFFFFF,                           \
    [COLOR_ON_PRIMARY_PRESSED] = 0x000000, [COLOR_BRAND_PRESSED] = 0x333333,                     \
    [COLOR_SURFACE_PRESSED] = 0x333333, [COLOR_SOFT] = 0x1A1A1A, [COLOR_SUCCESS] = 0x7CE38B,     \
    [COLOR_SUCCESS_SOFT] = 0x1A1A1A, [COLOR_ON_SUCCESS_SOFT] = 0x7CE38B,                         \
    [COLOR_WARNING] = 0xFFD60A, [COLOR_WARNING_SOFT] = 0x1A1A1A,                                 \
    [COLOR_ON_WARNING_SOFT] = 0xFFD60A, [COLOR_DANGER_SOFT] = 0x1A1A1A, [COLOR_LINE] = 0xFFFFFF, \
    [COLOR_BORDER] = 0xFFFFFF, [COLOR_FOCUS] = 0xFFD60A, [COLOR_DISABLED] = 0x1A1A1A,            \
    [COLOR_ON_DISABLED] = 0xD0D7DE, [COLOR_TRACK] = 0x8A8A8A, [COLOR_SHEET] = 0x000000,          \
    [COLOR_KEY_ALT] = 0x262626, [COLOR_SHADOW] = 0x000000, [COLOR_ACCENT] = 0xFFD60A

#define CONTRAST_NORMAL [COLOR_ON_SOFT] = 0x8AC7FF, [COLOR_DANGER] = 0xFF8A80
#define CONTRAST_ELDER [COLOR_ON_SOFT] = 0xA9D6FF, [COLOR_DANGER] = 0xFFB4AB

#define NORMAL_TYPES                                                                            \
    {                                                                                           \
        [TYPE_DISPLAY] = { WEIGHT_BOLD, 72, 90, false },                                        \
        [TYPE_H1] = { WEIGHT_BOLD, 56, 72, false }, [TYPE_H2] = { WEIGHT_BOLD, 44, 58, false }, \
        [TYPE_H3] = { WEIGHT_MEDIUM, 38, 50, false },                                           \
        [TYPE_BODY] = { WEIGHT_REGULAR, 34, 50, false },                                        \
        [TYPE_STRONG] = { WEIGHT_MEDIUM, 34, 50, false },                                       \
        [TYPE_INPUT] = { WEIGHT_REGULAR, 44, 56, false },                                       \
        [TYPE_KEY] = { WEIGHT_REGULAR, 44, 56, false },                                         \
        [TYPE_SMALL] = { WEIGHT_REGULAR, 30, 42, false },                                       \
        [TYPE_SMALL_STRONG] = { WEIGHT_MEDIUM, 30, 42, false },                                 \
        [TYPE_ICON_S] = { WEIGHT_ICON, 36, 36, false },                                         \
        [TYPE_ICON_M] = { WEIGHT_ICON, 48, 48, false },                                         \
        [TYPE_ICON_L] = { WEIGHT_ICON, 64, 64, false },                                         \
        [TYPE_ICON_XL] = { WEIGHT_ICON, 128, 128, false },                                      \
        [TYPE_ICON_XXL] = { WEIGHT_ICON, 160, 160, false },                                     \
    }

#define ELDER_TYPES                                                                             \
    {                                                                                           \
        [TYPE_DISPLAY] = { WEIGHT_BOLD, 88, 110, false },                                       \
        [TYPE_H1] = { WEIGHT_BOLD, 76, 95, false }, [TYPE_H2] = { WEIGHT_BOLD, 60, 78, false }, \
        [TYPE_H3] = { WEIGHT_MEDIUM, 52, 64, false },                                           \
        [TYPE_BODY] = { WEIGHT_REGULAR, 46, 66, false },                                        \
        [TYPE_STRONG] = { WEIGHT_MEDIUM, 46, 66, false },                                       \
        [TYPE_INPUT] = { WEIGHT_REGULAR, 60, 72, false },                                       \
        [TYPE_KEY] = { WEIGHT_REGULAR, 52, 64, false },                                         \
        [TYPE_SMALL] = { WEIGHT_REGULAR, 38, 52, false },                                       \
        [TYPE_SMALL_STRONG] = { WEIGHT_MEDIUM, 38, 52, false },                                 \
        [TYPE_ICON_S] = { WEIGHT_ICON, 44, 44, false },                                         \
        [TYPE_ICON_M] = { WEIGHT_ICON, 56, 56, false },                                         \
        [TYPE_ICON_L] = { WEIGHT_ICON, 72, 72, false },                                         \
        [TYPE_ICON_XL] = { WEIGHT_ICON, 128, 128, false },                                      \
        [TYPE_ICON_XXL] = { WEIGHT_ICON, 160, 160, false },                                     \
    }

#define NORMAL_SIZES                                                                             \
    .types = NORMAL_TYPES, .margin = 48, .gutter = 20, .gap = 16, .target = 81, .button_h = 112, \
    .field_h = 112, .row_h = 164, .tile_h = 208, .key_h = 118, .bar_h = 136, .head_h = 96,       \
    .choice_h = 96, .line_h = 84, .disc = 88, .radius_card = 20, .radius_button = 16,            \
    .radius_key = 14

#define ELDER_SIZES                                                                               \
    .types = ELDER_TYPES, .is_elder = true, .margin = 40, .gutter = 24, .gap = 20, .target = 120, \
    .button_h = 140, .field_h = 140, .row_h = 220, .tile_h = 232, .key_h = 118, .bar_h = 160,     \
    .head_h = 120, .choice_h = 128, .line_h = 120, .disc = 120, .radius_card = 20,                \
    .radius_button = 16, .radius_key = 14

static const struct theme_tokens contrast_normal = {
    .colors = { CONTRAST, CONTRAST_NORMAL }, NORMAL_SIZES, .is_contrast = true, .card_line = 2
};
static const struct theme_tokens contrast_elder = {
    .colors = { CONTRAST, CONTRAST_ELDER }, ELDER_SIZES, .is_contrast = true, .card_line = 3
};
static const struct theme_tokens light_elder = {
    .colors = { LIGHT, LIGHT_ELDER }, ELDER_SIZES, .has_shadows = true, .card_line = 3
};
const struct theme_tokens theme_light = { .colors = { LIGHT, LIGHT_NORMAL },
                                          NORMAL_SIZES,
                                          .has_shadows = true };

/* Staff pages: dark, so that nobody takes them for the residents' (UI guide 7.7, 13). Words at 7:1 or better. */
const struct theme_tokens theme_staff = {
    .colors = { [COLOR_BG] = 0x161C24,
                [COLOR_SURFACE] = 0x232C37,
                [COLOR_TEXT] = 0xF3F6FA,
                [COLOR_TEXT_2] = 0xC3CEDA,
                [COLOR_PLACEHOLDER] = 0xA9B6C4,
                [COLOR_BRAND] = 0x2B3440,
                [COLOR_ON_BRAND] = 0xFFFFFF,
                [COLOR_ON_BRAND_2] = 0xD3DCE6,
                [COLOR_PRIMARY] = 0x9CC8FF,
                [COLOR_ON_PRIMARY] = 0x0B1A2E,
                [COLOR_PRIMARY_PRESSED] = 0xD6E8FF,
                [COLOR_BRAND_PRESSED] = 0x3D4957,
                [COLOR_SURFACE_PRESSED] = 0x364352,
                [COLOR_SOFT] = 0x24384F,
                [COLOR_ON_SOFT] = 0xCFE4FF,
                [COLOR_SUCCESS] = 0x7CE3A0,
                [COLOR_SUCCESS_SOFT] = 0x16392A,
                [COLOR_ON_SUCCESS_SOFT] = 0xA6F0C1,
                [COLOR_WARNING] = 0xFFC24D,
                [COLOR_WARNING_SOFT] = 0x443312,
                [COLOR_ON_WARNING_SOFT] = 0xFFDB94,
                [COLOR_DANGER] = 0xFFA39A,
                [COLOR_DANGER_SOFT] = 0x4A2124,
                [COLOR_LINE] = 0x3A4653,
                [COLOR_BORDER] = 0x8997A7,
                [COLOR_FOCUS] = 0xFFD60A,
                [COLOR_DISABLED] = 0x2B3440,
                [COLOR_ON_DISABLED] = 0xA9B6C4,
                [COLOR_TRACK] = 0x4A5868,
                [COLOR_SHEET] = 0x11161C,
                [COLOR_KEY_ALT] = 0x323E4B,
                [COLOR_SHADOW] = 0x000000,
                [COLOR_ACCENT] = 0x9CC8FF,
                [COLOR_ON_PRIMARY_PRESSED] = 0x0B1A2E },
    NORMAL_SIZES,
    .has_shadows = true,
};

const struct theme_tokens theme_rest = {
    .colors = { [COLOR_TEXT] = 0x8C9AAB, [COLOR_TEXT_2] = 0x7A8797, [COLOR_FOCUS] = 0xFFD60A },
    NORMAL_SIZES
};

const struct theme_tokens *theme_for(bool is_contrast, bool is_elder)
{
    static const struct theme_tokens *const themes[2][2] = {
        { &theme_light, &light_elder }, { &contrast_normal, &contrast_elder }
    };
    return themes[is_contrast][is_elder];
}

const struct panel panel_reference = { PAGE_W, PAGE_H, 4.03 };

struct panel panel_or_reference(struct panel p)
{
    return p.width > 0 && p.height > 0 && p.px_per_mm > 0 ? p : panel_reference;
}
