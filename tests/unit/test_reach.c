/* links: firmware/service firmware/update firmware/point drivers/stick firmware/seal firmware/base */
#include "firmware/service/reach.h"

#include "firmware/base/json.h"
#include "tests/support/check.h"

static struct reach judge(const char *status)
{
    char complaint[JSON_COMPLAINT];
    struct reach_facts f;
    struct reach r;
    AUTO(json_release) json_t *o = json_parse(status, strlen(status), complaint);
    CHECK(o != NULL);
    reach_read(&f, o);
    reach_judge(&r, &f);
    return r;
}

#define WAY(cable, address, trouble, tries, quality)                                      \
    "{\"cable\":\"" cable "\",\"address\":\"" address                                     \
    "\",\"county\":\"kiosk.county.example\",\"trouble\":\"" trouble "\",\"tries\":" tries \
    ",\"enrolled\":true,\"clock_quality\":" quality "}"

static void test_reach_finds_the_first_part_of_the_way_that_fails(void **state)
{
    (void)state;
    static const struct {
        const char *status;
        enum reach_state states[REACH_PARTS];
        bool is_well;
    } rows[] = {
        { WAY("in", "10.3.0.20", "", "4", "3"),
          { REACH_WELL, REACH_WELL, REACH_WELL, REACH_WELL, REACH_WELL },
          true },
        { WAY("out", "", "silent", "4", "1"),
          { REACH_FAILED, REACH_UNKNOWN, REACH_UNKNOWN, REACH_UNKNOWN, REACH_LOOK },
          false },
        { WAY("in", "", "name", "4", "1"),
          { REACH_WELL, REACH_FAILED, REACH_UNKNOWN, REACH_UNKNOWN, REACH_LOOK },
          false },
        { WAY("in", "10.3.0.20", "name", "4", "1"),
          { REACH_WELL, REACH_WELL, REACH_FAILED, REACH_UNKNOWN, REACH_LOOK },
          false },
        { WAY("in", "10.3.0.20", "silent", "4", "1"),
          { REACH_WELL, REACH_WELL, REACH_WELL, REACH_FAILED, REACH_LOOK },
          false },
        { WAY("in", "10.3.0.20", "stranger", "4", "3"),
          { REACH_WELL, REACH_WELL, REACH_WELL, REACH_FAILED, REACH_WELL },
          false },
        { WAY("in", "10.3.0.20", "dates", "4", "0"),
          { REACH_WELL, REACH_WELL, REACH_WELL, REACH_FAILED, REACH_FAILED },
          false },
        { WAY("in", "10.3.0.20", "", "0", "3"), /* nothing was asked yet */
          { REACH_WELL, REACH_WELL, REACH_UNKNOWN, REACH_UNKNOWN, REACH_WELL },
          false },
        { WAY("none", "", "", "2", "3"), /* the county is on this very machine */
          { REACH_WELL, REACH_WELL, REACH_WELL, REACH_WELL, REACH_WELL },
          true },
        { WAY("none", "", "silent", "2", "3"),
          { REACH_FAILED, REACH_UNKNOWN, REACH_UNKNOWN, REACH_UNKNOWN, REACH_WELL },
          false },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct reach r = judge(rows[i].status);
        CHECK_EQ(r.is_well, rows[i].is_well);
        for (int part = 0; part < REACH_PARTS; part++) {
            if (r.lines[part].state != rows[i].states[part])
                fail_msg("row %zu, %s: %d", i, reach_part_word((enum reach_part)part),
                         (int)r.lines[part].state);
            CHECK(*r.lines[part].zh && *r.lines[part].en);
        }
    }
}

static void test_reach_needs_no_name_for_a_county_by_number(void **state)
{
    (void)state;
    struct reach r =
        judge("{\"cable\":\"in\",\"address\":\"10.3.0.20\",\"county\":\"10.3.0.1:8443\","
              "\"trouble\":\"silent\",\"tries\":1,\"clock_quality\":3}");
    CHECK_EQ(r.lines[REACH_NAME].state, REACH_WELL);
    CHECK_EQ(r.lines[REACH_COUNTY].state, REACH_FAILED);
}

static void test_reach_says_not_known_of_a_word_that_is_new_to_it(void **state)
{
    (void)state;
    struct reach r = judge(WAY("in", "10.3.0.20", "quantum", "1", "3"));
    CHECK_EQ(r.lines[REACH_COUNTY].state, REACH_UNKNOWN);
    CHECK(!r.is_well);
}

RUN(T(test_reach_finds_the_first_part_of_the_way_that_fails),
    T(test_reach_needs_no_name_for_a_county_by_number),
    T(test_reach_says_not_known_of_a_word_that_is_new_to_it))
