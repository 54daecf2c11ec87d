/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* ---- which devices are readers, and of which pipe style ------------------------------ */

#define BULK(address)         \
    {                         \
        address, USB_BULK, 64 \
    }
#define INTERRUPT(address)         \
    {                              \
        address, USB_INTERRUPT, 64 \
    }

static const struct {
    const char *name;
    uint16_t vendor, product;
    enum sdt_style want;
    struct usb_interface interface;
} models[] = {
    { "split",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0, 0, 0xff, 0, 0, 4, { BULK(0x02), BULK(0x06), BULK(0x81), BULK(0x85) } } },
    { "split of any class",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0, 0, 0, 0, 0, 4, { BULK(0x85), BULK(0x81), BULK(0x06), BULK(0x02) } } },
    { "split with one more",
      0x0400,
      0xc35a,
      SDT_STYLE_SPLIT,
      { 0,
        0,
        0xff,
        0,
        0,
        5,
        { BULK(0x02), BULK(0x06), BULK(0x81), BULK(0x85), INTERRUPT(0x83) } } },
    { "single",
      0x0400,
      0xc35a,
      SDT_STYLE_SINGLE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "single with interrupts",
      0x0316,
      0x5020,
      SDT_STYLE_SINGLE,
      { 2, 0, 0xff, 0, 0, 2, { INTERRUPT(0x03), INTERRUPT(0x84) } } },
    { "three of four pipes",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 3, { BULK(0x02), BULK(0x81), BULK(0x85) } } },
    { "split by interrupts",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 4, { INTERRUPT(0x02), BULK(0x06), BULK(0x81), BULK(0x85) } } },
    { "no way in", 0x0400, 0xc35a, SDT_STYLE_NONE, { 0, 0, 0xff, 0, 0, 1, { BULK(0x01) } } },
    { "no endpoints", 0x0400, 0xc35a, SDT_STYLE_NONE, { 0, 0, 0xff, 0, 0, 0, { BULK(0) } } },
    { "single, not a vendor's class",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0x03, 0, 0, 2, { INTERRUPT(0x01), INTERRUPT(0x81) } } },
    { "single, another protocol",
      0x0400,
      0xc35a,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 1, 2, { BULK(0x01), BULK(0x81) } } },
    { "bootloader",
      0x0483,
      0xdf11,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
    { "somebody else",
      0x04b8,
      0x0202,
      SDT_STYLE_NONE,
      { 0, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } } },
};

static void test_sdt_usb_style_is_decided_by_the_descriptor(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
        struct usb_info info = { .vendor = models[i].vendor,
                                 .product = models[i].product,
                                 .interface_count = 1 };
        uint8_t interface = 9;
        info.interfaces[0] = models[i].interface;
        enum sdt_style style = sdt_usb_style(&info, &interface);
        if (style != models[i].want)
            print_error("%s\n", models[i].name);
        CHECK_EQ(style, models[i].want);
        CHECK_EQ(interface, style == SDT_STYLE_NONE ? 0 : models[i].interface.number);
    }
}

static void test_sdt_usb_takes_the_interface_that_fits(void **state)
{
    (void)state;
    struct usb_info info = { .vendor = 0x0400, .product = 0xc35a, .interface_count = 2 };
    uint8_t interface = 9;
    info.interfaces[0] = (struct usb_interface){ 0, 0, 0x03, 0, 0, 1, { INTERRUPT(0x82) } };
    info.interfaces[1] = (struct usb_interface){ 1, 0, 0xff, 0, 0, 2, { BULK(0x01), BULK(0x81) } };
    CHECK_EQ(sdt_usb_style(&info, &interface), SDT_STYLE_SINGLE);
    CHECK_EQ(interface, 1);
}

/* ---- faults on real pipes ------------------------------------------------------------ */

struct way {
    struct sim_reader *model;
    struct usb_bench *bench;
    struct usb_bus *bus;
    struct sdt_usb usb;
    struct sdt_line line;
};

