/* links: ui/speech ui/widget ui/text ui/canvas firmware/slip firmware/base */
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/check.h"
#include "ui/speech/narrate.h"
#include "ui/text/tr.h"

static struct page *page;
static struct damage damage;
static struct focus_map map;
static struct narrator narrator;
static struct utterance said;
static struct narrate_place place;

static void start(enum screen screen)
{
    narrator = (struct narrator){ 0 };
    place = (struct narrate_place){ .key = 1, .screen = screen, .language = SAY_EN };
    if (!page)
        CHECK_EQ(page_new(&page), 0);
    page_begin(page, 1);
}

static struct widget *add(const struct widget_kind *kind, const char *id, const char *label, int y)
{
    struct widget w = { .kind = kind, .box = { 48, y, 900, 90 }, .label = label };
    snprintf(w.id, sizeof(w.id), "%s", id);
    if (*id && kind != &widget_heading && kind != &widget_group)
        w.action.verb = 1;
    return page_add(page, w);
}

static bool say(const char *focus)
{
    page_end(page, &damage);
    focus_map(&map, page);
    int at = *focus ? focus_of(&map, page_find(page, focus)) : focus_first(&map);
    return narrate(&narrator, &map, at, &place, &said);
}

#define HEARS(words) CHECK(strstr(said.text, words) != NULL)
#define ROOM_HEARS(words) CHECK(strstr(said.open, words) != NULL)
#define ROOM_NEVER_HEARS(words) \
    CHECK(said.is_private &&*said.open &&strstr(said.open, words) == NULL)

/* ---- what must not be said ----------------------------------------------------------- */

static const struct field_facts phone = { "phone", true, "13800000000", "" };

static void test_narrate_a_value_is_only_for_headphones(void **state)
{
    (void)state;
    start(SCREEN_FORM);
    add(&widget_heading, "title", "Care subsidy", 100);
    struct widget *f = add(&widget_field, "field:phone", "Phone", 300);
    f->value = "13800000000";
    f->field = &phone;
    CHECK(say(""));
    HEARS("13800000000");
    ROOM_NEVER_HEARS("138");
    ROOM_HEARS("Phone");
    ROOM_HEARS("headphones");
}

static void test_narrate_a_masked_name_in_a_title_is_only_for_headphones(void **state)
{
    (void)state;
    start(SCREEN_HOME);
    add(&widget_heading, "title", "Hello, *小明", 100);
    add(&widget_tile, "theme:aid", "Assistance", 300);
    CHECK(say(""));
    HEARS("*小明");
    ROOM_NEVER_HEARS("小明");
    ROOM_HEARS("Assistance");
}

static void test_narrate_a_value_repeated_elsewhere_stays_private(void **state)
{
    (void)state;
    start(SCREEN_FORM);
    struct widget *f = add(&widget_field, "field:phone", "Phone", 300);
    f->field = &phone;
    f->value = "13800000000";
    add(&widget_button, "call", "Call 13800000000 now", 500);
    CHECK(say("call"));
    ROOM_NEVER_HEARS("138");
}

static void test_narrate_numbers_that_identify_are_never_told_in_full(void **state)
{
    (void)state;
    static const struct field_facts number = { "number", true, "339999199001010013", "" };
    start(SCREEN_FORM);
    struct widget *f = add(&widget_field, "field:number", "ID number", 300);
    f->field = &number;
    f->value = "339999199001010013";
    CHECK(say(""));
    CHECK(strstr(said.text, "339999") == NULL);
    HEARS("0013");
    ROOM_NEVER_HEARS("0013");
    start(SCREEN_FORM);
    f = add(&widget_field, "pin", "PIN", 300);
    f->value = "4711";
    f->is_masked = true;
    CHECK(say(""));
    CHECK(strstr(said.text, "47") == NULL && strstr(said.text, "4 characters") != NULL);
}

static void test_narrate_typing_is_only_for_headphones_and_masks_hold(void **state)
{
    (void)state;
    char value[16] = "";
    for (int masked = 0; masked < 2; masked++) {
        start(SCREEN_FORM);
        value[0] = 0;
        for (int i = 0; i < 3; i++) {
            page_begin(page, 1);
            snprintf(value, sizeof(value), "%.*s", i, "7A");
            struct widget *f = add(&widget_field, "field:x", "Code", 300);
            f->value = page_text(page, value);
            f->is_focused = true;
            f->is_masked = masked;
            struct widget *key = add(&widget_key, "key:7", "7", 900);
            key->action.value = "7";
            CHECK(say("key:7"));
            if (!i)
                continue;
            if (masked) {
                CHECK_STR(said.text, "Entered.");
            } else {
                CHECK_STR(said.text, i == 1 ? "7." : "capital A.");
                CHECK(said.is_private);
                CHECK_STR(said.open, "Entered.");
            }
        }
    }
}

