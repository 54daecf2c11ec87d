/* links: board/common firmware/update firmware/seal firmware/base */
#include <stdio.h>
#include <string.h>

#include "board/common/self_test.h"
#include "tests/support/check.h"

/* As kiosk-syncd answers `status` when all is well. */
#define STATUS(kiosk, reader, printer, printer_cause, contact, cable)                    \
    "{\"ok\":true,\"link\":\"up\",\"refusal\":\"\",\"last_contact_ms\":" contact         \
    ",\"kiosk\":\"" kiosk "\",\"cable\":\"" cable                                        \
    "\",\"devices\":{\"screen\":\"ok\",\"reader\":\"" reader "\",\"printer\":\"" printer \
    "\"},\"causes\":{\"printer\":\"" printer_cause "\"}}"
#define WELL STATUS("running", "ok", "ok", "", "1764000000000", "in")

static struct self_facts facts(const char *text)
{
    char complaint[JSON_COMPLAINT];
    struct self_facts f;
    AUTO(json_release) json_t *o = json_parse(text, strlen(text), complaint);
    assert_non_null(o);
    self_test_read(&f, o);
    return f;
}

static const char *judged(const char *now, const char *before)
{
    struct self_facts n = facts(now), b = facts(before ? before : "{}");
    const char *why = self_test_judge(&n, before ? &b : NULL);
    return why ? why : "passed";
}

static void test_self_test_fails_on_what_is_no_answer(void **state)
{
    static const char *const bad[] = { "{}", "[]", "{\"link\":\"\"}", "{\"link\":3,\"kiosk\":{}}",
                                       "{\"devices\":[],\"causes\":\"x\",\"refusal\":[]}" };
    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        CHECK_STR(judged(bad[i], NULL), "the queue does not open");
}

static void test_self_test_asks_queue_kiosk_and_screen_after_every_start(void **state)
{
    (void)state;
    CHECK_STR(judged(WELL, NULL), "passed");
    CHECK_STR(judged("{\"link\":\"up\",\"refusal\":\"storage\",\"kiosk\":\"running\","
                     "\"devices\":{\"screen\":\"ok\"}}",
                     NULL),
              "the queue does not open");
    CHECK_STR(judged(STATUS("silent", "ok", "ok", "", "1", "in"), NULL), "the kiosk does not run");
    CHECK_STR(
        judged("{\"link\":\"up\",\"kiosk\":\"running\",\"devices\":{\"screen\":\"failed\"}}", NULL),
        "no picture is on the screen");
    /* A kiosk that has not joined yet works. */
    CHECK_STR(judged("{\"link\":\"unenrolled\",\"refusal\":\"unenrolled\",\"kiosk\":\"running\","
                     "\"devices\":{\"screen\":\"ok\"}}",
                     NULL),
              "passed");
}

static void test_self_test_holds_devices_against_how_they_were(void **state)
{
    (void)state;
    static const struct {
        const char *reader_before, *reader, *printer_before, *printer, *cause, *said;
    } rows[] = {
        { "ok", "ok", "ok", "ok", "", "passed" },
        { "ok", "absent", "ok", "ok", "", "the reader that was there before is missed" },
        { "ok", "failed", "ok", "ok", "", "the reader that was there before is missed" },
        { "ok", "not-fitted", "ok", "ok", "", "the reader that was there before is missed" },
        { "absent", "absent", "ok", "ok", "", "passed" },
        { "failed", "failed", "ok", "ok", "", "passed" },
        { "absent", "ok", "absent", "ok", "", "passed" },
        { "ok", "ok", "ok", "absent", "printer-off",
          "the printer that was there before is missed" },
        { "ok", "ok", "ok", "failed", "printer-permission",
          "the printer that was there before is missed" },
        { "ok", "ok", "ok", "failed", "printer-no-paper",
          "passed" }, /* somebody pulls a slip: not the image's */
        { "ok", "ok", "absent", "absent", "printer-off", "passed" },
        { "ok", "ok", "not-fitted", "not-fitted", "", "passed" },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char before[512], now[512];
        static const char form[] =
            "{\"link\":\"up\",\"last_contact_ms\":1,\"kiosk\":\"running\",\"devices\":{\"screen\":"
            "\"ok\",\"reader\":\"%s\","
            "\"printer\":\"%s\"},\"causes\":{\"printer\":\"%s\"}}";
        snprintf(before, sizeof(before), form, rows[i].reader_before, rows[i].printer_before, "");
        snprintf(now, sizeof(now), form, rows[i].reader, rows[i].printer, rows[i].cause);
        CHECK_STR(judged(now, before), rows[i].said);
        /* Without an update on trial a cable that is out is no fault of the image. */
        CHECK_STR(judged(now, NULL), "passed");
    }
}

static void test_self_test_wants_the_county_reached_or_known_to_be_out_of_reach(void **state)
{
    (void)state;
#define COUNTY(contact, cable) STATUS("running", "ok", "ok", "", contact, cable)
    static const char missed[] = "the county that was reached before is not";
    CHECK_STR(judged(COUNTY("0", "in"), COUNTY("5", "in")), missed);
    CHECK_STR(judged(COUNTY("0", "none"), COUNTY("5", "in")), missed);  /* lost its network card */
    CHECK_STR(judged(COUNTY("0", "out"), COUNTY("5", "in")), "passed"); /* nothing is plugged in */
    CHECK_STR(judged(COUNTY("0", "in"), "{\"link\":\"down\",\"last_contact_ms\":0}"), "passed");
    CHECK_STR(judged(COUNTY("7", "in"), COUNTY("5", "in")), "passed");
    CHECK_STR(judged(COUNTY("0", "in"), NULL), "passed");
    /* Reached days ago and not any more: the line was dead before the update, which may be what staff bring against it. */
    CHECK_STR(judged(COUNTY("0", "in"), "{\"link\":\"down\",\"last_contact_ms\":5}"), "passed");
}

static void test_self_test_before_goes_through_a_file(void **state)
{
    struct self_facts f = facts(WELL), back;
    (void)state;
    f.has_printer = false;
    AUTO(json_release) json_t *trial = json_pack("{so}", "before", self_test_before_json(&f));
    CHECK(self_test_before_read(&back, trial));
    CHECK(back.has_reader && !back.has_printer && back.is_link_up);
    AUTO(json_release) json_t *none = json_pack("{ss}", "version", "1.4.0");
    CHECK(!self_test_before_read(&back, none) && !back.has_reader);
    CHECK(!self_test_before_read(&back, NULL));
}

RUN(T(test_self_test_fails_on_what_is_no_answer),
    T(test_self_test_asks_queue_kiosk_and_screen_after_every_start),
    T(test_self_test_holds_devices_against_how_they_were),
    T(test_self_test_wants_the_county_reached_or_known_to_be_out_of_reach),
    T(test_self_test_before_goes_through_a_file))
