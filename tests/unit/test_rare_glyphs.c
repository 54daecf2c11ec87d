/* links: ui/input/rare board/host ui/text ui/canvas firmware/slip firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "board/board.h"
#include "firmware/base/text.h"
#include "tests/support/check.h"
#include "ui/input/rare/rare.h"

/* Nobody's name is a box: what the tables offer the fonts can draw, on the screen and on paper. */

enum { STANDARD = 8105, ROOM = 100000 };

static struct text *text;
static struct rare *rare;
static uint32_t list[ROOM];

static const struct type types[] = {
    { WEIGHT_REGULAR, 34, 50, false }, { WEIGHT_MEDIUM, 48, 58, false },
    { WEIGHT_BOLD, 56, 70, false },    { WEIGHT_REGULAR, 24, 32, true },
    { WEIGHT_BOLD, 32, 42, true },
};

static int open_all(void **state)
{
    (void)state;
    int r = text_new(&text, &this_board.fonts, 1 << 20);
    return r ? r : rare_open(&rare, "assets/input/rare.bin");
}

static int close_all(void **state)
{
    (void)state;
    text_free(text);
    rare_free(rare);
    return 0;
}

static void check_drawn(uint32_t cp)
{
    for (size_t t = 0; t < sizeof(types) / sizeof(types[0]); t++) {
        if (!text_has_glyph(text, types[t], cp))
            fail_msg("U+%04X has no glyph in type %zu", (unsigned)cp, t);
    }
}

static void test_glyphs_of_all_standard_characters(void **state)
{
    (void)state;
    const struct rare_page all = { 0 };
    size_t sum = 0;
    for (int level = 1; level <= 3; level++) {
        size_t n = rare_of_level(rare, level, &all, list, ROOM);
        sum += n;
        for (size_t i = 0; i < n; i++)
            check_drawn(list[i]);
    }
    CHECK_EQ(sum, STANDARD);
}

static void test_glyphs_of_rare_names(void **state)
{
    (void)state;
    static const char *const names[] = { "㛃𬭎𫖯𠀾䶮堃喆翀玥昇",
                                         "旸祎珺赟骉犇猋淼燚垚", "曌叕甯邨彧晔珅琤璟祐",
                                         "頔奡嫪爨" };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        for (size_t at = 0, n = strlen(names[i]); at < n;) {
            uint32_t cp;
            at += text_decode(&cp, names[i] + at, n - at);
            check_drawn(cp);
        }
}

static bool is_drawable(void *context, uint32_t cp)
{
    (void)context;
    return text_has_glyph(text, types[0], cp);
}

/* The whole search, filtered as the screen filters it: much is there beyond the standard, all of it drawn. */
static void test_glyphs_of_everything_that_the_search_offers(void **state)
{
    (void)state;
    const struct rare_page page = { .can_draw = is_drawable };
    size_t sum = 0;
    for (unsigned strokes = 1; strokes <= RARE_STROKES_MAX; strokes++) {
        size_t n = rare_by_strokes(rare, strokes, &page, list, ROOM);
        for (size_t i = 0; i < n; i++)
            CHECK(text_has_glyph(text, types[0], list[i]));
        sum += n;
    }
    print_message("%zu characters can be found and drawn\n", sum);
    CHECK(sum > 80000); /* Noto and HanaMin: URO to Ext F */
    CHECK(!text_has_glyph(text, types[0], 0x2FFFF));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_glyphs_of_all_standard_characters),
        T(test_glyphs_of_rare_names),
        T(test_glyphs_of_everything_that_the_search_offers),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
