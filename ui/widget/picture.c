/* Pictures made of shapes: an identity card, and the ring that says work is being done. */
#include <math.h>

#include "ui/widget/paint.h"

enum { DOTS = 12 };

void paint_spinner(const struct look *l, struct rect box, int phase, enum color color)
{
    int size = box.w < box.h ? box.w : box.h, dot = size / 7 + 2;
    float radius = (float)(size - dot) * 0.5f, cx = (float)box.x + (float)box.w * 0.5f,
          cy = (float)box.y + (float)box.h * 0.5f;
    for (int i = 0; i < DOTS; i++) {
        float turn = (float)i * 6.2831853f / DOTS;
        int age = (phase - 1 - i + DOTS) % DOTS;
        struct rect at = { (int)lroundf(cx + radius * sinf(turn)) - dot / 2,
                           (int)lroundf(cy - radius * cosf(turn)) - dot / 2, dot, dot };
        canvas_round(l->canvas, at, dot / 2, paint_color(l, color), 255u - (unsigned)age * 18u);
    }
}

static void draw_spinner(const struct widget *w, const struct look *l)
{
    paint_spinner(l, w->box, w->number[0] ? w->number[0] : 1, COLOR_PRIMARY);
}

/* Proportions of ISO/IEC 7810 ID-1. The colour of the head tells the kinds apart, and the word that
 * stands below names them. */
static void draw_card(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    struct soft soft = paint_soft(w->style == STYLE_PLAIN ? STYLE_QUIET : w->style);
    int radius = b.w / 18, u = b.w / 20;
    if (l->theme->has_shadows) {
        struct rect below = { b.x, b.y + 6, b.w, b.h };
        canvas_shadow(l->canvas, below, radius, 16, paint_color(l, COLOR_SHADOW), 60);
    }
    canvas_round(l->canvas, b, radius, paint_color(l, COLOR_SURFACE), 255);
    canvas_outline(l->canvas, b, radius, 2, paint_color(l, COLOR_BORDER));
    struct rect head = { b.x + u, b.y + u, 10 * u, 2 * u };
    canvas_round(l->canvas, head, u / 2, paint_color(l, soft.strong), 255);
    static const int lines[] = { 9, 7, 10, 8 };
    for (int i = 0; i < 4; i++) {
        struct rect line = { b.x + u, b.y + 4 * u + i * (3 * u / 2), lines[i] * u, u * 2 / 3 };
        canvas_round(l->canvas, line, u / 3, paint_color(l, COLOR_TRACK), 255);
    }
    struct rect photo = { b.x + b.w - 7 * u, b.y + 2 * u, 6 * u, 7 * u };
    canvas_round(l->canvas, photo, u / 2, paint_color(l, soft.fill), 255);
    struct rect face = { photo.x + 2 * u, photo.y + u, 2 * u, 2 * u };
    canvas_round(l->canvas, face, u, paint_color(l, soft.strong), 255);
    struct rect chest = { photo.x + u, photo.y + 7 * u / 2, 4 * u, 7 * u / 2 };
    canvas_round(l->canvas, chest, 3 * u / 2, paint_color(l, soft.strong), 255);
}

const struct widget_kind widget_spinner = { .role = "image", .draw = draw_spinner };
const struct widget_kind widget_card = { .role = "image", .draw = draw_card };
