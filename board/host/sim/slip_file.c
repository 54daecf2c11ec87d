#include "board/host/sim/slip_file.h"

#include <fcntl.h>
#include <limits.h>
#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

struct kept {
    uint32_t rows;
    bool has_error;
    int64_t
        out_us; /* its last row was printed: CLOCK_MONOTONIC, as near as one look of the simulator */
};

struct slip_drawer {
    uint32_t hanging; /* rows, at the last look */
    int64_t grown_us; /* when they became more */
    char *folder;     /* NULL: none */
    size_t count, room;
    struct kept *slips;
};

/* ---- pictures ------------------------------------------------------------------------ */

static void put_png(png_structp png, png_bytep data, size_t length)
{
    if (bytes_append(png_get_io_ptr(png), data, length))
        png_error(png, "no memory");
}

static void flush_png(png_structp png)
{
    (void)png;
}

static void write_rows(png_structp png, const struct sim_slip *slip)
{
    size_t stride = slip->width / 8u;
    uint8_t row[UINT16_MAX / 8 + 1];
    for (uint32_t y = 0; y < slip->rows; y++) {
        for (size_t x = 0; x < stride; x++)
            row[x] = (uint8_t)~slip->bits[y * stride + x]; /* paper: 1 is black; PNG: 0 is black */
        png_write_row(png, row);
    }
}

int slip_png(struct bytes *out, const struct sim_slip *slip)
{
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    int r = -ENOMEM;
    /* A slip can be empty (a cut and nothing before it), a picture cannot. */
    static const uint8_t white[UINT16_MAX / 8 + 1];
    struct sim_slip drawn = *slip;
    if (!drawn.rows) {
        drawn.rows = 1;
        drawn.bits = white;
    }
    if (info && !setjmp(png_jmpbuf(png))) {
        png_set_write_fn(png, out, put_png, flush_png);
        png_set_IHDR(png, info, drawn.width, drawn.rows, 1, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        png_set_pHYs(png, info, 8000, 8000, PNG_RESOLUTION_METER); /* 203 dpi */
        png_write_info(png, info);
        write_rows(png, &drawn);
        png_write_end(png, NULL);
        r = 0;
    }
    png_destroy_write_struct(png ? &png : NULL, info ? &info : NULL);
    return r ? fault_raise(r) : 0;
}

/* ---- files --------------------------------------------------------------------------- */

static void path_of(char path[PATH_MAX], const struct slip_drawer *d, size_t index,
                    const char *ending)
{
    snprintf(path, PATH_MAX, "%s/slip-%04zu.%s", d->folder, index + 1, ending);
}

static int write_file(const char *path, const uint8_t *data, size_t length)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0)
        return fault_raise(-errno);
    int r = 0;
    for (size_t done = 0; !r && done < length;) {
        ssize_t n = write(fd, data + done, length - done);
        if (n < 0)
            r = fault_raise(-errno);
        else
            done += (size_t)n;
    }
    if (close(fd) && !r)
        r = fault_raise(-errno);
    return r;
}

static int keep_files(const struct slip_drawer *d, size_t index, const struct sim_slip *slip)
{
    char path[PATH_MAX];
    struct bytes picture AUTO_BYTES = { 0 };
    path_of(path, d, index, "bin");
    int r = write_file(path, slip->raw, slip->raw_len);
    if (!r)
        r = slip_png(&picture, slip);
    path_of(path, d, index, "png");
    return r ? r : write_file(path, picture.data, picture.length);
}

int slip_drawer_new(struct slip_drawer **out, const char *folder)
{
    AUTO(slip_drawer_free) struct slip_drawer *d = calloc(1, sizeof(*d));
    if (!d)
        return fault_raise(-ENOMEM);
    if (folder) {
        if (mkdir(folder, 0700) && errno != EEXIST)
            return fault_raise(-errno);
        d->folder = realpath(folder, NULL);
        if (!d->folder)
            return fault_raise(-errno);
    }
    *out = TAKE(d);
    return 0;
}

void slip_drawer_free(struct slip_drawer *d)
{
    if (!d)
        return;
    free(d->folder);
    free(d->slips);
    free(d);
}

static int64_t real_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int grow(struct slip_drawer *d)
{
    size_t room = d->room ? 2 * d->room : 16;
    struct kept *more = d->count < d->room ? d->slips : realloc(d->slips, room * sizeof(*more));
    if (!more)
        return fault_raise(-ENOMEM);
    d->room = d->count < d->room ? d->room : room;
    d->slips = more;
    return 0;
}

/* A sheet that a jammed blade cuts much later was out before. A cut feeds some rows of its own. */
static int64_t out_us(const struct slip_drawer *d, uint32_t rows)
{
    enum { CUT_FEED = 100 };
    return rows <= d->hanging + CUT_FEED ? d->grown_us : real_us();
}

static void look(struct slip_drawer *d, const struct sim_printer *printer)
{
    uint32_t rows = sim_printer_uncut_rows(printer);
    if (rows > d->hanging)
        d->grown_us = real_us();
    d->hanging = rows;
}

int slip_drawer_collect(struct slip_drawer *d, const struct sim_printer *printer)
{
    int first = 0;
    while (d->count < sim_printer_slip_count(printer)) {
        struct sim_slip slip = { 0 };
        int r = grow(d);
        if (r)
            return r;
        size_t index = d->count++;
        d->slips[index] = (struct kept){ .out_us = real_us() };
        if (!sim_printer_slip(printer, index, &slip))
            continue;
        d->slips[index].rows = slip.rows;
        d->slips[index].out_us = out_us(d, slip.rows);
        d->hanging = 0;
        d->slips[index].has_error = slip.has_error;
        r = d->folder ? keep_files(d, index, &slip) : 0;
        first = first ? first : r;
    }
    look(d, printer);
    return first;
}

size_t slip_drawer_count(const struct slip_drawer *d)
{
    return d->count;
}

/* ---- showing ------------------------------------------------------------------------- */

static json_t *base64(const uint8_t *data, size_t length)
{
    struct bytes text AUTO_BYTES = { 0 };
    if (base64_encode(&text, data, length))
        return NULL;
    return json_stringn(text.data ? (const char *)text.data : "", text.length);
}

static json_t *picture_of(const struct slip_drawer *d, size_t index, const struct sim_slip *slip)
{
    char path[PATH_MAX];
    struct bytes picture AUTO_BYTES = { 0 };
    if (!d->folder)
        return slip_png(&picture, slip) ? NULL : base64(picture.data, picture.length);
    path_of(path, d, index, "png");
    return json_string(path);
}

static json_t *show(const struct slip_drawer *d, const struct sim_printer *printer, size_t index,
                    bool with_raw)
{
    struct sim_slip slip = { 0 };
    bool is_there = sim_printer_slip(printer, index, &slip);
    if (!is_there && !d->folder)
        return json_null();
    json_t *o =
        json_pack("{sI sI sI sb so?}", "index", (json_int_t)index, "rows",
                  (json_int_t)d->slips[index].rows, "out_us", (json_int_t)d->slips[index].out_us,
                  "has_error", d->slips[index].has_error, "png", picture_of(d, index, &slip));
    if (o && is_there && with_raw)
        json_object_set_new(o, "raw", base64(slip.raw, slip.raw_len));
    return o;
}

json_t *slip_drawer_list(const struct slip_drawer *d, const struct sim_printer *printer,
                         size_t from, bool with_raw)
{
    json_t *list = json_array();
    for (size_t i = from; list && i < d->count; i++)
        if (json_array_append_new(list, show(d, printer, i, with_raw))) {
            json_decref(list);
            return NULL;
        }
    return list;
}
