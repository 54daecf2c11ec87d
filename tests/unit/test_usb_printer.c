/* links: drivers/printer drivers/usb board/host/sim firmware/base */
#include "board/host/sim/printer_model.h"
#include "drivers/printer/printer.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* The whole way of a slip: driver, USB/IP, printer, paper. */

/* ASKED: the printer is asked how it is before a page, which is no part of the page. */
enum { WIDTH = 576, ROW = WIDTH / 8, ROWS = 300, ASKED = 12 };

struct way {
    struct sim_printer *model;
    struct usb_bench *bench;
    struct usb_bus *bus;
    struct usb_info info;
    uint8_t interface;
    struct printer *printer;
    uint8_t bits[ROW * ROWS];
};

static void way_start(struct way *w)
{
    *w = (struct way){ .model = sim_printer_new(WIDTH) };
    CHECK(w->model != NULL);
    sim_printer_speed(w->model, 0);
    for (size_t i = 0; i < sizeof(w->bits); i++)
        w->bits[i] = i / ROW % 16 < 8
                         ? 0xf0
                         : 0x00; /* 0xf0: nothing that a printer would take for a command */
    w->bench = usb_bench_start((struct sim_device *[]){ sim_printer_device(w->model) }, 1);
    CHECK_EQ(usb_bus_usbip(&w->bus, usb_bench_address(w->bench)), 0);
    CHECK_EQ(printer_find(&w->info, &w->interface, w->bus), 0);
    CHECK_EQ(printer_open(&w->printer, w->bus, &w->info, w->interface, &system_clock), 0);
}

static void way_end(struct way *w)
{
    printer_close(w->printer);
    usb_bus_free(w->bus);
    usb_bench_end(w->bench);
    sim_printer_free(w->model);
}

static struct printer_outcome print(struct way *w)
{
    return printer_print(w->printer,
                         &(struct printer_page){ .bits = w->bits, .row_bytes = ROW, .rows = ROWS });
}

static void fault(struct way *w, const char *name, uint32_t at)
{
    usb_bench_hold(w->bench);
    CHECK(sim_printer_fault(w->model, name, at));
    usb_bench_go_on(w->bench);
}

static void test_usb_printer_prints_what_it_was_given(void **state)
{
    (void)state;
    static struct way w;
    struct sim_slip slip;
    way_start(&w);
    struct printer_outcome o = print(&w);
    CHECK_EQ(o.result, PRINTER_CONFIRMED);
    usb_bench_hold(w.bench);
    CHECK_EQ(sim_printer_slip_count(w.model), 1);
    CHECK(sim_printer_slip(w.model, 0, &slip));
    CHECK_EQ(slip.width, WIDTH);
    CHECK(slip.rows >= ROWS && !slip.has_error);
    CHECK_BYTES(slip.bits, w.bits, sizeof(w.bits));
    CHECK_STR(sim_printer_violation(w.model), "");
    usb_bench_go_on(w.bench);
    way_end(&w);
}

static void test_usb_printer_pulled_out_in_mid_slip_says_how_far_it_got(void **state)
{
    (void)state;
    static struct way w;
    way_start(&w);
    usb_bench_hold(w.bench);
    uint64_t before = sim_printer_taken(w.model);
    usb_bench_go_on(w.bench);
    fault(&w, "unplug-after", 9000);
    struct printer_outcome o = print(&w);
    CHECK_EQ(o.result, PRINTER_UNCERTAIN);
    CHECK(o.is_gone);
    usb_bench_hold(w.bench);
    CHECK_EQ(o.bytes + ASKED, sim_printer_taken(w.model) - before);
    usb_bench_go_on(w.bench);
    way_end(&w);
}

RUN(T(test_usb_printer_prints_what_it_was_given),
    T(test_usb_printer_pulled_out_in_mid_slip_says_how_far_it_got))
