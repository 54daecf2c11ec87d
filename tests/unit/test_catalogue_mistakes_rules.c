/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include "firmware/catalogue/catalogue.h"
#include "tests/support/planted.h"

#define AT "services[0] (T01)"
#define WORDS "{\"zh\": \"某\", \"en\": \"x\"}"

/* Facts, a rule that leads to T02, a hint, two questions under rules, and a bundle with a life event. */
static const struct planted base[] = {
    { "facts",
      "[{\"name\": \"pension\", \"type\": \"yes_no\", \"label\": " WORDS ", \"question\": " WORDS
      "},"
      " {\"name\": \"grade\", \"type\": \"number\", \"label\": " WORDS "}]",
      NULL },
    { "services/0/rules",
      "[{\"id\": \"age\", \"if\": \"card.age >= 60\", \"asks\": " WORDS ", \"refusal\": " WORDS
      ", \"basis\": " WORDS ", \"instead\": \"T02\"},"
      " {\"id\": \"alone\", \"if\": \"answer.alone\", \"asks\": " WORDS ", \"refusal\": " WORDS
      ", \"where\": " WORDS "}]",
      NULL },
    { "services/0/hint", "{\"if\": \"fact.pension and card.age >= 60\", \"words\": " WORDS "}",
      NULL },
    { "services/0/pages/2/fields/1/show_if", "\"answer.applicant = 'self'\"", NULL },
    { "services/0/pages/2/fields/2/need_if", "\"fact.grade <= 2\"", NULL },
    { "services/1/departments", "[{\"id\": \"police\", \"role\": \"lead\", \"name\": " WORDS "}]",
      NULL },
    { "services/1/parts",
      "[{\"id\": \"one\", \"name\": " WORDS ", \"department\": \"police\", \"promised_days\": 1,"
      " \"legal_days\": null, \"delivery\": [\"none\"], \"needs\": [\"reply\"]},"
      " {\"id\": \"two\", \"name\": " WORDS ", \"department\": \"police\", \"promised_days\": 1,"
      " \"legal_days\": null, \"delivery\": [\"none\"], \"needs\": [\"reply\"]}]",
      NULL },
    { "services/1/life_event", WORDS, NULL },
};

static const struct planted rule_mistakes[] = {
    { "services/0/basis", NULL, AT ".basis: is missing" },
    { "services/0/basis/en", NULL, AT ".basis.en: is missing" },
    { "services/0/basis/zh", "\"\"", AT ".basis.zh: must be a text of 1 to 600 bytes" },
    { "services/0/rules/0/basis", "\"Art. 2\"",
      AT ".rules[0].basis: must be an object with zh and en" },
    { "services/0/rules/0/basis/zh", NULL, AT ".rules[0].basis.zh: is missing" },
    { "services/0/rules/0/if", NULL, AT ".rules[0].if: is missing" },
    { "services/0/rules/0/if", "\"card.weight > 60\"",
      AT ".rules[0].if: at character 1: a card says age, birth, sex, division and address, nothing "
         "else" },
    { "services/0/rules/0/if", "\"card.age > '60'\"",
      AT ".rules[0].if: at character 16: a number cannot be compared with a text" },
    { "services/0/rules/0/if", "\"card.age\"",
      AT ".rules[0].if: at character 9: a number stands where yes or no was expected" },
    { "services/0/rules/0/if", "\"card.age >= 60 card.age\"",
      AT ".rules[0].if: at character 16: the rule was over, but something follows" },
    { "services/0/rules/0/if", "\"fact.income > 3\"",
      AT ".rules[0].if: at character 1: there is no fact named income in this catalogue" },
    { "services/0/rules/0/if", "\"answer.income_of > 3\"",
      AT ".rules[0].if: at character 1: no field named income_of stands before" },
    { "services/0/rules/0/if", "\"answer.applicant = 'nobody'\"",
      AT ".rules[0].if: at character 28: 'nobody' is not one of the choices of applicant" },
    { "services/0/rules/0/id", "\"Age\"", AT ".rules[0].id: must be 1 to 24 of a-z, 0-9 and -" },
    { "services/0/rules/1/id", "\"age\"", AT ".rules[1].id: age stands twice" },
    { "services/0/rules/0/asks", NULL, AT ".rules[0].asks: is missing" },
    { "services/0/rules/0/refusal/en", NULL, AT ".rules[0].refusal.en: is missing" },
    { "services/0/rules/0/instead", "\"T01\"",
      AT ".rules[0].instead: leads back to the same service" },
    { "services/0/rules/0/instead", "\"T99\"",
      AT ".rules[0].instead: there is no service of this code" },
    { "services/0/rules/0/instead", NULL,
      AT ".rules[0].instead: is missing: a refusal names what works instead (or where)" },
    { "services/0/rules/1/where/zh", NULL, AT ".rules[1].where.zh: is missing" },
    { "services/0/rules/0/else", "1", AT ".rules[0]: has a member else that is not known here" },
    { "services/0/rules", "{}", AT ".rules: must be a list of 0 to 12 elements" },
};