static void test_narrate_keys_that_type_are_only_for_headphones(void **state)
{
    (void)state;
    start(SCREEN_FORM);
    add(&widget_key, "key:7", "7", 900)->action.value = "7";
    add(&widget_key, "key:clear", "Clear", 1000);
    CHECK(say("key:7"));
    CHECK(say("key:clear"));
    CHECK(!said.is_private);
    CHECK(say("key:7"));
    HEARS("7");
    ROOM_NEVER_HEARS("7");
}

static void test_narrate_what_letters_may_mean_is_only_for_headphones(void **state)
{
    (void)state;
    static const char *const meanings[] = { "王", "网", "往", "忘" };
    start(SCREEN_FORM);
    for (int letters = 0; letters < 2; letters++) {
        page_begin(page, 1);
        add(&widget_key, "key:w", "w", 1200)->action.value = "w";
        for (int i = 0; letters && i < 4; i++) {
            char id[24];
            snprintf(id, sizeof(id), "candidate:%d", i);
            add(&widget_key, id, meanings[i], 1000)->action.name = "0";
        }
        CHECK(say("key:w"));
    }
    CHECK_STR(said.text, "王, 网, 往.");
    CHECK_STR(said.open, "Entered.");
    CHECK(say("candidate:3"));
    CHECK_STR(said.text, "忘.");
    ROOM_NEVER_HEARS("忘");
    ROOM_HEARS("a key");
}

static void test_narrate_answers_on_the_review_and_of_the_county(void **state)
{
    (void)state;
    start(SCREEN_REVIEW);
    add(&widget_heading, "title", "Care subsidy", 100);
    struct widget *fact = add(&widget_fact, "", "Grade", 300);
    fact->value = "first";
    page_end(page, &damage);
    focus_map(&map, page);
    narrate_stop(&map, 0, &place, &said);
    HEARS("Grade, first");
    ROOM_HEARS("Grade");
    ROOM_NEVER_HEARS("first");
    start(SCREEN_PROGRESS);
    add(&widget_heading, "title", "How is my case going?", 100);
    add(&widget_heading, "state", "Not granted", 300)->action.verb = 0;
    CHECK(say(""));
    HEARS("Not granted");
    ROOM_NEVER_HEARS("granted");
}

static void test_narrate_a_delicate_matter_is_not_named_in_the_room(void **state)
{
    (void)state;
    start(SCREEN_FORM);
    place.is_delicate = true;
    add(&widget_heading, "title", "Disability subsidy", 100);
    add(&widget_choice, "choice:kind:limb", "Limb", 300)->action.name = "kind";
    add(&widget_choice, "choice:kind:sight", "Sight", 400)->action.name = "kind";
    CHECK(say(""));
    HEARS("Disability subsidy");
    HEARS("Limb");
    ROOM_NEVER_HEARS("isability");
    CHECK(strstr(said.open, "Limb") == NULL);
}

/* ---- what must be said --------------------------------------------------------------- */

static void build_choices(const char *chosen)
{
    page_begin(page, 1);
    add(&widget_heading, "title", "Residence", 100);
    add(&widget_label, "", "Household (may stay empty)", 200)->box.h = 40;
    add(&widget_label, "", "As in your booklet", 240)->box.h = 40;
    static const char *const ids[] = { "one", "two", "three" };
    for (int i = 0; i < 3; i++) {
        struct widget *w = add(&widget_choice, ids[i], ids[i], 300 + 100 * i);
        w->action.name = "household";
        w->is_selected = !strcmp(chosen, ids[i]);
    }
    static const struct field_facts facts = { "choice", false, "", "" };
    struct widget *group = add(&widget_group, "field:household", "Household", 200);
    group->box.h = 400;
    group->field = &facts;
}

