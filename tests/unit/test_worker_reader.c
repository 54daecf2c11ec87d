/* links: firmware/worker firmware/seal drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "firmware/worker/reader.h"
#include "tests/support/check.h"
#include "tests/support/serial_bench.h"
#include "tests/support/usb_bench.h"

/* The whole thread against a simulated reader. Time is real here; WAIT is reached only when a test fails. */
enum { WAIT = 10000, NOTHING_MORE = 50 };

struct desk {
    struct sim_reader *model;
    struct usb_bench *bench;
    struct queue *queue;
    struct reader *reader;
};

static void drop(void *message)
{
    post_free(message);
}

static void desk_prepare(struct desk *d)
{
    *d = (struct desk){ .model = sim_reader_new(SIM_READER_SPLIT) };
    CHECK(d->model != NULL);
    d->bench = usb_bench_start((struct sim_device *[]){ sim_reader_device(d->model) }, 1);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
}

static void desk_open(struct desk *d)
{
    CHECK_EQ(reader_start(&d->reader, usb_bench_address(d->bench), &system_clock, d->queue), 0);
}

static void desk_end(struct desk *d)
{
    reader_stop(d->reader);
    queue_free(d->queue);
    usb_bench_end(d->bench);
    sim_reader_free(d->model);
}

static void lay(struct desk *d, const char *file)
{
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    CHECK_EQ(person_file_load(text, file, complaint), 0);
    usb_bench_hold(d->bench);
    sim_reader_put_card(d->model, text);
    usb_bench_go_on(d->bench);
}

static void lift(struct desk *d)
{
    usb_bench_hold(d->bench);
    sim_reader_lift(d->model);
    usb_bench_go_on(d->bench);
}

static void spoil(struct desk *d, const char *fault)
{
    usb_bench_hold(d->bench);
    CHECK(sim_reader_fault(d->model, fault, 0));
    usb_bench_go_on(d->bench);
}

static struct post *receive(struct desk *d)
{
    struct post *p = queue_receive(d->queue, WAIT);
    if (!p)
        fail_msg("no message in %d ms", WAIT);
    return p;
}

/* The next message is this event with this number. */
static void expect(struct desk *d, enum event_kind kind, int number)
{
    struct post *p = receive(d);
    CHECK_EQ(p->kind, POST_EVENT);
    CHECK_EQ(p->event.kind, kind);
    CHECK_EQ(p->event.number, number);
    post_free(p);
}

static void expect_person(struct desk *d, const char *name)
{
    struct post *p = receive(d);
    CHECK_EQ(p->event.kind, EV_CARD_READ);
    CHECK_STR(p->event.person->name, name);
    post_free(p);
}

static void test_worker_reader_tells_what_happens_on_the_plate(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    desk_open(&d);
    expect(&d, EV_READER, 1);
    lay(&d, "tests/data/persons/chen-xun.json");
    expect(&d, EV_CARD_COMING, 0);
    expect_person(&d, "陈𬭎");
    lift(&d);
    expect(&d, EV_CARD_GONE, 0);
    desk_end(&d);
}

static void test_worker_reader_tells_staff_what_is_there(void **state)
{
    (void)state;
    struct desk d;
    struct reader_facts facts;
    desk_prepare(&d);
    desk_open(&d);
    expect(&d, EV_READER, 1);
    lay(&d, "tests/data/persons/chen-xun.json");
    expect(&d, EV_CARD_COMING, 0);
    expect_person(&d, "陈𬭎");
    reader_tell_facts(d.reader, &facts);
    CHECK_EQ(facts.cause, READER_WORKS);
    CHECK_EQ(facts.style, SDT_STYLE_SPLIT);
    CHECK_STR(facts.path, "1-1");
    CHECK_STR(facts.security_module, "05.01-20200101-0000000042-0123456789");
    desk_end(&d);
}

static void test_worker_reader_on_a_serial_line_reads_a_card(void **state)
{
    (void)state;
    struct sim_reader *model = sim_reader_new(SIM_READER_SERIAL);
    struct serial_bench *line = serial_bench_start(model, 57600);
    struct desk d = { .model = model };
    struct reader_facts facts;
    const char *ttys[] = { serial_bench_path(line), NULL };
    const struct reader_choice choice = { .usbip = "127.0.0.1:1", .ttys = ttys };
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    CHECK_EQ(person_file_load(text, "tests/data/persons/lin-xiuying.json", complaint), 0);
    CHECK_EQ(queue_new(&d.queue, 64, drop), 0);
    CHECK_EQ(reader_open(&d.reader, &choice, &system_clock, d.queue), 0);
    expect(&d, EV_READER, 1);
    serial_bench_hold(line);
    sim_reader_put_card(model, text);
    serial_bench_go_on(line);
    expect(&d, EV_CARD_COMING, 0);
    expect_person(&d, "林秀英");
    reader_tell_facts(d.reader, &facts);
    CHECK_EQ(facts.style, SDT_STYLE_UART);
    serial_bench_pull(line);
    expect(&d, EV_CARD_GONE, 0);
    expect(&d, EV_READER, 0);
    reader_stop(d.reader);
    queue_free(d.queue);
    serial_bench_end(line);
    sim_reader_free(model);
}