static void way_start(struct way *w, enum sim_reader_style style)
{
    struct usb_info info;
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    *w = (struct way){ .model = sim_reader_new(style) };
    CHECK(w->model != NULL);
    CHECK_EQ(person_file_load(text, "tests/data/persons/ceshi-jia.json", complaint), 0);
    sim_reader_put_card(w->model, text);
    w->bench = usb_bench_start((struct sim_device *[]){ sim_reader_device(w->model) }, 1);
    CHECK_EQ(usb_bus_usbip(&w->bus, usb_bench_address(w->bench)), 0);
    CHECK_EQ(sdt_usb_find(&info, w->bus, NULL), 0);
    CHECK_EQ(sdt_usb_open(&w->usb, w->bus, &info), 0);
    w->line = (struct sdt_line){ .port = sdt_usb_port(&w->usb), .clock = &system_clock };
}

static void way_end(struct way *w)
{
    sdt_usb_close(&w->usb);
    usb_bus_free(w->bus);
    usb_bench_end(w->bench);
    sim_reader_free(w->model);
}

static void spoil(struct way *w, const char *fault, unsigned count)
{
    usb_bench_hold(w->bench);
    CHECK(sim_reader_fault(w->model, "none", 0));
    CHECK(sim_reader_fault(w->model, fault, count));
    usb_bench_go_on(w->bench);
}

/* A fault at find, select or read; afterwards the pipes are in step again: the whole card comes through. */
static void test_sdt_usb_stays_in_step_after_any_fault(void **state)
{
    (void)state;
    static const char *const faults[] = { "checksum",    "stale",       "too-long", "too-short",
                                          "junk-before", "junk-behind", "bytewise", "inner-lie" };
    static const enum sdt_command_id ids[] = { SDT_FIND, SDT_SELECT, SDT_READ };
    for (enum sim_reader_style style = SIM_READER_SPLIT; style <= SIM_READER_SINGLE; style++) {
        struct way w;
        struct sdt_reply reply;
        struct person person;
        way_start(&w, style);
        spoil(&w, "refind", 0);
        for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
            for (size_t at = 0; at < 3; at++) {
                for (size_t k = 0; k < 3; k++) {
                    if (k == at)
                        spoil(&w, faults[i], 1);
                    (void)!sdt_carry_out(&w.line, ids[k], &reply);
                }
                spoil(&w, "refind", 0);
                for (size_t k = 0; k < 3; k++) {
                    int r = sdt_carry_out(&w.line, ids[k], &reply);
                    if (r)
                        print_error("style %d, %s at %zu: %d at %zu\n", style, faults[i], at, r, k);
                    CHECK_EQ(r, 0);
                }
                CHECK_EQ(card_parse(&person, sdt_text(&reply)), 0);
                CHECK_STR(person.number, "339999199001010013");
            }
        way_end(&w);
    }
}

static void test_sdt_usb_halted_pipe_is_cleared_and_the_request_repeated(void **state)
{
    (void)state;
    struct way w;
    struct sdt_reply reply;
    way_start(&w, SIM_READER_SPLIT);
    spoil(&w, "stall", 1);
    CHECK_EQ(sdt_carry_out(&w.line, SDT_STATUS, &reply), 0);
    CHECK_EQ(sdt_carry_out(&w.line, SDT_SAM_NUMBER, &reply), 0);
    CHECK_EQ(reply.length, SAM_NUMBER_BYTES);
    way_end(&w);
}

static void test_sdt_usb_find_passes_over_the_reader_it_is_told_to(void **state)
{
    (void)state;
    struct way w;
    struct usb_info info;
    way_start(&w, SIM_READER_SINGLE);
    CHECK_EQ(sdt_usb_find(&info, w.bus, usb_device_info(w.usb.device)->path), -ENODEV);
    way_end(&w);
}

RUN(T(test_sdt_usb_style_is_decided_by_the_descriptor),
    T(test_sdt_usb_takes_the_interface_that_fits), T(test_sdt_usb_stays_in_step_after_any_fault),
    T(test_sdt_usb_halted_pipe_is_cleared_and_the_request_repeated),
    T(test_sdt_usb_find_passes_over_the_reader_it_is_told_to))
