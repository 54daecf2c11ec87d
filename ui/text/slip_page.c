/* The page: its dots, and the order of its lines. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/slip_inside.h"

enum { USUAL_DPI = 203, LOW_DPI = 180, LOW_DPI_WIDTH = 512, GROW_ROWS = 1024 };

int slip_mm(const struct slip_drawing *d, int tenths)
{
    int dots = (tenths * d->dpi + 127) / 254;
    return dots > 0 ? dots : 1;
}

/* ---- dots ---------------------------------------------------------------------------- */

static size_t stride(const struct slip_drawing *d)
{
    return d->page->width_dots / 8u;
}

static bool grow(struct slip_drawing *d, uint32_t rows)
{
    uint8_t *bits = calloc(rows, stride(d));
    if (!bits) {
        d->r = fault_raise(-ENOMEM);
        return false;
    }
    if (d->page->bits) {
        memcpy(bits, d->page->bits, d->page->rows * stride(d));
        explicit_bzero(d->page->bits, d->capacity * stride(d));
        free(d->page->bits);
    }
    d->page->bits = bits;
    d->capacity = rows;
    return true;
}

bool slip_reach(struct slip_drawing *d, int bottom)
{
    if (d->r)
        return false;
    if (bottom > SLIP_ROWS_MAX) {
        d->r = SLIP_PAGE_E_LONG;
        return false;
    }
    if ((uint32_t)bottom > d->capacity && !grow(d, (uint32_t)bottom + GROW_ROWS))
        return false;
    if ((uint32_t)bottom > d->page->rows)
        d->page->rows = (uint32_t)bottom;
    return true;
}

static void set_dot(struct slip_drawing *d, int x, int y, bool is_black)
{
    if (x < 0 || x >= d->page->width_dots || y < 0 || (uint32_t)y >= d->page->rows)
        return;
    uint8_t *byte = d->page->bits + (size_t)y * stride(d) + (size_t)x / 8,
            bit = (uint8_t)(0x80 >> (x % 8));
    *byte = is_black ? (uint8_t)(*byte | bit) : (uint8_t)(*byte & ~bit);
}

void slip_fill(struct slip_drawing *d, int x, int y, int w, int h, bool is_black)
{
    if (!slip_reach(d, y + h))
        return;
    for (int j = y; j < y + h; j++)
        for (int i = x; i < x + w; i++)
            set_dot(d, i, j, is_black);
}

void slip_frame(struct slip_drawing *d, int x, int y, int w, int h, int thick)
{
    slip_fill(d, x, y, w, thick, true);
    slip_fill(d, x, y + h - thick, w, thick, true);
    slip_fill(d, x, y, thick, h, true);
    slip_fill(d, x + w - thick, y, thick, h, true);
}

void slip_disc(struct slip_drawing *d, int x, int y, int radius, bool is_black)
{
    if (!slip_reach(d, y + radius + 1))
        return;
    for (int j = -radius; j <= radius; j++)
        for (int i = -radius; i <= radius; i++)
            if (i * i + j * j <= radius * radius + radius / 2)
                set_dot(d, x + i, y + j, is_black);
}

/* A pen `thick` dots wide, round, along a straight line. */
void slip_stroke(struct slip_drawing *d, int x0, int y0, int x1, int y1, int thick)
{
    int dx = x1 - x0, dy = y1 - y0;
    int steps = abs(dx) > abs(dy) ? abs(dx) : abs(dy);
    for (int i = 0; i <= steps; i++)
        slip_disc(d, x0 + dx * i / (steps ? steps : 1), y0 + dy * i / (steps ? steps : 1),
                  thick / 2, true);
}

void slip_run(struct slip_drawing *d, struct type type, const char *text, size_t length, int x,
              int y, bool is_black)
{
    int ascent;
    const struct mask *m = text_mask(d->text, type, text, length, &ascent);
    if (!m)
        return;
    /* The middle of the character body lies 0.375 em above the baseline (see text.c). */
    int top = y + type.line_px / 2 + (type.px * 3 + 4) / 8 - ascent;
    for (int j = 0; j < m->height; j++) {
        const uint8_t *row = m->alpha + (size_t)j * (size_t)m->width;
        for (int i = 0; i < m->width; i++)
            if (row[i] >= 128)
                set_dot(d, x + i, top + j, is_black);
    }
}

/* ---- lines --------------------------------------------------------------------------- */

static void check_name(struct slip_drawing *d, const char *name)
{
    uint32_t cp;
    for (size_t left = strlen(name), n; left; name += n, left -= n) {
        n = text_decode(&cp, name, left);
        if (cp != ' ' && !text_has_glyph(d->text, d->types[ROLE_NAME], cp) && !d->r)
            d->r = SLIP_PAGE_E_GLYPH;
    }
}

