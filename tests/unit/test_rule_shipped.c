/* links: firmware/catalogue firmware/card firmware/base */
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#include "firmware/catalogue/rule.h"

/* What is known: "fact.grade=2". */
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

static const char *fact_of(const void *context, const char *name)
{
    return value_in(context, "fact", name);
}

static const struct person elder = { .layout = CARD_RESIDENT,
                                     .sex = '2',
                                     .birth = "19460315",
                                     .address = "浙江省测试市样例县",
                                     .number = "339999194603150045" };

static struct catalogue *shipped(void)
{
    struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    size_t length;
    char *text = test_file("../assets/catalogue/catalogue.json", &length);
    if (catalogue_load(&c, text, length, complaint))
        fail_msg("%s", complaint);
    free(text);
    return c;
}

static void test_rule_refusal_names_the_rule_and_a_way_that_works(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = shipped();
    struct person young = elder;
    strcpy(young.birth, "19600101"); /* 66 */
    const struct rule_facts facts = { .today = "20261126", .card = &young };
    struct verdict v[VERDICTS_MAX];
    const struct service *e02 = catalogue_find(c, "E02");
    CHECK_EQ(service_judge(c, e02, &facts, v), 2);
    CHECK_EQ(v[0].truth, TRUTH_NO);
    CHECK(strstr(v[0].rule->refusal.in[LANGUAGE_ZH], "没满 80 周岁"));
    CHECK(strstr(v[0].rule->refusal.in[LANGUAGE_EN], "age of 80"));
    CHECK_STR(service_route(c, v[0].rule, &facts)->code, "E01");
    CHECK_EQ(service_is_open(c, e02, &facts), TRUTH_NO);
    /* At 40 the elder card does not work either, and it names no other: the window it is. */
    strcpy(young.birth, "19860101");
    CHECK(!service_route(c, v[0].rule, &facts));
    /* Who cannot be judged is asked, not refused. */
    CHECK_EQ(service_judge(c, catalogue_find(c, "D02"), &facts, v), 1);
    CHECK_EQ(v[0].truth, TRUTH_UNKNOWN);
    CHECK_STR(v[0].ask->name, "has_disability_certificate");
    /* What only the county knows cannot be told here. */
    CHECK_EQ(service_judge(c, catalogue_find(c, "R02"), &facts, v), 1);
    CHECK(v[0].truth == TRUTH_UNKNOWN && v[0].missing && !v[0].ask);
}

static void test_rule_hints_come_from_the_card_alone(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = shipped();
    const struct service *out[10];
    struct rule_facts facts = {
        .today = "20261126", .card = &elder, .fact_of = fact_of, .context = ""
    };
    CHECK_EQ(catalogue_hints(c, &facts, out, 10), 2);
    CHECK_STR(out[0]->code, "E02");
    CHECK_STR(out[1]->code, "E06");
    facts.context = "fact.draws_pension=yes";
    CHECK_EQ(catalogue_hints(c, &facts, out, 10), 3);
    facts.card = NULL;
    facts.context = "";
    CHECK_EQ(catalogue_hints(c, &facts, out, 10), 0);
}

static void test_rule_every_refusal_of_the_shipped_catalogue_leads_somewhere(void **state)
{
    (void)state;
    AUTO(catalogue_free) struct catalogue *c = shipped();
    size_t rules = 0;
    for (size_t i = 0; i < catalogue_service_count(c); i++)
        for (size_t r = 0; r < catalogue_service(c, i)->rule_count; r++, rules++) {
            const struct service_rule *rule = &catalogue_service(c, i)->rules[r];
            CHECK(rule->instead || *rule->where.in[LANGUAGE_ZH]);
        }
    CHECK(rules >= 25);
}

RUN(T(test_rule_refusal_names_the_rule_and_a_way_that_works),
    T(test_rule_hints_come_from_the_card_alone),
    T(test_rule_every_refusal_of_the_shipped_catalogue_leads_somewhere))
