/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/catalogue/catalogue.h"
#include "firmware/catalogue/parts.h"
#include "tests/support/planted.h"

static struct catalogue *load_good(void)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    if (catalogue_load(&c, text, length, complaint))
        fail_msg("%s", complaint);
    free(text); /* nothing may point into it */
    return c;
}

static const struct field *field_of(const struct service *s, const char *name)
{
    for (size_t i = 0; i < s->field_count; i++)
        if (!strcmp(s->fields[i].name, name))
            return &s->fields[i];
    fail_msg("no field %s", name);
    return NULL;
}

/* ---- what was loaded ----------------------------------------------------------------- */

static void test_catalogue_gives_what_the_document_says(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    CHECK_EQ(catalogue_version(c), 7);
    CHECK_STR(catalogue_point(c)->phone, "0575-00000000");
    CHECK_STR(catalogue_point(c)->window.in[LANGUAGE_EN], "Window 1");
    CHECK_EQ(catalogue_theme_count(c), 2);
    CHECK_STR(catalogue_theme(c, 1)->window.in[LANGUAGE_ZH], "请到 2 号窗口");
    CHECK_STR(catalogue_find_theme(c, "help")->window.in[LANGUAGE_ZH], "");
    CHECK_EQ(catalogue_service_count(c), 3);
    const struct service *s = catalogue_find(c, "T01");
    CHECK(s == catalogue_service(c, 0));
    CHECK_STR(s->theme, "help");
    CHECK_STR(s->icon, "accessible");
    CHECK_STR(s->promise.in[LANGUAGE_EN], "All of this is true");
    CHECK_EQ(s->promised_days, 10);
    CHECK_EQ(s->legal_days, 20);
    CHECK(s->needs_card);
    CHECK(s->needs_consent);
    CHECK(!s->anonymous);
    CHECK_EQ(s->delivery, DELIVERY_ACCOUNT | DELIVERY_PICKUP | DELIVERY_POST);
    CHECK_EQ(s->keyword_count, 2);
    CHECK_STR(s->keywords[0].in[LANGUAGE_ZH], "残疾补贴");
    CHECK_EQ(s->material_count, 3);
    CHECK_EQ(s->materials[2].how, MATERIAL_LATER);
    CHECK_EQ(s->materials[2].late_days, 10);
    CHECK_STR(s->materials[2].when.field, "applicant");
    CHECK_STR(catalogue_material_name(c, "old-card")->in[LANGUAGE_EN], "Old card");
    CHECK(!catalogue_material_name(c, "no-such"));
    CHECK(!catalogue_find(c, "T99"));
    CHECK(!catalogue_find_theme(c, "no-such"));
    CHECK(!catalogue_service(c, 3));
    CHECK(!catalogue_theme(c, 2));
}

static void test_catalogue_gives_pages_as_ranges_of_fields(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    const struct service *s = catalogue_find(c, "T01");
    CHECK_EQ(s->page_count, 4);
    CHECK_EQ(s->field_count, 16);
    CHECK_EQ(s->pages[2].first_field, 8);
    CHECK_EQ(s->pages[2].field_count, 4);
    CHECK_STR(s->fields[8].name, "since");
    CHECK_STR(s->pages[0].help.in[LANGUAGE_EN], "As on the card");
    CHECK_STR(s->pages[1].help.in[LANGUAGE_EN], "");
    CHECK_EQ(catalogue_find(c, "T03")->page_count, 0);
}

