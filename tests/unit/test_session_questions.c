/* links: firmware/session firmware/practice firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include "tests/support/session_rig.h"

#include "tests/support/planted.h"

/* E06: when somebody may come is asked of those from 70 who were assessed; a telephone number is needed unless it
 * is about meals alone. */
static struct catalogue *under_rules;

static void set_up(const char *birth)
{
    char complaint[CATALOGUE_COMPLAINT];
    size_t length, i;
    json_t *s;
    setup();
    char *text = test_file("../assets/catalogue/catalogue.json", &length);
    json_t *document = json_loadb(text, length, 0, NULL);
    json_array_foreach(json_object_get(document, "services"), i, s)
    {
        if (strcmp(json_string_value(json_object_get(s, "code")), "E06") != 0)
            continue;
        planted_put(s, "pages/1/fields/2/show_if", "\"answer.assessed and card.age >= 70\"");
        planted_put(s, "pages/2/fields/0/need_if", "\"answer.help_kind != 'meal'\"");
    }
    char *changed = json_dumps(document, JSON_COMPACT);
    if (catalogue_load(&under_rules, changed, strlen(changed), complaint))
        fail_msg("%s", complaint);
    session_set_catalogue(rig.session, under_rules);
    free(text);
    free(changed);
    json_decref(document);
    struct person p = person_a;
    memcpy(p.birth, birth, 9);
    card(&p);
    happen(EV_OPEN_SERVICE, "E06", "");
    tap(EV_NEXT);
    if (screen() == SCREEN_CONDITION)
        tap(EV_INSIST);
    CHECK_EQ(screen(), SCREEN_FORM);
}

static void tear_down(void)
{
    teardown();
    catalogue_free(under_rules);
    under_rules = NULL;
}

static const struct field *question(const char *name)
{
    const struct service *s = rig.session->visit.service;
    return &s->fields[draft_find(rig.session, name)];
}

static void test_question_under_a_rule_is_asked_only_while_it_holds(void **state)
{
    (void)state;
    set_up("19500101");
    happen(EV_CHOOSE, "assessed", "no");
    CHECK(!session_field_is_visible(rig.session, question("day")));
    CHECK(!session_field_is_needed(rig.session, question("day")));
    happen(EV_CHOOSE, "assessed", "yes");
    CHECK(session_field_is_visible(rig.session, question("day")));
    CHECK(session_field_is_needed(rig.session, question("day")));
    tear_down();
}

static void test_question_under_a_rule_of_the_card_is_not_asked_and_not_handed_in(void **state)
{
    (void)state;
    set_up("19900101");
    happen(EV_CHOOSE, "assessed", "yes");
    CHECK(!session_field_is_visible(rig.session, question("day")));
    CHECK(fill_form(rig.session, NULL));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "here");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    AUTO(json_release) json_t *item = opened_item();
    CHECK(json_object_get(json_object_get(item, "form"), "half"));
    CHECK(!json_object_get(json_object_get(item, "form"), "day"));
    tear_down();
}

static void test_question_needed_by_a_rule_may_stay_empty_otherwise(void **state)
{
    (void)state;
    set_up("19500101");
    happen(EV_CHOOSE, "help_kind", "home");
    CHECK(session_field_is_needed(rig.session, question("phone")));
    CHECK_EQ(draft_first_problem(rig.session, 2), draft_find(rig.session, "phone"));
    happen(EV_CHOOSE, "help_kind", "meal");
    CHECK(session_field_is_visible(rig.session, question("phone")));
    CHECK(!session_field_is_needed(rig.session, question("phone")));
    CHECK_EQ(draft_first_problem(rig.session, 2), -1);
    memcpy(draft_answer(rig.session, question("phone"))->text, "12", 3);
    CHECK_EQ(draft_first_problem(rig.session, 2), draft_find(rig.session, "phone"));
    tear_down();
}

RUN(T(test_question_under_a_rule_is_asked_only_while_it_holds),
    T(test_question_under_a_rule_of_the_card_is_not_asked_and_not_handed_in),
    T(test_question_needed_by_a_rule_may_stay_empty_otherwise))
