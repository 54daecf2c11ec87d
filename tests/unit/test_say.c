/* links: ui/speech firmware/base */
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"
#include "ui/speech/say.h"

static struct say_words *words;
static struct said said;

/* What is said, voices marked where they change: "{en}" before English, "{zh}" before Chinese. */
static const char *heard(enum say_language language, const char *text)
{
    static char out[16384];
    enum say_language voice = language;
    out[0] = 0;
    CHECK_EQ(say_text(&said, words, language, text), 0);
    for (size_t i = 0; i < said.count; i++) {
        if (said.pieces[i].voice != voice)
            strcat(out, said.pieces[i].voice == SAY_EN ? "{en}" : "{zh}");
        voice = said.pieces[i].voice;
        strcat(out, said_piece(&said, i));
    }
    for (size_t n = strlen(out); n && out[n - 1] == ' '; n--)
        out[n - 1] = 0;
    return out;
}

static void all(enum say_language language, const char *const (*rows)[2], size_t count)
{
    for (size_t i = 0; i < count; i++)
        CHECK_STR(heard(language, rows[i][0]), rows[i][1]);
}
#define ALL(language, rows) all(language, rows, sizeof(rows) / sizeof((rows)[0]))

/* ---- hostile ------------------------------------------------------------------------- */

static void test_say_survives_what_is_no_text(void **state)
{
    (void)state;
    CHECK_STR(heard(SAY_ZH, ""), "");
    CHECK_STR(heard(SAY_ZH, "\xff\xfe\xe4\xb8"), "");
    CHECK_STR(heard(SAY_ZH, "\x01\x7f\xee\x85\x8a"), ""); /* controls, an icon's character */
    CHECK_STR(heard(SAY_ZH, "😀好😀"), "好");
    CHECK_STR(heard(SAY_ZH, "，，、。！"), "");
    CHECK_STR(heard(SAY_ZH, "一，，。？！二"), "一. 二");
    static char huge[40000];
    memset(huge, '7', sizeof(huge) - 1);
    CHECK_EQ(say_text(&said, words, SAY_ZH, huge), 0);
    CHECK_EQ(said.count, 1);
    memset(huge, 0, sizeof(huge));
    for (int i = 0; i < 2000; i++)
        strcat(huge, i % 2 ? "good " : "好 ");
    CHECK_EQ(say_text(&said, words, SAY_ZH, huge), 0);
    CHECK(said.count <= SAY_PIECES_MAX);
    CHECK_EQ(say_text(&said, NULL, SAY_ZH, "银行 12345"), 0); /* no table: still said */
    CHECK_STR(said_piece(&said, 0), "银行 幺 二 三 四, 五 ");
}

static void test_say_a_table_with_one_wrong_line_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "银行",                               /* no reading */
        "银行\tyin2",                         /* a syllable is missing */
        "银行\tyin2 hang2 ka3",               /* one too many */
        "银行\tyin hang2",                    /* no tone */
        "银行\tyin2 hang6",                   /* no such tone */
        "银行\tyin2  hang2",                  /* two blanks */
        "银行\tyin2 hang2 ",                  /* a blank at the end */
        "银行\tYin2 hang2",                   /* capital */
        "\tyin2",                             /* no word */
        "银行\tyin2 hang2\n银行\tyin2 xing2", /* twice */
        "\xff\tyin2",                         /* not UTF-8 */
        "一二三四五六七八九\tyi1 er4 san1 si4 wu3 liu4 qi1 ba1 jiu3",
    };
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct say_words *w = NULL;
        char complaint[SAY_COMPLAINT];
        CHECK_EQ(say_words_load(&w, wrong[i], strlen(wrong[i]), complaint), -EINVAL);
        CHECK(w == NULL && *complaint);
    }
    struct say_words *w = NULL;
    char complaint[SAY_COMPLAINT];
    CHECK_EQ(say_words_load(&w, "a\0b", 3, complaint), -EINVAL);
}

