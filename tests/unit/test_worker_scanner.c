/* links: firmware/worker drivers/keypad drivers/scanner drivers/hid drivers/usb board/host/sim firmware/base */
#include "board/host/sim/scanner_model.h"
#include "board/host/sim/typist.h"
#include "firmware/worker/scanner.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* The whole thread against a simulated scanner of each style. Time is real here; WAIT is reached only when a test fails. */
enum { WAIT = 10000, NOTHING_MORE = 60, STYLES = 3 };

struct desk {
    struct sim_scanner *model;
    struct sim_keyboard *stranger;
    struct usb_bench *bench;
    struct queue *queue;
    struct scanner_worker *worker;
};

static void drop(void *message)
{
    post_free(message);
}

static void desk_start(struct desk *d, enum sim_scanner_style style)
{
    *d = (struct desk){ .model = sim_scanner_new(style), .stranger = sim_keyboard_new() };
    CHECK(d->model && d->stranger);
    d->bench = usb_bench_start(
        (struct sim_device *[]){ sim_scanner_device(d->model), sim_keyboard_device(d->stranger) },
        2);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
    CHECK_EQ(scanner_start(&d->worker, usb_bench_address(d->bench), &system_clock, d->queue), 0);
}

static void desk_end(struct desk *d)
{
    scanner_stop(d->worker);
    queue_free(d->queue);
    usb_bench_end(d->bench);
    sim_scanner_free(d->model);
    sim_keyboard_free(d->stranger);
}

static void show(struct desk *d, const char *text)
{
    bool is_shown;
    do { /* while it is still sending the one before */
        usb_bench_hold(d->bench);
        is_shown = sim_scanner_show(d->model, text);
        usb_bench_go_on(d->bench);
    } while (!is_shown);
}

static void spoil(struct desk *d, const char *fault)
{
    usb_bench_hold(d->bench);
    CHECK(sim_scanner_fault(d->model, fault));
    usb_bench_go_on(d->bench);
}

static struct post *expect(struct desk *d, enum scan_event event, enum scan_refusal why)
{
    struct post *p = queue_receive(d->queue, WAIT);
    if (!p)
        fail_msg("no message in %d ms", WAIT);
    CHECK_EQ((int)p->kind, POST_SCAN);
    CHECK_EQ(p->number, event);
    CHECK_EQ(p->data.scan.why, why);
    return p;
}

static void expect_text(struct desk *d, const char *text, enum scan_kind kind)
{
    struct post *p = expect(d, SCAN_READ, (enum scan_refusal)0);
    CHECK_STR(p->data.scan.text, text);
    CHECK_EQ(p->data.scan.kind, kind);
    post_free(p);
}

static void test_worker_scanner_reads_codes_in_every_style(void **state)
{
    (void)state;
    char long_text[301];
    memset(long_text, 'Z', 300);
    long_text[300] = 0;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        show(&d, "https://county.example/a?b=1&c=%20#~!(x)");
        expect_text(&d, "https://county.example/a?b=1&c=%20#~!(x)", SCAN_OTHER);
        show(&d, "https://c.example/p#1234567890123450");
        expect_text(&d, "1234567890123450", SCAN_HAND_OFF);
        show(&d, long_text);
        expect_text(&d, long_text, SCAN_OTHER);
        desk_end(&d);
    }
}

static void test_worker_scanner_reads_chinese_where_the_style_can(void **state)
{
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        show(&d, "受理回执 A");
        if (style == SIM_SCANNER_KEYBOARD)
            post_free(expect(&d, SCAN_REFUSED, SCAN_BINARY));
        else
            expect_text(&d, "受理回执 A", SCAN_OTHER);
        desk_end(&d);
    }
}

static void test_worker_scanner_refuses_bytes_and_goes_on(void **state)
{
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        spoil(&d, "binary");
        show(&d, "abcde");
        post_free(expect(&d, SCAN_REFUSED, SCAN_BINARY));
        show(&d, "well again");
        expect_text(&d, "well again", SCAN_OTHER);
        desk_end(&d);
    }
}

