/* links: firmware/point firmware/base */
#include "firmware/base/json.h"
#include "firmware/point/figures.h"
#include "tests/support/check.h"

static bool read(struct point_figures *f, const char *text)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(text, strlen(text), complaint);
    return figures_read(f, o);
}

static void test_figures_of_a_reply_that_is_none_are_not_known(void **st)
{
    static const char *const replies[] = { "{}",
                                           "[]",
                                           "{\"month\":\"202611\"}",
                                           "{\"month\":\"2026-1\",\"figures\":[]}",
                                           "{\"month\":202611,\"figures\":[]}",
                                           "{\"month\":\"202611\",\"figures\":{}}" };
    struct point_figures f;
    (void)st;
    for (size_t i = 0; i < sizeof(replies) / sizeof(replies[0]); i++) {
        CHECK(!read(&f, replies[i]));
        CHECK(!f.is_known && !f.done && !*f.month);
    }
    CHECK(!figures_read(&f, NULL));
}

static void test_figures_add_up_by_what_they_are(void **st)
{
    struct point_figures f;
    (void)st;
    CHECK(read(&f, "{\"month\":\"202611\",\"figures\":["
                   "{\"what\":\"done\",\"detail\":\"alone\",\"count\":6},"
                   "{\"what\":\"done\",\"detail\":\"assist\",\"count\":2},"
                   "{\"what\":\"done\",\"detail\":\"act\",\"count\":1},"
                   "{\"what\":\"again\",\"detail\":\"\",\"count\":1},"
                   "{\"what\":\"zero\",\"count\":3},{\"what\":\"papers\",\"count\":12},"
                   "{\"what\":\"links\",\"count\":4},{\"what\":\"days\",\"count\":9},"
                   "{\"what\":\"left\",\"detail\":\"page-1\",\"count\":2},"
                   "{\"what\":\"left\",\"detail\":\"review\",\"count\":1},"
                   "{\"what\":\"fault\",\"detail\":\"paper\",\"count\":1},"
                   "{\"what\":\"of-a-later-firmware\",\"count\":1},"
                   "{\"what\":7,\"count\":\"x\"},null,"
                   "{\"what\":\"papers\",\"count\":-5}]}"));
    CHECK_STR(f.month, "202611");
    CHECK_EQ(f.done, 9);
    CHECK_EQ(f.helped, 2);
    CHECK_EQ(f.by_agent, 1);
    CHECK_EQ(f.again, 1);
    CHECK_EQ(f.zero, 3);
    CHECK_EQ(f.papers, 12);
    CHECK_EQ(f.forms, 4);
    CHECK_EQ(f.days, 9);
    CHECK_EQ(f.left, 3);
    CHECK_EQ(f.faults, 1);
}

static void test_figures_of_few_people_are_not_told(void **st)
{
    struct point_figures f = { .is_known = true, .done = 4 };
    (void)st;
    bool is_at_least;
    CHECK_EQ(figures_share(&f, 4, &is_at_least), -1);
    f.done = 100;
    CHECK_EQ(figures_share(&f, 4, &is_at_least), -1);
    CHECK_EQ(figures_share(&f, 101, &is_at_least), -1);
    CHECK_EQ(figures_share(&f, -1, &is_at_least), -1);
    CHECK_EQ(figures_share(&f, 0, &is_at_least), 0);
    CHECK_EQ(figures_share(&f, 100, &is_at_least), 100);
    CHECK(!is_at_least);
    CHECK_EQ(figures_share(&f, 95, &is_at_least), 95);
    CHECK(!is_at_least);
    for (int rest = 1; rest < FIGURES_LEAST;
         rest++) { /* whichever of them it is, it looks the same */
        CHECK_EQ(figures_share(&f, 100 - rest, &is_at_least), 95);
        CHECK(is_at_least);
    }
    CHECK_EQ(figures_people(0), 0);
    CHECK_EQ(figures_people(1), -1);
    CHECK_EQ(figures_people(4), -1);
    CHECK_EQ(figures_people(5), 5);
}

static void test_figures_never_overflow(void **st)
{
    struct point_figures f;
    (void)st;
    CHECK(read(&f, "{\"month\":\"202611\",\"figures\":["
                   "{\"what\":\"days\",\"count\":9223372036854775807},"
                   "{\"what\":\"days\",\"count\":9223372036854775807}]}"));
    CHECK_EQ(f.days, 1000000);
}

RUN(T(test_figures_of_a_reply_that_is_none_are_not_known), T(test_figures_add_up_by_what_they_are),
    T(test_figures_of_few_people_are_not_told), T(test_figures_never_overflow))
