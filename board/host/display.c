/* The desktop's glass is a window. */
#include "board/board.h"

int board_open_display(struct presenter **out, int width, int height, int scale_percent)
{
    return present_window(out, "OneTrip", width, height, scale_percent);
}
