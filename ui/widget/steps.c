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

static void draw_step(const struct widget *w, const struct look *l, struct rect at, int step,
                      const char *name, size_t length)
{
    int current = w->number[0];
    enum color bar = step < current ? COLOR_SUCCESS : step == current ? COLOR_PRIMARY : COLOR_TRACK;
    char text[160];
    canvas_round(l->canvas, (struct rect){ at.x, at.y, at.w, 10 }, 5, paint_color(l, bar), 255);
    if (step == current && w->number[2] > 1)
        snprintf(text, sizeof(text), "%d %.*s %d/%d", step + 1, (int)length, name, w->number[1] + 1,
                 w->number[2]);
    else
        snprintf(text, sizeof(text), "%d %.*s", step + 1, (int)length, name);
    struct rect words = { at.x, at.y + 20, at.w, 42 };
    paint_line(l, step == current ? TYPE_SMALL_STRONG : TYPE_SMALL, text, words, ALIGN_LEFT,
               step == current ? COLOR_ON_SOFT : COLOR_TEXT_2);
}

static void draw_steps(const struct widget *w, const struct look *l)
{
    int count = (int)count_names(w->label), gap = 12;
    int each = (w->box.w - gap * (count - 1)) / count;
    const char *name = w->label;
    for (int i = 0; i < count; i++) {
        size_t length = strcspn(name, "\n");
        struct rect at = { w->box.x + i * (each + gap), w->box.y, each, w->box.h };
        draw_step(w, l, at, i, name, length);
        name += length + (name[length] == '\n');
    }
}

const struct widget_kind widget_steps = { .role = "progress", .draw = draw_steps };
