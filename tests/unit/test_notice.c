/* links: board/common board/host ui/text ui/canvas firmware/slip firmware/base */
#include "board/common/notice.h"

#include <stdbool.h>
#include <string.h>

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

static void check_margins(const struct notice *what, const struct notice_why *why)
{
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(notice_draw(&c, &this_board.fonts, what, why), 0);
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
    static const char *const results[] = { "watchdog", "oom-kill", "timeout", "signal", NULL };
    for (size_t i = 0; i < sizeof(results) / sizeof(results[0]); i++)
        check_margins(&notice_out_of_service, notice_why(results[i]));
    check_margins(&notice_starting, NULL);
}

static void test_notice_says_nothing_where_the_next_page_begins(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *c = NULL;
    CHECK_EQ(notice_draw(&c, &this_board.fonts, &notice_starting, NULL), 0);
    CHECK_EQ(rows_with_ink(c, 882, c->height), 0);
    CHECK(c->pixels[0] != c->pixels[(size_t)(c->height - 1) * (size_t)c->width]);
}

static void test_notice_says_why(void **state)
{
    (void)state;
    AUTO(canvas_free) struct canvas *without = NULL;
    AUTO(canvas_free) struct canvas *with = NULL;
    CHECK_EQ(notice_draw(&without, &this_board.fonts, &notice_out_of_service, NULL), 0);
    CHECK_EQ(notice_draw(&with, &this_board.fonts, &notice_out_of_service, notice_why("watchdog")),
             0);
    CHECK(rows_with_ink(with, 0, with->height) > rows_with_ink(without, 0, with->height) + 40);
    CHECK(strstr(notice_why("watchdog")->en, "did not respond"));
    CHECK(notice_why("signal") == notice_why(NULL) && notice_why("core-dump") == notice_why(NULL));
    CHECK(notice_why("oom-kill") != notice_why(NULL));
}

RUN(T(test_notice_keeps_its_words_off_the_edges), T(test_notice_says_why),
    T(test_notice_says_nothing_where_the_next_page_begins))
