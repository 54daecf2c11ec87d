/* links: drivers/printer board/host/sim firmware/base */
#include "tests/support/printer_rig.h"

/* ---- a good day ---------------------------------------------------------------------- */

static void test_printer_prints_and_proves_by_process_id(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_P);
    CHECK_EQ(printer_profile(rig.printer)->width_dots, WIDTH);
    CHECK_STR(printer_identity(rig.printer)->maker, "OneTrip");
    CHECK_EQ(printer_trouble(rig.printer), PRINTER_NO_TROUBLE);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 0); /* the probes cost no paper */
    uint64_t before = taken();
    int64_t began = fake_now();
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(o.level, PRINTER_LEVEL_P);
    CHECK_EQ(o.bytes, PAGE);
    CHECK_EQ(rig.sent_bytes, PAGE);
    CHECK(!o.has_cutter_warning && !o.is_gone && !o.has_fragment);
    CHECK_EQ(taken() - before, PAGE + ASKED);
    CHECK(fake_now() - began >=
          800 * 1000 / (150 * 8)); /* proven when it is out, not when it is sent */
    CHECK_EQ(sim_printer_slip_count(rig.model), 1);
    check_slip(0);
    check_next_page(false);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_levels_fall_with_what_it_knows(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum printer_level level;
        enum printer_result result;
    } rows[] = { { "no-process-id", PRINTER_LEVEL_R, PRINTER_CONFIRMED },
                 { "no-reply", PRINTER_LEVEL_S, PRINTER_CONFIRMED },
                 { "mute", PRINTER_LEVEL_N, PRINTER_SENT } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        fault("none", 0);
        fault(rows[i].fault, 0);
        CHECK_EQ(open_printer(), 0);
        CHECK_EQ(printer_level(rig.printer), rows[i].level);
        struct printer_outcome o = print(false);
        CHECK_EQ(o.result, rows[i].result);
        CHECK_EQ(o.level, rows[i].level);
        printer_close(rig.printer);
        rig.printer = NULL;
    }
    fake_clock_advance(&fake_usb.clock, 5000);
    fault("none", 0);
    CHECK_EQ(open_printer(), 0); /* lets the last one come out */
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_silence_on_the_paper_byte_lowers_the_level(void **state)
{
    (void)state;
    fault("no-process-id", 0);
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_R);
    fault("no-reply", 0);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(o.level, PRINTER_LEVEL_S);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_S);
    int64_t began = fake_now();
    CHECK_EQ(print(false).result, PRINTER_CONFIRMED);
    CHECK(fake_now() - began < 8000); /* it is not waited for again */
}

static void test_printer_clean_status_is_proof_only_while_it_is_heard(void **state)
{
    (void)state;
    fault("no-reply", 0);
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_S);
    rig.mute_ms = fake_now() + 200;
    CHECK_EQ(print(false).result, PRINTER_UNCERTAIN);
    fault("none", 0);
    fault("no-reply", 0);
    fake_clock_advance(&fake_usb.clock, 6000);
    CHECK_EQ(printer_poll(rig.printer, 0), 0);
    fault("paper-out-after", 500);
    struct printer_outcome o = print(true);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_PAPER_END);
}

static void test_printer_one_way_interface_is_sent_and_nothing_more(void **state)
{
    (void)state;
    fake_usb_plug(sim_printer_device(rig.model), 7, 1, 1);
    fake_usb.info.interfaces[0].endpoint_count = 1;
    sim_printer_paper(rig.model, SIM_PAPER_END); /* it could not say so */
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_N);
    sim_printer_paper(rig.model, SIM_PAPER_OK);
    CHECK_EQ(print(false).result, PRINTER_SENT);
    fake_clock_advance(&fake_usb.clock, 5000);
    CHECK_EQ(print(false).result, PRINTER_SENT);
    check_slip(0);
}

/* ---- refused before a byte ----------------------------------------------------------- */

