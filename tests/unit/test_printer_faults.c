/* links: drivers/printer board/host/sim firmware/base */
#include "tests/support/printer_rig.h"

/* What goes wrong while a page is on its way, and that the page after it comes out whole and alone. */

static void test_printer_that_stops_taking_bytes(void **state)
{
    (void)state;
    static const struct {
        uint32_t at;
        enum printer_result result;
        bool has_fragment, has_warning;
    } rows[] = {
        { 0, PRINTER_FAILED_CLEAN, false, false },
        { 1, PRINTER_UNCERTAIN, false, false },
        { START + 4, PRINTER_UNCERTAIN, true, false },        /* in the header of the first strip */
        { START + 8 + 1000, PRINTER_UNCERTAIN, true, false }, /* in its rows */
        { START + 5 * STRIP + 8 + 30, PRINTER_UNCERTAIN, true, false },
        { PAGE - 26, PRINTER_UNCERTAIN, true, false }, /* all rows, no id yet */
        { PAGE - 15, PRINTER_CONFIRMED, true,
          true }, /* the id after the last row is in, the cut is not */
        { PAGE - 11, PRINTER_CONFIRMED, true, true }, /* its own id is not */
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(open_printer(), 0);
        fault("nak-after", ASKED + rows[i].at);
        int64_t began = fake_now();
        struct printer_outcome o = print(false);
        CHECK_EQ(o.result, rows[i].result);
        CHECK_EQ(o.bytes, rows[i].at);
        CHECK_EQ(o.has_cutter_warning, rows[i].has_warning);
        CHECK(fake_now() - began < 40000);
        if (rows[i].at) /* it does not let us drop the page */
            check_refused(PRINTER_UNKNOWN);
        fault("none", 0);
        fake_clock_advance(&fake_usb.clock, 6000);
        CHECK_EQ(printer_poll(rig.printer, 0), 0);
        CHECK_EQ(printer_trouble(rig.printer), PRINTER_NO_TROUBLE);
        check_next_page(o.has_fragment);
        CHECK_EQ(o.has_fragment, rows[i].has_fragment);
        printer_close(rig.printer);
    }
    rig.printer = NULL;
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void plug_in(void)
{
    struct sim_device *d = sim_printer_device(rig.model);
    fake_clock_advance(&fake_usb.clock, 3000); /* its own power: what it has is printed meanwhile */
    d->is_plugged = true;
    d->plugged(d, true, fake_now());
}

static void test_printer_pulled_out(void **state)
{
    (void)state;
    static const struct {
        uint32_t at;
        enum printer_result result;
    } rows[] = { { 0, PRINTER_FAILED_CLEAN },
                 { 1, PRINTER_UNCERTAIN },
                 { START + 4, PRINTER_UNCERTAIN },
                 { START + 8 + 1000, PRINTER_UNCERTAIN },
                 { START + 5 * STRIP + 8 + 30, PRINTER_UNCERTAIN },
                 { PAGE - 15, PRINTER_UNCERTAIN },
                 { PAGE, PRINTER_UNCERTAIN } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        CHECK_EQ(open_printer(), 0);
        fault("unplug-after", ASKED + rows[i].at);
        struct printer_outcome o = print(false);
        CHECK_EQ(o.result, rows[i].result);
        CHECK_EQ(o.bytes, rows[i].at);
        CHECK(o.is_gone);
        printer_close(rig.printer);
        plug_in();
        CHECK_EQ(open_printer(), 0);
        CHECK_EQ(printer_trouble(rig.printer), PRINTER_NO_TROUBLE);
        check_next_page(o.has_fragment);
        printer_close(rig.printer);
    }
    rig.printer = NULL;
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_without_the_clear_command_is_filled_with_white(void **state)
{
    (void)state;
    fault("no-clear", 0);
    CHECK_EQ(open_printer(), 0);
    fault("unplug-after", ASKED + START + 8 + 1000);
    struct printer_outcome o = print(false);
    printer_close(rig.printer);
    plug_in();
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_P);
    check_next_page(o.has_fragment);
}

static void test_printer_halted_once_gets_no_byte_twice(void **state)
{
    (void)state;
    static const uint32_t at[] = { 0, 1, START + 8 + 1, 4096, 4097, PAGE - 4 };
    CHECK_EQ(open_printer(), 0);
    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        uint64_t before = taken();
        fault("stall-once", ASKED + at[i]);
        struct printer_outcome o = print(false);
        CHECK_EQ(o.result, PRINTER_CONFIRMED);
        CHECK_EQ(o.bytes, PAGE);
        CHECK_EQ(taken() - before, ASKED + PAGE);
        check_slip(i);
    }
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_halted_for_good(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("stall", ASKED + 5000);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.bytes, 5000);
    CHECK_EQ(printer_trouble(rig.printer), PRINTER_UNKNOWN);
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 6000);
    CHECK_EQ(printer_poll(rig.printer, 0), 0);
    check_next_page(o.has_fragment);
}

