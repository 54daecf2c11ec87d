/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/examine.h"
#include "tests/support/check.h"
#include "tests/support/serial_bench.h"
#include "tests/support/usb_bench.h"

/* What a technician is told about a reader. */

struct shop {
    struct sim_reader *model;
    struct usb_bench *bench;
    struct usb_bus *bus;
    struct sdt_place places[4];
    size_t count;
};

static void shop_open(struct shop *s, enum sim_reader_style style)
{
    *s = (struct shop){ .model = sim_reader_new(style) };
    CHECK(s->model != NULL);
    s->bench = usb_bench_start((struct sim_device *[]){ sim_reader_device(s->model) }, 1);
    CHECK_EQ(usb_bus_usbip(&s->bus, usb_bench_address(s->bench)), 0);
}

static void shop_look(struct shop *s)
{
    CHECK_EQ(idcard_find_suspects(s->places, 4, &s->count, s->bus, NULL), 0);
}

static void shop_close(struct shop *s)
{
    usb_bus_free(s->bus);
    usb_bench_end(s->bench);
    sim_reader_free(s->model);
}

static struct idcard_finding examine(struct shop *s)
{
    struct idcard_finding f;
    CHECK_EQ(s->count, 1);
    idcard_examine(&f, s->bus, &s->places[0], &system_clock);
    return f;
}

static void test_idcard_examine_a_good_reader_says_its_module_and_style(void **state)
{
    (void)state;
    static const enum sdt_style want[] = { SDT_STYLE_SPLIT, SDT_STYLE_SINGLE, SDT_STYLE_HID };
    for (enum sim_reader_style style = SIM_READER_SPLIT; style <= SIM_READER_HID; style++) {
        struct shop s;
        shop_open(&s, style);
        shop_look(&s);
        struct idcard_finding f = examine(&s);
        CHECK_EQ(f.cause, READER_WORKS);
        CHECK_EQ(f.style, want[style]);
        CHECK_STR(f.security_module, "05.01-20200101-0000000042-0123456789");
        shop_close(&s);
    }
}

static void test_idcard_examine_names_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *fault;
        enum reader_cause want;
    } rows[] = { { "sam-sick", READER_SAM_UNAUTHORISED },
                 { "sam-failed", READER_SAM_SICK },
                 { "too-short", READER_SILENT } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct shop s;
        shop_open(&s, SIM_READER_SPLIT);
        CHECK(sim_reader_fault(s.model, rows[i].fault, 0));
        shop_look(&s);
        struct idcard_finding f = examine(&s);
        CHECK_EQ(f.cause, rows[i].want);
        CHECK_STR(f.security_module, "");
        shop_close(&s);
    }
}

static void test_idcard_examine_knows_a_reader_that_is_in_use(void **state)
{
    (void)state;
    struct shop s;
    struct sdt_connection c;
    shop_open(&s, SIM_READER_SINGLE);
    shop_look(&s);
    CHECK_EQ(sdt_connect(&c, s.bus, &s.places[0], &system_clock), 0);
    CHECK_EQ(examine(&s).cause, READER_BUSY);
    sdt_disconnect(&c);
    usb_bench_plug(s.bench, 0, false);
    CHECK_EQ(examine(&s).cause, READER_GONE);
    shop_look(&s);
    CHECK_EQ(s.count, 0);
    shop_close(&s);
}

static void test_idcard_examine_lists_what_is_left_alone(void **state)
{
    (void)state;
    static const struct {
        uint8_t vendor[2], product[2];
        enum reader_cause want;
    } rows[] = { { { 0x83, 0x04 }, { 0x11, 0xdf }, READER_BOOTLOADER },
                 { { 0xc4, 0x10 }, { 0x07, 0x00 }, READER_ENVELOPE },
                 { { 0xc4, 0x10 }, { 0x1b, 0x8a }, READER_UNCONFIRMED } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct shop s;
        uint8_t descriptor[18];
        shop_open(&s, SIM_READER_SINGLE);
        struct sim_device *d = sim_reader_device(s.model);
        memcpy(descriptor, d->device_descriptor, sizeof(descriptor));
        memcpy(descriptor + 8, rows[i].vendor, 2);
        memcpy(descriptor + 10, rows[i].product, 2);
        usb_bench_hold(s.bench);
        d->device_descriptor = descriptor;
        usb_bench_go_on(s.bench);
        shop_look(&s);
        CHECK_EQ(examine(&s).cause, rows[i].want);
        CHECK_EQ(examine(&s).style, SDT_STYLE_NONE);
        shop_close(&s);
    }
}

static void test_idcard_examine_a_serial_line(void **state)
{
    (void)state;
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_SERIAL);
    struct serial_bench *line = serial_bench_start(model, 19200);
    const char *ttys[] = { serial_bench_path(line), NULL };
    struct sdt_place place;
    struct usb_bus *bus;
    size_t count;
    struct idcard_finding f;
    CHECK_EQ(usb_bus_usbip(&bus, "127.0.0.1:1"), 0);
    CHECK_EQ(idcard_find_suspects(&place, 1, &count, bus, ttys), 0);
    CHECK_EQ(count, 1);
    idcard_examine(&f, bus, &place, &system_clock);
    CHECK_EQ(f.cause, READER_WORKS);
    CHECK_EQ(f.style, SDT_STYLE_UART);
    CHECK_EQ(f.rate, 19200);
    strcpy(place.path, "/dev/null");
    idcard_examine(&f, bus, &place, &system_clock);
    CHECK_EQ(f.cause, READER_WRONG_PORT);
    CHECK_EQ(f.rate, 0);
    usb_bus_free(bus);
    serial_bench_end(line);
}

RUN(T(test_idcard_examine_a_good_reader_says_its_module_and_style),
    T(test_idcard_examine_names_what_is_wrong),
    T(test_idcard_examine_knows_a_reader_that_is_in_use),
    T(test_idcard_examine_lists_what_is_left_alone), T(test_idcard_examine_a_serial_line))
