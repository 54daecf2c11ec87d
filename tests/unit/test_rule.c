/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/catalogue/expression.h"
#include "firmware/catalogue/load.h"

static const struct choice kinds[] = { { .value = "limb" },
                                       { .value = "visual" },
                                       { .value = "mental" } };
static const struct field form[] = {
    { .name = "kind", .kind = FIELD_CHOICE, .choice_count = 3, .choices = kinds },
    { .name = "alone", .kind = FIELD_YES_NO },
    { .name = "income", .kind = FIELD_AMOUNT },
    { .name = "since", .kind = FIELD_DATE },
    { .name = "words", .kind = FIELD_HAN },
    { .name = "seal", .kind = FIELD_SIGNATURE },
};
static const struct fact known_facts[] = { { .name = "pension", .type = RULE_YES_NO },
                                           { .name = "grade", .type = RULE_NUMBER },
                                           { .name = "village", .type = RULE_TEXT } };
static const struct expression_scope scope = { form, 6, known_facts, 3 };

/* What is known: "answer.kind=limb;fact.grade=2". */
static const char *value_in(const void *context, const char *kind, const char *name)
{
    static char value[80];
    char key[60];
    const char *known = context;
    snprintf(key, sizeof(key), "%s.%s=", kind, name);
    const char *at = known ? strstr(known, key) : NULL;
    if (!at)
        return "";
    snprintf(value, sizeof(value), "%.*s", (int)strcspn(at + strlen(key), ";"), at + strlen(key));
    return value;
}

static const char *answer_of(const void *context, const char *name)
{
    return value_in(context, "answer", name);
}

static const char *fact_of(const void *context, const char *name)
{
    return value_in(context, "fact", name);
}

static const struct person elder = { .layout = CARD_RESIDENT,
                                     .sex = '2',
                                     .birth = "19460315",
                                     .address = "浙江省测试市样例县",
                                     .number = "339999194603150045" };

static const struct expression *parse(struct arena *a, const char *text,
                                      char complaint[CATALOGUE_COMPLAINT])
{
    a->limit_bytes = 1024 * 1024;
    return expression_parse(a, text, &scope, complaint);
}

/* ---- hostile first --------------------------------------------------------------------- */

static void test_rule_that_makes_no_sense_is_refused_with_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *sentence;
    } rows[] = {
        { "", "at character 1: it ends too early" },
        { "card.age", "at character 9: a number stands where yes or no was expected" },
        { "card.age >= ", "at character 13: it ends too early" },
        { "card.age >= 60 60", "at character 16: the rule was over, but something follows" },
        { "card.age >= '60'", "at character 17: a number cannot be compared with a text" },
        { "card.sex > '1'", "at character 15: only numbers and dates have an order, not a text" },
        { "card.name = 'x'",
          "at character 1: a card says age, birth, sex, division and address, nothing else" },
        { "age > 3",
          "at character 1: the word age is not known; names begin with card., answer. or fact." },
        { "answer.size = 'x'", "at character 1: no field named size stands before" },
        { "answer.seal = 'x'", "at character 1: a signature has no value to compare" },
        { "answer.kind = 'arm'", "at character 20: 'arm' is not one of the choices of kind" },
        { "answer.kind in ('limb' 'visual')", "at character 24: a closing bracket was expected" },
        { "answer.kind in limb", "at character 16: a list in brackets was expected" },
        { "fact.rich", "at character 1: there is no fact named rich in this catalogue" },
        { "answer.since < 2026-02-30", "at character 16: there is no such day" },
        { "card.age > 9999999999999", "at character 12: a number has at most 12 digits" },
        { "card.address begins 'x", "at character 21: a text has no closing '" },
        { "(card.age > 3", "at character 14: a closing bracket was expected" },
        { "known(3)",
          "at character 7: the word 3 is not known; names begin with card., answer. or fact." },
        { "card.age > 3 and card.age",
          "at character 26: a number stands where yes or no was expected" },
        { "answer.income > fact.grade",
          "at character 27: an amount can only be compared with a number or another "
          "amount" },
        { "\xff", "at character 1: a rule is UTF-8 of at most 400 bytes" },
    };
    char complaint[CATALOGUE_COMPLAINT];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena a = { 0 };
        CHECK(!parse(&a, rows[i].text, complaint));
        CHECK_STR(complaint, rows[i].sentence);
        arena_free(&a);
    }
}

