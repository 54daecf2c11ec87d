/* The desktop: a window, simulated devices over USB/IP, Debian's font paths. */
#include "board/board.h"

#define NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define HANAZONO "/usr/share/fonts/truetype/hanazono/HanaMin"

enum {
    SIMPLIFIED_CHINESE = 2
}; /* face in Noto's collections; 0 is the Japanese one with other shapes */

const struct board this_board = {
    .name = "host",
    .px_per_mm = 4.03, /* 21.5 inch, 1080 x 1920 */
    .fonts = {
        .weights = {
            [WEIGHT_REGULAR] = { NOTO "Regular.ttc", SIMPLIFIED_CHINESE },
            [WEIGHT_MEDIUM] = { NOTO "Medium.ttc", SIMPLIFIED_CHINESE },
            [WEIGHT_BOLD] = { NOTO "Bold.ttc", SIMPLIFIED_CHINESE },
            [WEIGHT_ICON] = { "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf", 0 },
        },
        .rare = { { HANAZONO "A.ttf", 0 }, { HANAZONO "B.ttf", 0 },
                  { "/usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf", 0 } },
    },
    .socket = "/run/onetrip/syncd.sock",
    .assets = "assets",
    .trust = "/etc/onetrip/trust",
    .utc_offset_minutes = 480,
};
