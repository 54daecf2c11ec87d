/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/bundle.h"

/* The catalogue that ships, held to the rules of law and of this product. */
static struct catalogue *shipped;

static int load_shipped(void **state)
{
    (void)state;
    char path[512], complaint[CATALOGUE_COMPLAINT];
    const char *root = getenv("ONETRIP_ROOT");
    snprintf(path, sizeof(path), "%s/assets/catalogue/catalogue.json", root ? root : ".");
    int r = catalogue_load_file(&shipped, path, complaint);
    if (r)
        print_error("%s\n", complaint);
    return r;
}

static int free_shipped(void **state)
{
    (void)state;
    catalogue_free(shipped);
    return 0;
}

static const struct service *service(const char *code)
{
    const struct service *s = catalogue_find(shipped, code);
    if (!s)
        fail_msg("%s is not in the catalogue", code);
    return s;
}

static const struct field *field(const struct service *s, const char *name)
{
    for (size_t i = 0; i < s->field_count; i++)
        if (!strcmp(s->fields[i].name, name))
            return &s->fields[i];
    fail_msg("%s has no field %s", s->code, name);
    return NULL;
}

static void for_each_service(void (*check)(const struct service *s))
{
    for (size_t i = 0; i < catalogue_service_count(shipped); i++)
        check(catalogue_service(shipped, i));
}

/* ---- rule 1: complete in both languages, days, fee, delivery, reach, and a reason for every rule
 * ---- */

static bool has_han(const char *text)
{
    size_t length = strlen(text);
    uint32_t cp;
    for (size_t i = 0; i < length;) {
        i += text_decode(&cp, text + i, length - i);
        if (text_is_han(cp))
            return true;
    }
    return false;
}

/* A text that nobody translated shows itself by its script. */
static void check_words(const char *where, const struct words *w)
{
    if (!has_han(w->in[LANGUAGE_ZH]) || !*w->in[LANGUAGE_EN] || has_han(w->in[LANGUAGE_EN]))
        fail_msg("%s: \"%s\" / \"%s\"", where, w->in[LANGUAGE_ZH], w->in[LANGUAGE_EN]);
}

static void check_guide(const struct service *s)
{
    const struct words *const texts[] = { &s->name,       &s->short_name, &s->gives,     &s->who,
                                          &s->department, &s->fee,        &s->fee_basis, &s->basis,
                                          &s->next,       &s->promise };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        check_words(s->code, texts[i]);
    CHECK(s->legal_days < 0 || s->promised_days <= s->legal_days);
    CHECK(s->delivery);
    CHECK(s->keyword_count >= 5);
    CHECK(catalogue_find_theme(shipped, s->theme));
}

static void check_form_words(const struct service *s)
{
    for (size_t i = 0; i < s->page_count; i++) {
        check_words(s->code, &s->pages[i].title);
        check_words(s->code, &s->pages[i].help);
    }
    for (size_t i = 0; i < s->field_count; i++) {
        check_words(s->fields[i].name, &s->fields[i].label);
        check_words(s->fields[i].name, &s->fields[i].help); /* why it is asked, or how to answer */
        for (size_t k = 0; k < s->fields[i].choice_count; k++)
            check_words(s->fields[i].name, &s->fields[i].choices[k].label);
    }
}

static void test_shipped_catalogue_is_complete_in_both_languages(void **state)
{
    (void)state;
    for_each_service(check_guide);
    for_each_service(check_form_words);
    check_words("point", &catalogue_point(shipped)->name);
    check_words("hours", &catalogue_point(shipped)->hours);
}

/* Answers as a fresh form has them: presets, and for the rest of the choices the first one. */
static const char *fresh_answer(const void *context, const char *name)
{
    const struct service *s = context;
    const struct field *f = field(s, name);
    if (!condition_holds(&f->visible, fresh_answer, s))
        return "";
    return f->preset ? f->preset : f->choice_count ? f->choices[0].value : "";
}

