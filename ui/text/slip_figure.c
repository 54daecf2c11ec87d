/* Numbers, codes, marks and frames. */
#include <string.h>

#include "ui/text/qr.h"
#include "ui/text/slip_inside.h"

enum { GROUP = 4, NUMBER_BYTES = 128, QR_LEAST = 4, QR_MOST = 6, QR_PERCENT = 54 };

/* A run too long to copy at a glance gets groups of four: 123456789012 -> 1234 5678 9012, and so does a long middle:
 * CODE-9WDV SQ5Z MMZ0 N-2. Shorter runs between marks of their own stay. Returns false when nothing changes, or the
 * text is too long for any. */
static bool group(char out[NUMBER_BYTES], const char *text)
{
    size_t length = strlen(text), used = 0, least = strpbrk(text, " -") ? 2 * GROUP : GROUP + 1;
    bool is_changed = false;
    if (length + length / GROUP >= NUMBER_BYTES)
        return false;
    for (const char *run = text; *run;) {
        size_t size = strcspn(run, " -");
        for (size_t i = 0; i < size; i++) {
            if ((uint8_t)run[i] & 0x80)
                return false;
            bool is_next = size > least && i && i % GROUP == 0;
            if (is_next)
                out[used++] = ' ';
            is_changed |= is_next;
            out[used++] = run[i];
        }
        run += size;
        if (*run)
            out[used++] = *run++;
    }
    out[used] = 0;
    return is_changed;
}

/* Smaller rather than broken, broken between groups rather than tiny. */
void slip_draw_number(struct slip_drawing *d, const struct slip_line *line)
{
    char grouped[NUMBER_BYTES];
    const char *text = group(grouped, line->text) ? grouped : line->text;
    struct type type = slip_fit(d, d->types[ROLE_NUMBER], text, d->width, 70);
    d->y += slip_mm(d, 6);
    if (line->label)
        d->y += slip_block(d, d->types[ROLE_SMALL], line->label, d->inset, d->y, d->width,
                           ALIGN_CENTER);
    d->y += slip_block(d, type, text, d->inset, d->y, d->width, ALIGN_CENTER);
    d->y += slip_mm(d, 4);
    explicit_bzero(grouped, sizeof(grouped));
}

void slip_draw_huge(struct slip_drawing *d, const char *text)
{
    struct type type = slip_fit(d, d->types[ROLE_HUGE], text, d->width, 40);
    d->y += slip_block(d, type, text, d->inset, d->y, d->width, ALIGN_CENTER);
    slip_end_line(d, 0, ALIGN_CENTER, slip_mm(d, 4));
}

void slip_draw_qr(struct slip_drawing *d, const struct slip_line *line)
{
    struct qr qr;
    int r = qr_encode(&qr, line->text);
    int module = r ? 0 : d->page->width_dots * QR_PERCENT / 100 / (qr.side + 2 * QR_QUIET);
    module = module < QR_LEAST ? QR_LEAST : module > QR_MOST ? QR_MOST : module;
    if (!r && module * (qr.side + 2 * QR_QUIET) > d->page->width_dots)
        r = -EMSGSIZE;
    if (r) {
        d->r = d->r ? d->r : r;
        return;
    }
    int side = module * qr.side, x0 = (d->page->width_dots - side) / 2,
        y0 = d->y + QR_QUIET * module;
    if (!slip_reach(d, y0 + side + QR_QUIET * module))
        return;
    for (int y = 0; y < qr.side; y++)
        for (int x = 0; x < qr.side; x++)
            if (qr.module[y][x])
                slip_fill(d, x0 + x * module, y0 + y * module, module, module, true);
    d->y = y0 + side + QR_QUIET * module;
    if (line->label)
        slip_draw_paragraph(d, ROLE_SMALL, line->label, ALIGN_CENTER);
}

/* White on black from edge to edge: nobody takes it for the first print. */
void slip_draw_mark(struct slip_drawing *d, const struct slip_line *line)
{
    struct type type = slip_fit(d, d->types[ROLE_MARK], line->text, d->width, 60),
                small = line->label ? slip_fit(d, d->types[ROLE_SMALL], line->label, d->width, 60)
                                    : type;
    int pad = slip_mm(d, 10), below = line->label ? small.line_px : 0;
    slip_fill(d, 0, d->y, d->page->width_dots, type.line_px + below + 2 * pad, true);
    int width = text_width(d->text, type, line->text);
    slip_run(d, type, line->text, strlen(line->text), (d->page->width_dots - width) / 2, d->y + pad,
             false);
    if (line->label) {
        width = text_width(d->text, small, line->label);
        slip_run(d, small, line->label, strlen(line->label), (d->page->width_dots - width) / 2,
                 d->y + pad + type.line_px, false);
    }
    d->y += type.line_px + below + 2 * pad + slip_mm(d, 12);
}

void slip_draw_frame(struct slip_drawing *d, const struct slip_line *line)
{
    struct type strong = d->types[ROLE_STRONG], small = d->types[ROLE_SMALL];
    int pad = slip_mm(d, 15), thick = slip_mm(d, 4), inner = d->width - 2 * pad;
    struct slip_set s;
    d->y += slip_mm(d, 8);
    slip_break(&s, d, strong, line->text, inner, false);
    enum align align = s.count > 1 ? ALIGN_LEFT : ALIGN_CENTER;
    if (s.count > 1)
        strong =
            (struct type){ WEIGHT_BOLD, d->types[ROLE_TEXT].px, d->types[ROLE_TEXT].line_px, true };
    int top = d->y, y = top + pad;
    if (line->label)
        y += slip_block(d, small, line->label, d->inset + pad, y, inner, align);
    y += slip_block(d, strong, line->text, d->inset + pad, y, inner, align);
    slip_frame(d, d->inset, top, d->width, y + pad - top, thick);
    d->y = y + pad;
    slip_end_line(d, pad, align, slip_mm(d, 12));
    d->frame_top = top;
}
