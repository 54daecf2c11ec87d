#include "ui/text/slip_page.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/text/qr.h"

enum { INSET = 8, LABEL_PERCENT = 40, GAP = 16 };

/* Sizes in dots. Names at least 32 (4 mm), everything else at least 24 (3 mm). */
static const struct type type_title = { WEIGHT_BOLD, 52, 68, true };
static const struct type type_number = { WEIGHT_BOLD, 46, 62, true };
static const struct type type_mark = { WEIGHT_BOLD, 40, 56, true };
static const struct type type_text = { WEIGHT_REGULAR, 28, 40, true };
static const struct type type_strong = { WEIGHT_BOLD, 28, 40, true };
static const struct type type_small = { WEIGHT_REGULAR, 24, 34, true };
static const struct type type_name = { WEIGHT_REGULAR, 36, 48, true };

struct drawing {
    struct slip_page *page;
    struct text *text;
    uint32_t capacity;
    int y, label_w;
    bool is_double;
    int r; /* first failure */
};

static struct type scaled(const struct drawing *d, struct type t)
{
    if (d->is_double) {
        t.px = t.px * 14 / 10;
        t.line_px = t.line_px * 14 / 10;
    }
    return t;
}

static size_t stride(const struct drawing *d)
{
    return d->page->width_dots / 8;
}

/* Make rows exist down to `bottom`. */
static bool reach(struct drawing *d, int bottom)
{
    if (d->r)
        return false;
    if (bottom > SLIP_ROWS_MAX) {
        d->r = SLIP_PAGE_E_LONG;
        return false;
    }
    if ((uint32_t)bottom > d->capacity) {
        uint32_t grown = (uint32_t)bottom + 512;
        uint8_t *bits = calloc(grown, stride(d));
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
        d->capacity = grown;
    }
    if ((uint32_t)bottom > d->page->rows)
        d->page->rows = (uint32_t)bottom;
    return true;
}

static void set_dot(struct drawing *d, int x, int y, bool is_black)
{
    if (x < 0 || x >= d->page->width_dots || y < 0 || (uint32_t)y >= d->page->rows)
        return;
    uint8_t *byte = d->page->bits + (size_t)y * stride(d) + (size_t)x / 8,
            bit = (uint8_t)(0x80 >> (x % 8));
    *byte = is_black ? (uint8_t)(*byte | bit) : (uint8_t)(*byte & ~bit);
}

static void fill(struct drawing *d, int x, int y, int w, int h)
{
    if (!reach(d, y + h))
        return;
    for (int j = y; j < y + h; j++)
        for (int i = x; i < x + w; i++)
            set_dot(d, i, j, true);
}

static void draw_run(struct drawing *d, struct type type, const char *text, size_t length, int x,
                     int y, bool is_black)
{
    int ascent;
    const struct mask *m = text_mask(d->text, type, text, length, &ascent);
    if (!m)
        return;
    int top = y + type.line_px / 2 + (type.px * 3 + 4) / 8 - ascent;
    for (int j = 0; j < m->height; j++)
        for (int i = 0; i < m->width; i++)
            if (m->alpha[(size_t)j * (size_t)m->width + (size_t)i] >= 128)
                set_dot(d, x + i, top + j, is_black);
}

/* A block of wrapped text at (x, y); returns its height. */
static int draw_block(struct drawing *d, struct type type, const char *text, int x, int y,
                      int width, bool is_centered)
{
    struct wrapped w;
    text_wrap(&w, d->text, type, text, width, WRAP_LINES_MAX);
    int height = (int)w.count * type.line_px;
    if (!reach(d, y + height))
        return 0;
    for (size_t i = 0; i < w.count; i++) {
        int left = is_centered ? x + (width - w.lines[i].width) / 2 : x;
        draw_run(d, type, text + w.lines[i].start, w.lines[i].length, left,
                 y + (int)i * type.line_px, true);
    }
    return height;
}

static int full_width(const struct drawing *d)
{
    return d->page->width_dots - 2 * INSET;
}

static void draw_paragraph(struct drawing *d, struct type type, const char *text, bool is_centered)
{
    d->y += draw_block(d, scaled(d, type), text, INSET, d->y, full_width(d), is_centered) + 4;
}

static void draw_pair(struct drawing *d, const struct slip_line *line, struct type value_type)
{
    struct type label = scaled(d, type_text), value = scaled(d, value_type);
    int value_x = INSET + d->label_w + GAP, value_w = d->page->width_dots - INSET - value_x;
    /* On narrow or doubled paper the value stands under its label. */
    bool is_stacked = d->is_double || d->page->width_dots < 500;
    int label_h = draw_block(d, label, line->label, INSET, d->y,
                             is_stacked ? full_width(d) : d->label_w, false);
    if (is_stacked) {
        d->y += label_h;
        d->y += draw_block(d, value, line->text, INSET, d->y, full_width(d), false) + 6;
        return;
    }
    /* First lines share a middle even when the value is larger. */
    int shift = (value.line_px - label.line_px) / 2;
    int value_h = draw_block(d, value, line->text, value_x, d->y - shift, value_w, false) - shift;
    d->y += (label_h > value_h ? label_h : value_h) + 6;
}