static void test_printer_refuses_to_begin_with_a_trouble(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    sim_printer_cover(rig.model, true);
    check_refused(PRINTER_COVER_OPEN);
    sim_printer_cover(rig.model, false);
    sim_printer_paper(rig.model, SIM_PAPER_END);
    check_refused(PRINTER_PAPER_END);
    sim_printer_paper(rig.model, SIM_PAPER_OK);
    fault("unrecoverable", 0);
    check_refused(PRINTER_UNRECOVERABLE);
    fault("none", 0);
    fault("mute", 0); /* it could report, and does not */
    check_refused(PRINTER_UNKNOWN);
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 6000);
    check_next_page(false);
}

static void test_printer_near_end_prints_and_says_so(void **state)
{
    (void)state;
    char words[PRINTER_STATUS_WORDS];
    CHECK_EQ(open_printer(), 0);
    sim_printer_paper(rig.model, SIM_PAPER_NEAR_END);
    check_next_page(false);
    printer_status_words(words, printer_status(rig.printer));
    CHECK_STR(words, "ready, paper near end");
}

static void test_printer_opened_with_the_cover_open_is_probed_later(void **state)
{
    (void)state;
    sim_printer_cover(rig.model, true);
    fault("no-process-id", 0);
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_trouble(rig.printer), PRINTER_COVER_OPEN);
    sim_printer_cover(rig.model, false);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(o.level, PRINTER_LEVEL_R);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

/* ---- finding it ---------------------------------------------------------------------- */

static struct usb_info device(uint16_t vendor, uint8_t class, uint8_t protocol, size_t endpoints)
{
    return (struct usb_info){
        .vendor = vendor,
        .interface_count = 1,
        .interfaces = { { .number = 3,
                          .class = class,
                          .subclass = 1,
                          .protocol = protocol,
                          .endpoint_count = endpoints,
                          .endpoints = { { 0x02, USB_BULK, 64 }, { 0x83, USB_BULK, 64 } } } }
    };
}

static void test_printer_is_known_by_its_class(void **state)
{
    (void)state;
    uint8_t interface;
    struct usb_info info = device(0x28e9, 7, 2, 2);
    CHECK(printer_is(&info, &interface));
    CHECK_EQ(interface, 3);
    info = device(0x28e9, 7, 1, 1);
    CHECK(printer_is(&info, &interface));
    info = device(0x04b8, 0xff, 0, 2); /* Epson's vendor class */
    CHECK(printer_is(&info, &interface));
    info = device(0x04b9, 0xff, 0, 2);
    CHECK(!printer_is(&info, &interface));
    info = device(0x28e9, 7, 2, 0);
    CHECK(!printer_is(&info, &interface));
    info = device(0x28e9, 3, 2, 2);
    CHECK(!printer_is(&info, &interface));
}

static void test_printer_that_is_not_there(void **state)
{
    (void)state;
    fake_usb.device = NULL;
    CHECK_EQ(open_printer(), -ENODEV);
    fake_usb.device = sim_printer_device(rig.model);
    fault("power-off", 0);
    CHECK_EQ(open_printer(), -ENODEV);
    fault("none", 0);
    CHECK_EQ(open_printer(), 0);
    fault("power-off", 0);
    CHECK_EQ(printer_poll(rig.printer, 0), USB_E_GONE);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_FAILED_CLEAN);
    CHECK(o.is_gone);
}

RUN(TEST(test_printer_prints_and_proves_by_process_id),
    TEST(test_printer_levels_fall_with_what_it_knows),
    TEST(test_printer_silence_on_the_paper_byte_lowers_the_level),
    TEST(test_printer_clean_status_is_proof_only_while_it_is_heard),
    TEST(test_printer_one_way_interface_is_sent_and_nothing_more),
    TEST(test_printer_refuses_to_begin_with_a_trouble),
    TEST(test_printer_near_end_prints_and_says_so),
    TEST(test_printer_opened_with_the_cover_open_is_probed_later),
    TEST(test_printer_is_known_by_its_class), TEST(test_printer_that_is_not_there))
