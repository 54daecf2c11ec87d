#include "board/common/display.h"

#include "board/board.h"

int board_open_display(struct presenter **out, int width, int height, int scale_percent)
{
    (void)scale_percent;
    return present_dumb(out, &this_panel, width, height);
}
