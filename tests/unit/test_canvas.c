/* links: ui/canvas firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "ui/canvas/canvas.h"

enum { W = 120, H = 90 };

static uint32_t at(const struct canvas *c, int x, int y)
{
    return c->pixels[y * W + x];
}

static void test_canvas_shapes_stay_inside_the_clip(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    uint8_t alpha[400];
    memset(alpha, 255, sizeof(alpha));
    struct mask m = { 20, 20, alpha };
    CHECK_EQ(canvas_new(&c, W, H), 0);
    c->clip = (struct rect){ 30, 20, 40, 30 };
    canvas_fill(c, (struct rect){ -50, -50, 500, 500 }, 0x112233);
    canvas_shadow(c, (struct rect){ 10, 10, 100, 70 }, 8, 14, 0x445566, 90);
    canvas_round(c, (struct rect){ 20, 10, 90, 70 }, 20, 0x778899, 255);
    canvas_outline(c, (struct rect){ 25, 15, 60, 60 }, 10, 4, 0xaabbcc);
    canvas_mask(c, &m, 60, 40, 0xddeeff);
    canvas_mask(c, &m, -10, -10, 0xddeeff);
    canvas_stroke(c, -20, -20, 200, 200, 9, 0x010203);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            if (!rect_contains(c->clip, x, y))
                CHECK_EQ(at(c, x, y), 0);
            else
                CHECK(at(c, x, y) != 0);
}

/* Rectangles partly or wholly off the screen must not touch memory outside it (ASan watches). */
static void test_canvas_survives_any_rectangle(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, W, H), 0);
    srand(3);
    for (int i = 0; i < 3000; i++) {
        struct rect r = { rand() % 400 - 150, rand() % 400 - 150, rand() % 300, rand() % 300 };
        c->clip = (struct rect){ rand() % 200 - 40, rand() % 200 - 40, rand() % 200, rand() % 200 };
        canvas_round(c, r, rand() % 60, 0xffffff, 200);
        canvas_outline(c, r, rand() % 60, 1 + rand() % 8, 0xff0000);
        canvas_shadow(c, r, rand() % 40, 1 + rand() % 20, 0, 30);
        canvas_stroke(c, (float)r.x, (float)r.y, (float)r.w, (float)r.h, 8, 0x00ff00);
    }
}

static void test_canvas_round_is_solid_inside_and_smooth_at_its_corner(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, W, H), 0);
    canvas_fill(c, c->clip, 0x000000);
    canvas_round(c, (struct rect){ 10, 10, 100, 70 }, 20, 0xffffff, 255);
    CHECK_EQ(at(c, 60, 45), 0xffffffffu);
    CHECK_EQ(at(c, 60, 10), 0xffffffffu);
    CHECK_EQ(at(c, 10, 10), 0xff000000u);
    int shades = 0;
    for (int x = 10; x < 30; x++)
        for (int y = 10; y < 30; y++)
            shades += (at(c, x, y) & 0xff) > 0 && (at(c, x, y) & 0xff) < 255;
    CHECK(shades > 10);
    for (int y = 10; y < 45; y++) /* the four corners are alike */
        for (int x = 10; x < 60; x++) {
            CHECK_EQ(at(c, x, y), at(c, 119 - x, y));
            CHECK_EQ(at(c, x, y), at(c, x, 89 - y));
        }
}

static void test_canvas_outline_of_square_corners_is_as_thick_as_asked(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, W, H), 0);
    canvas_fill(c, c->clip, 0x000000);
    canvas_outline(c, (struct rect){ 10, 10, 100, 70 }, 0, 4, 0xffffff);
    for (int i = 0; i < 4; i++) {
        CHECK_EQ(at(c, 10 + i, 45), 0xffffffffu);
        CHECK_EQ(at(c, 60, 10 + i), 0xffffffffu);
    }
    CHECK_EQ(at(c, 14, 45), 0xff000000u);
    CHECK_EQ(at(c, 60, 14), 0xff000000u);
}

/* Drawing in pieces gives the same pixels as drawing at once: damage rectangles leave no seams. */
static void test_canvas_drawn_in_pieces_equals_drawn_whole(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *whole = NULL, *pieces = NULL;
    CHECK_EQ(canvas_new(&whole, W, H), 0);
    CHECK_EQ(canvas_new(&pieces, W, H), 0);
    for (int i = 0; i < 24; i++) {
        struct canvas *c = i ? pieces : whole;
        c->clip = i ? (struct rect){ (i - 1) % 6 * 20, (i - 1) / 6 * 23, 20, 23 }
                    : (struct rect){ 0, 0, W, H };
        canvas_fill(c, c->clip, 0xF3F6FA);
        canvas_shadow(c, (struct rect){ 20, 20, 70, 50 }, 12, 10, 0x0A1E3C, 34);
        canvas_round(c, (struct rect){ 20, 16, 70, 50 }, 12, 0xFFFFFF, 255);
        canvas_stroke(c, 30, 30, 80, 55, 6, 0x16202C);
    }
    pieces->clip = (struct rect){ 100, 69, 20, 21 };
    canvas_fill(pieces, pieces->clip, 0xF3F6FA);
    canvas_shadow(pieces, (struct rect){ 20, 20, 70, 50 }, 12, 10, 0x0A1E3C, 34);
    canvas_round(pieces, (struct rect){ 20, 16, 70, 50 }, 12, 0xFFFFFF, 255);
    canvas_stroke(pieces, 30, 30, 80, 55, 6, 0x16202C);
    CHECK_BYTES(whole->pixels, pieces->pixels, sizeof(uint32_t) * W * H);
}

/* Whatever the length, the colour and what lies under it: (under (256 - a) + over a) / 256 in each channel, and opaque. */
static void test_canvas_blends_every_channel_by_itself(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, W, H), 0);
    for (unsigned alpha = 1; alpha < 255; alpha++)
        for (int w = 1; w < 8; w++) {
            uint32_t under = 0x10f783u * alpha & 0xffffff,
                     over = 0x7b03e5u * (alpha + 9) & 0xffffff;
            canvas_fill(c, c->clip, under);
            canvas_round(c, (struct rect){ 5, 5, w, 3 }, 0, over, alpha);
            unsigned a = alpha + alpha / 128;
            for (int shift = 0; shift < 24; shift += 8) {
                unsigned u = under >> shift & 255, o = over >> shift & 255;
                for (int x = 5; x < 5 + w; x++)
                    CHECK_EQ(at(c, x, 6) >> shift & 255, (u * (256 - a) + o * a) / 256);
                CHECK_EQ(at(c, 5 + w, 6) >> shift & 255, u);
            }
            CHECK_EQ(at(c, 5, 6) >> 24, 255);
        }
}

RUN(T(test_canvas_blends_every_channel_by_itself), T(test_canvas_shapes_stay_inside_the_clip),
    T(test_canvas_survives_any_rectangle),
    T(test_canvas_round_is_solid_inside_and_smooth_at_its_corner),
    T(test_canvas_outline_of_square_corners_is_as_thick_as_asked),
    T(test_canvas_drawn_in_pieces_equals_drawn_whole))
