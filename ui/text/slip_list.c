/* Lists, time lines and columns. */
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/slip_inside.h"

enum { CELL_BYTES = 128 };

/* ---- lists --------------------------------------------------------------------------- */

enum mark { MARK_EMPTY, MARK_TICK, MARK_FAULT };

static void draw_box(struct slip_drawing *d, int x, int y, int side, enum mark mark)
{
    int thick = slip_mm(d, d->is_double ? 4 : 3);
    slip_frame(d, x, y, side, side, thick);
    if (mark == MARK_TICK) {
        slip_stroke(d, x + side * 22 / 100, y + side * 52 / 100, x + side * 42 / 100,
                    y + side * 74 / 100, thick + 1);
        slip_stroke(d, x + side * 42 / 100, y + side * 74 / 100, x + side * 80 / 100,
                    y + side * 26 / 100, thick + 1);
    }
    if (mark == MARK_FAULT) { /* a white mark of exclamation on black */
        int bar = side / 6;
        slip_fill(d, x, y, side, side, true);
        slip_fill(d, x + (side - bar) / 2, y + side / 6, bar, side * 2 / 5, false);
        slip_fill(d, x + (side - bar) / 2, y + side * 2 / 3, bar, bar, false);
    }
}

static int box_side(const struct slip_drawing *d)
{
    return d->types[ROLE_TEXT].px * 9 / 10;
}

static int box_indent(const struct slip_drawing *d)
{
    return box_side(d) + d->types[ROLE_TEXT].px / 2;
}

void slip_draw_item(struct slip_drawing *d, const struct slip_line *line)
{
    struct type type = d->types[ROLE_TEXT];
    int indent = box_indent(d), top = d->y + (type.line_px - box_side(d)) / 2;
    d->y += slip_block(d, type, line->text, d->inset + indent, d->y, d->width - indent, ALIGN_LEFT);
    draw_box(d, d->inset, top, box_side(d), line->kind == SLIP_TICKED ? MARK_TICK : MARK_EMPTY);
    if (line->label)
        d->y += slip_block(d, d->types[ROLE_SMALL], line->label, d->inset + indent, d->y,
                           d->width - indent, ALIGN_LEFT);
    slip_end_line(d, indent, ALIGN_LEFT, slip_mm(d, 7));
}

/* The left text, and the right one on the same line where both fit, else below it. Returns what is used. */
static int draw_both(struct slip_drawing *d, const char *left, const char *right,
                     struct type beside, int indent)
{
    struct type type = d->types[ROLE_TEXT];
    int x = d->inset + indent, width = d->width - indent;
    bool is_beside =
        text_width(d->text, type, left) + type.px + text_width(d->text, beside, right) <= width;
    if (is_beside)
        slip_block(d, beside, right, x, d->y, width, ALIGN_RIGHT);
    int used = slip_block(d, type, left, x, d->y, width, ALIGN_LEFT);
    if (!is_beside)
        used += slip_block(d, d->types[ROLE_SMALL], right, x, d->y + used, width, ALIGN_LEFT);
    return used;
}

void slip_draw_check(struct slip_drawing *d, const struct slip_line *line)
{
    struct type state = d->types[ROLE_TEXT];
    int top = d->y + (state.line_px - box_side(d)) / 2;
    if (line->kind == SLIP_ILL)
        state.weight = WEIGHT_BOLD;
    d->y += draw_both(d, line->text, line->label ? line->label : "", state, box_indent(d));
    draw_box(d, d->inset, top, box_side(d), line->kind == SLIP_ILL ? MARK_FAULT : MARK_TICK);
    slip_end_line(d, box_indent(d), ALIGN_LEFT, slip_mm(d, 7));
}

/* What and when; the points joined by a line. */
void slip_draw_step(struct slip_drawing *d, const struct slip_line *line)
{
    struct type type = d->types[ROLE_TEXT];
    int radius = type.px * 3 / 10, indent = 2 * radius + type.px * 6 / 10, thick = slip_mm(d, 3);
    int x = d->inset + radius, middle = d->y + type.line_px / 2;
    d->y += draw_both(d, line->text, line->label ? line->label : "", type, indent);
    if (d->thread >= 0)
        slip_fill(d, x - thick / 2, d->thread + radius, thick, middle - d->thread - radius, true);
    slip_disc(d, x, middle, radius, true);
    if (line->kind == SLIP_STEP)
        slip_disc(d, x, middle, radius - thick, false);
    d->thread = middle;
    slip_end_line(d, indent, ALIGN_LEFT, slip_mm(d, 9));
}

/* ---- columns ------------------------------------------------------------------------- */

struct cells {
    size_t count;
    char label[SLIP_CELLS_MAX][CELL_BYTES], value[SLIP_CELLS_MAX][CELL_BYTES];
};

/* Whole characters only, should a cell be longer than any figure is. */
static void keep(char out[CELL_BYTES], const char *text, size_t bytes)
{
    size_t used = 0;
    uint32_t cp;
    for (size_t n; used < bytes; used += n) {
        n = text_decode(&cp, text + used, bytes - used);
        if (used + n >= CELL_BYTES)
            break;
    }
    memcpy(out, text, used);
    out[used] = 0;
}

static void read_cells(struct cells *c, const struct slip_line *line)
{
    const char *label, *value;
    size_t label_bytes, value_bytes;
    *c = (struct cells){ 0 };
    while (c->count < SLIP_CELLS_MAX &&
           slip_column(line, c->count, &label, &label_bytes, &value, &value_bytes)) {
        keep(c->label[c->count], label, label_bytes);
        keep(c->value[c->count++], value, value_bytes);
    }
}

static int block_height(struct slip_drawing *d, struct type type, const char *text, int width)
{
    struct slip_set s;
    slip_break(&s, d, type, text, width, true);
    return (int)s.count * type.line_px;
}

/* Values stand on one line, whatever their labels need above. */
void slip_draw_columns(struct slip_drawing *d, const struct slip_line *line)
{
    struct type label = d->types[ROLE_SMALL], value = d->types[ROLE_FIGURE];
    struct cells c;
    read_cells(&c, line);
    int column = c.count ? d->width / (int)c.count : 0, inner = column - label.px, labels_h = 0;
    for (size_t i = 0; i < c.count; i++) {
        int height = block_height(d, label, c.label[i], inner);
        labels_h = height > labels_h ? height : labels_h;
        value = slip_fit(d, value, c.value[i], inner, 50);
    }
    slip_draw_rule(d);
    int top = d->y, bottom = top;
    for (size_t i = 0; i < c.count; i++) {
        int x = d->inset + (int)i * column + label.px / 2;
        slip_block(d, label, c.label[i], x, top, inner, ALIGN_CENTER);
        int end = top + labels_h +
                  slip_block(d, value, c.value[i], x, top + labels_h, inner, ALIGN_CENTER);
        bottom = end > bottom ? end : bottom;
    }
    for (size_t i = 1; i < c.count; i++)
        slip_fill(d, d->inset + (int)i * column, top, slip_mm(d, 2), bottom - top, true);
    d->y = bottom;
    slip_draw_rule(d);
}
