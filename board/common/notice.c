#include "board/common/notice.h"

#include <string.h>

#include "ui/text/icon.h"

enum { CACHE_BYTES = 1 << 20, LINES_MAX = 8 };

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
    { { { WEIGHT_BOLD, 84, 108, false }, INK, 700, "本机暂停服务" },
      { { WEIGHT_REGULAR, 44, 66, false }, QUIET, 840, "请到窗口办理，或联系工作人员。" },
      { { WEIGHT_REGULAR, 44, 66, false }, QUIET, 906, "已提交的申请已经保存，会正常办理。" },
      { { WEIGHT_REGULAR, 44, 66, false }, QUIET, 972, "12345 热线随时可以打。" },
      { { WEIGHT_BOLD, 56, 76, false }, INK, 1110, "This kiosk is out of service" },
      { { WEIGHT_REGULAR, 36, 56, false },
        QUIET,
        1206,
        "Please go to the counter, or ask the staff." },
      { { WEIGHT_REGULAR, 36, 56, false },
        QUIET,
        1262,
        "What has been handed in is saved and will be dealt with." },
      { { WEIGHT_REGULAR, 36, 56, false }, QUIET, 1318, "Phone 12345 answers at any time." } },
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

/* ---- why ---------------------------------------------------------------------------------- */

enum { WHY_Y = 1500 };

const struct notice_why *notice_why(const char *result)
{
    static const struct {
        const char *result;
        struct notice_why why;
    } rows[] = {
        { "watchdog",
          { "原因：画面程序没有反应。几分钟后自动重试。",
            "Reason: the screen program did not respond. It is tried again soon." } },
        { "oom-kill",
          { "原因：内存不够。几分钟后自动重试。",
            "Reason: not enough memory. It is tried again soon." } },
        { "timeout",
          { "原因：画面程序没有启动成功。几分钟后自动重试。",
            "Reason: the screen program did not start. It is tried again soon." } },
        { "",
          { "原因：画面程序多次出错。几分钟后自动重试。",
            "Reason: the screen program keeps failing. It is tried again soon." } },
    };
    size_t last = sizeof(rows) / sizeof(rows[0]) - 1, i = 0;
    while (i < last && (!result || strcmp(rows[i].result, result) != 0))
        i++;
    return &rows[i].why;
}

static void draw_line(struct canvas *c, struct text *t, const struct line *l)
{
    text_draw_block(t, c, l->type, l->text,
                    (struct rect){ 60, l->y, NOTICE_W - 120, l->type.line_px * 2 }, 2, ALIGN_CENTER,
                    l->color);
}

static void draw_why(struct canvas *c, struct text *t, const struct notice_why *why)
{
    const struct line lines[] = {
        { { WEIGHT_REGULAR, 34, 50, false }, QUIET, WHY_Y, why->zh },
        { { WEIGHT_REGULAR, 30, 44, false }, QUIET, WHY_Y + 56, why->en },
    };
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
        draw_line(c, t, &lines[i]);
}

int notice_draw(struct canvas **out, const struct font_files *fonts, const struct notice *what,
                const struct notice_why *why)
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
        draw_line(c, t, l);
    if (why)
        draw_why(c, t, why);
    return 0;
}