static void test_worker_reader_needs_a_true_address(void **state)
{
    (void)state;
    struct reader *r = NULL;
    struct queue *queue;
    CHECK_EQ(queue_new(&queue, 4, drop), 0);
    CHECK_EQ(reader_start(&r, "nonsense", &system_clock, queue), -EINVAL);
    CHECK(r == NULL);
    const struct reader_choice usual = { .usbip = "127.0.0.1:1" }; /* and the usual lines */
    CHECK_EQ(reader_open(&r, &usual, &system_clock, queue), 0);
    struct post *p = queue_receive(queue, WAIT);
    CHECK(p != NULL);
    CHECK_EQ(p->event.kind, EV_READER);
    CHECK_EQ(p->event.number, 0);
    post_free(p);
    reader_stop(r);
    queue_free(queue);
}

static void test_worker_reader_plugged_in_later_is_found(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    usb_bench_plug(d.bench, 0, false);
    desk_open(&d);
    expect(&d, EV_READER, 0);
    usb_bench_plug(d.bench, 0, true);
    expect(&d, EV_READER, 1);
    desk_end(&d);
}

static void test_worker_reader_pulled_out_takes_the_card_with_it(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    desk_open(&d);
    expect(&d, EV_READER, 1);
    lay(&d, "tests/data/persons/lin-xiuying.json");
    expect(&d, EV_CARD_COMING, 0);
    expect_person(&d, "林秀英");
    usb_bench_plug(d.bench, 0, false);
    expect(&d, EV_CARD_GONE, 0);
    expect(&d, EV_READER, 0);
    desk_end(&d);
}

static void test_worker_reader_pulled_out_empty_speaks_of_no_card(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    desk_open(&d);
    expect(&d, EV_READER, 1);
    usb_bench_plug(d.bench, 0, false);
    expect(&d, EV_READER, 0);
    desk_end(&d);
}

/* Plugged in and listed, but every answer is broken: for the resident that is no reader. */
static void test_worker_reader_that_never_answers_is_missing(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    spoil(&d, "too-short");
    desk_open(&d);
    expect(&d, EV_READER, 0);
    spoil(&d, "none");
    expect(&d, EV_READER, 1);
    desk_end(&d);
}

static void test_worker_reader_that_breaks_down_in_service_is_missing(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    desk_open(&d);
    expect(&d, EV_READER, 1);
    spoil(&d, "too-short");
    expect(&d, EV_READER, 0);
    spoil(&d, "none");
    expect(&d, EV_READER, 1);
    desk_end(&d);
}

static void test_worker_reader_with_a_sick_module_is_missing_until_it_is_well(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    spoil(&d, "sam-sick");
    desk_open(&d);
    expect(&d, EV_READER, 0);
    CHECK(queue_receive(d.queue, NOTHING_MORE) == NULL);
    desk_end(&d);
}

static void test_worker_reader_stops_while_the_reader_is_silent(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d);
    spoil(&d, "silence");
    desk_open(&d);
    CHECK(queue_receive(d.queue, NOTHING_MORE) ==
          NULL); /* it is asking now, and would for four seconds */
    int64_t before = system_clock.boot_ms(&system_clock);
    reader_stop(d.reader);
    d.reader = NULL;
    CHECK(system_clock.boot_ms(&system_clock) - before < 1000);
    desk_end(&d);
}

RUN(T(test_worker_reader_tells_what_happens_on_the_plate),
    T(test_worker_reader_tells_staff_what_is_there),
    T(test_worker_reader_on_a_serial_line_reads_a_card), T(test_worker_reader_needs_a_true_address),
    T(test_worker_reader_plugged_in_later_is_found),
    T(test_worker_reader_pulled_out_takes_the_card_with_it),
    T(test_worker_reader_pulled_out_empty_speaks_of_no_card),
    T(test_worker_reader_that_never_answers_is_missing),
    T(test_worker_reader_that_breaks_down_in_service_is_missing),
    T(test_worker_reader_with_a_sick_module_is_missing_until_it_is_well),
    T(test_worker_reader_stops_while_the_reader_is_silent))
