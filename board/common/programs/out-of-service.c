/* out-of-service: a notice in Chinese and English on the board's display, while the kiosk cannot run. Knows nothing of
 * sessions, devices or the county; ends by itself so that the kiosk is tried again. */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "board/board.h"
#include "board/common/display.h"
#include "firmware/base/clock.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

enum { W = 1080, H = 1920, CACHE_BYTES = 1 << 20 };

enum { PAPER = 0xf3f6fa, INK = 0x16202c, QUIET = 0x4a5868, BRAND = 0x0f4c9c };

struct line {
    struct type type;
    uint32_t color;
    int y;
    const char *text;
};

/* Words of its own: translations may be what is broken. */
static const struct line lines[] = {
    { { WEIGHT_BOLD, 84, 108, false }, INK, 760, "本机暂停服务" },
    { { WEIGHT_REGULAR, 44, 66, false }, QUIET, 900, "请到窗口办理，或联系工作人员。" },
    { { WEIGHT_REGULAR, 44, 66, false }, QUIET, 966, "已提交的申请已经保存，会正常办理。" },
    { { WEIGHT_BOLD, 56, 76, false }, INK, 1130, "This kiosk is out of service" },
    { { WEIGHT_REGULAR, 36, 56, false },
      QUIET,
      1226,
      "Please go to the counter, or ask the staff." },
    { { WEIGHT_REGULAR, 36, 56, false },
      QUIET,
      1282,
      "What has been handed in is saved and will be dealt with." },
};

static void draw_sign(struct canvas *c)
{
    struct rect disc = { W / 2 - 110, 440, 220, 220 };
    canvas_round(c, disc, 110, BRAND, 255);
    canvas_round(c, (struct rect){ W / 2 - 14, 500, 28, 74 }, 14, PAPER, 255);
    canvas_round(c, (struct rect){ W / 2 - 15, 592, 30, 30 }, 15, PAPER, 255);
}

static int draw(struct presenter *p)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    AUTO(text_free) struct text *t = NULL;
    struct damage all = { 0 };
    int r = canvas_new(&c, W, H);
    if (!r)
        r = text_new(&t, &this_board.fonts, CACHE_BYTES);
    if (r)
        return r;
    canvas_fill(c, c->clip, PAPER);
    draw_sign(c);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        text_draw_block(t, c, lines[i].type, lines[i].text,
                        (struct rect){ 60, lines[i].y, W - 120, lines[i].type.line_px * 2 }, 2,
                        ALIGN_CENTER, lines[i].color);
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
    int r = board_open_display(&p, W, H, 0);
    if (!r)
        r = draw(p);
    if (r) {
        log_line(LOG_ERROR, "notice", "cannot be shown: %s", strerrorname_np(-r));
        return 1;
    }
    stay(p, seconds);
    return 0;
}