static void check_name(struct drawing *d, const char *name)
{
    uint32_t cp;
    for (size_t left = strlen(name), n; left; name += n, left -= n) {
        n = text_decode(&cp, name, left);
        if (cp != ' ' && !text_has_glyph(d->text, type_name, cp) && !d->r)
            d->r = SLIP_PAGE_E_GLYPH;
    }
}

static void draw_number(struct drawing *d, const char *text)
{
    struct type type = scaled(d, type_number);
    while (text_width(d->text, type, text) > full_width(d) && type.px > 28) {
        type.px -= 4;
        type.line_px -= 4;
    }
    d->y += draw_block(d, type, text, INSET, d->y, full_width(d), true) + 4;
}

static void draw_qr(struct drawing *d, const char *payload)
{
    struct qr qr;
    int r = qr_encode(&qr, payload);
    if (r) {
        d->r = d->r ? d->r : r;
        return;
    }
    int module = full_width(d) / 2 / (qr.side + 2 * QR_QUIET);
    module = module < 4 ? 4 : module > 8 ? 8 : module;
    int side = module * qr.side, x0 = (d->page->width_dots - side) / 2,
        y0 = d->y + QR_QUIET * module;
    if (!reach(d, y0 + side + QR_QUIET * module))
        return;
    for (int y = 0; y < qr.side; y++)
        for (int x = 0; x < qr.side; x++)
            if (qr.module[y][x])
                fill(d, x0 + x * module, y0 + y * module, module, module);
    d->y = y0 + side + QR_QUIET * module;
}

static void draw_mark(struct drawing *d, const char *text)
{
    struct type type = scaled(d, type_mark);
    int height = type.line_px + 16;
    fill(d, 0, d->y, d->page->width_dots, height);
    int width = text_width(d->text, type, text);
    draw_run(d, type, text, strlen(text), (d->page->width_dots - width) / 2, d->y + 8, false);
    d->y += height + 12;
}

static void draw_line(struct drawing *d, const struct slip_line *line)
{
    switch (line->kind) {
    case SLIP_TITLE:
        draw_paragraph(d, type_title, line->text, true);
        break;
    case SLIP_TEXT:
        draw_paragraph(d, type_text, line->text, false);
        break;
    case SLIP_STRONG:
        draw_paragraph(d, type_strong, line->text, true);
        break;
    case SLIP_SMALL:
        draw_paragraph(d, type_small, line->text, true);
        break;
    case SLIP_PAIR:
        draw_pair(d, line, type_text);
        break;
    case SLIP_NAME:
        check_name(d, line->text);
        draw_pair(d, line, type_name);
        break;
    case SLIP_NUMBER:
        draw_number(d, line->text);
        break;
    case SLIP_RULE:
        fill(d, INSET, d->y + 10, full_width(d), 2);
        d->y += 24;
        break;
    case SLIP_SPACE:
        d->y += 20;
        break;
    case SLIP_QR:
        draw_qr(d, line->text);
        break;
    case SLIP_MARK:
        draw_mark(d, line->text);
        break;
    }
}

/* The label column is as wide as the longest label, up to a limit; longer ones wrap. */
static int label_width(struct drawing *d, const struct slip *slip)
{
    int widest = 0, limit = d->page->width_dots * LABEL_PERCENT / 100;
    for (size_t i = 0; i < slip->count; i++)
        if (slip->lines[i].label) {
            int width = text_width(d->text, scaled(d, type_text), slip->lines[i].label);
            widest = width > widest ? width : widest;
        }
    return widest < limit ? widest : limit;
}

int slip_page_draw(struct slip_page *out, struct text *t, const struct slip *slip,
                   uint16_t width_dots)
{
    *out = (struct slip_page){ .width_dots = width_dots };
    struct drawing d = { .page = out, .text = t, .y = 8, .is_double = slip->is_double_size };
    d.label_w = label_width(&d, slip);
    for (size_t i = 0; i < slip->count && !d.r; i++)
        draw_line(&d, &slip->lines[i]);
    reach(&d, d.y + 16);
    if (d.r)
        slip_page_clear(out);
    return d.r;
}

void slip_page_clear(struct slip_page *p)
{
    if (p->bits)
        explicit_bzero(p->bits, (size_t)p->rows * p->width_dots / 8);
    free(p->bits);
    *p = (struct slip_page){ 0 };
}
