/* links: firmware/session firmware/case firmware/point firmware/slip firmware/seal firmware/catalogue firmware/calendar firmware/card firmware/base */
#include "firmware/base/json.h"
#include "firmware/catalogue/bundle.h"
#include "tests/support/session_rig.h"

enum { CHILDREN = 12, WISHES = 8 };

/* A walk: what is answered, and the children that the county receives for it, in order. */
struct walk_case {
    const char *code;
    struct fill_answer wishes[WISHES];
    const char *children[CHILDREN];
};

static const struct walk_case walks[] = {
    { "E05",
      { { "fund", "withdraw" }, { "union_member", "yes" } },
      { "pension", "medical", "fund", "card", "gift" } },
    { "E05", { { "fund", "keep" }, { "union_member", "no" } }, { "pension", "medical", "card" } },
    { "F01",
      { { "claim_costs", "yes" }, { "married", "no" } },
      { "household", "insurance", "card", "vaccination", "costs" } },
    { "F01", { { "claim_costs", "no" } }, { "household", "insurance", "card", "vaccination" } },
    { "F03", { { "benefits", "both" } }, { "household", "pension", "medical", "allowance" } },
    { "F03", { { "benefits", "pension" } }, { "household", "pension", "medical" } },
    { "F07", { { "ground", "property" } }, { "residence", "housing", "vaccination", "place" } },
    { "F07", { { "ground", "registered" } }, { "residence", "vaccination", "place" } },
    { "J04",
      { { "mode", "startup" },
        { "housing", "rent" },
        { "settle", "settle" },
        { "training", "craft" },
        { "bank", "rural" } },
      { "insurance", "licence", "startup-subsidy", "rent", "settle", "file", "training", "card",
        "league" } },
    { "J04",
      { { "mode", "job" },
        { "housing", "own" },
        { "settle", "none" },
        { "training", "none" },
        { "bank", "have" } },
      { "insurance", "job-subsidy", "file", "league" } },
    { "B02",
      { { "has_licence", "no" },
        { "food", "snack" },
        { "seal", "yes" },
        { "tax_device", "yes" },
        { "insures", "yes" },
        { "bank", "abc" } },
      { "licence", "seal", "account", "tax", "social", "permit", "city" } },
    { "B02",
      { { "has_licence", "yes" },
        { "food", "produce" },
        { "seal", "no" },
        { "tax_device", "no" },
        { "insures", "no" },
        { "bank", "none" } },
      { "filing", "city" } },
    { "P04",
      { { "water", "yes" }, { "power", "no" }, { "gas", "no" }, { "net", "no" } },
      { "survey", "road", "water", "acceptance" } },
};

static const json_t *child(const json_t *item, const char *id)
{
    size_t i;
    const json_t *row;
    json_array_foreach(json_object_get(item, "children"), i, row)
    {
        if (!strcmp(json_text_at(row, "id"), id))
            return row;
    }
    return NULL;
}

static bool slip_says(const char *words)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++)
        if (strstr(rig.slip->lines[i].text, words) ||
            (rig.slip->lines[i].label && strstr(rig.slip->lines[i].label, words)))
            return true;
    return false;
}

/* From the card to the slip, by somebody of an age for it. */
static void walk(const struct walk_case *w)
{
    struct person p = person_a;
    if (catalogue_find(rig.catalogue, w->code)->age_from > 36)
        memcpy(p.birth, "19660101", 9);
    card(&p);
    happen(EV_OPEN_SERVICE, w->code, "");
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, w->wishes));
    if (screen() == SCREEN_PAPERS) {
        fill_papers(rig.session, "later");
        tap(EV_NEXT);
    }
    CHECK_EQ(screen(), SCREEN_REVIEW);
    reserve_answered();
    if (session_view(rig.session)->service->needs_consent)
        tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(rig.submits, 1);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
    CHECK_EQ(rig.prints, 1);
}

static void test_bundles_walk_to_their_slip_and_the_county_gets_the_right_children(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(walks) / sizeof(walks[0]); i++) {
        setup();
        walk(&walks[i]);
        AUTO(json_release) json_t *item = opened_item();
        const json_t *children = json_object_get(item, "children");
        size_t count = 0;
        for (; count < CHILDREN && walks[i].children[count]; count++) {
            const json_t *c = json_array_get(children, count);
            CHECK_STR(json_text_at(c, "id"), walks[i].children[count]);
            CHECK_EQ(json_integer_value(json_object_get(c, "no")), count + 1);
            CHECK(json_array_size(json_object_get(c, "delivery")) > 0);
            CHECK(*json_text_at(json_object_get(c, "department"), "name"));
            CHECK(json_object_size(json_object_get(c, "answers")) > 0);
            CHECK(slip_says(json_text_at(c, "name")));
            CHECK(slip_says(json_text_at(json_object_get(c, "department"), "name")));
        }
        CHECK_EQ(json_array_size(children), count);
        teardown();
    }
}