/* ---- the table ----------------------------------------------------------------------- */

static void test_say_the_table_holds_words_of_the_counter_and_places(void **state)
{
    (void)state;
    CHECK(say_words_count(words) >= 150);
    static const char *const rows[][2] = {
        { "银行卡", "yin2 hang2 ka3" },
        { "重庆市", "chong2 qing4 市" },
        { "办理行政审批", "ban4 li3 xing2 zheng4 审批" },
        { "乐清", "yue4 qing1" },
        { "会计参与", "kuai4 ji4 can1 yu4" },
        { "重度残疾人", "zhong4 du4 can2 ji2 ren2" },
        { "台州、丽水", "tai1 zhou1, li2 shui3" },
        { "您还在吗？", "您 hai2 zai4 吗." },
    };
    ALL(SAY_ZH, rows);
}

static void test_say_the_longest_word_wins(void **state)
{
    (void)state;
    size_t length;
    CHECK_STR(say_words_find(words, "社会保障卡请", &length), "she4 hui4 bao3 zhang4 ka3");
    CHECK_EQ(length, strlen("社会保障卡"));
    CHECK_STR(say_words_find(words, "社会", &length), "she4 hui4");
    CHECK(say_words_find(words, "没", &length) == NULL);
    CHECK(say_words_find(words, "", &length) == NULL);
}

/* ---- numbers ------------------------------------------------------------------------- */

static void test_say_codes_are_read_digit_by_digit_in_groups(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "3301", "三 三 零 一" },
        { "尾号 0021", "尾号 零 零 二 一" },
        { "13800000000", "幺 三 八, 零 零 零 零, 零 零 零 零" },
        { "339999199001010013", "三 三 九 九 九 九, 幺 九 九 零, 零 幺 零 幺, 零 零 幺 三" },
        { "33999919900101001X", "三 三 九 九 九 九, 幺 九 九 零, 零 幺 零 幺, 零 零 幺 X" },
        { "K0012-000042-7", "K 零 零 幺 二, 零 零 零 零, 四 二, 七" },
        { "0575-00000000", "零 五 七 五, 零 零 零 零, 零 零 零 零" },
        { "138****5678", "一 三 八, 有 四 位不显示, 五 六 七 八" },
    };
    ALL(SAY_ZH, rows);
}

static void test_say_quantities(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "第 2 个，共 15 个", "第 二 个, 共 十五 个" },
        { "2 个工作日", "两 个工作日" },
        { "20 个", "二十 个" },
        { "105 项", "一百零五 项" },
        { "10086 人", "一万零八十六 人" },
        { "1,234,567 人", "一百二十三万四千五百六十七 人" },
        { "120000 字", "十二万 字" },
        { "3.5 公里", "三点五 公里" },
        { "85%", "百分之八十五" },
        { "1. 把卡放好", "一. 把卡放好" },
        { "5–8 天", "五到八 天" },
    };
    ALL(SAY_ZH, rows);
}

static void test_say_money_as_money(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "1234.50 元", "一千二百三十四元五角" },
        { "¥1,000", "一千元" },
        { "0.05元", "零元零五分" },
        { "200.00 元", "二百元" },
        { "10010.25 元", "一万零一十元二角五分" },
        { "1.5 万元", "一点五 万元" },
    };
    ALL(SAY_ZH, rows);
}

static void test_say_dates_and_times(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        { "2026年11月26日", "二零二六年十一月二十六日" },
        { "2026-03-08", "二零二六年三月八日" },
        { "1956/3/8", "一九五六年三月八日" },
        { "8:30–11:30", "八点三十分到十一点三十分" },
        { "6:00–22:00", "六点到二十二点" },
        { "14:05", "十四点零五分" },
        { "2026-13-40", "二零二六" },
    };
    for (size_t i = 0; i < 6; i++)
        CHECK_STR(heard(SAY_ZH, rows[i][0]), rows[i][1]);
    CHECK(!strstr(heard(SAY_ZH, rows[6][0]), "年")); /* no such day: no date */
}

