/* Titles, headings, pairs and paragraphs. */
#include <string.h>

#include "ui/text/slip_inside.h"

enum { TITLE_LEAST = 84, FIGURES_LEAST = 70 /* per cent of their size, to stay on one line */ };

static int gap(const struct slip_drawing *d)
{
    return d->types[ROLE_TEXT].px * 4 / 7; /* between a label and its value */
}

void slip_draw_paragraph(struct slip_drawing *d, enum slip_role role, const char *text,
                         enum align align)
{
    d->y += slip_block(d, d->types[role], text, d->inset, d->y, d->width, align);
    slip_end_line(d, 0, align, slip_mm(d, align == ALIGN_LEFT ? 8 : 3));
}

void slip_end_line(struct slip_drawing *d, int indent, enum align align, int after)
{
    d->frame_top = -1;
    d->indent = indent;
    d->align = align;
    d->after = after;
    d->y += after;
}

void slip_draw_second(struct slip_drawing *d, const char *text)
{
    int pad = d->frame_top >= 0 ? d->indent : 0, thick = slip_mm(d, 4);
    d->y -= d->after + pad;
    if (pad) /* the frame opens for one line more */
        slip_fill(d, d->inset, d->y + pad - thick, d->width, thick, false);
    d->y += slip_block(d, d->types[ROLE_SECOND], text, d->inset + d->indent, d->y,
                       d->width - d->indent - pad, d->align);
    if (pad)
        slip_frame(d, d->inset, d->frame_top, d->width, d->y + pad - d->frame_top, thick);
    d->y += pad + d->after;
}

void slip_draw_rule(struct slip_drawing *d)
{
    d->y += slip_mm(d, 12);
    slip_fill(d, d->inset, d->y, d->width, slip_mm(d, 2), true);
    d->y += slip_mm(d, 14);
}

void slip_draw_title(struct slip_drawing *d, const struct slip_line *line)
{
    struct type type = slip_fit(d, d->types[ROLE_TITLE], line->text, d->width, TITLE_LEAST);
    d->y += slip_mm(d, 6);
    d->y += slip_block(d, type, line->text, d->inset, d->y, d->width, ALIGN_CENTER);
    if (line->label)
        d->y += slip_block(d, d->types[ROLE_TITLE_SECOND], line->label, d->inset, d->y, d->width,
                           ALIGN_CENTER);
    d->y += slip_mm(d, 8);
}

/* The second language stands behind the first on the same baseline, or below it where there is no room. */
void slip_draw_heading(struct slip_drawing *d, const struct slip_line *line)
{
    struct type type = d->types[ROLE_HEADING], small = d->types[ROLE_SECOND];
    slip_draw_rule(d);
    int own = text_width(d->text, type, line->text);
    int second = line->label ? text_width(d->text, small, line->label) : 0;
    bool is_beside = line->label && own + gap(d) + second <= d->width;
    /* Baselines lie 3/8 em below the middle of a line box. */
    int down = (type.line_px - small.line_px) / 2 + (type.px - small.px) * 3 / 8;
    if (is_beside)
        slip_block(d, small, line->label, d->inset + own + gap(d), d->y + down, second + 1,
                   ALIGN_LEFT);
    d->y += slip_block(d, type, line->text, d->inset, d->y, d->width, ALIGN_LEFT);
    if (line->label && !is_beside)
        d->y += slip_block(d, small, line->label, d->inset, d->y, d->width, ALIGN_LEFT);
    d->y += slip_mm(d, 5);
}

/* Label left, value right, on one middle. */
static void draw_beside(struct slip_drawing *d, const struct slip_line *line, struct type value,
                        int value_x, int value_w)
{
    struct type label = d->types[ROLE_TEXT];
    int shift = (value.line_px - label.line_px) / 2;
    int label_h = slip_block(d, label, line->label, d->inset, d->y + shift, d->width, ALIGN_LEFT);
    int value_h = slip_block(d, value, line->text, value_x, d->y, value_w, ALIGN_RIGHT);
    d->y += label_h + shift > value_h ? label_h + shift : value_h;
    slip_end_line(d, 0, ALIGN_RIGHT, slip_mm(d, 5));
}

/* A number, a date, a masked number: read as one, so never on two lines while it can be made to fit. */
static bool is_figures(const char *text)
{
    return !text[strspn(text, "0123456789 -:*./Xx")];
}

/* Where both do not fit side by side, the value stands under a smaller label, from the left: a long value that is
 * ragged on its left side is hard to read. */
void slip_draw_pair(struct slip_drawing *d, const struct slip_line *line, struct type value)
{
    const char *text = line->label ? line->label : "";
    int label_w = text_width(d->text, d->types[ROLE_TEXT], text);
    int value_x = d->inset + label_w + (*text ? gap(d) : 0),
        value_w = d->inset + d->width - value_x;
    struct slip_line own = { line->kind, (char *)(uintptr_t)text, line->text };
    struct slip_set s;
    slip_break(&s, d, value, line->text, value_w > value.px ? value_w : value.px, true);
    if (is_figures(line->text) && s.count > 1)
        s.count = SET_LINES_MAX;
    bool is_roomy = value_w * 100 >= d->width * 55;
    if (s.count <= 1 ? value_w >= text_width(d->text, value, line->text)
                     : s.count == 2 && is_roomy && !slip_cuts_word(&s, line->text)) {
        draw_beside(d, &own, value, value_x, value_w);
        return;
    }
    struct type label = d->types[ROLE_SMALL];
    if (is_figures(line->text))
        value = slip_fit(d, value, line->text, d->width, FIGURES_LEAST);
    d->y += slip_block(d, label, text, d->inset, d->y, d->width, ALIGN_LEFT);
    d->y += slip_block(d, value, line->text, d->inset, d->y, d->width, ALIGN_LEFT);
    slip_end_line(d, 0, ALIGN_LEFT, slip_mm(d, 8));
}

void slip_draw_footer(struct slip_drawing *d, const struct slip_line *line)
{
    struct type label = d->types[ROLE_TEXT], phone = d->types[ROLE_STRONG];
    slip_draw_rule(d);
    const char *text = line->label ? line->label : "";
    int label_w = text_width(d->text, label, text),
        phone_w = text_width(d->text, phone, line->text);
    int all = label_w + gap(d) + phone_w, shift = (phone.line_px - label.line_px) / 2;
    if (all <= d->width) {
        int x = d->inset + (d->width - all) / 2;
        slip_block(d, label, text, x, d->y + shift, label_w + 1, ALIGN_LEFT);
        d->y +=
            slip_block(d, phone, line->text, x + label_w + gap(d), d->y, phone_w + 1, ALIGN_LEFT);
    } else {
        d->y += slip_block(d, label, text, d->inset, d->y, d->width, ALIGN_CENTER);
        d->y += slip_block(d, phone, line->text, d->inset, d->y, d->width, ALIGN_CENTER);
    }
    slip_end_line(d, 0, ALIGN_CENTER, slip_mm(d, 4));
}
