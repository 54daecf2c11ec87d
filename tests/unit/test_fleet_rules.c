/* links: tests/platform firmware/case firmware/calendar firmware/update firmware/seal firmware/base */
#include <stdio.h>

#include "firmware/base/json.h"
#include "tests/platform/rollout.h"
#include "tests/platform/wellness.h"
#include "tests/support/check.h"

/* The county's rules about its kiosks: how one is, and when firmware goes further. */

static void test_rollout_goes_on_when_a_stage_is_whole_and_stops_when_kiosks_fall_back(void **state)
{
    enum { DAY = 86400 };
    static const struct {
        struct rollout_facts f;
        enum rollout_move move;
    } rows[] = {
        { { ROLLOUT_FIRST, 1, 1, 0, 2, DAY, DAY }, ROLLOUT_NEXT },
        { { ROLLOUT_FIRST, 1, 1, 0, 2, DAY - 1, DAY }, ROLLOUT_STAY }, /* too soon */
        { { ROLLOUT_FIRST, 1, 0, 0, 2, 9 * DAY, DAY }, ROLLOUT_STAY }, /* not there yet */
        { { ROLLOUT_FIRST, 0, 0, 0, 2, 9 * DAY, DAY }, ROLLOUT_STAY }, /* it is silent */
        { { ROLLOUT_TEN, 30, 29, 0, 2, 9 * DAY, DAY }, ROLLOUT_STAY },
        { { ROLLOUT_TEN, 30, 30, 0, 2, DAY, DAY }, ROLLOUT_NEXT },
        { { ROLLOUT_TEN, 0, 0, 0, 2, DAY, DAY }, ROLLOUT_NEXT }, /* ten percent of few is nobody */
        { { ROLLOUT_TEN, 30, 28, 1, 2, DAY, DAY }, ROLLOUT_STAY },
        { { ROLLOUT_TEN, 30, 28, 2, 2, 0, DAY }, ROLLOUT_STOP }, /* at once */
        { { ROLLOUT_ALL, 300, 300, 5, 2, DAY, DAY }, ROLLOUT_STOP },
        { { ROLLOUT_ALL, 300, 300, 1, 2, DAY, DAY }, ROLLOUT_DONE },
        { { ROLLOUT_ALL, 0, 0, 0, 2, DAY, DAY }, ROLLOUT_STAY },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rollout_judge(&rows[i].f) != rows[i].move)
            fail_msg("row %zu: %d", i, rollout_judge(&rows[i].f));
    CHECK_EQ(rollout_percent(ROLLOUT_FIRST), 0);
    CHECK_EQ(rollout_percent(ROLLOUT_TEN), 10);
    CHECK_EQ(rollout_percent(ROLLOUT_ALL), 100);
}

static struct wellness judge(const char *health, int64_t silent_s, bool is_revoked)
{
    char complaint[JSON_COMPLAINT];
    struct wellness w;
    AUTO(json_release) json_t *o = health ? json_parse(health, strlen(health), complaint) : NULL;
    CHECK(!health || o);
    wellness_judge(&w, &(struct wellness_facts){ o, silent_s, is_revoked });
    return w;
}

#define WELL_DEVICES                                                                            \
    "\"kiosk\":\"running\",\"devices\":{\"reader\":\"ok\",\"printer\":\"ok\",\"keypad\":\"not-" \
    "fitted\"}"

