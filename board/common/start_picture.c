#include "board/common/start_picture.h"

#include <errno.h>
#include <stdio.h>

enum { RUN_MAX = 256, OPAQUE = 0xff };

static bool put_run(FILE *f, uint32_t color, uint32_t count)
{
    uint32_t word = (count - 1) << 24 | (color & 0xffffff);
    uint8_t bytes[4] = { (uint8_t)word, (uint8_t)(word >> 8), (uint8_t)(word >> 16),
                         (uint8_t)(word >> 24) };
    return fwrite(bytes, sizeof(bytes), 1, f) == 1;
}

int start_picture_write(const struct canvas *c, const char *path)
{
    size_t total = (size_t)c->width * (size_t)c->height;
    FILE *f = fopen(path, "we");
    if (!f)
        return fault_raise(-errno);
    bool is_written = true;
    for (size_t at = 0, end; at < total && is_written; at = end) {
        for (end = at + 1; end < total && end - at < RUN_MAX && c->pixels[end] == c->pixels[at];)
            end++;
        is_written = put_run(f, c->pixels[at], (uint32_t)(end - at));
    }
    is_written = !fclose(f) && is_written;
    return is_written ? 0 : fault_raise(-EIO);
}

int start_picture_read(struct canvas *c, const char *path)
{
    size_t total = (size_t)c->width * (size_t)c->height, at = 0;
    uint8_t bytes[4];
    FILE *f = fopen(path, "re");
    if (!f)
        return -errno;
    while (fread(bytes, sizeof(bytes), 1, f) == 1) {
        uint32_t color =
            (uint32_t)OPAQUE << 24 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[1] << 8 | bytes[0];
        size_t count = (size_t)bytes[3] + 1;
        if (count > total - at) {
            at = 0; /* of a larger one */
            break;
        }
        while (count--)
            c->pixels[at++] = color;
    }
    fclose(f);
    return at == total ? 0 : -EINVAL;
}
