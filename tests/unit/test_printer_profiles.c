/* links: drivers/printer board/host/sim firmware/base */
#include "tests/support/printer_rig.h"

/* Every model that can be simulated: what is found out about it, that a page comes out dot for dot, and that nothing it
 * may answer is taken for something else. */

enum { TALL = 400, WIDEST = 104 };

static uint8_t dots[TALL * WIDEST];

static void be(const char *kind)
{
    struct sim_device *d = sim_printer_device(rig.model);
    printer_close(rig.printer);
    rig.printer = NULL;
    CHECK(sim_printer_be(rig.model, kind));
    fake_usb_plug(d, 7, 1, 2);
    const uint8_t *c = d->configuration;
    fake_usb.info.interfaces[0].class = c[14];
    fake_usb.info.interfaces[0].subclass = c[15];
    fake_usb.info.interfaces[0].protocol = c[16];
    fake_usb.info.interfaces[0].endpoint_count = c[13];
    d->plugged(d, true, fake_now());
}

static int open_known(struct printer_memory *memory)
{
    struct usb_info info;
    uint8_t interface;
    int r = printer_find(&info, &interface, NULL);
    return r ? r
             : printer_open_known(&rig.printer, NULL, &info, interface, &fake_usb.clock.base,
                                  memory);
}

static struct printer_outcome print_rows(size_t row_bytes, size_t rows)
{
    for (size_t i = 0; i < rows * row_bytes; i++)
        dots[i] = (uint8_t)(i * 7 + i / row_bytes) | 0x20; /* nothing that would be defused */
    return printer_print(
        rig.printer, &(struct printer_page){ .bits = dots, .row_bytes = row_bytes, .rows = rows });
}

static void check_dots(size_t i, size_t row_bytes, size_t rows)
{
    struct sim_slip slip;
    CHECK(sim_printer_slip(rig.model, i, &slip));
    CHECK_EQ(slip.width, row_bytes * 8);
    CHECK(slip.rows >= rows);
    CHECK_BYTES(slip.bits, dots, rows * row_bytes);
}

static const struct row {
    const char *kind, *profile;
    uint16_t width, dpi;
    enum printer_level level;
    enum printer_result result;
    const char *told_model;
    bool has_cut;
} rows[] = {
    { "80", "80 mm", 576, 203, PRINTER_LEVEL_P, PRINTER_CONFIRMED, "", true },
    { "58", "58 mm with cutter", 384, 203, PRINTER_LEVEL_P, PRINTER_CONFIRMED, "", true },
    { "xprinter-58", "58 mm", 384, 203, PRINTER_LEVEL_R, PRINTER_CONFIRMED, "", false },
    { "zj-58", "58 mm", 384, 203, PRINTER_LEVEL_N, PRINTER_SENT, "", false },
    { "gprinter-58", "Gprinter, 58 mm", 384, 203, PRINTER_LEVEL_S, PRINTER_CONFIRMED, "", false },
    { "epson-t81", "Epson TM-T81, 180 dpi", 512, 180, PRINTER_LEVEL_P, PRINTER_CONFIRMED, "TM-T81",
      true },
    { "epson-t88iii", "Epson TM-T88III, 180 dpi", 512, 180, PRINTER_LEVEL_R, PRINTER_CONFIRMED,
      "TM-T88III", true },
    { "epson-m30iii", "Epson TM-m30III", 576, 203, PRINTER_LEVEL_P, PRINTER_CONFIRMED, "TM-m30III",
      true },
    { "hprt", "HPRT", 576, 203, PRINTER_LEVEL_S, PRINTER_CONFIRMED, "", true },
    { "star", "Star, ESC/POS mode", 576, 203, PRINTER_LEVEL_N, PRINTER_SENT, "", true },
    { "citizen-s4000", "Citizen CT-S4000", 832, 203, PRINTER_LEVEL_N, PRINTER_SENT, "", true },
    { "one-way", "80 mm", 576, 203, PRINTER_LEVEL_N, PRINTER_SENT, "", true },
    { "custom-kpm210", "Custom KPM210", 576, 203, PRINTER_LEVEL_R, PRINTER_CONFIRMED, "", true },
    { "custom-kpm300", "Custom KPM", 576, 203, PRINTER_LEVEL_R, PRINTER_CONFIRMED, "", true },
    { "custom-vkp80", "Custom VKP80II", 576, 203, PRINTER_LEVEL_R, PRINTER_CONFIRMED, "", true },
};

