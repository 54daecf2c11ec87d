/* start-picture: draws what a board shows while it starts, when its image is made (board/common/start_picture.h), and the
 * same as PNG for whoever looks at it or compares; or the notice of a board out of service as PNG, for the reason that systemd gives.
 * Runs on the machine that builds. */
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "board/common/notice.h"
#include "board/common/start_picture.h"

static int draw_start(const char *picture, const char *png)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    int r = notice_draw(&c, &this_board.fonts, &notice_starting, NULL);
    if (!r)
        r = start_picture_write(c, picture);
    return r ? r : present_png(c, png);
}

static int draw_out_of_service(const char *result, const char *png)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    int r = notice_draw(&c, &this_board.fonts, &notice_out_of_service, notice_why(result));
    return r ? r : present_png(c, png);
}

int main(int argc, char **argv)
{
    bool is_notice = argc == 4 && !strcmp(argv[1], "--out-of-service");
    if (argc != 3 && !is_notice) {
        fputs("usage: start-picture PICTURE PNG, or start-picture --out-of-service RESULT PNG\n",
              stderr);
        return 2;
    }
    int r = is_notice ? draw_out_of_service(argv[2], argv[3]) : draw_start(argv[1], argv[2]);
    if (r)
        fprintf(stderr, "start-picture: %s\n", strerror(-r));
    return r ? 1 : 0;
}
