#include "tests/golden/kept.h"

#include <errno.h>
#include <openssl/evp.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "ui/present/present.h"

void kept_sum(char out[KEPT_SUM], const struct canvas *c)
{
    uint8_t digest[32];
    size_t length = (size_t)c->width * (size_t)c->height * sizeof(*c->pixels);
    EVP_Digest(c->pixels, length, digest, NULL, EVP_sha256(), NULL);
    hex_encode(out, digest, sizeof(digest));
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct kept_row *)a)->key, ((const struct kept_row *)b)->key);
}

/* Rows are sorted once loaded or saved; what is set meanwhile is only looked at then. */
const char *kept_find(const struct kept *k, const char *key)
{
    struct kept_row wanted = { { 0 }, { 0 } };
    snprintf(wanted.key, sizeof(wanted.key), "%s", key);
    const struct kept_row *row =
        k->count ? bsearch(&wanted, k->rows, k->count, sizeof(wanted), by_key) : NULL;
    return row ? row->sum : NULL;
}

void kept_set(struct kept *k, const char *key, const char *sum)
{
    if (k->count == k->room) {
        size_t room = k->room ? k->room * 2 : 512;
        struct kept_row *rows = realloc(k->rows, room * sizeof(*rows));
        if (!rows)
            abort();
        k->rows = rows;
        k->room = room;
    }
    struct kept_row *row = &k->rows[k->count++];
    snprintf(row->key, sizeof(row->key), "%s", key);
    snprintf(row->sum, sizeof(row->sum), "%s", sum);
}

int kept_load(struct kept *k, const char *path)
{
    FILE *f = fopen(path, "re");
    char key[KEPT_KEY], sum[KEPT_SUM];
    if (!f)
        return fault_raise(-errno);
    while (fscanf(f, "%159s %64s", key, sum) == 2)
        kept_set(k, key, sum);
    fclose(f);
    qsort(k->rows, k->count, sizeof(*k->rows), by_key);
    return 0;
}

int kept_save(struct kept *k, const char *path)
{
    FILE *f = fopen(path, "we");
    if (!f)
        return fault_raise(-errno);
    qsort(k->rows, k->count, sizeof(*k->rows), by_key);
    for (size_t i = 0; i < k->count; i++)
        fprintf(f, "%s %s\n", k->rows[i].key, k->rows[i].sum);
    return fclose(f) ? fault_raise(-EIO) : 0;
}

void kept_free(struct kept *k)
{
    free(k->rows);
}

static uint32_t marked(uint32_t now, const uint8_t *rgb)
{
    uint32_t before = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
    uint32_t grey = ((uint32_t)rgb[0] + rgb[1] + rgb[2]) / 6u + 96;
    return (now & 0xFFFFFF) == before ? grey << 16 | grey << 8 | grey : 0xE00000;
}

void kept_difference(const struct canvas *c, const char *folder, const char *key)
{
    char path[600];
    png_image image = { .version = PNG_IMAGE_VERSION };
    AUTO(canvas_free) struct canvas *out = NULL;
    snprintf(path, sizeof(path), "%s/%s.png", folder, key);
    if (!png_image_begin_read_from_file(&image, path))
        return;
    image.format = PNG_FORMAT_RGB;
    uint8_t *rgb = malloc(PNG_IMAGE_SIZE(image));
    bool is_same_size = (int)image.width == c->width && (int)image.height == c->height;
    if (rgb && is_same_size && png_image_finish_read(&image, NULL, rgb, 0, NULL) &&
        !canvas_new(&out, c->width, c->height)) {
        size_t count = (size_t)c->width * (size_t)c->height;
        for (size_t i = 0; i < count; i++)
            out->pixels[i] = 0xff000000u | marked(c->pixels[i], rgb + 3 * i);
        snprintf(path, sizeof(path), "%s/%s.diff.png", folder, key);
        if (present_png(out, path))
            fprintf(stderr, "gallery: cannot write %s\n", path);
    }
    png_image_free(&image);
    free(rgb);
}
