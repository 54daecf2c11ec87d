/* links: drivers/printer board/host/sim firmware/base */
#include "tests/support/printer_rig.h"

/* Paper in metres, and slips that are held until somebody takes them. */

static void be(const char *kind)
{
    struct sim_device *d = sim_printer_device(rig.model);
    CHECK(sim_printer_be(rig.model, kind));
    fake_usb_plug(d, 7, 1, 2);
    d->plugged(d, true, fake_now());
}

static enum sim_fate fate(size_t i)
{
    struct sim_slip slip;
    CHECK(sim_printer_slip(rig.model, i, &slip));
    return slip.fate;
}

/* ---- the roll, by itself ------------------------------------------------------------- */

static void test_roll_counts_what_passes_the_head(void **state)
{
    (void)state;
    struct paper_roll roll = { 0 };
    roll_load(&roll, 30000, ROLL_GUESSED);
    roll_use(&roll, 8000, 203); /* 1 m and a little less: 203 dpi */
    CHECK_EQ(roll_left_mm(&roll), 28999);
    CHECK_EQ(roll.used_um, 1000985);
    roll_use(&roll, 1800, 180); /* 254 mm */
    CHECK_EQ(roll.used_um, 1254985);
    CHECK(roll_fits(&roll, 400000, 203)); /* a guess refuses nothing */
    roll_use(&roll, 400000, 203);
    CHECK_EQ(roll_left_mm(&roll), 0);
    roll_load(&roll, 500, ROLL_TOLD);
    CHECK(roll_fits(&roll, 3800, 203));
    CHECK(!roll_fits(&roll, 3840, 203)); /* 480.5 mm and the cut */
    CHECK_EQ(roll.used_um, 0);
    CHECK(roll.total_um > 1254985);
}

static void test_roll_believes_its_sensors(void **state)
{
    (void)state;
    struct paper_roll roll = { 0 };
    struct printer_status s = { .is_known = true, .is_near_end = true };
    roll_load(&roll, 60000, ROLL_GUESSED);
    roll_hear(&roll, &s);
    CHECK_EQ(roll_left_mm(&roll), ROLL_NEAR_END_MM);
    CHECK_EQ(roll.trust, ROLL_MEASURED);
    roll_use(&roll, 4000, 203);
    roll_hear(&roll, &s); /* still near its end: counted on, not begun again */
    CHECK_EQ(roll_left_mm(&roll), 499);
    CHECK(!roll_fits(&roll, 4000, 203));
    s.is_cover_open = true;
    s.is_near_end = false; /* the sensor looks at the open lid */
    roll_hear(&roll, &s);
    CHECK_EQ(roll.trust, ROLL_MEASURED);
    s.is_cover_open = false;
    roll_hear(&roll, &s); /* a new roll */
    CHECK_EQ(roll_left_mm(&roll), 60000);
    CHECK_EQ(roll.trust, ROLL_GUESSED);
    s.is_paper_end = true;
    roll_hear(&roll, &s);
    CHECK_EQ(roll_left_mm(&roll), 0);
    roll_measure(&roll, 5100);
    CHECK_EQ(roll_left_mm(&roll), 5100);
    roll_load(&roll, 300, ROLL_TOLD);
    s.is_paper_end = false;
    s.is_near_end = true; /* staff said less than the sensor does: the lesser counts */
    roll_hear(&roll, &s);
    CHECK_EQ(roll_left_mm(&roll), 300);
}

/* ---- never begin what cannot be finished --------------------------------------------- */

static void test_printer_refuses_a_page_longer_than_the_paper(void **state)
{
    (void)state;
    be("custom-kpm210");
    sim_printer_roll(rig.model, 90); /* the page needs 100 mm */
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(roll_left_mm(printer_roll(rig.printer)), 90);
    check_refused(PRINTER_PAPER_SHORT);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 0);
    struct printer_outcome o = printer_print(
        rig.printer, &(struct printer_page){ .bits = rig.bits, .row_bytes = ROW, .rows = 300 });
    CHECK_EQ(o.result, PRINTER_CONFIRMED); /* a short slip still comes out */
    sim_printer_take(rig.model);
    sim_printer_roll(rig.model, 60000);
    fake_clock_advance(&fake_usb.clock, 3000);
    CHECK_EQ(printer_poll(rig.printer, 0), 0);
}

static void test_printer_counts_the_last_metre(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(printer_roll(rig.printer)->trust, ROLL_GUESSED);
    sim_printer_roll(rig.model, 1000);
    unsigned printed = 0;
    for (; printed < 20; printed++) {
        struct printer_outcome o = print(false);
        if (o.trouble == PRINTER_PAPER_SHORT)
            break;
        CHECK_EQ(o.result, PRINTER_CONFIRMED);
    }
    CHECK(printed >= 6 && printed <= 9);
    CHECK_EQ(sim_printer_slip_count(rig.model), printed); /* none of them is a fragment */
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 0);
    CHECK(printer_roll(rig.printer)->total_um >= (int64_t)printed * 100000);
    sim_printer_roll(rig.model, 30000);
    printer_load_roll(rig.printer, 30000);
    check_next_page(false);
    CHECK_EQ(printer_roll(rig.printer)->trust, ROLL_TOLD);
    printer_load_roll(rig.printer, 0);
    CHECK_EQ(printer_roll(rig.printer)->trust, ROLL_GUESSED);
}

