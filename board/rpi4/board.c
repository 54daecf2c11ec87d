/* Raspberry Pi 4 or Compute Module 4 with a 21.5 inch HDMI panel, 1920 x 1080 mounted upright, touch on USB. */
#include "board/board.h"
#include "board/common/display.h"
#include "board/common/places.h"

/* The glass is turned with the panel, so its axes are those of the landscape picture. */
static const struct touch_model touch[] = {
    { 0x0eef, 0xc000, NULL, { .is_swapped = true, .flips_x = true } }, /* eGalax/EETI PCAP */
    { 0x222a, 0x0001, NULL, { .is_swapped = true, .flips_x = true } }, /* ILI Technology */
    { 0x2575, 0x0001, NULL, { .is_swapped = true, .flips_x = true } }, /* Weida Hi-Tech */
    { 0 },
};

const struct dumb_panel this_panel = { TURN_90, touch };

const struct board this_board = {
    .name = "rpi4",
    .px_per_mm = 4.03,
    .fonts = BOARD_FONTS,
    .socket = BOARD_SOCKET,
    .assets = BOARD_ASSETS,
    .trust = BOARD_TRUST,
    .utc_offset_minutes = 480,
};
