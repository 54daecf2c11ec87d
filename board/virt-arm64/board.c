/* The virtual board: QEMU's "virt" machine, 64-bit ARM. Its pointer stands for the touch panel. */
#include "board/board.h"
#include "board/common/display.h"
#include "board/common/places.h"

static const struct touch_model touch[] = {
    { 0x0627, 0x0003, NULL, { 0 } }, /* QEMU's virtio tablet */
    { 0x1209,
      0x0003,
      "Simulated touch panel",
      { 0 } }, /* uinput in a test; the ids are a test range's */
    { 0 },
};

const struct dumb_panel this_panel = { TURN_NONE, touch };

const struct board this_board = {
    .name = "virt-arm64",
    .px_per_mm = 4.03, /* as the 21.5 inch panel */
    .fonts = BOARD_FONTS,
    .socket = BOARD_SOCKET,
    .assets = BOARD_ASSETS,
    .trust = BOARD_TRUST,
    .utc_offset_minutes = 480,
};