static const struct planted hint_mistakes[] = {
    { "services/0/hint", "\"from 60\"", AT ".hint: must be an object" },
    { "services/0/hint/if", NULL, AT ".hint.if: is missing" },
    { "services/0/hint/if", "\"answer.alone\"",
      AT ".hint.if: at character 1: no field named alone stands before" },
    { "services/0/hint/if", "\"fact.grade\"",
      AT ".hint.if: at character 11: a number stands where yes or no was expected" },
    { "services/0/hint/words", NULL, AT ".hint.words: is missing" },
    { "services/0/hint/words/zh", "\"多\\n行\"",
      AT ".hint.words.zh: contains a control character or a line break" },
    { "services/0/hint/once", "true", AT ".hint: has a member once that is not known here" },
};

static const struct planted condition_mistakes[] = {
    { "services/0/pages/2/fields/1/show_if", "\"answer.phone = '1'\"",
      AT ".pages[2].fields[1].show_if: at character 1: no field named phone stands before" },
    { "services/0/pages/2/fields/1/show_if", "\"answer.applicant\"",
      AT
      ".pages[2].fields[1].show_if: at character 17: a text stands where yes or no was expected" },
    { "services/0/pages/2/fields/1/show_if", "7",
      AT ".pages[2].fields[1].show_if: must be a text" },
    { "services/0/pages/2/fields/2/need_if", "\"fact.grade <=\"",
      AT ".pages[2].fields[2].need_if: at character 14: it ends too early" },
    { "services/0/pages/2/fields/2/need_if", "\"fact.grade <= 2026-02-30\"",
      AT ".pages[2].fields[2].need_if: at character 15: there is no such day" },
    { "services/0/pages/2/fields/2/need_if", "\"\"",
      AT ".pages[2].fields[2].need_if: must be a text of 1 to 400 bytes" },
    { "services/0/pages/2/fields/2/required", "false",
      AT ".pages[2].fields[2].required: need_if says when it is" },
    { "services/0/materials/2/when/values", NULL, AT ".materials[2].when.values: is missing" },
};

static const struct planted fact_mistakes[] = {
    { "facts", "{}", "facts: must be a list of 0 to 40 elements" },
    { "facts/0/name", "\"Pension\"", "facts[0].name: must be 1 to 31 of a-z, 0-9 and _" },
    { "facts/1/name", "\"pension\"", "facts[1].name: pension stands twice" },
    { "facts/0/type", "\"bool\"", "facts[0].type: must be one of yes_no, number, date, text" },
    { "facts/1/label", NULL, "facts[1].label: is missing" },
    { "facts/0/question/en", NULL, "facts[0].question.en: is missing" },
    { "facts/0", "3", "facts[0]: must be an object" },
};

static const struct planted event_mistakes[] = {
    { "services/0/life_event", WORDS,
      AT ".life_event: leads to a bundle: a single matter has none" },
    { "services/1/life_event", "\"a birth\"",
      "services[1] (T02).life_event: must be an object with zh and en" },
    { "services/1/life_event/en", NULL, "services[1] (T02).life_event.en: is missing" },
    { "services/1/life_event/zh", "\"有孩子 \"",
      "services[1] (T02).life_event.zh: begins or ends with a blank" },
};

#define CHECK_MISTAKES(list) \
    planted_check(list, sizeof(list) / sizeof((list)[0]), base, sizeof(base) / sizeof(base[0]))

static void test_catalogue_says_what_is_wrong_with_basis_and_conditions(void **state)
{
    (void)state;
    CHECK_MISTAKES(rule_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_hint(void **state)
{
    (void)state;
    CHECK_MISTAKES(hint_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_when_a_question_is_asked(void **state)
{
    (void)state;
    CHECK_MISTAKES(condition_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_fact(void **state)
{
    (void)state;
    CHECK_MISTAKES(fact_mistakes);
}

static void test_catalogue_says_what_is_wrong_with_a_life_event(void **state)
{
    (void)state;
    CHECK_MISTAKES(event_mistakes);
}

RUN(T(test_catalogue_says_what_is_wrong_with_basis_and_conditions),
    T(test_catalogue_says_what_is_wrong_with_a_hint),
    T(test_catalogue_says_what_is_wrong_with_when_a_question_is_asked),
    T(test_catalogue_says_what_is_wrong_with_a_fact),
    T(test_catalogue_says_what_is_wrong_with_a_life_event))