/* D 5, E 6, F 7, H 5, A 4, J 6, R 3, P 4, B 3, L 5. */
static void test_shipped_catalogue_has_all_matters_of_the_county(void **state)
{
    (void)state;
    static const struct {
        char letter;
        int count;
    } rows[] = { { 'D', 5 }, { 'E', 6 }, { 'F', 7 }, { 'H', 5 }, { 'A', 4 }, { 'J', 6 },
                 { 'R', 3 }, { 'P', 4 }, { 'B', 3 }, { 'L', 5 }, { 'Q', 2 } };
    char code[4];
    size_t count = 0;
    for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++)
        for (int n = 1; n <= rows[r].count; n++, count++) {
            snprintf(code, sizeof(code), "%c%02u", rows[r].letter, (unsigned)n % 100);
            service(code);
        }
    CHECK_EQ(count, 50);
    CHECK_EQ(catalogue_service_count(shipped), 50);
}

static void test_shipped_catalogue_counts_what_can_be_done_here(void **state)
{
    (void)state;
    size_t all[REACH_COUNT], part[REACH_COUNT], sum = 0;
    CHECK_EQ(catalogue_count_reach(shipped, NULL, all), 50);
    for (size_t t = 0; t < catalogue_theme_count(shipped); t++) {
        sum += catalogue_count_reach(shipped, catalogue_theme(shipped, t)->id, part);
        CHECK(part[REACH_KIOSK] + part[REACH_AGENT] +
              part[REACH_BOOK]); /* no tile without something to do */
    }
    CHECK_EQ(sum, 50);
    CHECK(all[REACH_KIOSK] > all[REACH_AGENT] + all[REACH_BOOK]);
    CHECK_EQ(all[REACH_BOOK], 7);
    CHECK_STR(catalogue_booking(shipped, BOOKING_WINDOW)->code, "Q01");
    CHECK_STR(catalogue_booking(shipped, BOOKING_HOME)->code, "Q02");
}

/* ---- bundles: one form, nothing twice, each part with its office and clock ------------- */

static void test_shipped_bundles_are_complete(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        size_t parts;
    } rows[] = { { "F01", 5 }, { "E05", 5 }, { "F03", 4 }, { "J04", 11 },
                 { "P04", 7 }, { "B02", 9 }, { "F07", 4 } };
    const struct department *out[BUNDLE_DEPARTMENTS_MAX];
    for (size_t r = 0; r < sizeof(rows) / sizeof(rows[0]); r++) {
        const struct service *s = service(rows[r].code);
        CHECK_EQ(s->part_count, rows[r].parts);
        CHECK(bundle_days(s) <= s->promised_days);
        for (size_t i = 0; i < s->field_count; i++)
            CHECK(bundle_field_departments(s, &s->fields[i], out, BUNDLE_DEPARTMENTS_MAX) > 0);
    }
    const struct service *f01 = service("F01");
    CHECK_EQ(bundle_field_departments(f01, field(f01, "child_name"), out, BUNDLE_DEPARTMENTS_MAX),
             4);
    CHECK_STR(out[0]->id, "health"); /* the leading office first */
    bool fallen[BUNDLE_PARTS_MAX];
    bundle_fallout(f01, 0,
                   fallen); /* no household: no insurance and no card, but the vaccination file */
    CHECK(fallen[1] && fallen[2] && !fallen[3] && !fallen[4]);
}

static void test_shipped_part_is_wanted_only_by_its_answer(void **state)
{
    (void)state;
    const struct service *s = service("B02");
    CHECK_STR(s->parts[5].id, "permit");
    CHECK(!bundle_part_is_wanted(&s->parts[5], fresh_answer,
                                 s)); /* farm produce stands first: a filing */
    CHECK_STR(s->parts[6].id, "filing");
    CHECK(bundle_part_is_wanted(&s->parts[6], fresh_answer, s));
}

/* ---- rules 2 and 3: materials -------------------------------------------------------- */

