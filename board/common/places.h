/* Where an image has things (board/image): the same on every board. */
#pragma once

#include "ui/text/text.h"

#define BOARD_NOTO "/usr/share/fonts/opentype/noto/NotoSansCJK-"
#define BOARD_HANAZONO "/usr/share/fonts/truetype/hanazono/HanaMin"
#define BOARD_ICONS \
    "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf"

/* Face 2 of Noto's collections is Simplified Chinese. */
#define BOARD_FONTS                                                               \
    {                                                                             \
        .weights = { [WEIGHT_REGULAR] = { BOARD_NOTO "Regular.ttc", 2 },          \
                     [WEIGHT_MEDIUM] = { BOARD_NOTO "Medium.ttc", 2 },            \
                     [WEIGHT_BOLD] = { BOARD_NOTO "Bold.ttc", 2 },                \
                     [WEIGHT_ICON] = { BOARD_ICONS, 0 } },                        \
        .rare = { { BOARD_HANAZONO "A.ttf", 0 }, { BOARD_HANAZONO "B.ttf", 0 } }, \
    }

#define BOARD_SOCKET "/run/onetrip/syncd.sock"
#define BOARD_ASSETS "/usr/lib/onetrip/assets"
#define BOARD_TRUST "/etc/onetrip/trust"
