/* links: tests/platform firmware/calendar firmware/case firmware/base */
#include <stdlib.h>
#include <string.h>

#include "tests/platform/issue_level.h"
#include "tests/support/check.h"

static struct calendar cal;
static struct issue_rule rule;

static int read_text(struct issue_rule *out, const char *text, char complaint[JSON_COMPLAINT])
{
    AUTO(json_release) json_t *o = json_parse(text, strlen(text), complaint);
    return issue_rule_read(out, o, complaint);
}

static int begin(void **st)
{
    char complaint[JSON_COMPLAINT];
    size_t length;
    (void)st;
    char *pack = test_file("../assets/calendar/2026.json", &length);
    int r = calendar_learn(&cal, pack, length, complaint);
    free(pack);
    char *text = test_file("../assets/county/issue-levels.json", &length);
    if (!r)
        r = read_text(&rule, text, complaint);
    free(text);
    return r;
}

static void test_issue_level_is_the_highest_of_its_cause_and_of_what_it_reaches(void **st)
{
    static const struct {
        struct issue_facts facts;
        int level;
    } cases[] = {
        { { "fault", "paper", 1, 1, 0 }, 1 },      { { "fault", "paper", 5, 1, 0 }, 2 },
        { { "fault", "paper", 20, 1, 0 }, 3 },     { { "left", "page-2", 3, 3, 0 }, 2 },
        { { "left", "page-2", 4, 2, 0 }, 1 },      { { "left", "page-2", 12, 10, 0 }, 3 },
        { { "rating", "slow", 1, 1, 1 }, 2 },      { { "rating", "slow", 1, 1, 3 }, 3 },
        { { "late", "promise", 1, 0, 0 }, 2 },     { { "late", "law", 1, 0, 0 }, 3 },
        { { "unsettled", "papers", 1, 1, 0 }, 2 }, { { "unsettled", "rules", 1, 1, 0 }, 3 },
        { { "a-new-one", "x", 1, 1, 0 }, 1 },
    };
    (void)st;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK_EQ(issue_level_of(&rule, &cases[i].facts), cases[i].level);
}

struct misses {
    size_t count;
    struct issue_stand was[ISSUE_LEVELS];
    day due[ISSUE_LEVELS];
};

static int note(void *context, struct issue_stand was, day due)
{
    struct misses *m = context;
    m->was[m->count] = was;
    m->due[m->count++] = due;
    return 0;
}

/* Friday 2026-11-27: one working day is Monday, five more the Monday after it, ten more two weeks later. */
static void test_issue_level_climbs_when_its_time_is_over_and_says_who_missed_it(void **st)
{
    day opened = day_from_text("20261127");
    struct issue_stand s = { 1, opened };
    struct misses m = { 0 };
    (void)st;
    CHECK_EQ(issue_climb(&s, &rule, &cal, day_from_text("20261130"), &m, note), 0);
    CHECK_EQ(s.level, 1); /* its last day is not over */
    CHECK_EQ(issue_climb(&s, &rule, &cal, day_from_text("20261201"), &m, note), 0);
    CHECK_EQ(s.level, 2);
    CHECK_EQ(m.count, 1);
    CHECK_EQ(m.was[0].level, 1);
    CHECK_EQ(m.due[0], day_from_text("20261130"));
    CHECK_EQ(issue_due(&rule, &cal, s), day_from_text("20261207"));
    /* However late somebody looks, it is the same as looking every day. */
    struct issue_stand late = { 1, opened };
    struct misses all = { 0 };
    CHECK_EQ(issue_climb(&late, &rule, &cal, day_from_text("20261222"), &all, note), 0);
    CHECK_EQ(late.level, 4);
    CHECK_EQ(all.count, 3);
    CHECK_EQ(all.due[1], day_from_text("20261207"));
    CHECK_EQ(all.due[2], day_from_text("20261221"));
    for (day d = opened; d <= day_from_text("20261222"); d++)
        CHECK_EQ(issue_climb(&s, &rule, &cal, d, NULL, NULL), 0);
    CHECK_EQ(s.level, late.level);
    CHECK_EQ(s.since, late.since);
}

static void test_issue_level_of_the_last_one_stays_and_is_late_there(void **st)
{
    struct issue_stand s = { 4, day_from_text("20260105") };
    struct misses m = { 0 };
    (void)st;
    CHECK_EQ(issue_climb(&s, &rule, &cal, day_from_text("20261127"), &m, note), 0);
    CHECK_EQ(s.level, 4);
    CHECK_EQ(m.count, 0);
    CHECK(issue_due(&rule, &cal, s) < day_from_text("20261127"));
}

static void test_issue_level_goes_up_with_its_reach_on_that_day_and_never_down(void **st)
{
    struct issue_stand s = { 1, 100 };
    (void)st;
    issue_lift(&s, 1, 105);
    CHECK_EQ(s.since, 100);
    issue_lift(&s, 3, 105);
    CHECK_EQ(s.level, 3);
    CHECK_EQ(s.since, 105); /* whoever gets it has their whole time */
    issue_lift(&s, 2, 106);
    CHECK_EQ(s.level, 3);
}

#define LEVEL "{\"owner\":{\"zh\":\"a\",\"en\":\"a\"},\"days\":1}"
#define LEVELS "\"levels\":[" LEVEL "," LEVEL "," LEVEL "," LEVEL "]"

static void test_issue_level_rule_with_a_mistake_is_refused_with_its_place(void **st)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        { "{}", "levels" },
        { "{\"levels\":[" LEVEL "],\"causes\":[],\"reach\":[]}", "levels" },
        { "{" LEVELS ",\"causes\":[{\"source\":\"late\",\"level\":5}],\"reach\":[]}",
          "causes[0].level" },
        { "{" LEVELS ",\"causes\":[],\"reach\":[{\"level\":2}]}", "reach[0]" },
        { "{" LEVELS ",\"causes\":[],\"reach\":[{\"times\":0,\"level\":2}]}", "reach[0].times" },
        { "{" LEVELS ",\"causes\":[],\"reach\":[],\"more\":1}", "more" },
    };
    char complaint[JSON_COMPLAINT];
    struct issue_rule out;
    (void)st;
    CHECK_EQ(read_text(&out, "{" LEVELS ",\"causes\":[],\"reach\":[]}", complaint), 0);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        CHECK_EQ(read_text(&out, cases[i].text, complaint), -EBADMSG);
        CHECK(strstr(complaint, cases[i].says));
    }
}

static const struct CMUnitTest tests[] = {
    T(test_issue_level_is_the_highest_of_its_cause_and_of_what_it_reaches),
    T(test_issue_level_climbs_when_its_time_is_over_and_says_who_missed_it),
    T(test_issue_level_of_the_last_one_stays_and_is_late_there),
    T(test_issue_level_goes_up_with_its_reach_on_that_day_and_never_down),
    T(test_issue_level_rule_with_a_mistake_is_refused_with_its_place),
};

int main(void)
{
    return cmocka_run_group_tests(tests, begin, NULL);
}
