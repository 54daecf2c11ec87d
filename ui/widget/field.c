/* A box to type into: the value, a caret, a mark for what came from the card. Label, help and error
 * stand around it as widgets of their own, so that they wrap as they need. */
#include "ui/widget/paint.h"

static const char *tail_that_fits(const struct look *l, struct type type, const char *text,
                                  int width)
{
    int whole = text_width(l->text, type, text);
    while (*text && whole > width) {
        int n = 1;
        while (((uint8_t)text[n] & 0xc0) == 0x80)
            n++;
        char first[8] = { 0 };
        memcpy(first, text, (size_t)(n < 7 ? n : 7));
        whole -= text_width(l->text, type, first);
        text += n;
    }
    return text;
}

static int pending_w(const struct widget *w, const struct look *l, struct type type)
{
    return w->pending && *w->pending ? text_width(l->text, type, w->pending) : 0;
}

/* Letters that wait to become characters, then the caret; from `x` on one line. */
static void draw_caret(const struct widget *w, const struct look *l, enum type_token token, int x,
                       struct rect line)
{
    struct type type = paint_type(l, token);
    int width = pending_w(w, l, type), tall = type.px + 12;
    struct rect letters = { x + 2, line.y, width, line.h };
    if (width) {
        paint_line(l, token, w->pending, letters, ALIGN_LEFT, COLOR_PRIMARY);
        canvas_fill(l->canvas,
                    (struct rect){ letters.x, line.y + (line.h + type.px) / 2 + 6, width, 3 },
                    paint_color(l, COLOR_PRIMARY));
    }
    struct rect caret = { x + width + 2, line.y + (line.h - tall) / 2, 4, tall };
    canvas_fill(l->canvas, caret, paint_color(l, COLOR_PRIMARY));
}

static void draw_lines(const struct widget *w, const struct look *l, struct rect inside,
                       enum color color)
{
    struct type type = paint_type(l, TYPE_BODY);
    size_t fits = (size_t)(inside.h / type.line_px);
    struct wrapped all;
    text_wrap(&all, l->text, type, w->value, inside.w, WRAP_LINES_MAX);
    int x = all.count ? all.lines[all.count - 1].width : 0;
    bool is_on_next = x && x + pending_w(w, l, type) + 6 > inside.w;
    /* While typing, what was typed last stays in sight. */
    size_t last = all.count ? all.count - 1 + is_on_next : 0;
    size_t first = last + 1 > fits ? last + 1 - fits : 0;
    for (size_t i = first; i < all.count; i++) {
        struct rect line = { inside.x, inside.y + (int)(i - first) * type.line_px, inside.w,
                             type.line_px };
        text_draw(l->text, l->canvas, type, w->value + all.lines[i].start, all.lines[i].length,
                  line, ALIGN_LEFT, paint_color(l, color));
    }
    if (w->is_caret)
        draw_caret(w, l, TYPE_BODY, inside.x + (is_on_next ? 0 : x),
                   (struct rect){ inside.x, inside.y + (int)(last - first) * type.line_px, inside.w,
                                  type.line_px });
}

static void draw_value(const struct widget *w, const struct look *l, struct rect inside,
                       enum color color)
{
    struct type type = paint_type(l, TYPE_INPUT);
    int room = inside.w - 8 - pending_w(w, l, type);
    const char *shown = w->is_caret ? tail_that_fits(l, type, w->value, room) : w->value;
    if (!w->is_caret && text_width(l->text, type, shown) > inside.w) {
        paint_centered(l, TYPE_BODY, shown, inside, 2, ALIGN_LEFT, color);
        return;
    }
    paint_line(l, TYPE_INPUT, shown, inside, ALIGN_LEFT, color);
    if (w->is_caret) {
        int ascent;
        const struct mask *m = text_mask(l->text, type, shown, strlen(shown), &ascent);
        draw_caret(w, l, TYPE_INPUT, inside.x + (m ? m->width : 0), inside);
    }
}

