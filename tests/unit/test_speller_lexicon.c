/* links: ui/input/pinyin/engine ui/input/pinyin firmware/base */
#include "tests/support/check.h"
#include "ui/input/pinyin/engine/fit.h"
#include "ui/input/pinyin/engine/lexicon.h"

static enum fit fit_of(const char *letters, const char *syllables)
{
    struct hit hit = { 0 };
    return fit_word(&hit, letters, syllables, false) ? hit.fit : FIT_COUNT;
}

static void test_lexicon_refuses_what_is_no_word(void **state)
{
    (void)state;
    AUTO(lexicon_free) struct lexicon *l = NULL;
    CHECK_EQ(lexicon_new(&l), 0);
    CHECK_EQ(lexicon_add(l, "", "证", 5), -EINVAL);
    CHECK_EQ(lexicon_add(l, "a''b", "证", 5), -EINVAL);
    CHECK_EQ(lexicon_add(l, "zheng'", "证", 5), -EINVAL);
    CHECK_EQ(lexicon_add(l, "Zheng", "证", 5), -EINVAL);
    CHECK_EQ(lexicon_add(l, "zheng", "\xe8\xaf", 5), -EINVAL);
    CHECK_EQ(lexicon_add(l, "zheng", "cert", 5), -EINVAL);
    CHECK_EQ(lexicon_count(l), 0);
}

static void test_fit_tells_how_letters_stand_for_a_word(void **state)
{
    (void)state;
    static const char *const card = "shen'fen'zheng";
    CHECK_EQ(fit_of("shenfenzheng", card), FIT_WHOLE);
    CHECK_EQ(fit_of("shen'fen'zheng", card), FIT_WHOLE);
    CHECK_EQ(fit_of("senfenzeng", card), FIT_FUZZY);
    CHECK_EQ(fit_of("shenfenzh", card), FIT_PARTIAL);
    CHECK_EQ(fit_of("shenfenzhen", card), FIT_PARTIAL);
    CHECK_EQ(fit_of("sfz", card), FIT_INITIALS);
    CHECK_EQ(fit_of("shfzh", card), FIT_INITIALS);
    CHECK_EQ(fit_of("sfenz", card), FIT_MIXED);
    CHECK_EQ(fit_of("shenf", card), FIT_LONGER);
    CHECK_EQ(fit_of("sf", card), FIT_LONGER);
    CHECK_EQ(fit_of("shenfenzhenghao", card), FIT_START);
    CHECK_EQ(fit_of("shangfenzheng", card), FIT_COUNT);
    CHECK_EQ(fit_of("zfs", card), FIT_COUNT);
}

static void test_fit_hears_ng_as_n_only_when_asked(void **state)
{
    (void)state;
    struct hit hit = { 0 };
    CHECK(!fit_word(&hit, "wanmin", "wang'ming", false) || hit.fit != FIT_FUZZY);
    CHECK(fit_word(&hit, "wanmin", "wang'ming", true) && hit.fit == FIT_FUZZY);
    CHECK(fit_word(&hit, "wangming", "wan'min", true) && hit.fit == FIT_FUZZY);
    CHECK(fit_word(&hit, "nanting", "lan'ting", true) && hit.fit == FIT_FUZZY);
    CHECK_EQ(fit_of("nvxing", "nv'xing"), FIT_WHOLE);
    CHECK_EQ(fit_of("nuxing", "nv'xing"), FIT_FUZZY);
}

static void test_fit_counts_syllables_of_any_letters(void **state)
{
    (void)state;
    CHECK_EQ(fit_syllables("shenfenzheng"), 3);
    CHECK_EQ(fit_syllables("xian"), 1);
    CHECK_EQ(fit_syllables("xi'an"), 2);
    CHECK_EQ(fit_syllables("sfz"), 0);
    CHECK_EQ(fit_syllables("shenfenz"), 0);
    CHECK_EQ(fit_syllables("lvxing"), 2);
    CHECK_EQ(fit_syllables("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"), 0);
}

static void test_lexicon_puts_the_whole_and_the_heavier_first(void **state)
{
    (void)state;
    AUTO(lexicon_free) struct lexicon *l = NULL;
    struct hit hits[3];
    CHECK_EQ(lexicon_new(&l), 0);
    CHECK_EQ(lexicon_add(l, "ke'qiao'qu", "柯桥区", 9), 0);
    CHECK_EQ(lexicon_add(l, "ke'qiao", "可巧", 1), 0);
    CHECK_EQ(lexicon_add(l, "ke'qiao", "柯桥", 9), 0);
    CHECK_EQ(lexicon_add(l, "ke'qiao'zhan", "柯桥站", 5), 0);
    CHECK_EQ(lexicon_settle(l), 0);
    CHECK_EQ(lexicon_match(l, "keqiao", false, hits, 3), 3);
    CHECK_STR(hits[0].text, "柯桥");
    CHECK_STR(hits[1].text, "可巧");
    CHECK_STR(hits[2].text, "柯桥区"); /* the fourth fell out */
    CHECK_EQ(hits[2].missing, 1);
    CHECK_EQ(lexicon_match(l, "'", false, hits, 3), 0);
}

RUN(T(test_lexicon_refuses_what_is_no_word), T(test_fit_tells_how_letters_stand_for_a_word),
    T(test_fit_hears_ng_as_n_only_when_asked), T(test_fit_counts_syllables_of_any_letters),
    T(test_lexicon_puts_the_whole_and_the_heavier_first))
