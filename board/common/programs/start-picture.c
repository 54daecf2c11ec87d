/* start-picture: draws what a board shows while it starts, when its image is made (board/common/start_picture.h), and the
 * same as PNG for whoever looks at it or compares. Runs on the machine that builds. */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "board/common/notice.h"
#include "board/common/start_picture.h"

int main(int argc, char **argv)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    if (argc != 3) {
        fputs("usage: start-picture PICTURE PNG\n", stderr);
        return 2;
    }
    int r = notice_draw(&c, &this_board.fonts, &notice_starting, NULL);
    if (!r)
        r = start_picture_write(c, argv[1]);
    if (!r)
        r = present_png(c, argv[2]);
    if (r)
        fprintf(stderr, "start-picture: %s\n", strerror(-r));
    return r ? 1 : 0;
}