static void test_bundles_guide_shows_every_part_before_anything_is_answered(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "B02", "");
    const struct parts_view *parts = &session_view(rig.session)->parts;
    CHECK_EQ(parts->count, 9);
    CHECK_EQ(parts->wanted, 9);
    CHECK_EQ(parts->rows[2].after, 2U); /* the account after the seal */
    CHECK_EQ(parts->rows[5].after, 1U); /* the permit after the licence */
    teardown();
}

static void test_bundles_child_has_the_answers_of_its_own_form(void **state)
{
    (void)state;
    setup();
    walk(&walks[2]); /* F01 */
    AUTO(json_release) json_t *item = opened_item();
    const json_t *insurance = child(item, "insurance");
    const json_t *answers = json_object_get(insurance, "answers");
    CHECK_STR(json_text_at(insurance, "item_code"), "H01");
    CHECK_STR(json_text_at(answers, "who"), "family"); /* gives */
    CHECK_STR(json_text_at(answers, "year"), "this");
    CHECK_STR(json_text_at(answers, "child_name"), "测试");
    CHECK(!json_object_get(answers, "account")); /* none of its business */
    CHECK_EQ(json_integer_value(json_array_get(json_object_get(insurance, "after"), 0)), 1);
    CHECK(json_object_get(json_object_get(child(item, "costs"), "answers"), "account") != NULL);
    teardown();
}

static void test_bundles_child_takes_answers_under_its_own_names(void **state)
{
    (void)state;
    static const struct walk_case flexible = { "J04",
                                               { { "mode", "flexible" }, { "village", "福全村" } },
                                               { NULL } };
    setup();
    walk(&flexible);
    AUTO(json_release) json_t *item = opened_item();
    const json_t *answers = json_object_get(child(item, "flexible"), "answers");
    CHECK_STR(json_text_at(answers, "place"), "福全村");
    CHECK(*json_text_at(answers, "since"));
    CHECK(!json_object_get(answers, "village") && !json_object_get(answers, "arrival"));
    teardown();
}

static void test_bundles_delivery_that_was_chosen_is_that_of_each_child_that_has_it(void **state)
{
    (void)state;
    static const struct walk_case post = { "F01", { { "delivery", "post" } }, { NULL } };
    setup();
    walk(&post);
    AUTO(json_release) json_t *item = opened_item();
    const json_t *household = json_object_get(child(item, "household"), "delivery"),
                 *vaccination = json_object_get(child(item, "vaccination"), "delivery");
    CHECK_EQ(json_array_size(household), 1);
    CHECK_STR(json_string_value(json_array_get(household, 0)), "post");
    CHECK_STR(json_string_value(json_array_get(vaccination, 0)), "electronic");
    teardown();
}

static void test_bundles_part_waits_past_one_that_is_not_applied_for(void **state)
{
    (void)state;
    setup();
    walk(&walks[7]); /* F07 without property: the place waits for what is left */
    AUTO(json_release) json_t *item = opened_item();
    const json_t *after = json_object_get(child(item, "place"), "after");
    CHECK_EQ(json_array_size(after), 2);
    CHECK_EQ(json_integer_value(json_array_get(after, 0)), 1);
    CHECK_EQ(json_integer_value(json_array_get(after, 1)), 2);
    teardown();
}

static void test_bundles_ask_no_question_twice(void **state)
{
    (void)state;
    size_t bundles = 0;
    setup();
    for (size_t i = 0; i < catalogue_service_count(rig.catalogue); i++) {
        const struct service *s = catalogue_service(rig.catalogue, i);
        bundles += s->part_count > 0;
        for (size_t a = 0; s->part_count && a < s->field_count; a++)
            for (size_t b = 0; b < a; b++)
                for (int l = 0; l < LANGUAGE_COUNT; l++)
                    CHECK(strcmp(s->fields[a].label.in[l], s->fields[b].label.in[l]) != 0);
    }
    CHECK(bundles >= 7);
    teardown();
}

static void test_bundles_other_matters_have_no_children(void **state)
{
    (void)state;
    setup();
    submit_subsidy();
    AUTO(json_release) json_t *item = opened_item();
    CHECK(!json_object_get(item, "children"));
    CHECK_EQ(json_array_size(json_object_get(item, "gaps")), 0);
    CHECK_EQ(strlen(json_text_at(json_object_get(item, "promise"), "version")), 8);
    teardown();
}

RUN(T(test_bundles_walk_to_their_slip_and_the_county_gets_the_right_children),
    T(test_bundles_guide_shows_every_part_before_anything_is_answered),
    T(test_bundles_child_has_the_answers_of_its_own_form),
    T(test_bundles_child_takes_answers_under_its_own_names),
    T(test_bundles_delivery_that_was_chosen_is_that_of_each_child_that_has_it),
    T(test_bundles_part_waits_past_one_that_is_not_applied_for),
    T(test_bundles_ask_no_question_twice), T(test_bundles_other_matters_have_no_children))