static void check_materials(const struct service *s)
{
    for (size_t i = 0; i < s->material_count; i++) {
        const struct material *m = &s->materials[i];
        check_words(m->id, &m->name);
        CHECK_EQ(m->how == MATERIAL_LATER, m->late_days > 0);
        if (m->how == MATERIAL_FETCHED) {
            check_words(m->id, &m->source);
            check_words(m->id, &m->offline);
        }
        for (size_t k = 0; k < i; k++)
            CHECK(strcmp(s->materials[k].id, m->id));
    }
}

static void test_shipped_catalogue_lets_no_main_material_follow_later(void **state)
{
    (void)state;
    for_each_service(check_materials);
    CHECK_EQ(service("D01")->materials[4].late_days, 10);
    CHECK_STR(service("D01")->materials[4].when.field, "applicant");
    CHECK_EQ(service("E01")->materials[2].late_days, 5);
}

/* ---- rule 4: nothing is asked twice -------------------------------------------------- */

static void check_asked_once(const struct service *s)
{
    for (size_t i = 0; i < s->field_count; i++)
        for (size_t k = 0; k < i; k++)
            for (int l = 0; l < LANGUAGE_COUNT; l++)
                if (!strcmp(s->fields[i].label.in[l], s->fields[k].label.in[l]))
                    fail_msg("%s asks \"%s\" twice", s->code, s->fields[i].label.in[l]);
}

static void test_shipped_catalogue_asks_nothing_twice(void **state)
{
    (void)state;
    for_each_service(check_asked_once);
}

/* ---- rule 5: consent ----------------------------------------------------------------- */

static void check_guardian_consent(const struct service *s)
{
    CHECK(s->needs_consent);
    check_words(s->code, &s->consent);
    CHECK(strstr(s->consent.in[LANGUAGE_ZH], "未满 14 周岁") &&
          strstr(s->consent.in[LANGUAGE_ZH], "监护人"));
    CHECK(strstr(s->consent.in[LANGUAGE_EN], "under 14") &&
          strstr(s->consent.in[LANGUAGE_EN], "guardian"));
    CHECK(strstr(s->consent.in[LANGUAGE_ZH], "敏感个人信息"));
}

static void test_shipped_catalogue_asks_consent_for_medical_and_account_data(void **state)
{
    (void)state;
    check_guardian_consent(service("D01"));
    check_guardian_consent(service("H01"));
}

/* ---- rule 6: what is only booked or told is not called accepted ---------------------- */

static void check_reach(const struct service *s)
{
    if (s->reach == REACH_BOOK || s->reach == REACH_INFO)
        CHECK(!strstr(s->next.in[LANGUAGE_ZH], "受理"));
    CHECK_EQ(s->reach == REACH_INFO, s->page_count == 0);
}

static void test_shipped_catalogue_never_calls_a_booking_accepted(void **state)
{
    (void)state;
    for_each_service(check_reach);
}

/* ---- the home screen ----------------------------------------------------------------- */

static void test_shipped_catalogue_has_eight_tiles_and_none_leads_nowhere(void **state)
{
    (void)state;
    CHECK_EQ(catalogue_theme_count(shipped), CATALOGUE_THEMES_MAX);
    for (size_t i = 0; i < CATALOGUE_THEMES_MAX; i++) {
        check_words(catalogue_theme(shipped, i)->id, &catalogue_theme(shipped, i)->name);
        check_words(catalogue_theme(shipped, i)->id, &catalogue_theme(shipped, i)->window);
    }
}

static void test_shipped_catalogue_recommends_three_that_fit_the_age(void **state)
{
    (void)state;
    const struct service *out[3];
    CHECK_EQ(catalogue_popular(shipped, 30, out, 3), 3);
    CHECK_STR(out[2]->code, "J01");
    CHECK_EQ(catalogue_popular(shipped, 72, out, 3), 3);
    CHECK_STR(out[2]->code, "E01");
    CHECK_EQ(catalogue_popular(shipped, 10, out, 3), 3);
    for (size_t i = 0; i < 3; i++)
        CHECK(out[i]->age_from <= 10);
}

