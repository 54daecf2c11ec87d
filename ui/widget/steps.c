/* Where one is on the way: one bar a step, done ones green with a tick, the current one named in
 * bold. */
#include <stdio.h>

#include "ui/widget/paint.h"

static size_t count_names(const char *names)
{
    size_t n = 1;
    for (; *names; names++)
        n += *names == '\n';
    return n;
}

static const char *numbered(char out[160], const struct widget *w, int step, const char *name,
                            size_t length)
{
    if (step == w->number[0] && w->number[2] > 1)
        snprintf(out, 160, "%d %.*s %d/%d", step + 1, (int)length, name, w->number[1] + 1,
                 w->number[2]);
    else
        snprintf(out, 160, "%d %.*s", step + 1, (int)length, name);
    return out;
}

static void draw_bar(const struct widget *w, const struct look *l, struct rect at, int step)
{
    int current = w->number[0];
    enum color bar = step < current ? COLOR_SUCCESS : step == current ? COLOR_PRIMARY : COLOR_TRACK;
    canvas_round(l->canvas, (struct rect){ at.x, at.y, at.w, 10 }, 5, paint_color(l, bar), 255);
}

/* Does each name fit under its bar? Else the current one alone is written, over the whole width. */
static bool all_fit(const struct widget *w, const struct look *l, int each)
{
    char text[160];
    int step = 0;
    for (const char *name = w->label; *name; step++) {
        size_t length = strcspn(name, "\n");
        numbered(text, w, step, name, length);
        if (text_width(l->text, paint_type(l, TYPE_SMALL_STRONG), text) > each)
            return false;
        name += length + (name[length] == '\n');
    }
    return true;
}

static void draw_steps(const struct widget *w, const struct look *l)
{
    int count = (int)count_names(w->label), gap = 12, current = w->number[0];
    int each = (w->box.w - gap * (count - 1)) / count, line = paint_type(l, TYPE_SMALL).line_px;
    bool has_all = all_fit(w, l, each);
    const char *name = w->label;
    char text[160];
    for (int i = 0; i < count; i++) {
        size_t length = strcspn(name, "\n");
        struct rect at = { w->box.x + i * (each + gap), w->box.y, each, w->box.h };
        draw_bar(w, l, at, i);
        numbered(text, w, i, name, length);
        struct rect words = { has_all ? at.x : w->box.x, at.y + 18, has_all ? at.w : w->box.w,
                              line };
        if (w->box.h > line && (has_all || i == current))
            paint_line(l, i == current ? TYPE_SMALL_STRONG : TYPE_SMALL, text, words, ALIGN_LEFT,
                       i == current ? COLOR_ON_SOFT : COLOR_TEXT_2);
        name += length + (name[length] == '\n');
    }
}

const struct widget_kind widget_steps = { .role = "progress", .draw = draw_steps };
