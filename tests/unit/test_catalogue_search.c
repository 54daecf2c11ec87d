/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "firmware/base/bytes.h"
#include "firmware/catalogue/catalogue.h"

/* A service that a search can find; everything else about it is the same for all. */
struct findable {
    const char *code, *zh, *initials, *en, *keyword_zh, *keyword_initials, *keyword_en;
};

static const struct findable usual[] = {
    { "D01", "重度残疾人护理补贴申领", "zdcjrhlbtsl", "Care subsidy for severe disability",
      "两项补贴", "lxbt", "disability money" },
    { "D02", "护理补贴", "hlbt", "Care subsidy", "护理费", "hlf", "care money" },
    { "E01", "老年优待证申领", "lnydzsl", "Elder courtesy card", "老人证", "lrz", "bus pass" },
    { "E02", "高龄津贴申领", "gljtsl", "Advanced-age allowance", "老人钱", "lrq", "old age money" },
    { "H01", "城乡居民医保参保登记", "cxjmybcbdj", "Resident medical insurance enrolment", "新农合",
      "xnh", "health cover" },
    { "L03", "12345 咨询投诉", "zxts", "12345 hotline: questions and complaints", "热线", "rx",
      "call" },
    { "F01", "𬭎𠀾登记", "hzdj", "Registration of Ｈong ９", "取名", "qm", "naming" },
};

static void append_service(struct bytes *out, const struct findable *f)
{
    static const char w[] = "{\"zh\":\"某\",\"en\":\"x\"}";
    char json[2048];
    snprintf(
        json, sizeof(json),
        "{\"code\":\"%s\",\"theme\":\"all\",\"icon\":\"help\",\"name\":{\"zh\":\"%s\",\"en\":\"%"
        "s\","
        "\"initials\":\"%s\"},\"short_name\":{\"zh\":\"%s\",\"en\":\"%s\",\"initials\":\"%s\"},"
        "\"keywords\":[{\"zh\":\"%s\",\"en\":\"%s\",\"initials\":\"%s\"}],\"gives\":%s,\"who\":%s,"
        "\"department\":%s,\"fee\":%s,\"fee_basis\":%s,\"basis\":%s,\"next\":%s,\"promise\":%s,"
        "\"promised_days\":1,\"legal_days\":null,\"minutes\":5,\"reach\":\"kiosk\",\"delivery\":["
        "\"none\"],"
        "\"pages\":[{\"title\":%s,\"fields\":[{\"name\":\"phone\",\"kind\":\"phone\",\"label\":%s}]"
        "}]}",
        f->code, f->zh, f->en, f->initials, f->zh, f->en, f->initials, f->keyword_zh, f->keyword_en,
        f->keyword_initials, w, w, w, w, w, w, w, w, w, w);
    CHECK_EQ(bytes_append_text(out, out->data[out->length - 1] == '[' ? "" : ","), 0);
    CHECK_EQ(bytes_append_text(out, json), 0);
}

static void begin_document(struct bytes *out)
{
    static const char w[] = "{\"zh\":\"某\",\"en\":\"x\"}";
    char json[1024];
    snprintf(json, sizeof(json),
             "{\"format\":1,\"version\":1,\"point\":{\"name\":%s,\"address\":%s,\"hours\":%s,"
             "\"staff_hours\":%s,"
             "\"window\":%s,\"phone\":\"0\"},\"themes\":[{\"id\":\"all\",\"icon\":\"help\","
             "\"name\":%s}],"
             "\"services\":[",
             w, w, w, w, w, w);
    CHECK_EQ(bytes_append_text(out, json), 0);
}

static struct catalogue *finish_document(struct bytes *out)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    CHECK_EQ(bytes_append_text(out, "]}"), 0);
    if (catalogue_load(&c, out->data, out->length, complaint))
        fail_msg("%s", complaint);
    return c;
}

static struct catalogue *load_usual(void)
{
    struct bytes text AUTO_BYTES = { 0 };
    begin_document(&text);
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        append_service(&text, &usual[i]);
    return finish_document(&text);
}

/* Codes found, in order: "D02 D01". */
static void check_found(const struct catalogue *c, const char *typed, const char *codes, bool near)
{
    const struct service *out[10];
    char got[200] = "";
    bool is_near;
    size_t count = catalogue_search(c, typed, out, 10, &is_near);
    for (size_t i = 0; i < count; i++) {
        strncat(got, i ? " " : "", sizeof(got) - strlen(got) - 1);
        strncat(got, out[i]->code, sizeof(got) - strlen(got) - 1);
    }
    if (strcmp(got, codes) || is_near != near)
        fail_msg("%s: found \"%s\" (near %d) instead of \"%s\"", typed, got, is_near, codes);
}

static void check_hits(const struct catalogue *c, const char *typed, const char *codes)
{
    check_found(c, typed, codes, false);
}

static void test_catalogue_search_finds_names_from_their_beginning_and_inside(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "老年优待证", "E01");
    check_hits(c, "优待", "E01");
    check_hits(c, "12345", "L03");
    check_hits(c, "𬭎", "F01"); /* a character beyond the first plane, as in names */
}

static void test_catalogue_search_ranks_exact_then_prefix_then_inside_then_keyword(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "护理补贴", "D02 D01"); /* exact before inside */
    check_hits(c, "补贴", "D01 D02");     /* inside both: order of the catalogue */
    check_hits(c, "老", "E01 E02");       /* prefix of a name before a keyword */
    check_hits(c, "care subsidy", "D02 D01");
    check_hits(c, "care", "D01 D02"); /* prefix of both */
}

