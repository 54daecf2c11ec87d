#include "tests/golden/sheet.h"

#include <stdio.h>
#include <stdlib.h>

#include "ui/present/present.h"

enum { SHRINK = 4, GAP = 8, COLUMNS = 10 };

struct sheet {
    struct canvas *canvas;
    int columns, cell_w, cell_h;
    size_t used;
};

struct sheet *contact_new(int width, int height, size_t count)
{
    struct sheet *s = calloc(1, sizeof(*s));
    if (!s)
        return NULL;
    s->columns = width > height ? COLUMNS * 6 / 10 : COLUMNS;
    s->cell_w = width / SHRINK + GAP;
    s->cell_h = height / SHRINK + GAP;
    int rows = ((int)count + s->columns - 1) / s->columns;
    if (canvas_new(&s->canvas, s->columns * s->cell_w + GAP, rows * s->cell_h + GAP)) {
        free(s);
        return NULL;
    }
    canvas_fill(s->canvas, s->canvas->clip, 0x808080);
    return s;
}

static uint32_t average(const struct canvas *c, int x, int y)
{
    uint32_t sum[3] = { 0 };
    for (int j = 0; j < SHRINK; j++)
        for (int i = 0; i < SHRINK; i++) {
            uint32_t p = c->pixels[(size_t)(y + j) * (size_t)c->width + (size_t)(x + i)];
            sum[0] += p >> 16 & 255;
            sum[1] += p >> 8 & 255;
            sum[2] += p & 255;
        }
    uint32_t n = SHRINK * SHRINK;
    return 0xff000000u | (sum[0] / n) << 16 | (sum[1] / n) << 8 | sum[2] / n;
}

void contact_add(struct sheet *s, const struct canvas *c)
{
    if (!s)
        return;
    int left = (int)s->used % s->columns * s->cell_w + GAP,
        top = (int)s->used / s->columns * s->cell_h + GAP;
    for (int y = 0; y < c->height / SHRINK && top + y < s->canvas->height; y++)
        for (int x = 0; x < c->width / SHRINK && left + x < s->canvas->width; x++)
            s->canvas->pixels[(size_t)(top + y) * (size_t)s->canvas->width + (size_t)(left + x)] =
                average(c, x * SHRINK, y * SHRINK);
    s->used++;
}

void contact_write(const struct sheet *s, const char *path)
{
    if (present_png(s->canvas, path))
        fprintf(stderr, "gallery: cannot write %s\n", path);
}

void contact_free(struct sheet *s)
{
    if (!s)
        return;
    canvas_free(s->canvas);
    free(s);
}