static void test_printer_takes_one_byte_at_a_time(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("short-writes", 0);
    uint64_t before = taken();
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(taken() - before >= ASKED + PAGE, true);
    CHECK_EQ(o.bytes, PAGE);
    check_slip(0);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_falls_silent_in_mid_page(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    rig.pieces_until_end = 0;
    rig.mute_ms = fake_now() + 40;
    int64_t began = fake_now();
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.bytes, PAGE);
    CHECK_EQ(rig.sent_bytes, PAGE);
    CHECK(fake_now() - began > 10000 && fake_now() - began < 30000);
    check_refused(PRINTER_UNKNOWN);
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 6000);
    check_next_page(o.has_fragment);
}

static int poll_often(void)
{
    int r = 0;
    for (int i = 0; i < 20 && !r; i++)
        r = printer_poll(rig.printer, 50);
    return r;
}

static void test_printer_that_floods(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("flood", 0);
    CHECK_EQ(poll_often(), -EPROTO);
    check_refused(PRINTER_NO_TROUBLE); /* the driver, not the printer, says no */
    printer_close(rig.printer);
    rig.printer = NULL;
    CHECK_EQ(open_printer(), 0);     /* its answers are heard between the strays ... */
    CHECK_EQ(poll_often(), -EPROTO); /* ... but it is not believed for long */
    printer_close(rig.printer);
    fault("none", 0);
    CHECK_EQ(open_printer(), 0);
    check_next_page(false);
    fault("flood", 0);
    CHECK_EQ(print(false).result, PRINTER_CONFIRMED); /* the proof is a proof all the same */
    check_slip(1);
}

static void test_printer_runs_out_of_paper(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("paper-out-after", 300);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_PAPER_END);
    CHECK(o.has_fragment);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 300);
    check_refused_with(PRINTER_PAPER_END, 300);
    sim_printer_paper(rig.model, SIM_PAPER_OK);
    fake_clock_advance(&fake_usb.clock, 3000);
    CHECK_EQ(printer_poll(rig.printer, 100), 0);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 300); /* the tail does not come out by itself */
    check_next_page(o.has_fragment);
    CHECK_EQ(sim_printer_slip_count(rig.model), 2); /* the fragment, cut off, and the page */
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_cover_opened_for_a_moment(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    rig.open_ms = fake_now() + 60;
    rig.close_ms = rig.open_ms + 1000;
    CHECK_EQ(print(false).result, PRINTER_CONFIRMED);
    check_slip(0);
    rig.open_ms = fake_now() + 60;
    rig.close_ms = 0; /* left open */
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_COVER_OPEN);
    rig.open_ms = 0;
    sim_printer_cover(rig.model, false);
    fake_clock_advance(&fake_usb.clock, 3000);
    check_next_page(o.has_fragment);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_head_cools_and_goes_on(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    rig.hot_ms = fake_now() + 60;
    rig.close_ms = rig.hot_ms + 60000;
    CHECK_EQ(print(false).result, PRINTER_CONFIRMED);
    CHECK(fake_now() > rig.close_ms);
    check_slip(0);
    rig.hot_ms = fake_now() + 60;
    rig.close_ms = 0; /* for ever */
    int64_t began = fake_now();
    CHECK_EQ(print(false).result, PRINTER_UNCERTAIN);
    CHECK(fake_now() - began < 180000);
}

