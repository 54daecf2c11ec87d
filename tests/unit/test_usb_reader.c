/* links: drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* The whole way of a card: plate, reader, USB/IP, driver. */

struct way {
    struct sim_reader *reader;
    struct usb_bench *bench;
    struct usb_bus *bus;
    struct usb_info info;
    struct sdt_usb usb;
    struct sdt_port port;
    struct fake_clock clock;
    struct idcard *card;
};

static void open_reader(struct way *w)
{
    CHECK_EQ(sdt_usb_find(&w->info, w->bus, NULL), 0);
    CHECK_EQ(sdt_usb_open(&w->usb, w->bus, &w->info), 0);
    w->port = sdt_usb_port(&w->usb);
    CHECK_EQ(idcard_new(&w->card, &w->port, &w->clock.base), 0);
}

static void way_start(struct way *w, enum sim_reader_style style)
{
    *w = (struct way){ .reader = sim_reader_new(style), .clock = fake_clock_at(1000, 0) };
    CHECK(w->reader != NULL);
    w->bench = usb_bench_start((struct sim_device *[]){ sim_reader_device(w->reader) }, 1);
    CHECK_EQ(usb_bus_usbip(&w->bus, usb_bench_address(w->bench)), 0);
    open_reader(w);
}

static void close_reader(struct way *w)
{
    idcard_free(w->card);
    sdt_usb_close(&w->usb);
}

static void way_end(struct way *w)
{
    close_reader(w);
    usb_bus_free(w->bus);
    usb_bench_end(w->bench);
    sim_reader_free(w->reader);
}

static void put(struct way *w, const char *file)
{
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    CHECK_EQ(person_file_load(text, file, complaint), 0);
    usb_bench_hold(w->bench);
    sim_reader_put_card(w->reader, text);
    usb_bench_go_on(w->bench);
}

/* The next event other than "nothing"; the driver's pauses pass at once. */
static enum idcard_event next(struct way *w, struct person *person)
{
    enum idcard_event e = IDCARD_NOTHING;
    for (int i = 0; i < 100 && e == IDCARD_NOTHING; i++) {
        int wait = 0;
        e = idcard_step(w->card, person, &wait);
        fake_clock_advance(&w->clock, wait);
    }
    return e;
}

static void read_one(enum sim_reader_style style)
{
    struct way w;
    struct person p;
    way_start(&w, style);
    CHECK_EQ(next(&w, &p), IDCARD_READY);
    put(&w, "tests/data/persons/chen-xun.json");
    CHECK_EQ(next(&w, &p), IDCARD_COMING);
    CHECK_EQ(next(&w, &p), IDCARD_PERSON);
    CHECK_STR(p.name, "陈𬭎");
    person_wipe(&p);
    usb_bench_hold(w.bench);
    sim_reader_lift(w.reader);
    usb_bench_go_on(w.bench);
    CHECK_EQ(next(&w, &p), IDCARD_REMOVED);
    way_end(&w);
}

static void test_usb_reader_of_split_style_reads_a_card(void **state)
{
    (void)state;
    read_one(SIM_READER_SPLIT);
}

static void test_usb_reader_of_single_style_reads_a_card(void **state)
{
    (void)state;
    read_one(SIM_READER_SINGLE);
}

static void test_usb_reader_of_hid_style_reads_a_card(void **state)
{
    (void)state;
    read_one(SIM_READER_HID);
}

static void test_usb_reader_pulled_out_is_gone_and_comes_back(void **state)
{
    (void)state;
    struct way w;
    struct person p;
    way_start(&w, SIM_READER_SPLIT);
    CHECK_EQ(next(&w, &p), IDCARD_READY);
    usb_bench_plug(w.bench, 0, false);
    CHECK_EQ(next(&w, &p), IDCARD_GONE);
    close_reader(&w);
    CHECK_EQ(sdt_usb_find(&w.info, w.bus, NULL), -ENODEV);
    usb_bench_plug(w.bench, 0, true);
    put(&w, "tests/data/persons/lin-xiuying.json");
    open_reader(&w);
    CHECK_EQ(next(&w, &p), IDCARD_READY);
    CHECK_EQ(next(&w, &p), IDCARD_COMING);
    CHECK_EQ(next(&w, &p), IDCARD_PERSON);
    CHECK_STR(p.name, "林秀英");
    person_wipe(&p);
    way_end(&w);
}

RUN(T(test_usb_reader_of_split_style_reads_a_card), T(test_usb_reader_of_single_style_reads_a_card),
    T(test_usb_reader_of_hid_style_reads_a_card),
    T(test_usb_reader_pulled_out_is_gone_and_comes_back))