static void test_wellness_every_fault_has_a_colour_and_a_sentence(void **state)
{
    static const struct {
        const char *health, *says;
        enum wellness_colour colour;
        int64_t silent_s;
    } rows[] = {
        { "{" WELL_DEVICES ",\"paper_mm\":50000,\"queue\":{\"queued\":3,\"oldest_s\":60}}", NULL,
          WELL_GREEN, 60 },
        { "{" WELL_DEVICES "}", "not heard for 20 minutes", WELL_AMBER, 1200 },
        { "{" WELL_DEVICES "}", "not heard for 3 hours", WELL_RED, 3 * 3600 },
        { "{\"kiosk\":\"silent\"}", "itself does not run", WELL_RED, 0 },
        { "{" WELL_DEVICES ",\"closed\":true}", "takes nothing in", WELL_AMBER, 0 },
        { "{\"devices\":{\"reader\":\"failed\"},\"causes\":{\"reader\":\"reader.silent\"}}",
          "the card reader does not work (reader.silent)", WELL_RED, 0 },
        { "{\"devices\":{\"printer\":\"absent\"}}", "the printer is not found", WELL_RED, 0 },
        { "{\"devices\":{\"scanner\":\"absent\"}}", "the scanner is not found", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"paper_mm\":0}", "no paper", WELL_RED, 0 },
        { "{" WELL_DEVICES ",\"paper_mm\":9100}", "9 metres", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"disk_free_percent\":9}", "9 % of the disk", WELL_RED, 0 },
        { "{" WELL_DEVICES ",\"disk_free_percent\":19}", "19 % of the disk", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"clock_skew_s\":-300.5}", "off by -300 s", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"key_days\":-1}", "no valid key", WELL_RED, 0 },
        { "{" WELL_DEVICES ",\"key_days\":5}", "lasts 5 days", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"certificate_days\":3}", "lasts 3 days", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"queue\":{\"queued\":7,\"oldest_s\":90000}}",
          "7 items wait, the oldest for 25 hours", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"queue\":{\"queued\":7,\"oldest_s\":300000}}", "7 items wait",
          WELL_RED, 0 },
        { "{" WELL_DEVICES ",\"queue\":{\"held\":1,\"dead\":1}}", "2 items were set aside",
          WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"update\":{\"trouble\":\"there is no room\"}}",
          "update: there is no room", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"update\":{\"trouble\":\"\",\"last\":{\"version\":\"1.4.0\","
                           "\"outcome\":\"fell-back\",\"reason\":\"no screen\"}}}",
          "1.4.0 fell back: no screen", WELL_AMBER, 0 },
        { "{" WELL_DEVICES ",\"update\":{\"last\":{\"version\":\"1.4.0\",\"outcome\":\"installed\","
                           "\"reason\":\"\"}}}",
          NULL, WELL_GREEN, 0 },
        { NULL, "not heard yet", WELL_GREY, 0 },
        { "{\"devices\":7,\"queue\":[],\"update\":\"x\",\"paper_mm\":\"far\"}", NULL, WELL_GREEN,
          0 },
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct wellness w = judge(rows[i].health, rows[i].silent_s, false);
        if (w.colour != rows[i].colour || w.count != (rows[i].says != NULL))
            fail_msg("row %zu: %s, %zu reasons", i, wellness_colour_word(w.colour), w.count);
        if (rows[i].says && (!strstr(w.reasons[0].en, rows[i].says) || !*w.reasons[0].zh))
            fail_msg("row %zu: %s", i, w.reasons[0].en);
    }
}

static void test_wellness_red_comes_first_and_the_worst_colours_it(void **state)
{
    (void)state;
    struct wellness w = judge("{\"paper_mm\":5000,\"disk_free_percent\":15,\"devices\":{\"keypad\":"
                              "\"absent\"},\"key_days\":-1}",
                              1000, false);
    CHECK_EQ(w.colour, WELL_RED);
    CHECK_EQ(w.count, 5);
    CHECK_EQ(w.reasons[0].colour, WELL_RED);
    CHECK_EQ(w.reasons[1].colour, WELL_AMBER);
    w = judge("{\"key_days\":-1}", 0, true);
    CHECK_EQ(w.colour, WELL_GREY);
    CHECK_EQ(w.count, 1);
}

RUN(T(test_rollout_goes_on_when_a_stage_is_whole_and_stops_when_kiosks_fall_back),
    T(test_wellness_every_fault_has_a_colour_and_a_sentence),
    T(test_wellness_red_comes_first_and_the_worst_colours_it))