static void test_worker_scanner_refuses_a_code_of_excess_length(void **state)
{
    (void)state;
    char text[SCAN_TEXT_MAX + 100];
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = 0;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        show(&d, text);
        post_free(expect(&d, SCAN_REFUSED, SCAN_TOO_LONG));
        show(&d, "short");
        expect_text(&d, "short", SCAN_OTHER);
        desk_end(&d);
    }
}

static void test_worker_scanner_half_a_code_is_no_code(void **state)
{
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        spoil(&d, "half");
        show(&d, "half of this");
        post_free(expect(&d, SCAN_REFUSED, SCAN_HALF));
        show(&d, "all of this");
        expect_text(&d, "all of this", SCAN_OTHER);
        desk_end(&d);
    }
}

static void test_worker_scanner_pulled_out_in_a_code_forgets_it(void **state)
{
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        spoil(&d, "half-unplug");
        show(&d, "https://c.example/p#1234567890123450");
        post_free(expect(&d, SCAN_REFUSED, SCAN_HALF));
        post_free(expect(&d, SCAN_GONE, (enum scan_refusal)0));
        usb_bench_plug(d.bench, 0, true);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        show(&d, "9999999999999990");
        expect_text(&d, "9999999999999990",
                    SCAN_HAND_OFF); /* and nothing of the first half before it */
        desk_end(&d);
    }
}

/* Texts may come before it; it is closed within seconds, and says why. */
static void floods(enum sim_scanner_style style, const char *fault)
{
    struct desk d;
    struct post *p;
    desk_start(&d, style);
    post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
    spoil(&d, fault);
    show(&d, "again and again");
    for (bool is_over = false; !is_over; post_free(p)) {
        p = queue_receive(d.queue, WAIT);
        CHECK(p != NULL);
        is_over = p->number == SCAN_GONE;
        CHECK_EQ(p->data.scan.why, is_over ? SCAN_FLOOD : 0);
    }
    desk_end(&d);
}

static void test_worker_scanner_that_floods_is_closed(void **state)
{
    (void)state;
    floods(SIM_SCANNER_POS, "flood");
    floods(SIM_SCANNER_SERIAL, "flood");
    floods(SIM_SCANNER_POS, "endless");
    floods(SIM_SCANNER_SERIAL, "endless");
}

static void test_worker_scanner_survives_a_halt(void **state)
{
    (void)state;
    for (int style = 0; style < STYLES; style++) {
        struct desk d;
        desk_start(&d, (enum sim_scanner_style)style);
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        spoil(&d, "stall");
        post_free(expect(&d, SCAN_GONE, (enum scan_refusal)0));
        spoil(&d, "none");
        post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
        show(&d, "1234567890123450");
        expect_text(&d, "1234567890123450", SCAN_HAND_OFF);
        desk_end(&d);
    }
}

static void test_worker_scanner_never_opens_a_strangers_keyboard(void **state)
{
    (void)state;
    struct desk d;
    desk_start(&d, SIM_SCANNER_KEYBOARD);
    post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
    usb_bench_hold(d.bench);
    sim_keyboard_type(d.stranger, "K0012-000042-7\n");
    usb_bench_go_on(d.bench);
    usb_bench_plug(d.bench, 1, true);
    usb_bench_plug(d.bench, 0, false);
    post_free(expect(&d, SCAN_GONE, (enum scan_refusal)0));
    CHECK(queue_receive(d.queue, NOTHING_MORE) == NULL);
    usb_bench_plug(d.bench, 0,
                   true); /* found again on a bus that it has looked through meanwhile */
    post_free(expect(&d, SCAN_READY, (enum scan_refusal)0));
    usb_bench_hold(d.bench);
    CHECK_EQ(sim_keyboard_reports(d.stranger), 0);
    usb_bench_go_on(d.bench);
    desk_end(&d);
}

RUN(T(test_worker_scanner_reads_codes_in_every_style),
    T(test_worker_scanner_reads_chinese_where_the_style_can),
    T(test_worker_scanner_refuses_bytes_and_goes_on),
    T(test_worker_scanner_refuses_a_code_of_excess_length),
    T(test_worker_scanner_half_a_code_is_no_code),
    T(test_worker_scanner_pulled_out_in_a_code_forgets_it),
    T(test_worker_scanner_that_floods_is_closed), T(test_worker_scanner_survives_a_halt),
    T(test_worker_scanner_never_opens_a_strangers_keyboard))