static enum printer_order change_last_row(void *context)
{
    (void)context;
    if (taken() > START + STRIP)
        memset(rig.bits + (ROWS - 1) * ROW, 0x55, ROW);
    return PRINTER_GO_ON;
}

/* Printing overlaps encoding: what is changed at the end after the first strip has left still comes out. */
static void test_printer_gets_the_first_strip_before_the_last_is_made(void **state)
{
    (void)state;
    uint8_t before[ROW];
    CHECK_EQ(open_printer(), 0);
    memcpy(before, rig.bits + (ROWS - 1) * ROW, ROW);
    const struct printer_page page = {
        .bits = rig.bits, .row_bytes = ROW, .rows = ROWS, .order = change_last_row
    };
    CHECK_EQ(printer_print(rig.printer, &page).result, PRINTER_CONFIRMED);
    CHECK(memcmp(before, rig.bits + (ROWS - 1) * ROW, ROW) != 0);
    check_slip(0);
}

/* Nobody wants it any more: at once, and when the head has cooled nothing of it comes out. */
static void test_printer_is_told_to_drop_a_page(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    rig.drop_ms = 1; /* before the first byte */
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_FAILED_CLEAN);
    CHECK_EQ(o.bytes, 0);
    rig.hot_ms = fake_now() + 60;
    rig.drop_ms = fake_now() + 3000;
    int64_t began = fake_now();
    o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK(fake_now() - began < 3000 + 10000);
    uint32_t rows = sim_printer_uncut_rows(rig.model);
    CHECK(rows < ROWS);
    rig.drop_ms = 0;
    fault("none", 0);
    for (int i = 0; i < 30; i++) {
        fake_clock_advance(&fake_usb.clock, 1000);
        CHECK_EQ(printer_poll(rig.printer, 0), 0);
    }
    CHECK_EQ(sim_printer_slip_count(rig.model), 0);
    CHECK(sim_printer_uncut_rows(rig.model) <=
          rows + 64); /* a strip that was cut short, in white */
    check_next_page(o.has_fragment);
}

static void test_printer_jams_its_cutter(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("cutter", 0);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK(o.has_cutter_warning && o.has_fragment);
    CHECK_EQ(o.trouble, PRINTER_CUTTER);
    uint64_t before = taken();
    fake_clock_advance(&fake_usb.clock, 60000);
    CHECK_EQ(printer_poll(rig.printer, 100), 0);
    CHECK_EQ(printer_trouble(rig.printer), PRINTER_CUTTER);
    CHECK(taken() - before <= 2 * ASKED); /* asked, and nothing that would move the blade */
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 6000);
    CHECK_EQ(printer_poll(rig.printer, 100), 0);
    CHECK_EQ(printer_poll(rig.printer, 100), 0);
    check_next_page(o.has_fragment);
}

static void test_printer_program_ends_in_mid_page(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    rig.pieces_until_end = 4;
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK(o.bytes > 0 && o.bytes < PAGE);
    printer_close(rig.printer);
    CHECK_EQ(open_printer(), 0);
    check_next_page(o.has_fragment);
    rig.pieces_until_end = 1;
    CHECK_EQ(print(false).result, PRINTER_FAILED_CLEAN);
    check_next_page(false);
}

RUN(TEST(test_printer_that_stops_taking_bytes), TEST(test_printer_pulled_out),
    TEST(test_printer_without_the_clear_command_is_filled_with_white),
    TEST(test_printer_halted_once_gets_no_byte_twice), TEST(test_printer_halted_for_good),
    TEST(test_printer_takes_one_byte_at_a_time), TEST(test_printer_falls_silent_in_mid_page),
    TEST(test_printer_that_floods), TEST(test_printer_runs_out_of_paper),
    TEST(test_printer_cover_opened_for_a_moment), TEST(test_printer_head_cools_and_goes_on),
    TEST(test_printer_gets_the_first_strip_before_the_last_is_made),
    TEST(test_printer_is_told_to_drop_a_page), TEST(test_printer_jams_its_cutter),
    TEST(test_printer_program_ends_in_mid_page))
