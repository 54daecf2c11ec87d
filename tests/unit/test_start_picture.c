/* links: board/common ui/canvas firmware/base */
#include "board/common/start_picture.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "tests/support/check.h"

enum { W = 40, H = 30 };

static const char *place(const char *name)
{
    static char path[512];
    snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
    return path;
}

static struct canvas *drawn(int width, int height)
{
    struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, width, height), 0);
    canvas_fill(c, c->clip, 0xf3f6fa);
    canvas_round(c, (struct rect){ 5, 5, 20, 20 }, 10, 0x0f4c9c, 255);
    return c;
}

static void test_start_picture_comes_back_pixel_by_pixel(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = drawn(W, H);
    AUTO(canvas_free) struct canvas *back = NULL;
    CHECK_EQ(start_picture_write(c, place("round")), 0);
    CHECK_EQ(canvas_new(&back, W, H), 0);
    CHECK_EQ(start_picture_read(back, place("round")), 0);
    CHECK_BYTES(back->pixels, c->pixels, W * H * sizeof(*c->pixels));
}

static void test_start_picture_of_one_colour_takes_a_word_for_256_pixels(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, 256, 3), 0);
    canvas_fill(c, c->clip, 0x0f4c9c);
    CHECK_EQ(start_picture_write(c, place("plain")), 0);
    FILE *f = fopen(place("plain"), "re");
    uint8_t bytes[16];
    CHECK(f != NULL);
    CHECK_EQ(fread(bytes, 1, sizeof(bytes), f), 12);
    CHECK_BYTES(bytes, "\x9c\x4c\x0f\xff", 4);
    fclose(f);
}

static void test_start_picture_of_another_size_is_none(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = drawn(W, H);
    AUTO(canvas_free) struct canvas *smaller = NULL;
    AUTO(canvas_free) struct canvas *larger = NULL;
    CHECK_EQ(start_picture_write(c, place("size")), 0);
    CHECK_EQ(canvas_new(&smaller, W, H - 1), 0);
    CHECK_EQ(start_picture_read(smaller, place("size")), -EINVAL);
    CHECK_EQ(canvas_new(&larger, W, H + 1), 0);
    CHECK_EQ(start_picture_read(larger, place("size")), -EINVAL);
    CHECK_EQ(truncate(place("size"), 8), 0);
    CHECK_EQ(start_picture_read(c, place("size")), -EINVAL);
    CHECK_EQ(start_picture_read(c, place("nowhere")), -ENOENT);
}

RUN(T(test_start_picture_comes_back_pixel_by_pixel),
    T(test_start_picture_of_one_colour_takes_a_word_for_256_pixels),
    T(test_start_picture_of_another_size_is_none))