static void test_catalogue_gives_fields_their_usual_values(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    const struct service *s = catalogue_find(c, "T01");
    CHECK(field_of(s, "name")->is_locked);
    CHECK(field_of(s, "name")->is_required);
    CHECK_EQ(field_of(s, "name")->mask, MASK_NAME);
    CHECK_EQ(field_of(s, "number")->mask, MASK_NUMBER);
    CHECK_EQ(field_of(s, "phone")->mask, MASK_PHONE);
    CHECK_EQ(field_of(s, "account")->mask, MASK_ACCOUNT);
    CHECK_EQ(field_of(s, "home")->mask, MASK_OTHER);
    CHECK_EQ(field_of(s, "plate")->mask, MASK_NONE);
    CHECK_EQ(field_of(s, "home")->max_length, 100);
    CHECK_EQ(field_of(s, "post_to")->min_length, 5);
    CHECK_STR(field_of(s, "post_to")->same_as, "home");
    CHECK_EQ(field_of(s, "words")->max_length, 200);
    CHECK_EQ(field_of(s, "words")->lines, 4);
    CHECK(field_of(s, "words")->may_ink);
    CHECK_STR(field_of(s, "applicant")->preset, "self");
    CHECK_STR(field_of(s, "alone")->preset, "no");
    CHECK_STR(field_of(s, "since")->max_date, "today");
    CHECK_EQ(field_of(s, "income")->max_fen, 5000000);
    CHECK_STR(field_of(s, "applicant")->choices[1].help.in[LANGUAGE_EN], "A parent, for example");
    CHECK_STR(field_of(s, "applicant")->choices[0].help.in[LANGUAGE_EN], "");
}

static void test_catalogue_tells_when_a_matter_is_anonymous(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    const struct service *s = catalogue_find(c, "T02");
    CHECK(!s->needs_card);
    CHECK_EQ(s->legal_days, -1);
    CHECK_STR(s->anonymous->field, "reply");
    CHECK_STR(s->anonymous->values[0], "no");
}

static void test_catalogue_offers_what_is_popular_at_an_age(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    const struct service *out[3];
    CHECK_EQ(catalogue_popular(c, -1, out, 3), 2);
    CHECK_STR(out[0]->code, "T02");
    CHECK_EQ(catalogue_popular(c, 12, out, 3), 1); /* T01 is for 16 and older */
    CHECK_STR(out[0]->code, "T02");
    CHECK_EQ(catalogue_popular(c, 40, out, 1), 1);
}

/* ---- files and memory ---------------------------------------------------------------- */

static void test_catalogue_file_that_is_absent_is_refused_in_words(void **state)
{
    (void)state;
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    CHECK_EQ(catalogue_load_file(&c, "/nowhere/catalogue.json", complaint), -EINVAL);
    CHECK(!c);
    CHECK_STR(complaint, "/nowhere/catalogue.json: No such file or directory");
}

static void test_catalogue_file_loads_like_the_text_of_it(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT], path[256];
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    snprintf(path, sizeof(path), "%s/catalogue.json", test_folder());
    FILE *f = fopen(path, "wb");
    CHECK(f && fwrite(text, 1, length, f) == length && !fclose(f));
    free(text);
    CHECK_EQ(catalogue_load_file(&c, path, complaint), 0);
    CHECK_EQ(catalogue_service_count(c), 3);
}

static void test_catalogue_cut_anywhere_is_refused(void **state)
{
    (void)state;
    char complaint[CATALOGUE_COMPLAINT];
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    while (length && text[length - 1] != '}')
        length--;
    for (size_t cut = 0; cut < length; cut += cut < 200 ? 1 : 97) {
        struct catalogue *c = NULL;
        CHECK_EQ(catalogue_load(&c, text, cut, complaint), -EINVAL);
        CHECK(!c && *complaint);
    }
    free(text);
}

static void test_catalogue_without_enough_memory_is_a_fault_at_every_point(void **state)
{
    (void)state;
    char complaint[CATALOGUE_COMPLAINT];
    struct catalogue *c = NULL;
    size_t length, limit = 0;
    char *text = test_file("data/catalogue/good.json", &length);
    int r = -ENOMEM;
    log_set_level(LOG_ERROR);
    for (; r && limit < 1024 * 1024; limit += 61) {
        r = catalogue_load_within(&c, text, length, limit, complaint);
        CHECK(!r || r == -ENOMEM);
        CHECK(!r == (c != NULL));
    }
    CHECK_EQ(r, 0);
    CHECK(limit > 8 * 1024); /* so many different points were tried */
    catalogue_free(c);
    free(text);
}