static void test_shipped_catalogue_is_found_by_everyday_words(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *code;
    } rows[] = {
        { "护理补贴", "D01" },   { "hlbt", "D01" },       { "护理费", "D01" },
        { "disability", "D01" }, { "carer", "D01" },      { "新农合", "H01" },
        { "yb", "H01" },         { "医保", "H01" },       { "health insur", "H01" },
        { "老年证", "E01" },     { "ydz", "E01" },        { "bus pass", "E01" },
        { "送外卖", "J01" },     { "打零工", "J01" },     { "lhjy", "J01" },
        { "courier", "J01" },    { "求助", "A04" },       { "不知道找谁", "A04" },
        { "which", "A04" },      { "12345", "L03" },      { "投诉", "L03" },
        { "没办成", "L03" },     { "complain", "L03" },   { "d01", "D01" },
        { "老人钱", "E02" },     { "lrq", "E02" },        { "gljt", "E02" },
        { "上户口", "F01" },     { "残疾证丢了", "D04" }, { "轮椅", "D05" },
        { "社保卡", "J05" },     { "退休", "E05" },       { "低保", "A01" },
        { "过户", "P01" },       { "无房证明", "P02" },   { "打官司", "L01" },
        { "foreign", "L04" },    { "居住证", "R02" },     { "开饭店", "B02" },
        { "异地", "H02" },       { "失业金", "J02" },     { "old age money", "E02" },
    };
    const struct service *out[6];
    bool is_near;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        size_t count = catalogue_search(shipped, rows[i].typed, out, 6, &is_near);
        if (!count || is_near || strcmp(out[0]->code, rows[i].code))
            fail_msg("\"%s\" finds %s", rows[i].typed, count ? out[0]->code : "nothing");
    }
}

/* ---- D01 for the person himself: few touches ----------------------------------------- */

struct effort {
    int pages, choices, typed;
};

static struct effort effort_of(const struct service *s)
{
    struct effort e = { 0 };
    for (size_t p = 0; p < s->page_count; p++) {
        int shown = 0;
        for (size_t i = 0; i < s->pages[p].field_count; i++) {
            const struct field *f = &s->fields[s->pages[p].first_field + i];
            if (!condition_holds(&f->visible, fresh_answer, s))
                continue;
            shown++;
            e.choices += f->is_required && f->kind == FIELD_CHOICE && !f->preset;
            e.typed += f->is_required && f->kind != FIELD_CHOICE && f->prefill == PREFILL_NONE;
        }
        e.pages += shown > 0;
    }
    return e;
}

static void test_shipped_d01_takes_at_most_twelve_touches_besides_typing(void **state)
{
    (void)state;
    enum { SERVICE_CARD = 1, START = 1, CONSENT = 1, SIGNATURE = 1, CONFIRM = 1 };
    struct effort e = effort_of(service("D01"));
    CHECK(e.pages <= 3);
    CHECK_EQ(e.typed, 1); /* the phone number */
    int touches = SERVICE_CARD + START + CONSENT + e.choices + e.pages + SIGNATURE + CONFIRM;
    print_message("D01: %d touches, %d pages\n", touches, e.pages);
    CHECK(touches <= 12);
}

static void test_shipped_d01_fills_in_the_card_and_locks_it(void **state)
{
    (void)state;
    const struct service *s = service("D01");
    CHECK(field(s, "name")->is_locked && field(s, "name")->prefill == PREFILL_NAME);
    CHECK(field(s, "number")->is_locked && field(s, "number")->prefill == PREFILL_NUMBER);
    CHECK(field(s, "address")->is_locked && field(s, "address")->prefill == PREFILL_ADDRESS);
    CHECK(!condition_holds(&field(s, "proxy_name")->visible, fresh_answer, s));
}