static void check_row(const struct row *row)
{
    be(row->kind);
    size_t slips = sim_printer_slip_count(rig.model);
    CHECK_EQ(open_known(NULL), 0);
    const struct printer_profile *f = printer_profile(rig.printer);
    CHECK_STR(f->name, row->profile);
    CHECK_EQ(f->width_dots, row->width);
    CHECK_EQ(f->dpi, row->dpi);
    CHECK_EQ(printer_level(rig.printer), row->level);
    CHECK_STR(printer_names(rig.printer)->model, row->told_model);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), 0); /* asking cost no paper */
    struct printer_outcome o = print_rows(row->width / 8u, TALL);
    CHECK_EQ(o.result, row->result);
    CHECK_EQ(o.level, row->level);
    fake_clock_advance(&fake_usb.clock, 10000); /* those that cannot say so print on */
    CHECK_EQ(printer_poll(rig.printer, 0), 0);
    if (row->level ==
        PRINTER_LEVEL_N) /* and are not heard, so nothing drives them but the next byte */
        CHECK_EQ(print_rows(row->width / 8u, TALL).result, row->result);
    if (row->has_cut)
        check_dots(slips, row->width / 8u, TALL);
    else
        CHECK(sim_printer_uncut_rows(rig.model) >= TALL);
}

static void test_printer_every_model_is_known_and_prints_dot_for_dot(void **state)
{
    (void)state;
    size_t known = 0;
    while (sim_printer_kind_name(known))
        known++;
    CHECK_EQ(known, sizeof(rows) / sizeof(rows[0])); /* a model without a row would go untested */
    for (size_t i = 0; i < known; i++)
        check_row(&rows[i]);
    CHECK_STR(sim_printer_violation(rig.model), "");
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_profiles_are_whole(void **state)
{
    (void)state;
    const struct printer_profile *f;
    for (size_t i = 0; (f = profile_at(i)); i++) {
        CHECK(f->width_dots % 8 == 0 && f->width_dots >= 384);
        CHECK(f->dpi == 203 || f->dpi == 180);
        CHECK(f->strip_rows && f->strip_rows % 48 && f->mm_per_s && f->roll_mm);
        CHECK(f->cut.length > 0);
        CHECK(!f->retract.length || (f->present.length && f->has_full_status));
        CHECK((f->cut.bytes[0] == 0x1D) == f->has_cutter);
    }
    CHECK_EQ(profile_at(1000), NULL);
}

/* ---- found out once ------------------------------------------------------------------ */

static void test_printer_that_was_probed_is_not_probed_again(void **state)
{
    (void)state;
    struct printer_memory memory = { 0 };
    fault("no-reply", 0); /* the slowest to probe: nothing answers */
    CHECK_EQ(open_known(&memory), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_S);
    printer_close(rig.printer);
    int64_t began = fake_now();
    CHECK_EQ(open_known(&memory), 0);
    CHECK(fake_now() - began < 200);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_S);
    printer_close(rig.printer);
    printer_forget(&memory); /* unplugged */
    fault("none", 0);
    CHECK_EQ(open_known(&memory), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_P);
    be("epson-t88iii"); /* another printer at the same socket */
    CHECK_EQ(open_known(&memory), 0);
    CHECK_EQ(printer_level(rig.printer), PRINTER_LEVEL_R);
    CHECK_STR(memory.names.language, "CHINA GB18030");
    CHECK_STR(memory.names.firmware, "1.04 SIM");
    printer_close(rig.printer); /* before the memory it borrowed ends */
    rig.printer = NULL;
}

static void test_printer_dead_from_the_start_keeps_nobody_waiting(void **state)
{
    (void)state;
    static const char *const ways[] = { "nak-after", "mute", "stall", "late", "no-clear" };
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        fault(ways[i], 0);
        int64_t began = fake_now();
        CHECK_EQ(open_printer(), 0);
        CHECK(fake_now() - began <= 4000);
        began = fake_now();
        CHECK_EQ(printer_poll(rig.printer, 0), 0);
        CHECK(fake_now() - began <= 4000);
        printer_close(rig.printer);
        rig.printer = NULL;
        fault("none", 0);
    }
    CHECK_EQ(open_printer(), 0);
    check_next_page(false);
}

/* ---- endpoint 0 lies ----------------------------------------------------------------- */

static void test_printer_whose_id_lies(void **state)
{
    (void)state;
    fault("swapped-id", 0); /* row 25 */
    CHECK_EQ(open_printer(), 0);
    CHECK_STR(printer_identity(rig.printer)->model, "OT-80");
    printer_close(rig.printer);
    fault("no-id", 0); /* row 26: 00 02 */
    CHECK_EQ(open_printer(), 0);
    CHECK_STR(printer_identity(rig.printer)->model, "");
    CHECK_STR(printer_profile(rig.printer)->name, "80 mm");
    check_next_page(false);
}

/* Endpoint 0 says nothing, GS I does: at the first opening and, from memory, at the next. */
static void test_printer_without_an_id_is_known_by_its_own_name(void **state)
{
    (void)state;
    struct printer_memory memory = { 0 };
    be("epson-m30iii");
    fault("no-id", 0);
    for (int i = 0; i < 2; i++) {
        CHECK_EQ(open_known(&memory), 0);
        CHECK_STR(printer_profile(rig.printer)->name, "Epson TM-m30III");
        CHECK_EQ(print_rows(72, TALL).result, PRINTER_CONFIRMED);
        printer_close(rig.printer);
        rig.printer = NULL;
    }
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_constant_port_status_is_no_proof_of_paper(void **state)
{
    (void)state;
    fault("constant-port-status", 0);
    CHECK_EQ(open_printer(), 0);
    fault("paper-out-after", 300);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_PAPER_END);
}