/* Figures, codes and marks. */
static void draw_figure(struct slip_drawing *d, const struct slip_line *line)
{
    switch (line->kind) {
    case SLIP_NUMBER:
        slip_draw_number(d, line);
        break;
    case SLIP_HUGE:
        slip_draw_huge(d, line->text);
        break;
    case SLIP_QR:
        slip_draw_qr(d, line);
        break;
    case SLIP_MARK:
        slip_draw_mark(d, line);
        break;
    case SLIP_BLOCK:
        slip_draw_frame(d, line);
        break;
    case SLIP_COLUMNS:
        slip_draw_columns(d, line);
        break;
    case SLIP_BOX:
    case SLIP_TICKED:
        slip_draw_item(d, line);
        break;
    case SLIP_WELL:
    case SLIP_ILL:
        slip_draw_check(d, line);
        break;
    case SLIP_STEP:
    case SLIP_STEP_DONE:
        slip_draw_step(d, line);
        break;
    default:
        break;
    }
}

static void draw_line(struct slip_drawing *d, const struct slip_line *line)
{
    if (line->kind != SLIP_STEP && line->kind != SLIP_STEP_DONE && line->kind != SLIP_SECOND)
        d->thread = -1;
    switch (line->kind) {
    case SLIP_TITLE:
        slip_draw_title(d, line);
        break;
    case SLIP_TEXT:
        slip_draw_paragraph(d, ROLE_TEXT, line->text, ALIGN_LEFT);
        break;
    case SLIP_STRONG:
        slip_draw_paragraph(d, ROLE_STRONG, line->text, ALIGN_CENTER);
        break;
    case SLIP_SMALL:
        slip_draw_paragraph(d, ROLE_SMALL, line->text, ALIGN_CENTER);
        break;
    case SLIP_SECOND:
        slip_draw_second(d, line->text);
        break;
    case SLIP_NOTE:
        slip_draw_paragraph(d, ROLE_SMALL, line->text, ALIGN_LEFT);
        break;
    case SLIP_NAME:
        check_name(d, line->text);
        slip_draw_pair(d, line, d->types[ROLE_NAME]);
        break;
    case SLIP_PAIR:
        slip_draw_pair(d, line, d->types[ROLE_TEXT]);
        break;
    case SLIP_RULE:
        slip_draw_rule(d);
        break;
    case SLIP_SPACE:
        d->y += slip_mm(d, 25);
        break;
    case SLIP_HEADING:
        slip_draw_heading(d, line);
        break;
    case SLIP_FOOTER:
        slip_draw_footer(d, line);
        break;
    default:
        draw_figure(d, line);
        break;
    }
}

/* An empty page, and the types it is set in. */
static struct slip_drawing begin_drawing(struct slip_page *out, struct text *t,
                                         struct slip_paper paper, bool is_double)
{
    *out = (struct slip_page){ .width_dots = paper.width_dots };
    struct slip_drawing d = {
        .page = out, .text = t, .dpi = paper.dpi ? paper.dpi : USUAL_DPI, .is_double = is_double
    };
    slip_choose_types(&d);
    return d;
}

int slip_page_print(struct slip_page *out, struct text *t, const struct slip *slip,
                    struct slip_paper paper)
{
    struct slip_drawing d = begin_drawing(out, t, paper, slip->is_double_size);
    d.y = d.inset = slip_mm(&d, 10);
    d.frame_top = d.thread = -1;
    d.width = paper.width_dots - 2 * d.inset;
    for (size_t i = 0; i < slip->count && !d.r; i++)
        draw_line(&d, &slip->lines[i]);
    slip_reach(&d, d.y + slip_mm(&d, 20));
    if (d.r)
        slip_page_clear(out);
    return d.r;
}

int slip_page_draw(struct slip_page *out, struct text *t, const struct slip *slip,
                   uint16_t width_dots)
{
    struct slip_paper paper = { width_dots, width_dots == LOW_DPI_WIDTH ? LOW_DPI : USUAL_DPI };
    return slip_page_print(out, t, slip, paper);
}

bool slip_page_warm(struct text *t, struct slip_paper paper, bool is_double, int step)
{
    static const enum slip_role receipt[] = { ROLE_TITLE,  ROLE_TITLE_SECOND, ROLE_NUMBER,
                                              ROLE_TEXT,   ROLE_NAME,         ROLE_HEADING,
                                              ROLE_STRONG, ROLE_SMALL,        ROLE_SECOND };
    struct slip_page page;
    if (step < 0 || (size_t)step >= sizeof(receipt) / sizeof(*receipt))
        return false;
    struct slip_drawing d = begin_drawing(&page, t, paper, is_double);
    (void)text_width(t, d.types[receipt[step]], "1");
    return true;
}

void slip_page_clear(struct slip_page *p)
{
    if (p->bits)
        explicit_bzero(p->bits, (size_t)p->rows * p->width_dots / 8);
    free(p->bits);
    *p = (struct slip_page){ 0 };
}
