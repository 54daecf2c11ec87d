#include "tests/golden/slips/contact.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHRINK = 4, GAP = 12, CELL = 576 / SHRINK + GAP, PAPER = 255, GROUND = 190 };

struct contact {
    size_t columns, count, width;
    size_t top, height; /* of the row under way, and of all so far */
    uint8_t *grey;
};

int contact_new(struct contact **out, size_t columns)
{
    struct contact *c = calloc(1, sizeof(*c));
    if (!c)
        return -ENOMEM;
    c->columns = columns;
    c->width = columns * CELL + GAP;
    *out = c;
    return 0;
}

void contact_free(struct contact *c)
{
    if (!c)
        return;
    free(c->grey);
    free(c);
}

static int reach(struct contact *c, size_t bottom)
{
    if (bottom <= c->height)
        return 0;
    uint8_t *grey = realloc(c->grey, bottom * c->width);
    if (!grey)
        return -ENOMEM;
    memset(grey + c->height * c->width, GROUND, (bottom - c->height) * c->width);
    c->grey = grey;
    c->height = bottom;
    return 0;
}

static uint8_t shade(const uint8_t *bits, uint16_t width, uint32_t rows, size_t x, size_t y)
{
    unsigned black = 0;
    for (size_t j = y * SHRINK; j < (y + 1) * SHRINK && j < rows; j++)
        for (size_t i = x * SHRINK; i < (x + 1) * SHRINK; i++)
            black += bits[j * (width / 8u) + i / 8] >> (7 - i % 8) & 1;
    return (uint8_t)(PAPER - black * PAPER / (SHRINK * SHRINK));
}

int contact_add(struct contact *c, const uint8_t *bits, uint16_t width, uint32_t rows)
{
    size_t column = c->count % c->columns, height = rows / SHRINK;
    if (!column)
        c->top = c->height;
    c->count++;
    int r = reach(c, c->top + GAP + height);
    for (size_t y = 0; !r && y < height; y++)
        for (size_t x = 0; x < width / SHRINK; x++)
            c->grey[(c->top + GAP + y) * c->width + GAP + column * CELL + x] =
                shade(bits, width, rows, x, y);
    return r;
}

int contact_save(const struct contact *c, const char *path)
{
    png_image image = { .version = PNG_IMAGE_VERSION,
                        .width = (png_uint_32)c->width,
                        .height = (png_uint_32)c->height,
                        .format = PNG_FORMAT_GRAY };
    return png_image_write_to_file(&image, path, 0, c->grey, 0, NULL) ? 0 : -EIO;
}