/* ---- nonsense on the line ------------------------------------------------------------ */

static void test_printer_survives_each_kind_of_nonsense(void **state)
{
    (void)state;
    static const char *const kinds[] = { "broken-asb", "half-block",  "foreign-id",
                                         "bad-id",     "noise",       "bad-asb",
                                         "xon",        "full-status", "says-offline" };
    CHECK_EQ(open_printer(), 0);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        fault(kinds[i], 0);
        (void)print(false); /* may be refused or asked about, never believed wrongly ... */
        fault("none", 0);
        fake_clock_advance(&fake_usb.clock, 11000);
        CHECK_EQ(printer_poll(rig.printer, 50), 0);
        CHECK_EQ(printer_poll(rig.printer, 50), 0);
        check_next_page(false); /* ... and the next page is a good one */
    }
    CHECK_EQ(sim_printer_violations(rig.model), 0);
}

static void test_printer_long_block_and_late_answers(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("long-block", 0); /* row 18 */
    struct printer_outcome o = print(false);
    CHECK(o.result == PRINTER_CONFIRMED || o.result == PRINTER_FAILED_CLEAN);
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 11000);
    printer_close(rig.printer);
    CHECK_EQ(open_printer(), 0);
    fault("late", 0); /* row 23, for everything */
    o = print(false);
    CHECK(o.result != PRINTER_SENT);
    fault("none", 0);
    fake_clock_advance(&fake_usb.clock, 11000);
    CHECK_EQ(printer_poll(rig.printer, 50), 0);
    check_next_page(o.has_fragment);
}

/* A clone that loses bytes never proves a page that did not come out whole. */
static void test_printer_that_drops_bytes_proves_nothing_false(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    sim_printer_speed(rig.model, 20);
    fault("drops-bytes", 0);
    for (int i = 0; i < 3; i++) {
        size_t slips = sim_printer_slip_count(rig.model);
        struct printer_outcome o = print(false);
        if (o.result == PRINTER_CONFIRMED)
            check_slip(slips);
    }
}

/* A write-only printer stops in mid-page: the port status is a hint where there is nothing better (1.2). */
static void test_printer_one_way_without_paper_is_told_by_its_port(void **state)
{
    (void)state;
    be("one-way");
    CHECK_EQ(open_known(NULL), 0);
    sim_printer_paper(rig.model, SIM_PAPER_END);
    fault("nak-after", 20000);
    struct printer_outcome o = print_rows(72, TALL);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK_EQ(o.trouble, PRINTER_PAPER_END);
    CHECK_EQ(o.bytes, 20000);
}

/* A presenter that does not say how much paper is left prints all the same. */
static void test_printer_silent_about_its_paper_is_counted(void **state)
{
    (void)state;
    be("custom-kpm210");
    CHECK_EQ(open_known(NULL), 0);
    CHECK_EQ(printer_roll(rig.printer)->trust, ROLL_MEASURED);
    printer_load_roll(rig.printer, 20000);
    fault("no-paper-left", 0);
    CHECK_EQ(print_rows(72, TALL).result, PRINTER_CONFIRMED);
    CHECK_EQ(printer_roll(rig.printer)->trust, ROLL_TOLD);
    CHECK_EQ(roll_left_mm(printer_roll(rig.printer)), 20000 - 50 - 20);
}

static void test_printer_overheats_and_cools_by_itself(void **state)
{
    (void)state;
    CHECK_EQ(open_printer(), 0);
    fault("heat-after", 200);
    int64_t began = fake_now();
    CHECK_EQ(print(false).result, PRINTER_CONFIRMED);
    CHECK(fake_now() - began >= 8000);
    check_slip(0);
}

RUN(TEST(test_printer_every_model_is_known_and_prints_dot_for_dot),
    TEST(test_printer_profiles_are_whole), TEST(test_printer_that_was_probed_is_not_probed_again),
    TEST(test_printer_dead_from_the_start_keeps_nobody_waiting), TEST(test_printer_whose_id_lies),
    TEST(test_printer_without_an_id_is_known_by_its_own_name),
    TEST(test_printer_constant_port_status_is_no_proof_of_paper),
    TEST(test_printer_survives_each_kind_of_nonsense),
    TEST(test_printer_long_block_and_late_answers),
    TEST(test_printer_that_drops_bytes_proves_nothing_false),
    TEST(test_printer_one_way_without_paper_is_told_by_its_port),
    TEST(test_printer_silent_about_its_paper_is_counted),
    TEST(test_printer_overheats_and_cools_by_itself))
