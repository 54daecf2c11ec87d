/* links: tests/golden/slips board/host ui/text ui/canvas firmware/slip firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "board/board.h"
#include "tests/golden/slips/samples.h"
#include "tests/support/check.h"
#include "ui/text/slip_page.h"

/* Every kind, language, size and width against what was looked at and kept (tests/golden/slips/pictures.txt; `make slips`
 * shows them, `make slip-sums` keeps the new ones). What a picture must have, whatever it looks like, is tested too. */

enum { NAME_BYTES = 96 };

static struct text *text;

static int open_text(void **state)
{
    (void)state;
    return text_new(&text, &this_board.fonts, 8 * 1024 * 1024);
}

static int close_text(void **state)
{
    (void)state;
    text_free(text);
    return 0;
}

static const struct slip_paper papers[] = { { 576, 203 }, { 384, 203 }, { 512, 180 } };

static uint64_t sum_of(const struct slip_page *page)
{
    uint64_t sum = UINT64_C(0xcbf29ce484222325) ^ page->width_dots;
    for (size_t i = 0; i < (size_t)page->rows * page->width_dots / 8; i++)
        sum = (sum ^ page->bits[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static bool is_black(const struct slip_page *p, uint32_t x, uint32_t y)
{
    return p->bits[y * (p->width_dots / 8u) + x / 8] >> (7 - x % 8) & 1;
}

/* Nothing but a mark of a reprint touches the first or last half millimetre: no letter is cut by the paper's edge. */
static void check_edges(const struct slip_page *p, bool has_mark)
{
    for (uint32_t y = has_mark ? 200 : 0; y < p->rows; y++)
        for (uint32_t x = 0; x < 4; x++)
            if (is_black(p, x, y) || is_black(p, p->width_dots - 1 - x, y))
                fail_msg("ink at the edge, row %u", y);
}

static void check_ink(const struct slip_page *p)
{
    size_t black = 0, all = (size_t)p->rows * p->width_dots;
    for (size_t i = 0; i < all / 8; i++)
        black += (size_t)__builtin_popcount(p->bits[i]);
    CHECK(black > all / 50 && black < all / 3);
}

static void check_one(size_t s, int form, const struct slip_paper *paper, FILE *kept)
{
    char name[NAME_BYTES], want[NAME_BYTES];
    unsigned rows;
    unsigned long long sum;
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    const struct slip_sample *sample = &slip_samples[s];
    struct slip_head head =
        slip_sample_head((enum slip_language)(form & 1), form >= 2, sample->copy);
    CHECK_EQ(sample->build(&slip, &head), 0);
    CHECK_EQ(slip_page_print(&page, text, slip, *paper), 0);
    check_edges(&page, sample->copy != 0);
    check_ink(&page);
    snprintf(name, sizeof(name), "%s-%s-%s-%u", sample->name, form & 1 ? "en" : "zh",
             form >= 2 ? "elder" : "normal", paper->width_dots);
    CHECK_EQ(fscanf(kept, "%95s %u %llx", want, &rows, &sum), 3);
    CHECK_STR(name, want);
    if (page.rows != rows || sum_of(&page) != sum)
        fail_msg("%s looks different: look at it (make slips), then keep it (make slip-sums)",
                 name);
    slip_page_clear(&page);
}

static void test_slips_look_as_kept(void **state)
{
    (void)state;
    FILE *kept = fopen("tests/golden/slips/pictures.txt", "r");
    CHECK(kept != NULL);
    for (size_t s = 0; s < slip_sample_count; s++)
        for (int form = 0; form < 4; form++)
            for (size_t p = 0; p < sizeof(papers) / sizeof(papers[0]); p++)
                check_one(s, form, &papers[p], kept);
    CHECK_EQ(fgetc(kept), '\n');
    CHECK_EQ(fgetc(kept), EOF);
    fclose(kept);
}

/* ---- what has no picture --------------------------------------------------------------- */

static int draw(const char *kind_text, enum slip_kind kind, uint16_t width)
{
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    CHECK_EQ(slip_new(&slip), 0);
    slip_add(slip, kind, "x", kind_text);
    int r = slip_page_draw(&page, text, slip, width);
    slip_page_clear(&page);
    return r;
}

static void test_slip_codes_that_cannot_be_read_are_not_printed(void **state)
{
    (void)state;
    char longer[400];
    memset(longer, 'A', sizeof(longer));
    longer[399] = 0;
    CHECK_EQ(draw(longer, SLIP_QR, 576), -EMSGSIZE); /* beyond version 10 */
    longer[150] = 0;
    CHECK_EQ(draw(longer, SLIP_QR, 576), 0);
    CHECK_EQ(draw(longer, SLIP_QR, 160), -EMSGSIZE); /* 4 dots a module do not fit this paper */
    CHECK_EQ(draw("", SLIP_QR, 576), -EINVAL);
    CHECK_EQ(draw("政务", SLIP_QR, 576), -EINVAL);
}

static void test_slip_longer_than_two_metres_is_refused(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    char words[SLIP_TEXT_MAX + 1];
    for (size_t i = 0; i + 3 <= SLIP_TEXT_MAX; i += 3)
        memcpy(words + i, "村", 3);
    words[SLIP_TEXT_MAX] = 0;
    CHECK_EQ(slip_new(&slip), 0);
    slip->is_double_size = true;
    for (int i = 0; i < 9; i++)
        slip_add(slip, SLIP_TEXT, NULL, words);
    CHECK_EQ(slip_page_draw(&page, text, slip, 384), SLIP_PAGE_E_LONG);
    CHECK(!page.bits);
}

/* A paragraph longer than the line breaker takes at once loses nothing: twice the text, twice the rows. */
static void test_slip_paragraph_of_any_length_is_printed_whole(void **state)
{
    (void)state;
    uint32_t rows[2];
    for (size_t k = 0; k < 2; k++) {
        AUTO(slip_free) struct slip *slip = NULL;
        struct slip_page page = { 0 };
        char words[SLIP_TEXT_MAX + 1] = { 0 };
        for (size_t i = 0; i < 195 * (k + 1); i++)
            memcpy(words + 3 * i, "村", 3);
        CHECK_EQ(slip_new(&slip), 0);
        slip->is_double_size = true;
        slip_add(slip, SLIP_TEXT, NULL, words);
        CHECK_EQ(slip_page_draw(&page, text, slip, 384), 0);
        rows[k] = page.rows;
        slip_page_clear(&page);
    }
    /* 8 characters a line of 60 dots: 25 and 49 lines */
    CHECK_EQ(rows[1] - rows[0], 24 * 60);
}

static void test_slip_figures_of_all_shapes_are_drawn(void **state)
{
    (void)state;
    static const char *const numbers[] = { "123456789012", "1", "A-1", "二零二六",
                                           "1234567890123456789012345678901234567890" };
    for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
        CHECK_EQ(draw(numbers[i], SLIP_NUMBER, 384), 0);
    CHECK_EQ(draw("2026-11-26 09:05 2026-11-26 09:05", SLIP_PAIR, 384), 0);
    CHECK_EQ(draw("x", SLIP_SPACE, 384), 0);
    CHECK_EQ(draw("note", SLIP_NOTE, 384), 0);
    CHECK_EQ(draw("mark without a second line", SLIP_MARK, 384), 0);
    CHECK_EQ(draw("well", SLIP_WELL, 384), 0);
    AUTO(slip_free) struct slip *slip = NULL;
    struct slip_page page = { 0 };
    char cell[400];
    memset(cell, 'W', sizeof(cell) - 1);
    cell[399] = 0;
    CHECK_EQ(slip_new(&slip), 0);
    slip_add_columns(slip, &(struct slip_cell){ cell, cell }, 1);
    slip_add(slip, SLIP_MARK, NULL, "补打");
    slip_add(slip, SLIP_FOOTER, NULL, "12345");
    slip_add(slip, SLIP_STEP, NULL, "no date");
    slip_add(slip, SLIP_SECOND, NULL, "the same");
    slip_add(slip, SLIP_STEP_DONE, "date", "done");
    CHECK_EQ(slip_page_print(&page, text, slip, (struct slip_paper){ 384, 0 }), 0);
    slip_page_clear(&page);
}

/* Body text of 3 mm stays 3 mm at 180 dpi. */
static void test_slip_is_as_large_on_paper_whatever_the_dpi(void **state)
{
    (void)state;
    uint32_t mm[2];
    for (size_t k = 0; k < 2; k++) {
        AUTO(slip_free) struct slip *slip = NULL;
        struct slip_page page = { 0 };
        const struct slip_paper paper = k ? papers[2] : papers[0];
        CHECK_EQ(slip_new(&slip), 0);
        for (int i = 0; i < 30; i++)
            slip_add(slip, SLIP_PAIR, "事项", "重度残疾人护理补贴");
        CHECK_EQ(slip_page_print(&page, text, slip, paper), 0);
        mm[k] = page.rows * 254 / (10 * paper.dpi);
        slip_page_clear(&page);
    }
    CHECK(mm[0] > 100 && mm[1] + 5 > mm[0] && mm[1] < mm[0] + 5);
}

static const struct slip_sample *sample_of(const char *name)
{
    for (size_t i = 0; i < slip_sample_count; i++)
        if (!strcmp(slip_samples[i].name, name))
            return &slip_samples[i];
    fail_msg("no sample %s", name);
    return NULL;
}

/* A receipt that has been made ready for is drawn without the opening of a font, which a resident would wait for; but on
 * narrow paper, where what is too wide is set in a size of its own. */
static void test_slip_fonts_opened_ahead_are_all_that_a_receipt_needs(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i += 2)
        for (int form = 0; form < 4; form++) {
            AUTO(text_free) struct text *fresh = NULL;
            AUTO(slip_free) struct slip *slip = NULL;
            struct slip_page page = { 0 };
            struct slip_head head = slip_sample_head((enum slip_language)(form & 1), form >= 2, 0);
            CHECK_EQ(text_new(&fresh, &this_board.fonts, 8 * 1024 * 1024), 0);
            CHECK_EQ(sample_of("receipt")->build(&slip, &head), 0);
            int steps = 0;
            while (slip_page_warm(fresh, papers[i], form >= 2, steps))
                steps++;
            size_t before = text_usage(fresh).open_faces;
            CHECK(steps > 5 && before > 5);
            CHECK_EQ(slip_page_print(&page, fresh, slip, papers[i]), 0);
            CHECK_EQ(text_usage(fresh).open_faces, before);
            slip_page_clear(&page);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_slips_look_as_kept),
        T(test_slip_codes_that_cannot_be_read_are_not_printed),
        T(test_slip_longer_than_two_metres_is_refused),
        T(test_slip_paragraph_of_any_length_is_printed_whole),
        T(test_slip_figures_of_all_shapes_are_drawn),
        T(test_slip_is_as_large_on_paper_whatever_the_dpi),
        T(test_slip_fonts_opened_ahead_are_all_that_a_receipt_needs),
    };
    return cmocka_run_group_tests(tests, open_text, close_text);
}
