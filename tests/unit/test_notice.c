/* links: board/common board/host ui/text ui/canvas firmware/slip firmware/base */
#include "board/common/notice.h"

#include <stdbool.h>

#include "board/board.h"
#include "tests/support/check.h"

enum { MARGIN = 48 }; /* nothing is nearer to the edge of the glass */

/* Of the colour that its row begins with? */
static bool is_plain(const struct canvas *c, int y, int from, int to)
{
    const uint32_t *row = c->pixels + (size_t)y * (size_t)c->width;
    for (int x = from; x < to; x++)
        if (row[x] != row[0])
            return false;
    return true;
}

static int rows_with_ink(const struct canvas *c, int from, int to)
{
    int count = 0;
    for (int y = from; y < to; y++)
        count += !is_plain(c, y, 0, c->width);
    return count;
}

static void check_margins(const struct notice *what)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(notice_draw(&c, &this_board.fonts, what), 0);
    CHECK_EQ(c->width, NOTICE_W);
    CHECK_EQ(c->height, NOTICE_H);
    for (int y = 0; y < c->height; y++)
        CHECK(is_plain(c, y, 0, MARGIN) && is_plain(c, y, c->width - MARGIN, c->width));
    CHECK(rows_with_ink(c, 0, c->height) > 300);
    CHECK_EQ(rows_with_ink(c, 0, MARGIN) + rows_with_ink(c, c->height - MARGIN, c->height), 0);
}

static void test_notice_keeps_its_words_off_the_edges(void **state)
{
    (void)state;
    check_margins(&notice_out_of_service);
    check_margins(&notice_starting);
}

static void test_notice_says_nothing_where_the_next_page_begins(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(notice_draw(&c, &this_board.fonts, &notice_starting), 0);
    CHECK_EQ(rows_with_ink(c, 882, c->height), 0);
    CHECK(c->pixels[0] != c->pixels[(size_t)(c->height - 1) * (size_t)c->width]);
}

RUN(T(test_notice_keeps_its_words_off_the_edges),
    T(test_notice_says_nothing_where_the_next_page_begins))