/* Nothing in a rule can take long: neither brackets, nor "not", nor length. */
static void test_rule_is_bounded_in_every_direction(void **state)
{
    (void)state;
    char text[2000], complaint[CATALOGUE_COMPLAINT];
    struct arena a = { 0 };
    memset(text, '(', 300);
    text[300] = 0;
    CHECK(!parse(&a, text, complaint));
    CHECK_STR(complaint, "at character 18: more than 16 brackets in one another");
    *text = 0;
    for (int i = 0; i < 40; i++)
        strcat(text, "not ");
    strcat(text, "yes");
    CHECK(!parse(&a, text, complaint));
    CHECK(strstr(complaint, "more than 16 words"));
    strcpy(text, "yes");
    for (int i = 0; i < 60; i++)
        strcat(text, " or no");
    CHECK(!parse(&a, text, complaint));
    CHECK(strstr(complaint, "the rule has more than 96 parts"));
    memset(text, ' ', 500);
    text[500] = 0;
    CHECK(!parse(&a, text, complaint));
    CHECK(strstr(complaint, "at most 400 bytes"));
    arena_free(&a);
}

static void test_rule_without_memory_is_none_at_every_point(void **state)
{
    (void)state;
    const struct expression *e = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    size_t limit = 0;
    for (; !e && limit < 100000; limit += 8) {
        struct arena a = { .limit_bytes = limit };
        e = expression_parse(&a, "answer.kind in ('limb', 'visual') and card.age > 3", &scope,
                             complaint);
        CHECK(e || a.is_short);
        arena_free(&a);
    }
    CHECK(e && limit > 100);
}

/* ---- truth ----------------------------------------------------------------------------- */

static void test_rule_truth_with_what_is_known_and_what_is_not(void **state)
{
    (void)state;
    static const struct {
        const char *text, *known;
        bool has_card;
        enum truth truth;
        const char *missing;
    } rows[] = {
        { "card.age >= 80", "", true, TRUTH_YES, NULL },
        { "card.age < 80", "", true, TRUTH_NO, NULL },
        { "card.age >= 80", "", false, TRUTH_UNKNOWN, "card.age" },
        { "card.age >= 80 or fact.pension", "", true, TRUTH_YES, NULL },
        { "card.age >= 80 and fact.pension", "", true, TRUTH_UNKNOWN, "fact.pension" },
        { "card.age < 80 and fact.pension", "", true, TRUTH_NO, NULL },
        { "not fact.pension", "", true, TRUTH_UNKNOWN, "fact.pension" },
        { "not fact.pension", "fact.pension=no", true, TRUTH_YES, NULL },
        { "known(fact.pension)", "", true, TRUTH_NO, NULL },
        { "known(fact.pension) and fact.pension", "fact.pension=yes", true, TRUTH_YES, NULL },
        { "fact.pension", "fact.pension=maybe", true, TRUTH_UNKNOWN, "fact.pension" },
        { "fact.grade <= 2", "fact.grade=2", true, TRUTH_YES, NULL },
        { "fact.grade <= 2", "fact.grade=two", true, TRUTH_UNKNOWN, "fact.grade" },
        { "answer.kind in ('limb', 'visual')", "answer.kind=visual", true, TRUTH_YES, NULL },
        { "answer.kind in ('limb', 'visual')", "answer.kind=mental", true, TRUTH_NO, NULL },
        { "answer.kind != 'limb'", "", true, TRUTH_UNKNOWN, "answer.kind" },
        { "answer.income <= 1000", "answer.income=1000.00", true, TRUTH_YES, NULL },
        { "answer.income <= 1000", "answer.income=1000.01", true, TRUTH_NO, NULL },
        { "1000 >= answer.income", "answer.income=1000.01", true, TRUTH_NO, NULL },
        { "answer.since < 2026-01-01", "answer.since=20251231", true, TRUTH_YES, NULL },
        { "answer.since <= today", "answer.since=20261126", true, TRUTH_YES, NULL },
        { "answer.since <= today", "answer.since=20260230", true, TRUTH_UNKNOWN, "answer.since" },
        { "card.address begins '浙江省'", "", true, TRUTH_YES, NULL },
        { "card.address begins '江苏省'", "", true, TRUTH_NO, NULL },
        { "card.division begins '33'", "", true, TRUTH_YES, NULL },
        { "card.division = '339999'", "", true, TRUTH_YES, NULL },
        { "card.sex = '2' and (card.age > 20 or no)", "", true, TRUTH_YES, NULL },
        { "card.birth < 1950-01-01", "", true, TRUTH_YES, NULL },
        { "fact.village = '样例村'", "fact.village=样例村", true, TRUTH_YES, NULL },
        { "no or yes and no", "", true, TRUTH_NO, NULL },
        { "not no and yes", "", true, TRUTH_YES, NULL },
    };
    char complaint[CATALOGUE_COMPLAINT];
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena a = { 0 };
        const char *missing;
        const struct rule_facts facts = { .today = "20261126",
                                          .card = rows[i].has_card ? &elder : NULL,
                                          .answer_of = answer_of,
                                          .fact_of = fact_of,
                                          .context = rows[i].known };
        const struct expression *e = parse(&a, rows[i].text, complaint);
        if (!e)
            fail_msg("%s: %s", rows[i].text, complaint);
        if (rule_holds(e, &facts, &missing) != rows[i].truth)
            fail_msg("%s with \"%s\"", rows[i].text, rows[i].known);
        CHECK(!missing == !rows[i].missing);
        if (missing)
            CHECK_STR(missing, rows[i].missing);
        CHECK_STR(rule_text(e), rows[i].text);
        arena_free(&a);
    }
}

