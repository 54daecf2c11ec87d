/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/idcard.h"
#include "drivers/idcard/connection.h"
#include "drivers/idcard/port_hid.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

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
    for (enum sim_reader_style style = SIM_READER_SPLIT; style <= SIM_READER_HID; style++) {
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

/* HID: a request fills its report with zeros, and a reply comes in whole reports (ceil((Len + 7) / 64)). */
static void test_sdt_usb_hid_moves_whole_reports(void **state)
{
    (void)state;
    uint8_t report[SDT_HID_REPORT], frame[SDT_HID_REPORT + 1], want[SDT_HID_REPORT] = { 0 };
    memset(frame, 0xaa, sizeof(frame));
    memset(want, 0xaa, 10);
    memset(report, 0x55, sizeof(report));
    CHECK(sdt_hid_pack(report, frame, 10));
    CHECK_BYTES(report, want, sizeof(want));
    CHECK(sdt_hid_pack(report, frame, SDT_HID_REPORT));
    CHECK(!sdt_hid_pack(report, frame, SDT_HID_REPORT + 1));
    AUTO(sim_reader_free) struct sim_reader *model = sim_reader_new(SIM_READER_HID);
    struct sim_device *d = sim_reader_device(model);
    memset(report, 0, sizeof(report));
    CHECK_EQ(sdt_request(report, 0x12, 0xff, NULL, 0), 10);
    CHECK_EQ(d->out(d, 0x01, report, sizeof(report), 0), SDT_HID_REPORT);
    CHECK_EQ(d->in(d, 0x81, frame, sizeof(frame), 0), SDT_HID_REPORT); /* 27 bytes and padding */
    CHECK_EQ(frame[26], 0x84);
    CHECK_EQ(frame[27], 0);
    CHECK_EQ(d->in(d, 0x81, frame, sizeof(frame), 0), SIM_NAK);
}

/* Every kind of reader on the bus is a place, and nothing else is. */
static void test_sdt_usb_readers_are_places(void **state)
{
    (void)state;
    struct sim_reader *both[] = { sim_reader_new(SIM_READER_SPLIT),
                                  sim_reader_new(SIM_READER_HID) };
    struct usb_bench *bench = usb_bench_start(
        (struct sim_device *[]){ sim_reader_device(both[0]), sim_reader_device(both[1]) }, 2);
    struct usb_bus *bus;
    struct sdt_place places[4];
    struct sdt_connection c;
    struct sdt_reply reply;
    size_t count;
    CHECK_EQ(usb_bus_usbip(&bus, usb_bench_address(bench)), 0);
    CHECK_EQ(sdt_find_places(places, 4, &count, bus, NULL), 0);
    CHECK_EQ(count, 2);
    CHECK_EQ(places[0].style, SDT_STYLE_SPLIT);
    CHECK_EQ(places[1].style, SDT_STYLE_HID);
    for (size_t i = 0; i < count; i++) {
        CHECK_EQ(sdt_connect(&c, bus, &places[i], &system_clock), 0);
        struct sdt_line line = { .port = sdt_connection_port(&c), .clock = &system_clock };
        CHECK_EQ(sdt_carry_out(&line, SDT_SAM_NUMBER, &reply), 0);
        sdt_disconnect(&c);
    }
    CHECK_EQ(sdt_find_places(places, 1, &count, bus, NULL), 0);
    CHECK_EQ(count, 1);
    places[0].info.interface_count = 0;
    CHECK_EQ(sdt_connect(&c, bus, &places[0], &system_clock), -EINVAL);
    sdt_disconnect(&c);
    usb_bus_free(bus);
    usb_bench_end(bench);
    sim_reader_free(both[0]);
    sim_reader_free(both[1]);
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

RUN(T(test_sdt_usb_stays_in_step_after_any_fault),
    T(test_sdt_usb_halted_pipe_is_cleared_and_the_request_repeated),
    T(test_sdt_usb_hid_moves_whole_reports), T(test_sdt_usb_readers_are_places),
    T(test_sdt_usb_find_passes_over_the_reader_it_is_told_to))
