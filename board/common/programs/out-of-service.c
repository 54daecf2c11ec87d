/* out-of-service: a notice in Chinese and English on the board's display, while the kiosk cannot run. Knows nothing of
 * sessions, devices or the county; ends by itself so that the kiosk is tried again. Why the kiosk cannot run systemd tells whom it
 * starts by OnFailure (systemd.exec(5), $MONITOR_SERVICE_RESULT). */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board/board.h"
#include "board/common/display.h"
#include "board/common/notice.h"
#include "firmware/base/clock.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

static int show(struct presenter *p)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    struct damage all = { 0 };
    int r = notice_draw(&c, &this_board.fonts, &notice_out_of_service,
                        notice_why(getenv("MONITOR_SERVICE_RESULT")));
    if (r)
        return r;
    damage_add(&all, c->clip);
    present_show(p, c, &all);
    return 0;
}

/* Touches are read and mean nothing. */
static void stay(struct presenter *p, int seconds)
{
    int64_t end = system_clock.boot_ms(&system_clock) + seconds * (int64_t)1000, left;
    struct input input;
    while ((left = end - system_clock.boot_ms(&system_clock)) > 0) {
        while (present_next(p, &input))
            continue;
        present_wait(p, left > 60000 ? 60000 : (int)left);
    }
}

int main(int argc, char **argv)
{
    static const struct option longs[] = { { "seconds", required_argument, NULL, 's' },
                                           { NULL, 0, NULL, 0 } };
    AUTO(present_free) struct presenter *p = NULL;
    int seconds = 300, id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1)
        if (id != 's' || !text_to_int(&seconds, optarg)) {
            fputs("usage: out-of-service [--seconds N]\n", stderr);
            return 2;
        }
    int r = board_open_display(&p, NOTICE_W, NOTICE_H, 0);
    if (!r)
        r = show(p);
    if (r) {
        log_line(LOG_ERROR, "notice", "cannot be shown: %s", strerrorname_np(-r));
        return 1;
    }
    stay(p, seconds);
    return 0;
}
