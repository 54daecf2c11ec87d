/* links: board/host ui/text ui/canvas firmware/slip firmware/base */
#include <stdlib.h>

#include "board/board.h"
#include "tests/support/check.h"
#include "ui/text/slip_page.h"

static struct text *text;

static int open_text(void **state)
{
    (void)state;
    return text_new(&text, &this_board.fonts, 4 * 1024 * 1024);
}

static int close_text(void **state)
{
    (void)state;
    text_free(text);
    return 0;
}

static struct slip_page draw(const char *name, uint16_t width)
{
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    CHECK_EQ(slip_new(&slip), 0);
    slip_add(slip, SLIP_TITLE, NULL, "受理回执");
    slip_add(slip, SLIP_NAME, "姓名", name);
    slip_add(slip, SLIP_QR, NULL, "https://county.example/case/K0012-000042-7");
    CHECK_EQ(slip_finish(slip), 0);
    CHECK_EQ(slip_page_draw(&page, text, slip, width), 0);
    return page;
}

static size_t black_dots(const struct slip_page *p)
{
    size_t count = 0;
    for (size_t i = 0; i < (size_t)p->rows * p->width_dots / 8; i++)
        count += (size_t)__builtin_popcount(p->bits[i]);
    return count;
}

static void test_slip_page_is_one_bit_and_as_wide_as_the_paper(void **state)
{
    (void)state;
    static const uint16_t widths[] = { 384, 576 };
    for (size_t i = 0; i < 2; i++) {
        struct slip_page p = draw("*小明", widths[i]);
        CHECK_EQ(p.width_dots, widths[i]);
        CHECK(p.rows > 300 && p.rows < SLIP_ROWS_MAX);
        size_t black = black_dots(&p), all = (size_t)p.rows * widths[i];
        CHECK(black > all / 50 && black < all / 2);
        slip_page_clear(&p);
    }
}

/* Two names that no printer's font has: each is drawn, and each differently: not as a box. */
static void test_slip_page_draws_rare_names_as_they_are_written(void **state)
{
    (void)state;
    static const char *const names[] = { "*䶮", "*㛃", "*𬭎" };
    struct slip_page pages[3];
    for (size_t i = 0; i < 3; i++)
        pages[i] = draw(names[i], 576);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < i; k++) {
            CHECK_EQ(pages[i].rows, pages[k].rows);
            CHECK(memcmp(pages[i].bits, pages[k].bits, (size_t)pages[i].rows * 72) != 0);
        }
    for (size_t i = 0; i < 3; i++)
        slip_page_clear(&pages[i]);
}

static void test_slip_page_refuses_a_name_that_no_font_draws(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    CHECK_EQ(slip_new(&slip), 0);
    slip_add(slip, SLIP_NAME, "姓名", "*\xee\x80\x80"); /* U+E000, private use */
    CHECK_EQ(slip_page_draw(&page, text, slip, 576), SLIP_PAGE_E_GLYPH);
    CHECK(!page.bits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_slip_page_is_one_bit_and_as_wide_as_the_paper),
        T(test_slip_page_draws_rare_names_as_they_are_written),
        T(test_slip_page_refuses_a_name_that_no_font_draws),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
