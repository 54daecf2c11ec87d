/* links: tests/platform/open firmware/base */
#include "firmware/base/json.h"
#include "tests/platform/open/tally.h"
#include "tests/support/check.h"

static void check_tally(const char *item, const char *wanted)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *o = json_parse(item, strlen(item), complaint);
    AUTO(json_release) json_t *tally = tally_of(o);
    char *text = json_canonical(tally);
    CHECK(o);
    CHECK_STR(text, wanted);
    json_text_free(text);
}

static void test_tally_says_nothing_of_anybody(void **st)
{
    (void)st;
    check_tally(
        "{\"manifest\":{\"item_code\":\"D01\",\"receipt\":\"K0012-000001-7\"},"
        "\"resident\":{\"name\":\"测试甲\",\"number\":\"330602199001010018\"},"
        "\"form\":{\"phone\":\"13800000000\"},\"words\":\"x\",\"phone\":\"13800000000\","
        "\"help_mode\":\"assist\",\"help_service\":\"form\",\"village\":\"changshou\","
        "\"materials\":[{\"id\":\"a\",\"how\":\"fetched\"},{\"id\":\"b\",\"how\":\"to-show\"}]}",
        "{\"causes\":[],\"matter\":\"D01\",\"papers\":1,\"service\":\"form\","
        "\"village\":\"changshou\",\"way\":\"assist\"}");
}

static void test_tally_takes_no_name_and_no_number_for_a_word(void **st)
{
    (void)st;
    check_tally("{\"reason\":\"330602199001010018\",\"village\":\"测试甲\",\"help_mode\":\"a b\","
                "\"differs\":[\"13800000000\",7,\"fee\"],\"trips\":13800000000,"
                "\"manifest\":{\"item_code\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}",
                "{\"causes\":[\"fee\"]}");
    check_tally("[]", "{\"causes\":[]}");
    check_tally("{\"manifest\":7,\"rating\":\"x\",\"materials\":{},\"children\":3}",
                "{\"causes\":[]}");
}

static void test_tally_of_each_kind(void **st)
{
    (void)st;
    check_tally("{\"reason\":\"offices\",\"manifest\":{\"item_code\":\"\"}}",
                "{\"causes\":[\"offices\"]}");
    check_tally("{\"trips\":2,\"reason\":\"papers\"}", "{\"causes\":[\"papers\"],\"trips\":2}");
    check_tally("{\"rating\":{\"level\":2,\"tags\":[\"slow\",\"trips\"]}}",
                "{\"causes\":[\"slow\",\"trips\"],\"level\":2}");
    check_tally("{\"agency\":{\"agent\":{}},\"children\":[{},{},{}]}",
                "{\"causes\":[],\"links\":2,\"way\":\"act\"}");
}

RUN(T(test_tally_says_nothing_of_anybody), T(test_tally_takes_no_name_and_no_number_for_a_word),
    T(test_tally_of_each_kind))