static void test_narrate_a_choice_tells_its_question_place_and_state(void **state)
{
    (void)state;
    start(SCREEN_FORM);
    build_choices("two");
    CHECK(say("one"));
    HEARS("Residence.");
    HEARS("3 things to choose from.");
    HEARS("Household (may stay empty), As in your booklet. one, choice 1 of 3, not chosen");
    build_choices("two");
    CHECK(say("two"));
    CHECK_STR(said.text, "two, choice 2 of 3, chosen."); /* the question is known by now */
    CHECK(strstr(said.open, "chosen") == NULL);
    ROOM_HEARS("two, choice 2 of 3");
    build_choices("");
    CHECK(say("two"));
    CHECK_STR(said.text, "not chosen, two.");
    CHECK_STR(said.open, "Noted.");
    build_choices("");
    CHECK(!say("two")); /* nothing has changed: nothing is said */
}

static void test_narrate_a_disabled_button_says_so_and_why(void **state)
{
    (void)state;
    start(SCREEN_DONE);
    struct widget *w = add(&widget_button, "print", "Print", 300);
    w->is_disabled = true;
    w->detail = "There is no paper.";
    CHECK(say(""));
    CHECK_STR(said.text, "Print, button, does not work now, There is no paper.");
    CHECK(!said.is_private);
    narrate_why(&place, "There is no paper", &said);
    CHECK_STR(said.text, "There is no paper.");
}

static void test_narrate_errors_come_as_a_count_and_the_first_with_its_field(void **state)
{
    (void)state;
    static const struct field_facts good = { "phone", true, "", "" };
    static const struct field_facts bad = { "phone", true, "", "Please fill this in." };
    start(SCREEN_FORM);
    for (int i = 0; i < 2; i++) {
        page_begin(page, 1);
        add(&widget_field, "field:phone", "Phone", 300)->field = i ? &bad : &good;
        add(&widget_button, "primary", "Next", 1784);
        CHECK(say("primary"));
    }
    HEARS("1 to be put right. Phone, Please fill this in.");
    CHECK_EQ(narrate_error_stop(&map), focus_of(&map, page_find(page, "field:phone")));
}

static void test_narrate_a_notice_that_comes_is_read(void **state)
{
    (void)state;
    start(SCREEN_DONE);
    for (int i = 0; i < 2; i++) {
        page_begin(page, 1);
        add(&widget_notice, "", i ? "Your slip is ready: please take it" : "It is being printed",
            300);
        add(&widget_button, "primary", "Finish", 1784);
        CHECK(say("primary"));
    }
    CHECK_STR(said.text, "Your slip is ready: please take it.");
}

static void test_narrate_a_signature_pad_offers_the_key(void **state)
{
    (void)state;
    start(SCREEN_REVIEW);
    add(&widget_pad, "sign.pad", "Sign here", 1300);
    CHECK(say(""));
    HEARS("you confirm by key instead");
}

static void test_narrate_going_round_is_said(void **state)
{
    (void)state;
    start(SCREEN_HOME);
    for (int i = 0; i < 2; i++) {
        page_begin(page, 1);
        add(&widget_button, "a", "First", 300);
        add(&widget_button, "b", "Second", 500);
        narrator.has_wrapped = i;
        CHECK(say(i ? "a" : "b"));
    }
    CHECK_STR(said.text, "From the beginning. First, button.");
}

static void test_narrate_the_slip_says_all_its_lines_into_headphones(void **state)
{
    (void)state;
    AUTO(slip_free) struct slip *slip = NULL;
    CHECK_EQ(slip_new(&slip), 0);
    slip_add(slip, SLIP_TITLE, "Receipt", "受理回执");
    slip_add(slip, SLIP_RULE, NULL, "");
    slip_add(slip, SLIP_NUMBER, "受理编号", "K0012-000042-7");
    slip_add(slip, SLIP_NAME, "申请人", "*小明");
    slip_add(slip, SLIP_BOX, NULL, "银行卡复印件");
    slip_add(slip, SLIP_QR, "查询进度", "https://case.example/K0012-000042-7");
    CHECK_EQ(slip_finish(slip), 0);
    narrate_slip(slip, SAY_ZH, &said);
    HEARS("受理回执。");
    HEARS("受理编号，K0012-000042-7。");
    HEARS("申请人，*小明。");
    HEARS("银行卡复印件");
    HEARS("查询进度");
    CHECK(strstr(said.text, "https") == NULL);
    CHECK(strstr(said.text, "Receipt") == NULL);
    ROOM_NEVER_HEARS("K0012");
    ROOM_NEVER_HEARS("小明");
}

