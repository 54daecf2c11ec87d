/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/session/certificate.h"
#include "tests/support/check.h"

/* What the county says it holds is read strictly: one slip, and nothing of it counts. */

static const char question[] = "00112233445566778899aabbccddeeff";
static const char good[] =
    "{\"schema\":1,\"question\":\"00112233445566778899aabbccddeeff\",\"certificates\":[{\"paper\":"
    "\"household\",\"id\":\"HJ-1\",\"version\":\"7\",\"office\":{\"zh\":\"公安\",\"en\":\"Police\"}"
    ","
    "\"issued\":\"20190604\",\"until\":\"20340311\",\"values\":[{\"name\":\"head\",\"label\":{"
    "\"zh\":"
    "\"户主\",\"en\":\"Head\"},\"mask\":\"name\",\"value\":\"测试丁\"}]}]}";

static int read_text(struct certificates *out, const char *text)
{
    return certificates_read(out, text, strlen(text), question);
}

static void test_certificate_is_read_whole(void **state)
{
    (void)state;
    struct certificates got;
    CHECK_EQ(read_text(&got, good), 0);
    CHECK_EQ(got.count, 1);
    const struct certificate *c = &got.list[0];
    CHECK_STR(c->paper, "household");
    CHECK_STR(c->id, "HJ-1");
    CHECK_STR(c->version, "7");
    CHECK_STR(c->office[LANGUAGE_EN], "Police");
    CHECK_STR(c->issued, "20190604");
    CHECK_STR(c->until, "20340311");
    const struct certificate_value *v = certificate_find(c, "head");
    CHECK(v && v->mask == MASK_NAME);
    CHECK_STR(v->label[LANGUAGE_ZH], "户主");
    CHECK_STR(v->value, "测试丁");
    CHECK(!certificate_find(c, "tail"));
}

static void test_certificate_list_may_be_empty(void **state)
{
    (void)state;
    struct certificates got;
    CHECK_EQ(read_text(&got, "{\"schema\":1,\"question\":\"00112233445566778899aabbccddeeff\","
                             "\"certificates\":[]}"),
             0);
    CHECK_EQ(got.count, 0);
}

/* `at` of the good text becomes `instead`. */
static char *changed(const char *at, const char *instead)
{
    const char *here = strstr(good, at);
    char *text = calloc(1, sizeof(good) + 4096);
    CHECK(here && text);
    size_t before = (size_t)(here - good);
    snprintf(text, sizeof(good) + 4096, "%.*s%s%s", (int)before, good, instead, here + strlen(at));
    return text;
}

static void test_certificate_with_one_slip_counts_for_nothing(void **state)
{
    static const struct {
        const char *at, *instead;
    } slips[] = {
        { "\"schema\":1", "\"schema\":2" },
        { "ddeeff", "ddeefe" }, /* answers another question */
        { "\"household\"", "\"House Hold\"" },
        { "\"HJ-1\"", "\"\"" },
        { "\"HJ-1\"", "\"HJ\\u0007\"" },
        { "\"HJ-1\"", "7" },
        { "\"version\":\"7\"", "\"version\":\"12345678901234567\"" },
        { "\"en\":\"Police\"", "\"en\":\"\"" },
        { "\"en\":\"Police\"", "\"en\":\"Police\",\"fr\":\"Police\"" },
        { "20190604", "20190631" },
        { "20190604", "2019060" },
        { "20340311", "forever" },
        { "\"name\":\"head\"", "\"name\":\"Head!\"" },
        { "\"mask\":\"name\"", "\"mask\":\"black\"" },
        { "\"value\":\"测试丁\"", "\"value\":null" },
        { "\"values\":[", "\"colour\":1,\"values\":[" },
        { "\"values\":[", "\"values\":[{\"name\":\"head\",\"label\":{\"zh\":\"甲\",\"en\":\"A\"},"
                          "\"value\":\"x\"}," },
        { "]}]}", "]}]" },
        { "]}]}", "]}]} "
                  "x" },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(slips) / sizeof(slips[0]); i++) {
        struct certificates got, none = { 0 };
        char *text = changed(slips[i].at, slips[i].instead);
        if (certificates_read(&got, text, strlen(text), question) != -EBADMSG)
            fail_msg("%s was read as if it were %s", slips[i].instead, slips[i].at);
        CHECK(!memcmp(&got, &none, sizeof(got)));
        free(text);
    }
}

static void test_certificate_of_one_paper_stands_once(void **state)
{
    (void)state;
    struct certificates got;
    const char *list = strstr(good, "[{\"paper\""), *end = good + strlen(good) - 2;
    char *text = calloc(1, 2 * sizeof(good));
    CHECK(list && text);
    snprintf(text, 2 * sizeof(good), "%.*s,%.*s]}", (int)(end - good), good, (int)(end - list - 1),
             list + 1);
    CHECK_EQ(read_text(&got, text), -EBADMSG);
    free(text);
}

static void test_certificate_cut_anywhere_is_none(void **state)
{
    (void)state;
    struct certificates got;
    for (size_t n = 0; n < strlen(good); n++)
        CHECK_EQ(certificates_read(&got, good, n, question), -EBADMSG);
}

RUN(T(test_certificate_is_read_whole), T(test_certificate_list_may_be_empty),
    T(test_certificate_with_one_slip_counts_for_nothing),
    T(test_certificate_of_one_paper_stands_once), T(test_certificate_cut_anywhere_is_none))
