#include "board/common/notice.h"

#include <string.h>

#include "ui/text/icon.h"

enum { CACHE_BYTES = 1 << 20, LINES_MAX = 6 };

/* As in ui/widget/theme.c. */
enum { PAPER = 0xf3f6fa, INK = 0x16202c, QUIET = 0x4a5868, BRAND = 0x0f4c9c, WHITE = 0xffffff };

struct line {
    struct type type;
    uint32_t color;
    int y;
    const char *text;
};

struct notice {
    void (*draw_sign)(struct canvas *c, struct text *t);
    struct line lines[LINES_MAX]; /* ended by one without text */
};

static void draw_mark(struct canvas *c, struct text *t)
{
    (void)t;
    struct rect disc = { NOTICE_W / 2 - 110, 440, 220, 220 };
    canvas_round(c, disc, 110, BRAND, 255);
    canvas_round(c, (struct rect){ NOTICE_W / 2 - 14, 500, 28, 74 }, 14, PAPER, 255);
    canvas_round(c, (struct rect){ NOTICE_W / 2 - 15, 592, 30, 30 }, 15, PAPER, 255);
}

const struct notice notice_out_of_service = {
    draw_mark,
    { { { WEIGHT_BOLD, 84, 108, false }, INK, 760, "本机暂停服务" },
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
        "What has been handed in is saved and will be dealt with." } },
};

/* The field of the attract screen, so that what comes next comes in its place, and the building of every page's head. */
static void draw_field(struct canvas *c, struct text *t)
{
    static const struct type icon = { WEIGHT_ICON, 132, 132, false };
    struct rect disc = { NOTICE_W / 2 - 110, 184, 220, 220 };
    const char *building = icon_named("account_balance");
    canvas_fill(c, (struct rect){ 0, 0, NOTICE_W, 882 }, BRAND);
    canvas_round(c, disc, 110, WHITE, 255);
    text_draw(t, c, icon, building, strlen(building), disc, ALIGN_CENTER, BRAND);
}

const struct notice notice_starting = {
    draw_field,
    { { { WEIGHT_BOLD, 84, 108, false }, WHITE, 484, "正在启动，请稍候" },
      { { WEIGHT_BOLD, 56, 76, false }, WHITE, 624, "Starting, please wait" } },
};

int notice_draw(struct canvas **out, const struct font_files *fonts, const struct notice *what)
{
    AUTO(text_free) struct text *t = NULL;
    int r = text_new(&t, fonts, CACHE_BYTES);
    if (!r)
        r = canvas_new(out, NOTICE_W, NOTICE_H);
    if (r)
        return r;
    struct canvas *c = *out;
    canvas_fill(c, c->clip, PAPER);
    what->draw_sign(c, t);
    for (const struct line *l = what->lines; l < what->lines + LINES_MAX && l->text; l++)
        text_draw_block(t, c, l->type, l->text,
                        (struct rect){ 60, l->y, NOTICE_W - 120, l->type.line_px * 2 }, 2, ALIGN_CENTER,
                        l->color);
    return 0;
}
