/* links: ui/text ui/canvas firmware/slip firmware/base */
#include "tests/support/check.h"
#include "firmware/base/text.h"
#include "ui/text/wrap.h"

/* Han 10 px, everything else 5 px. */
static int advance(void *context, uint32_t cp)
{
    (void)context;
    return cp >= 0x2e80 ? 10 : 5;
}

static const char *line(const struct wrapped *w, const char *text, size_t i)
{
    static char out[8][200];
    memcpy(out[i], text + w->lines[i].start, w->lines[i].length);
    out[i][w->lines[i].length] = 0;
    return out[i];
}

static void check_lines(const char *text, int width, const char *const *want)
{
    struct wrapped w;
    wrap_text(&w, text, width, WRAP_LINES_MAX, advance, NULL);
    size_t i = 0;
    for (; want[i]; i++) {
        CHECK(i < w.count);
        CHECK_STR(line(&w, text, i), want[i]);
    }
    CHECK_EQ(w.count, i);
}

static void test_wrap_breaks_chinese_anywhere_and_latin_between_words(void **state)
{
    (void)state;
    check_lines("残疾人护理补贴", 40, (const char *const[]){ "残疾人护", "理补贴", NULL });
    check_lines("care subsidy for all", 60,
                (const char *const[]){ "care subsidy", "for all", NULL });
    check_lines("办理 about 6 min", 45, (const char *const[]){ "办理", "about 6", "min", NULL });
}

static void test_wrap_keeps_punctuation_off_the_start_of_a_line(void **state)
{
    (void)state;
    check_lines("一二三四，五六", 40, (const char *const[]){ "一二三", "四，五六", NULL });
    check_lines("一二三（四五）", 40, (const char *const[]){ "一二三", "（四五）", NULL });
    check_lines("一二三四。", 40, (const char *const[]){ "一二三", "四。", NULL });
}

static void test_wrap_cuts_a_word_longer_than_the_line(void **state)
{
    (void)state;
    check_lines("K0012000042", 25, (const char *const[]){ "K0012", "00004", "2", NULL });
}

static void test_wrap_obeys_line_feeds_and_keeps_empty_lines(void **state)
{
    (void)state;
    check_lines("甲\n\n乙", 40, (const char *const[]){ "甲", "", "乙", NULL });
    check_lines("", 40, (const char *const[]){ NULL });
}

static void test_wrap_leaves_room_for_the_dots_when_it_cuts(void **state)
{
    (void)state;
    struct wrapped w;
    const char *text = "一二三四五六七八九十";
    wrap_text(&w, text, 40, 2, advance, NULL);
    CHECK_EQ(w.count, 2);
    CHECK(w.is_cut);
    CHECK(w.lines[1].width + 10 <= 40);
    CHECK_STR(line(&w, text, 1), "五六七");
}

static bool is_one_character(const char *text, size_t length)
{
    uint32_t cp;
    return text_decode(&cp, text, length) == length;
}

/* No byte is lost or doubled, no line but an unbreakable one is too wide, whatever the text. */
static void test_wrap_keeps_every_character_whatever_the_width(void **state)
{
    (void)state;
    const char *text = "《浙江省保障“最多跑一次”改革规定》第11条 (2019-01-01)：一次性告知，ok? "
                       "𠀾𬭎㛃䶮 "
                       "end.";
    for (int width = 1; width < 400; width += 7) {
        struct wrapped w;
        size_t at = 0;
        wrap_text(&w, text, width, WRAP_LINES_MAX, advance, NULL);
        for (size_t i = 0; i < w.count; i++) {
            while (text[at] == ' ')
                at++;
            CHECK_EQ(w.lines[i].start, at);
            at += w.lines[i].length;
            bool has_lost_to_dots = w.is_cut && i == w.count - 1;
            CHECK(w.lines[i].length > 0 || has_lost_to_dots);
            CHECK(w.lines[i].width <= width ||
                  is_one_character(text + w.lines[i].start, w.lines[i].length));
        }
        CHECK(w.is_cut || at == strlen(text));
    }
}

RUN(T(test_wrap_breaks_chinese_anywhere_and_latin_between_words),
    T(test_wrap_keeps_punctuation_off_the_start_of_a_line),
    T(test_wrap_cuts_a_word_longer_than_the_line),
    T(test_wrap_obeys_line_feeds_and_keeps_empty_lines),
    T(test_wrap_leaves_room_for_the_dots_when_it_cuts),
    T(test_wrap_keeps_every_character_whatever_the_width))