static void draw_field(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_button, end = 0;
    bool is_locked = w->is_disabled;
    if (w->is_focused)
        paint_focus(l, b, radius);
    enum color fill = is_locked       ? COLOR_DISABLED
                      : w->is_pressed ? COLOR_SURFACE_PRESSED
                                      : COLOR_SURFACE;
    canvas_round(l->canvas, b, radius, paint_color(l, fill), 255);
    enum color edge = w->is_error ? COLOR_DANGER : w->is_focused ? COLOR_PRIMARY : COLOR_BORDER;
    if (!is_locked)
        canvas_outline(l->canvas, b, radius, w->is_focused || w->is_error ? 4 : 2,
                       paint_color(l, edge));
    if (*w->icon) {
        int side = paint_type(l, TYPE_ICON_M).px;
        paint_icon(l, TYPE_ICON_M, w->icon, (struct rect){ b.x + b.w - side - 28, b.y, side, b.h },
                   is_locked ? COLOR_TEXT_2 : COLOR_PRIMARY);
        end = side + 16;
    }
    struct rect inside = { b.x + 28, b.y + 12, b.w - 56 - end, b.h - 24 };
    bool is_empty = !*w->value;
    if (is_empty && *w->detail && !w->is_caret)
        paint_centered(l, TYPE_BODY, w->detail, inside, 2, ALIGN_LEFT, COLOR_PLACEHOLDER);
    else if (w->number[0] > 1)
        draw_lines(w, l, inside, COLOR_TEXT);
    else
        draw_value(w, l, inside, COLOR_TEXT);
}

const struct widget_kind widget_field = { .role = "field",
                                          .draw = draw_field,
                                          .is_pressed_shown = true };

int widget_compact_room(const struct widget *w, int width)
{
    return width - 28 - (*w->icon ? 76 : 24);
}

/* A field while another is being typed into: its name and value in one line, or in two where the
 * width is short (number[1]). */
static void draw_compact(const struct widget *w, const struct look *l)
{
    struct rect b = w->box;
    int radius = l->theme->radius_button, label_w = b.w * 28 / 100;
    bool is_locked = !w->action.verb, is_empty = !*w->value, is_stacked = w->number[1];
    enum color fill = is_locked       ? COLOR_DISABLED
                      : w->is_pressed ? COLOR_SURFACE_PRESSED
                                      : COLOR_SURFACE;
    canvas_round(l->canvas, b, radius, paint_color(l, fill), 255);
    if (!is_locked)
        canvas_outline(l->canvas, b, radius, w->is_error ? 4 : 2,
                       paint_color(l, w->is_error ? COLOR_DANGER : COLOR_BORDER));
    else if (l->theme->is_contrast)
        paint_dashes(l, b, COLOR_ON_DISABLED);
    if (w->is_focused)
        paint_focus(l, b, radius);
    struct rect label = { b.x + 28, b.y, label_w, b.h };
    struct rect value = { b.x + 28 + label_w + 16, b.y,
                          b.w - label_w - 28 - 16 - (*w->icon ? 76 : 24), b.h };
    if (is_stacked) {
        int width = widget_compact_room(w, b.w);
        int small = text_block_height(l->text, paint_type(l, TYPE_SMALL), w->label, width, 3);
        label = (struct rect){ b.x + 28, b.y + 10, width, small };
        value = (struct rect){ b.x + 28, b.y + 10 + small, width, b.h - 20 - small };
    }
    paint_centered(l, TYPE_SMALL, w->label, label, 3, ALIGN_LEFT, COLOR_TEXT_2);
    const char *shown = is_empty ? w->detail : w->value;
    bool is_long = text_width(l->text, paint_type(l, TYPE_BODY), shown) > value.w;
    paint_centered(l, is_empty || is_long ? TYPE_SMALL : TYPE_BODY, shown, value, is_long ? 2 : 1,
                   ALIGN_LEFT, is_empty ? COLOR_PLACEHOLDER : COLOR_TEXT);
    if (*w->icon)
        paint_icon(l, TYPE_ICON_S, w->icon, (struct rect){ b.x + b.w - 64, b.y, 40, b.h },
                   COLOR_TEXT_2);
}

/* Nothing to see: a question with several answers, for whoever reads the tree. */
static void draw_group(const struct widget *w, const struct look *l)
{
    (void)w;
    (void)l;
}

const struct widget_kind widget_compact = { .role = "field",
                                            .draw = draw_compact,
                                            .is_pressed_shown = true };
const struct widget_kind widget_group = { .role = "field", .draw = draw_group };