static void test_catalogue_over_the_size_limit_is_refused_before_it_is_read(void **state)
{
    (void)state;
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    CHECK_EQ(catalogue_load(&c, "", (size_t)CATALOGUE_BYTES_MAX + 1, complaint), -EINVAL);
    CHECK_STR(complaint, "the document has more than 16777216 bytes");
}

static void test_catalogue_icons_are_sorted_and_unique(void **state)
{
    (void)state;
    size_t count = 0;
    for (; catalogue_icons[count + 1]; count++)
        CHECK(strcmp(catalogue_icons[count], catalogue_icons[count + 1]) < 0);
    CHECK(count > 50);
}

/* ---- conditions ---------------------------------------------------------------------- */

static const char *answer_of(const void *context, const char *field)
{
    return strcmp(field, "applicant") ? "" : context;
}

/* Monday is 0, a holiday 7: only hours of all seven days hold then. */
static void test_catalogue_staff_of_every_day_are_there_on_holidays_too(void **state)
{
    (void)state;
    enum { THURSDAY = 3, SUNDAY = 6, HOLIDAY = 7 };
    char complaint[CATALOGUE_COMPLAINT];
    size_t length;
    char *text = test_file("data/catalogue/good.json", &length);
    AUTO(json_release) json_t *document = json_parse(text, length, complaint);
    planted_put(document, "point/staff_times",
                "[{\"days\": [1,2,3,4,5,6], \"from\": \"08:00\", \"to\": \"12:00\"},"
                " {\"days\": [7,6,5,4,3,2,1], \"from\": \"12:00\", \"to\": \"14:00\"}]");
    char *changed = json_canonical(document);
    AUTO(catalogue_free) struct catalogue *c = NULL;
    if (catalogue_load(&c, changed, strlen(changed), complaint))
        fail_msg("%s", complaint);
    const struct timetable *t = &catalogue_point(c)->staffed;
    CHECK(timetable_holds(t, THURSDAY, 600) && !timetable_holds(t, SUNDAY, 600));
    CHECK(!timetable_holds(t, HOLIDAY, 600));
    CHECK(timetable_holds(t, HOLIDAY, 13 * 60) && timetable_holds(t, SUNDAY, 13 * 60));
    json_text_free(changed);
    free(text);
}

static void test_catalogue_condition_holds_only_for_its_values(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = load_good();
    const struct service *s = catalogue_find(c, "T01");
    CHECK(condition_holds(&field_of(s, "guardian")->visible, answer_of, "guardian"));
    CHECK(!condition_holds(&field_of(s, "guardian")->visible, answer_of, "self"));
    CHECK(!condition_holds(&field_of(s, "guardian")->visible, answer_of, ""));
    CHECK(!condition_holds(&field_of(s, "guardian")->visible, answer_of, NULL));
    CHECK(condition_holds(&field_of(s, "phone")->visible, answer_of, ""));
}

RUN(T(test_catalogue_gives_what_the_document_says),
    T(test_catalogue_gives_pages_as_ranges_of_fields),
    T(test_catalogue_gives_fields_their_usual_values),
    T(test_catalogue_tells_when_a_matter_is_anonymous),
    T(test_catalogue_offers_what_is_popular_at_an_age),
    T(test_catalogue_file_that_is_absent_is_refused_in_words),
    T(test_catalogue_file_loads_like_the_text_of_it), T(test_catalogue_cut_anywhere_is_refused),
    T(test_catalogue_without_enough_memory_is_a_fault_at_every_point),
    T(test_catalogue_over_the_size_limit_is_refused_before_it_is_read),
    T(test_catalogue_icons_are_sorted_and_unique),
    T(test_catalogue_condition_holds_only_for_its_values),
    T(test_catalogue_staff_of_every_day_are_there_on_holidays_too))
