/* links: ui/present ui/canvas firmware/base */
#include <stdlib.h>

#include "tests/support/check.h"
#include "ui/present/scanout.h"

enum { CW = 5, CH = 7, MARGIN = 0x5a };

/* ---- modes --------------------------------------------------------------------------- */

static void test_scanout_takes_the_mode_of_the_pictures_size(void **state)
{
    (void)state;
    const struct scan_mode modes[] = {
        { 1920, 1080, 60, true, false },  { 1080, 1920, 30, false, false },
        { 1080, 1920, 60, false, false }, { 1080, 1920, 60, false, true },
        { 3840, 2160, 60, false, false },
    };
    CHECK_EQ(scan_choose_mode(modes, 5, TURN_NONE, 1080, 1920), 2);
    CHECK_EQ(scan_choose_mode(modes, 5, TURN_90, 1080, 1920), 0);
    CHECK_EQ(scan_choose_mode(modes, 5, TURN_270, 1080, 1920), 0);
    CHECK_EQ(scan_choose_mode(modes, 5, TURN_180, 1080, 1920), 2);
    CHECK_EQ(scan_choose_mode(modes, 5, TURN_NONE, 1200, 1920), 0); /* the preferred one */
    CHECK_EQ(scan_choose_mode(modes + 3, 2, TURN_NONE, 640, 480), 1);
    CHECK_EQ(scan_choose_mode(modes + 3, 1, TURN_NONE, 640, 480), 0);
}

static void test_scanout_has_no_mode_where_there_is_none(void **state)
{
    (void)state;
    const struct scan_mode lies[] = { { 0, 1080, 60, true, false },
                                      { 1 << 20, 1 << 20, 60, true, false } };
    CHECK_EQ(scan_choose_mode(NULL, 0, TURN_NONE, 1080, 1920), -1);
    CHECK_EQ(scan_choose_mode(lies, 2, TURN_NONE, 1080, 1920), -1);
}

/* ---- the copy ------------------------------------------------------------------------ */

/* A panel with room around it, so that a pixel written outside is seen. */
struct bench {
    struct scanout s;
    uint32_t memory[16 * 16];
};

static uint32_t wired_at(const struct bench *b, int x, int y)
{
    return b->memory[(y + 1) * 16 + x + 1];
}

static void bench_start(struct bench *b, enum turn turn, int width, int height)
{
    memset(b->memory, MARGIN, sizeof(b->memory));
    b->s = (struct scanout){ .pixels = (uint8_t *)&b->memory[17],
                             .width = width,
                             .height = height,
                             .pitch_bytes = 64,
                             .turn = turn };
}

/* The pixel of the panel that shows a pixel of the upright glass. */
static uint32_t upright_at(const struct bench *b, int x, int y)
{
    switch (b->s.turn) {
    case TURN_90:
        return wired_at(b, b->s.width - 1 - y, x);
    case TURN_180:
        return wired_at(b, b->s.width - 1 - x, b->s.height - 1 - y);
    case TURN_270:
        return wired_at(b, y, b->s.height - 1 - x);
    default:
        return wired_at(b, x, y);
    }
}

static uint32_t paint(int x, int y)
{
    return 0xff000000u | (uint32_t)(x * 16 + y + 1);
}

static void check_upright(const struct bench *b, const struct canvas *c, struct rect changed)
{
    const uint32_t untouched = 0x01010101u * MARGIN;
    struct rect glass = scan_glass(&b->s), p = b->s.picture;
    for (int y = 0; y < glass.h; y++)
        for (int x = 0; x < glass.w; x++) {
            int cx = x - p.x, cy = y - p.y;
            bool is_changed = rect_contains(p, x, y) && rect_contains(changed, cx, cy) &&
                              cx < c->width && cy < c->height;
            CHECK_EQ(upright_at(b, x, y), is_changed ? paint(cx, cy) : untouched);
        }
    for (int i = 0; i < 16 * 16; i++)
        if (i % 16 < 1 || i % 16 > b->s.width || i / 16 < 1 || i / 16 > b->s.height)
            CHECK_EQ(b->memory[i], untouched);
}

static void test_scanout_shows_what_changed_upright_however_the_panel_hangs(void **state)
{
    (void)state;
    static const struct rect changes[] = { { 0, 0, CW, CH },   { 1, 2, 3, 4 },  { 4, 6, 1, 1 },
                                           { -9, -9, 99, 99 }, { 2, 0, 1, CH }, { 0, 3, CW, 1 },
                                           { CW, CH, 3, 3 },   { 1, 1, 0, 5 },  { -3, 2, 4, 2 } };
    static const struct { /* glass as wired: exact, with room, too small */
        int width, height;
    } panels[] = { { CW, CH }, { CH, CW }, { 11, 13 }, { 3, 4 } };
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(canvas_new(&c, CW, CH), 0);
    for (int i = 0; i < CW * CH; i++)
        c->pixels[i] = paint(i % CW, i / CW);
    for (size_t panel = 0; panel < 4; panel++)
        for (int turn = TURN_NONE; turn <= TURN_270; turn++)
            for (size_t i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
                struct bench b;
                bench_start(&b, (enum turn)turn, panels[panel].width, panels[panel].height);
                scan_place(&b.s, CW, CH);
                struct rect wrote = scan_copy(&b.s, c, changes[i]);
                check_upright(&b, c, changes[i]);
                CHECK(rect_equals(
                    wrote, rect_intersect(wrote, (struct rect){ 0, 0, b.s.width, b.s.height })));
            }
}

static void test_scanout_puts_a_small_picture_in_the_middle(void **state)
{
    (void)state;
    struct scanout s = { .width = 1920, .height = 1200, .turn = TURN_90 };
    scan_place(&s, 1080, 1920);
    CHECK(rect_equals(s.picture, (struct rect){ 60, 0, 1080, 1920 }));
    s = (struct scanout){ .width = 800, .height = 480 };
    scan_place(&s, 1080, 1920);
    CHECK(rect_equals(s.picture, (struct rect){ 0, 0, 800, 480 }));
}

RUN(T(test_scanout_takes_the_mode_of_the_pictures_size),
    T(test_scanout_has_no_mode_where_there_is_none),
    T(test_scanout_shows_what_changed_upright_however_the_panel_hangs),
    T(test_scanout_puts_a_small_picture_in_the_middle))
