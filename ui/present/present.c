#include "ui/present/present.h"

#include <png.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "ui/present/driver.h"

void present_free(struct presenter *p)
{
    if (p)
        p->driver->free(p);
}

void present_show(struct presenter *p, const struct canvas *c, const struct damage *damage)
{
    p->driver->show(p, c, damage);
    p->is_shown = true;
}

bool present_is_well(const struct presenter *p)
{
    return p->is_shown && !p->has_failed;
}

void present_wait(struct presenter *p, int limit_ms)
{
    p->driver->wait(p, limit_ms);
}

bool present_next(struct presenter *p, struct input *out)
{
    return p->driver->next(p, out);
}

void present_wake(struct presenter *p)
{
    p->driver->wake(p);
}

const char *present_panel(const struct presenter *p)
{
    return p->driver->panel(p);
}

/* ---- nowhere ------------------------------------------------------------------------- */

struct nowhere {
    struct presenter base;
    int fd;
};

static void nowhere_show(struct presenter *p, const struct canvas *c, const struct damage *damage)
{
    (void)p;
    (void)c;
    (void)damage;
}

static void nowhere_wait(struct presenter *p, int limit_ms)
{
    struct nowhere *n = (struct nowhere *)p;
    struct pollfd poll_fd = { .fd = n->fd, .events = POLLIN };
    uint64_t count;
    if (poll(&poll_fd, 1, limit_ms) > 0 && read(n->fd, &count, sizeof(count)) < 0)
        return;
}

static bool nowhere_next(struct presenter *p, struct input *out)
{
    (void)p;
    (void)out;
    return false;
}

static void nowhere_wake(struct presenter *p)
{
    uint64_t one = 1;
    if (write(((struct nowhere *)p)->fd, &one, sizeof(one)) < 0)
        return; /* the counter is full: it is awake already */
}

/* Only a robot touches it. */
static const char *nowhere_panel(const struct presenter *p)
{
    (void)p;
    return "nowhere";
}

static void nowhere_free(struct presenter *p)
{
    close(((struct nowhere *)p)->fd);
    free(p);
}

int present_nowhere(struct presenter **out)
{
    static const struct present_driver driver = { nowhere_show, nowhere_wait,  nowhere_next,
                                                  nowhere_wake, nowhere_panel, nowhere_free };
    struct nowhere *n = calloc(1, sizeof(*n));
    if (!n)
        return fault_raise(-ENOMEM);
    n->base.driver = &driver;
    n->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (n->fd < 0) {
        free(n);
        return fault_raise(-errno);
    }
    *out = &n->base;
    return 0;
}

/* ---- pictures ------------------------------------------------------------------------ */

static int write_rows(png_structp png, png_infop info, FILE *f, const struct canvas *c,
                      uint8_t *row)
{
    if (setjmp(png_jmpbuf(png)))
        return fault_raise(-EIO);
    png_init_io(png, f);
    png_set_IHDR(png, info, (png_uint_32)c->width, (png_uint_32)c->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_compression_level(png, 3);
    png_write_info(png, info);
    for (int y = 0; y < c->height; y++) {
        for (int x = 0; x < c->width; x++) {
            uint32_t pixel = c->pixels[(size_t)y * (size_t)c->width + (size_t)x];
            uint8_t *rgb = row + 3 * (size_t)x;
            rgb[0] = (uint8_t)(pixel >> 16);
            rgb[1] = (uint8_t)(pixel >> 8);
            rgb[2] = (uint8_t)pixel;
        }
        png_write_row(png, row);
    }
    png_write_end(png, NULL);
    return 0;
}

int present_png(const struct canvas *c, const char *path)
{
    FILE *f = fopen(path, "wbe");
    if (!f)
        return -errno;
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    uint8_t *row = malloc((size_t)c->width * 3);
    int r = info && row ? write_rows(png, info, f, c, row) : fault_raise(-ENOMEM);
    png_destroy_write_struct(&png, &info);
    free(row);
    if (fclose(f) && !r)
        r = fault_raise(-EIO);
    return r;
}