static void test_rule_knows_nothing_when_nothing_is_given(void **state)
{
    (void)state;
    struct arena a = { 0 };
    char complaint[CATALOGUE_COMPLAINT];
    const struct rule_facts nothing = { 0 };
    const struct expression *e =
        parse(&a, "card.age > 3 or answer.alone or fact.pension or today > 2000-01-01", complaint);
    CHECK(e);
    CHECK_EQ(rule_holds(e, &nothing, NULL), TRUTH_UNKNOWN);
    arena_free(&a);
}

static void test_rule_shows_and_demands_fields(void **state)
{
    (void)state;
    struct arena a = { 0 };
    char complaint[CATALOGUE_COMPLAINT];
    static const char *const yes[] = { "yes" };
    struct field f = { .name = "guardian", .is_required = true, .visible = { "alone", 1, yes } };
    struct rule_facts facts = { .today = "20261126", .card = &elder, .answer_of = answer_of };
    CHECK(!field_is_shown(&f, &facts));
    facts.context = "answer.alone=yes";
    CHECK(field_is_shown(&f, &facts) && field_is_needed(&f, &facts));
    f.show_if = parse(&a, "card.age < 18", complaint);
    CHECK(!field_is_shown(&f, &facts) && !field_is_needed(&f, &facts));
    f.show_if = NULL;
    f.need_if = parse(&a, "fact.pension", complaint);
    CHECK(field_is_shown(&f, &facts) && !field_is_needed(&f, &facts)); /* not known: not demanded */
    facts.card = NULL;
    f.show_if = parse(&a, "card.age < 18", complaint);
    CHECK(field_is_shown(&f, &facts)); /* not known: asked */
    arena_free(&a);
}

RUN(T(test_rule_that_makes_no_sense_is_refused_with_the_place),
    T(test_rule_is_bounded_in_every_direction), T(test_rule_without_memory_is_none_at_every_point),
    T(test_rule_truth_with_what_is_known_and_what_is_not),
    T(test_rule_knows_nothing_when_nothing_is_given), T(test_rule_shows_and_demands_fields))