static void test_catalogue_search_takes_pinyin_initials(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "hlbt", "D02 D01");
    check_hits(c, "HLBT", "D02 D01");
    check_hits(c, "zdcj", "D01");
    check_hits(c, "ydz", "E01");
    check_hits(c, "lrq", "E02"); /* of a keyword */
    check_hits(c, "zxts", "L03");
}

static void test_catalogue_search_takes_characters_and_initials_mixed(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "护理bt", "D02 D01");
    check_hits(c, "zd残疾人", "D01");
    check_hits(c, "12345zx", "L03");
}

static void test_catalogue_search_takes_beginnings_of_english_words(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "insur", "H01");
    check_hits(c, "Medical Insurance", "H01");
    check_found(c, "surance", "H01 E02", true); /* no beginning: only near */
}

static void test_catalogue_search_takes_codes(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "e01", "E01");
    check_hits(c, "E0", "E01 E02");
}

static void test_catalogue_search_ignores_blanks_punctuation_and_width(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, " 护 理 补 贴 ", "D02 D01");
    check_hits(c, "护理，补贴！", "D02 D01");
    check_hits(c, "ｈｌｂｔ", "D02 D01");
    check_hits(c, "hong 9", "F01");
    check_hits(c, "", "");
    check_hits(c, " 　，", "");
}

static void test_catalogue_search_finds_words_that_stand_apart(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_hits(c, "残疾 补贴", "D01");
    check_hits(c, "severe care", "D01");
    check_hits(c, "bus elder", "E01"); /* a keyword and a name */
}

static void test_catalogue_search_without_a_hit_gives_the_nearest(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    check_found(c, "老人护理金", "D01 D02 E01", true);
    check_found(c, "insurence", "H01", true);
    check_found(c, "齉齉", "", true);
}

static void test_catalogue_search_gives_no_more_than_asked(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    const struct service *out[1];
    bool is_near;
    CHECK_EQ(catalogue_search(c, "补贴", out, 1, &is_near), 1);
    CHECK_EQ(catalogue_search(c, "补贴", out, 0, &is_near), 0);
    CHECK_EQ(catalogue_search(c, "老人护理金", out, 1, &is_near), 1);
    CHECK(is_near);
    CHECK_EQ(catalogue_search(c, "老人护理金", out, 0, &is_near), 0);
}

static void test_catalogue_search_bears_any_bytes(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_usual();
    const struct service *out[10];
    bool is_near;
    char typed[400];
    for (int byte = 1; byte < 256; byte++) {
        memset(typed, byte, sizeof(typed) - 1);
        typed[sizeof(typed) - 1] = 0;
        CHECK(catalogue_search(c, typed, out, 10, &is_near) <= 10);
    }
}

/* ---- a province's list --------------------------------------------------------------- */

static double cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Five thousand services with codes of four digits: sought by what only the last has, and by what
 * none has.
 */
static void test_catalogue_of_5000_services_loads_and_answers_at_once(void **state)
{
    (void)state;
    struct bytes text AUTO_BYTES = { 0 };
    const struct service *out[24];
    char code[8];
    bool is_near;
    begin_document(&text);
    for (unsigned i = 0; i < CATALOGUE_SERVICES_MAX; i++) {
        struct findable f = usual[i % (i + 1 < CATALOGUE_SERVICES_MAX ? 4 : 5)];
        snprintf(code, sizeof(code), "Z%04u", i % 10000);
        f.code = code;
        append_service(&text, &f);
    }
    double begin = cpu_ms();
    AUTO(catalogue_free) struct catalogue *c = finish_document(&text);
    double loaded = cpu_ms();
    CHECK_EQ(catalogue_search(c, "cxjm", out, 24, &is_near), 1);
    CHECK_STR(out[0]->code, "Z4999");
    CHECK_EQ(catalogue_search(c, "hlbt", out, 24, &is_near), 24);
    double found = cpu_ms();
    CHECK_EQ(catalogue_search(c, "医疗保险", out, 24, &is_near), 1);
    CHECK(is_near);
    double near = cpu_ms();
    print_message("%zu bytes: loaded in %.1f ms, two searches in %.2f ms, nearest in %.2f ms\n",
                  text.length, loaded - begin, found - loaded, near - found);
#ifndef ONETRIP_SANITIZED
    CHECK(loaded - begin < 1000 && found - loaded < 100 && near - found < 50);
#endif
}

RUN(T(test_catalogue_search_finds_names_from_their_beginning_and_inside),
    T(test_catalogue_search_ranks_exact_then_prefix_then_inside_then_keyword),
    T(test_catalogue_search_takes_pinyin_initials),
    T(test_catalogue_search_takes_characters_and_initials_mixed),
    T(test_catalogue_search_takes_beginnings_of_english_words),
    T(test_catalogue_search_takes_codes),
    T(test_catalogue_search_ignores_blanks_punctuation_and_width),
    T(test_catalogue_search_finds_words_that_stand_apart),
    T(test_catalogue_search_without_a_hit_gives_the_nearest),
    T(test_catalogue_search_gives_no_more_than_asked), T(test_catalogue_search_bears_any_bytes),
    T(test_catalogue_of_5000_services_loads_and_answers_at_once))