static void test_narrate_forgets(void **state)
{
    (void)state;
    struct narrator none = { 0 };
    start(SCREEN_FORM);
    build_choices("two");
    CHECK(say("two"));
    narrate_forget(&narrator);
    CHECK_BYTES(&narrator, &none, sizeof(none));
    build_choices("two");
    CHECK(say("two"));
    HEARS("Residence."); /* for the next person it is a new page */
}

static int close_page(void **state)
{
    (void)state;
    page_free(page);
    return 0;
}

/* A date is picked: the day is told as a day, and what is asked next; names of columns are for eyes. */
static void test_narrate_date_tells_what_was_picked_and_what_is_asked_next(void **state)
{
    (void)state;
    static const struct field_facts facts = { "text", true, "", "" };
    start(SCREEN_FORM);
    for (int turn = 0; turn < 2; turn++) {
        page_begin(page, 1);
        struct widget *field = add(&widget_field, "field:since", "Since", 100);
        field->is_focused = true;
        field->field = &facts;
        field->value = turn ? "Mar 2024" : "2024";
        add(&widget_key, "way:date", "Pick", 300)->is_selected = true;
        add(&widget_label, "sheet.note", turn ? "Which day?" : "Which month?", 400);
        add(&widget_label, WIDGET_FOR_EYES, "Mon", 450)->action.verb = 0;
        add(&widget_key, "pick:202403", "March", 500)->action.value = "202403";
        CHECK(say("pick:202403"));
        CHECK(strstr(said.text, turn ? "Mar 2024" : "2024"));
        CHECK(strstr(said.text, turn ? "Which day?" : "Which month?"));
        CHECK(!strstr(said.text, "Mon"));
    }
}

/* Places stand before the keys, and what they are is told with the first. */
static void test_narrate_places_that_are_offered_come_before_the_keys(void **state)
{
    (void)state;
    static const struct field_facts facts = { "text", true, "", "" };
    start(SCREEN_FORM);
    struct widget *field = add(&widget_field, "field:village", "Village", 100);
    field->is_focused = true;
    field->field = &facts;
    field->value = "";
    add(&widget_label, "", "In one of these?", 220);
    add(&widget_button, "place:changshou", "Changshou", 320);
    add(&widget_key, "key:q", "q", 900)->action.value = "q";
    CHECK(say(""));
    CHECK(strstr(said.text, "In one of these?") && strstr(said.text, "Changshou"));
    CHECK(!strstr(said.text, "q"));
}

static void test_narrate_what_is_on_is_said_once(void **state)
{
    (void)state;
    start(SCREEN_HOME);
    struct widget *w = add(&widget_button, "speech", "Read out", 100);
    w->is_selected = true;
    w->detail = "on";
    CHECK(say("speech"));
    CHECK_STR(said.text + strlen(said.text) - strlen("Read out, button, on."),
              "Read out, button, on.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(test_narrate_a_value_is_only_for_headphones),
        T(test_narrate_a_masked_name_in_a_title_is_only_for_headphones),
        T(test_narrate_a_value_repeated_elsewhere_stays_private),
        T(test_narrate_numbers_that_identify_are_never_told_in_full),
        T(test_narrate_typing_is_only_for_headphones_and_masks_hold),
        T(test_narrate_keys_that_type_are_only_for_headphones),
        T(test_narrate_what_letters_may_mean_is_only_for_headphones),
        T(test_narrate_answers_on_the_review_and_of_the_county),
        T(test_narrate_a_delicate_matter_is_not_named_in_the_room),
        T(test_narrate_a_choice_tells_its_question_place_and_state),
        T(test_narrate_a_disabled_button_says_so_and_why),
        T(test_narrate_errors_come_as_a_count_and_the_first_with_its_field),
        T(test_narrate_a_notice_that_comes_is_read),
        T(test_narrate_date_tells_what_was_picked_and_what_is_asked_next),
        T(test_narrate_places_that_are_offered_come_before_the_keys),
        T(test_narrate_what_is_on_is_said_once),
        T(test_narrate_a_signature_pad_offers_the_key),
        T(test_narrate_going_round_is_said),
        T(test_narrate_the_slip_says_all_its_lines_into_headphones),
        T(test_narrate_forgets),
    };
    return cmocka_run_group_tests(tests, NULL, close_page);
}