static void test_printer_roll_that_ends_in_mid_slip_all_the_same(void **state)
{
    (void)state;
    be("epson-t81");
    sim_printer_roll(rig.model, 40); /* a sensor that spoke too late, or never */
    CHECK_EQ(open_printer(), 0);
    printer_load_roll(rig.printer, 0);
    uint8_t few[64] = { 0 };
    struct printer_outcome o = printer_print(
        rig.printer, &(struct printer_page){ .bits = rig.bits, .row_bytes = 64, .rows = 600 });
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_PAPER_END);
    CHECK(o.has_fragment);
    CHECK_EQ(roll_left_mm(printer_roll(rig.printer)), 0);
    sim_printer_paper(rig.model, SIM_PAPER_OK);
    fake_clock_advance(&fake_usb.clock, 3000);
    CHECK_EQ(printer_poll(rig.printer, 100), 0);
    o = printer_print(rig.printer,
                      &(struct printer_page){
                          .bits = few, .row_bytes = 64, .rows = 1, .cuts_first = o.has_fragment });
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(sim_printer_slip_count(rig.model), 2); /* the fragment, cut off, and the new one */
}

/* ---- presenter ----------------------------------------------------------------------- */

static void print_held(size_t i)
{
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK(o.is_held && printer_is_held(rig.printer));
    CHECK_EQ(fate(i), SIM_WAITS);
}

static void test_printer_holds_a_slip_until_it_is_taken(void **state)
{
    (void)state;
    char words[PRINTER_STATUS_WORDS];
    be("custom-kpm210");
    CHECK_EQ(open_printer(), 0);
    print_held(0);
    printer_status_words(words, printer_status(rig.printer));
    CHECK_STR(words, "ready, a slip waits to be taken");
    CHECK_EQ(printer_poll(rig.printer, 500), 0);
    CHECK(printer_is_held(rig.printer));
    sim_printer_take(rig.model);
    fake_clock_advance(&fake_usb.clock, 400);
    CHECK_EQ(printer_poll(rig.printer, 0), 0);
    CHECK(!printer_is_held(rig.printer));
    CHECK_EQ(fate(0), SIM_TAKEN);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_takes_back_what_nobody_took(void **state)
{
    (void)state;
    be("custom-kpm210");
    CHECK_EQ(open_printer(), 0);
    print_held(0);
    CHECK_EQ(printer_retract(rig.printer), 0);
    CHECK(!printer_is_held(rig.printer));
    CHECK_EQ(fate(0), SIM_RETRACTED);
    CHECK_EQ(printer_retract(rig.printer), 0); /* none there: nothing happens */
    print_held(1);
    print_held(2); /* the next page does not push the last one into a stranger's hand */
    CHECK_EQ(fate(1), SIM_RETRACTED);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_opened_with_a_slip_in_its_mouth_takes_it_back(void **state)
{
    (void)state;
    be("custom-kpm210");
    CHECK_EQ(open_printer(), 0);
    print_held(0);
    printer_close(rig.printer); /* the program died */
    CHECK_EQ(open_printer(), 0);
    CHECK_EQ(fate(0), SIM_RETRACTED);
}

static void test_printer_that_cannot_retract_says_so(void **state)
{
    (void)state;
    be("custom-kpm210");
    CHECK_EQ(open_printer(), 0);
    print_held(0);
    fault("mute", 0);
    CHECK_EQ(printer_retract(rig.printer), USB_E_TIMEOUT);
    CHECK(printer_is_held(rig.printer));
    fault("none", 0);
    CHECK_EQ(printer_retract(rig.printer), 0);
    be("custom-vkp80"); /* drops the slip: no number for taking it back is known */
    printer_close(rig.printer);
    CHECK_EQ(open_printer(), 0);
    CHECK(!print(false).is_held);
    CHECK_EQ(printer_retract(rig.printer), 0);
    CHECK_EQ(sim_printer_violations(rig.model), 0);
    printer_close(rig.printer);
    be("80");
    CHECK_EQ(open_printer(), 0);
    CHECK(!print(false).is_held);
}

RUN(TEST(test_roll_counts_what_passes_the_head), TEST(test_roll_believes_its_sensors),
    TEST(test_printer_refuses_a_page_longer_than_the_paper),
    TEST(test_printer_counts_the_last_metre),
    TEST(test_printer_roll_that_ends_in_mid_slip_all_the_same),
    TEST(test_printer_holds_a_slip_until_it_is_taken),
    TEST(test_printer_takes_back_what_nobody_took),
    TEST(test_printer_opened_with_a_slip_in_its_mouth_takes_it_back),
    TEST(test_printer_that_cannot_retract_says_so))