static void test_say_numbers_that_have_names(void **state)
{
    (void)state;
    CHECK_STR(heard(SAY_ZH, "请打12345"), "请打 yi1 er4 san1 si4 wu3");
    CHECK(!strstr(heard(SAY_ZH, "123456"), "yi1 er4"));
    CHECK(!strstr(heard(SAY_ZH, "912345"), "yi1 er4"));
    CHECK_STR(heard(SAY_ZH, "110 米"), "一百一十 米"); /* a distance, not the police */
}

/* ---- masks, letters, languages ------------------------------------------------------- */

static void test_say_masks_as_words(void **state)
{
    (void)state;
    CHECK_STR(heard(SAY_ZH, "*小明"), "某小明");
    CHECK_STR(heard(SAY_ZH, "欧阳·买买提"), "欧阳买买提");
    CHECK(strstr(heard(SAY_ZH, "138****5678"), "有 四 位不显示"));
    CHECK(strstr(heard(SAY_EN, "138****5678"), "4 hidden"));
    CHECK_STR(heard(SAY_ZH, "李𬭎"), "李 生僻字");
}

static void test_say_each_language_with_its_own_voice(void **state)
{
    (void)state;
    static const char *const zh[][2] = {
        { "English，按钮", "{en}English, {zh}按钮" },
        { "键盘 ABC", "键盘 A B C" },
        { "大写 A", "大写 A" },
    };
    static const char *const en[][2] = {
        { "中文, button", "{zh}中文{en}, button" },
        { "Fuquan Centre, 2 choices.", "Fuquan Centre, 2 choices." },
        { "Open 6:00–22:00", "Open 6 o'clock to 22 o'clock" },
        { "K0012-000042-7", "K 0 0 1 2, 0 0 0 0, 4 2, 7" },
        { "2026-11-06", "6 November 2026" },
        { "phone 13800000000", "phone 1 3 8, 0 0 0 0, 0 0 0 0" },
        { "1,234.50 yuan", "1,234.50 yuan" },
        { "Don't wait", "Don't wait" },
    };
    for (size_t i = 1; i < 3; i++)
        CHECK_STR(heard(SAY_ZH, zh[i][0]), zh[i][1]);
    CHECK(strstr(heard(SAY_ZH, zh[0][0]), "{en}English"));
    CHECK(strstr(heard(SAY_ZH, zh[0][0]), "{zh}"));
    for (size_t i = 1; i < sizeof(en) / sizeof(en[0]); i++)
        CHECK_STR(heard(SAY_EN, en[i][0]), en[i][1]);
    CHECK(!strncmp(heard(SAY_EN, en[0][0]), "{zh}中文", strlen("{zh}中文")));
}

static int open_words(void **state)
{
    (void)state;
    size_t length;
    char complaint[SAY_COMPLAINT];
    char *text = test_file("../assets/speech/readings.tsv", &length);
    int r = say_words_load(&words, text, length, complaint);
    free(text);
    return r;
}

static int close_words(void **state)
{
    (void)state;
    said_clear(&said);
    say_words_free(words);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_say_survives_what_is_no_text),
        T(test_say_a_table_with_one_wrong_line_is_refused),
        T(test_say_the_table_holds_words_of_the_counter_and_places),
        T(test_say_the_longest_word_wins),
        T(test_say_codes_are_read_digit_by_digit_in_groups),
        T(test_say_quantities),
        T(test_say_money_as_money),
        T(test_say_dates_and_times),
        T(test_say_numbers_that_have_names),
        T(test_say_masks_as_words),
        T(test_say_each_language_with_its_own_voice),
    };
    return cmocka_run_group_tests(tests, open_words, close_words);
}