static void test_shipped_e01_says_first_that_from_seventy_the_id_card_serves(void **state)
{
    (void)state;
    const struct service *s = service("E01");
    const char *zh = strstr(s->gives.in[LANGUAGE_ZH], "满 70 周岁，身份证就是优待凭证");
    const char *en =
        strstr(s->gives.in[LANGUAGE_EN], "from the age of 70 your ID card is proof enough");
    CHECK(zh && zh - s->gives.in[LANGUAGE_ZH] < 30);
    CHECK(en && en - s->gives.in[LANGUAGE_EN] < 30);
    CHECK(
        strstr(s->pages[0].help.in[LANGUAGE_ZH], "70")); /* and again where one begins to fill in */
    CHECK_EQ(s->age_from, 60);
}

static void test_shipped_help_and_complaints_need_no_card_and_take_ink(void **state)
{
    (void)state;
    static const char *const codes[] = { "A04", "L03" };
    for (size_t i = 0; i < 2; i++) {
        const struct service *s = service(codes[i]);
        CHECK(!s->needs_card);
        CHECK(field(s, "words")->may_ink);
        CHECK_EQ(field(s, "words")->lines, 6);
        CHECK(!field(s, "name")->is_required);
    }
    CHECK_STR(service("L03")->anonymous->field, "reply");
    CHECK_STR(service("L03")->anonymous->values[0], "anonymous");
    CHECK_EQ(field(service("L03"), "phone")->visible.value_count, 1);
}

/* ---- the description for editors ----------------------------------------------------- */

static void test_format_description_shows_a_catalogue_that_loads(void **state)
{
    (void)state;
    static const char fence[] = "```json\n";
    AUTO(catalogue_free) struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    size_t length;
    char *text = test_file("../assets/catalogue/FORMAT.md", &length);
    char *begin = strstr(text, fence), *end = begin ? strstr(begin + sizeof(fence), "```") : NULL;
    CHECK(end);
    begin += strlen(fence);
    if (catalogue_load(&c, begin, (size_t)(end - begin), complaint))
        fail_msg("%s", complaint);
    CHECK(catalogue_find(c, "E02"));
    free(text);
}

static void test_format_description_names_every_icon(void **state)
{
    (void)state;
    size_t length;
    char *text = test_file("../assets/catalogue/FORMAT.md", &length);
    char *list = strstr(text, "### Icons");
    CHECK(list);
    for (size_t i = 0; catalogue_icons[i]; i++)
        if (!strstr(list, catalogue_icons[i]))
            fail_msg("%s is not described", catalogue_icons[i]);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_shipped_catalogue_is_complete_in_both_languages),
        T(test_shipped_catalogue_has_all_matters_of_the_county),
        T(test_shipped_catalogue_counts_what_can_be_done_here),
        T(test_shipped_bundles_are_complete),
        T(test_shipped_part_is_wanted_only_by_its_answer),
        T(test_shipped_catalogue_lets_no_main_material_follow_later),
        T(test_shipped_catalogue_asks_nothing_twice),
        T(test_shipped_catalogue_asks_consent_for_medical_and_account_data),
        T(test_shipped_catalogue_never_calls_a_booking_accepted),
        T(test_shipped_catalogue_has_eight_tiles_and_none_leads_nowhere),
        T(test_shipped_catalogue_recommends_three_that_fit_the_age),
        T(test_shipped_catalogue_is_found_by_everyday_words),
        T(test_shipped_d01_takes_at_most_twelve_touches_besides_typing),
        T(test_shipped_d01_fills_in_the_card_and_locks_it),
        T(test_shipped_e01_says_first_that_from_seventy_the_id_card_serves),
        T(test_shipped_help_and_complaints_need_no_card_and_take_ink),
        T(test_format_description_shows_a_catalogue_that_loads),
        T(test_format_description_names_every_icon),
    };
    return cmocka_run_group_tests(tests, load_shipped, free_shipped);
}
