/* The printer's driver on a simulated printer, with a page to print. For one file of a test (see fake_usb.h). */
#pragma once

#include "board/host/sim/printer_model.h"
#include "drivers/printer/printer.h"
#include "tests/support/check.h"
#include "tests/support/fake_usb.h"

enum {
    WIDTH = 576,
    ROW = WIDTH / 8,
    ROWS = 800, /* 57.6 kB: most of the printer's buffer */
    START = 10, /* ESC @ ... GS a FF */
    STRIP = 8 + 64 * ROW,
    PAGE = START + 12 * STRIP + 8 + 32 * ROW + 11 + 4 + 11, /* with both ids and the cut */
    ASKED = 12,                                             /* DLE EOT 1 to 4, before a page */
};

static struct rig {
    struct sim_printer *model;
    struct printer *printer;
    uint8_t bits[ROWS * ROW];
    uint64_t sent_bytes;       /* told by the callback */
    unsigned pieces_until_end; /* the program ends at the n-th question */
    int64_t drop_ms;           /* from then on nobody wants the page; 0: always wanted */
    int64_t open_ms, hot_ms, mute_ms,
        close_ms; /* when that happens; 0: never. The last mends everything */
} rig;

static inline int open_printer(void)
{
    struct usb_info info;
    uint8_t interface;
    int r = printer_find(&info, &interface, NULL);
    return r ? r : printer_open(&rig.printer, NULL, &info, interface, &fake_usb.clock.base);
}

static inline int setup(void **state)
{
    (void)state;
    memset(&rig, 0, sizeof(rig));
    fake_usb = (struct fake_usb){ .clock = fake_clock_at(1000, 0) };
    rig.model = sim_printer_new(WIDTH);
    fake_usb_plug(sim_printer_device(rig.model), 7, 1, 2);
    for (size_t i = 0; i < sizeof(rig.bits); i++)
        rig.bits[i] = (uint8_t)(i * 7 + i / ROW) | 0x20; /* no byte that would have to be defused */
    return 0;
}

static inline int teardown(void **state)
{
    (void)state;
    printer_close(rig.printer);
    sim_printer_free(rig.model);
    return 0;
}

static inline void note_sent(void *context, uint64_t bytes)
{
    (void)context;
    rig.sent_bytes = bytes;
}

static inline bool is_due(int64_t *at_ms)
{
    bool is_now = *at_ms && fake_now() >= *at_ms;
    if (is_now)
        *at_ms = 0;
    return is_now;
}

/* The driver asks often; here things happen while it works. */
static inline enum printer_order order(void *context)
{
    int64_t close_ms = rig.close_ms;
    (void)context;
    if (is_due(&rig.open_ms))
        sim_printer_cover(rig.model, true);
    if (is_due(&rig.hot_ms))
        sim_printer_fault(rig.model, "head-hot", 0);
    if (is_due(&rig.mute_ms))
        sim_printer_fault(rig.model, "mute", 0);
    if (is_due(&close_ms)) {
        sim_printer_cover(rig.model, false);
        sim_printer_fault(rig.model, "none", 0);
    }
    if (rig.drop_ms && fake_now() >= rig.drop_ms)
        return PRINTER_DROP;
    return rig.pieces_until_end && --rig.pieces_until_end == 0 ? PRINTER_END : PRINTER_GO_ON;
}

static inline struct printer_outcome print(bool cuts_first)
{
    rig.sent_bytes = 0;
    return printer_print(rig.printer, &(struct printer_page){ .bits = rig.bits,
                                                              .row_bytes = ROW,
                                                              .rows = ROWS,
                                                              .cuts_first = cuts_first,
                                                              .order = order,
                                                              .sent = note_sent });
}

/* Slip `i` is the page, whole, and nothing else. */
static inline void check_slip(size_t i)
{
    struct sim_slip slip;
    CHECK(sim_printer_slip(rig.model, i, &slip));
    CHECK(slip.rows >= ROWS && slip.rows < ROWS + 200);
    CHECK_BYTES(slip.bits, rig.bits, sizeof(rig.bits));
    for (size_t k = sizeof(rig.bits); k < (size_t)slip.rows * ROW; k++)
        CHECK_EQ(slip.bits[k], 0);
    CHECK(!slip.has_error);
}

/* The printer is well again, and what comes out next is the next page. */
static inline void check_next_page(bool cuts_first)
{
    struct printer_outcome o = print(cuts_first);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    CHECK_EQ(o.trouble, PRINTER_NO_TROUBLE);
    CHECK(!o.has_fragment);
    check_slip(sim_printer_slip_count(rig.model) - 1);
}

static inline void fault(const char *name, uint32_t at)
{
    CHECK(sim_printer_fault(rig.model, name, at));
}

static inline uint64_t taken(void)
{
    return sim_printer_taken(rig.model);
}

static inline void check_refused_with(enum printer_trouble trouble, uint32_t uncut_rows)
{
    size_t slips = sim_printer_slip_count(rig.model);
    struct printer_outcome o = print(false);
    CHECK_EQ(o.result, PRINTER_FAILED_CLEAN);
    CHECK_EQ(o.bytes, 0);
    CHECK_EQ(o.trouble, trouble);
    CHECK_EQ(sim_printer_slip_count(rig.model), slips);
    CHECK_EQ(sim_printer_uncut_rows(rig.model), uncut_rows);
}

static inline void check_refused(enum printer_trouble trouble)
{
    check_refused_with(trouble, sim_printer_uncut_rows(rig.model));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
