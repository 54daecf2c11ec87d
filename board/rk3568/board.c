/* Boards with Rockchip's RK3568: an upright 1080 x 1920 panel on MIPI DSI, or HDMI; touch on I2C (Goodix GT9xx) or USB. */
#include "board/board.h"
#include "board/common/display.h"
#include "board/common/places.h"

static const struct touch_model touch[] = {
    { 0,
      0,
      "Goodix Capacitive TouchScreen",
      { 0 } },                       /* the name that the kernel's goodix driver gives it */
    { 0x0eef, 0xc000, NULL, { 0 } }, /* eGalax/EETI PCAP */
    { 0x222a, 0x0001, NULL, { 0 } }, /* ILI Technology */
    { 0 },
};

const struct dumb_panel this_panel = { TURN_NONE, touch };

const struct board this_board = {
    .name = "rk3568",
    .px_per_mm = 4.03,
    .fonts = BOARD_FONTS,
    .socket = BOARD_SOCKET,
    .assets = BOARD_ASSETS,
    .trust = BOARD_TRUST,
    .utc_offset_minutes = 480,
};
