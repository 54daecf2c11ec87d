/* links: firmware/worker drivers/keypad drivers/scanner drivers/hid drivers/usb board/host/sim firmware/base */
#include "board/host/sim/keypad_model.h"
#include "board/host/sim/typist.h"
#include "firmware/worker/keypad.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* The whole thread against a simulated keypad. Time is real here; WAIT is reached only when a test fails. */
enum { WAIT = 10000, NOTHING_MORE = 60 };

struct desk {
    struct sim_keypad *model;
    struct sim_keyboard *stranger;
    struct usb_bench *bench;
    struct queue *queue;
    struct keypad_worker *worker;
};

static void drop(void *message)
{
    post_free(message);
}

static void desk_prepare(struct desk *d, enum sim_keypad_layout layout)
{
    *d = (struct desk){ .model = sim_keypad_new(layout), .stranger = sim_keyboard_new() };
    CHECK(d->model && d->stranger);
    d->bench = usb_bench_start(
        (struct sim_device *[]){ sim_keypad_device(d->model), sim_keyboard_device(d->stranger) },
        2);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
}

static void desk_open(struct desk *d)
{
    CHECK_EQ(keypad_start(&d->worker, usb_bench_address(d->bench), &system_clock, d->queue), 0);
}

static void desk_end(struct desk *d)
{
    keypad_stop(d->worker);
    queue_free(d->queue);
    usb_bench_end(d->bench);
    sim_keypad_free(d->model);
    sim_keyboard_free(d->stranger);
}

static void press(struct desk *d, const char *key, int ms)
{
    usb_bench_hold(d->bench);
    CHECK(sim_keypad_press(d->model, key, ms, system_clock.boot_ms(&system_clock)));
    usb_bench_go_on(d->bench);
}

static void headphones(struct desk *d, bool are_in)
{
    usb_bench_hold(d->bench);
    sim_keypad_headphones(d->model, are_in, system_clock.boot_ms(&system_clock));
    usb_bench_go_on(d->bench);
}

static void spoil(struct desk *d, const char *fault)
{
    usb_bench_hold(d->bench);
    CHECK(sim_keypad_fault(d->model, fault));
    usb_bench_go_on(d->bench);
}

static void expect(struct desk *d, enum keypad_event event)
{
    struct post *p = queue_receive(d->queue, WAIT);
    if (!p) {
        fail_msg("no message in %d ms: %s", WAIT, keypad_event_word(event));
        return;
    }
    CHECK_EQ((int)p->kind, POST_KEY);
    CHECK_STR(keypad_event_word((enum keypad_event)p->number), keypad_event_word(event));
    post_free(p);
}

static void expect_nothing(struct desk *d)
{
    CHECK(queue_receive(d->queue, NOTHING_MORE) == NULL);
}

static void every_key(enum sim_keypad_layout layout)
{
    struct desk d;
    desk_prepare(&d, layout);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    for (size_t i = 0; sim_keypad_key(i); i++) {
        press(&d, sim_keypad_key(i), 1);
        expect(&d, (enum keypad_event)(KEYPAD_UP + i));
    }
    headphones(&d, true);
    expect(&d, KEYPAD_HEADPHONES_IN);
    headphones(&d, false);
    expect(&d, KEYPAD_HEADPHONES_OUT);
    desk_end(&d);
}

static void test_worker_keypad_posts_every_key_of_both_layouts(void **state)
{
    (void)state;
    every_key(SIM_KEYPAD_PLAIN);
    every_key(SIM_KEYPAD_FUNCTIONS);
}

static void test_worker_keypad_repeats_a_held_arrow(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    press(&d, "down", 0);
    expect(&d, KEYPAD_DOWN);
    expect(&d, KEYPAD_DOWN);
    desk_end(&d);
}

static void test_worker_keypad_pulled_out_takes_the_headphones_along(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    headphones(&d, true);
    expect(&d, KEYPAD_HEADPHONES_IN);
    usb_bench_plug(d.bench, 0, false);
    expect(&d, KEYPAD_HEADPHONES_OUT);
    expect(&d, KEYPAD_GONE);
    usb_bench_plug(d.bench, 0, true); /* and the plug is still in the jack */
    expect(&d, KEYPAD_READY);
    expect(&d, KEYPAD_HEADPHONES_IN);
    desk_end(&d);
}

static void test_worker_keypad_plugged_in_later_is_found(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    usb_bench_plug(d.bench, 0, false);
    desk_open(&d);
    expect(&d, KEYPAD_GONE);
    usb_bench_plug(d.bench, 0, true);
    expect(&d, KEYPAD_READY);
    desk_end(&d);
}

static void test_worker_keypad_never_opens_a_strangers_keyboard(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    usb_bench_plug(d.bench, 0, false);
    usb_bench_hold(d.bench);
    sim_keyboard_type(d.stranger, "reboot\n");
    usb_bench_go_on(d.bench);
    usb_bench_plug(d.bench, 1, true);
    desk_open(&d);
    expect(&d, KEYPAD_GONE); /* the bus has been looked at, and the keyboard with it */
    usb_bench_plug(d.bench, 0, true);
    expect(&d, KEYPAD_READY);
    press(&d, "up", 1);
    expect(&d, KEYPAD_UP);
    usb_bench_hold(d.bench);
    CHECK_EQ(sim_keyboard_reports(d.stranger), 0);
    usb_bench_go_on(d.bench);
    desk_end(&d);
}

static void test_worker_keypad_survives_a_halt(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    spoil(&d, "stall-once");
    press(&d, "help", 1);
    expect(&d, KEYPAD_HELP);
    spoil(&d, "stall"); /* for good: closed, and looked for again */
    expect(&d, KEYPAD_GONE);
    spoil(&d, "none");
    expect(&d, KEYPAD_READY);
    desk_end(&d);
}

static void test_worker_keypad_that_babbles_is_closed(void **state)
{
    (void)state;
    struct desk d;
    struct post *p;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    spoil(&d, "babble");
    /* Some of the noise may look like keys; then it is over. */
    for (bool is_over = false; !is_over; post_free(p)) {
        p = queue_receive(d.queue, WAIT);
        CHECK(p != NULL);
        is_over = p->number == KEYPAD_GONE;
    }
    desk_end(&d);
}

static void test_worker_keypad_ignores_rollover_and_short_reports(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    spoil(&d, "rollover");
    press(&d, "up", 1);
    expect_nothing(&d);
    spoil(&d, "none");
    press(&d, "left", 1);
    expect(&d, KEYPAD_LEFT);
    spoil(&d, "short");
    press(&d, "right", 1);
    expect_nothing(&d);
    spoil(&d, "none");
    press(&d, "select", 1);
    expect(&d, KEYPAD_SELECT);
    desk_end(&d);
}

static void test_worker_keypad_with_bouncing_contacts_acts_once(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    spoil(&d, "bounce");
    press(&d, "select", 80);
    expect(&d, KEYPAD_SELECT);
    expect_nothing(&d);
    desk_end(&d);
}

static void test_worker_keypad_stops_at_once(void **state)
{
    (void)state;
    struct desk d;
    desk_prepare(&d, SIM_KEYPAD_PLAIN);
    desk_open(&d);
    expect(&d, KEYPAD_READY);
    int64_t before = system_clock.boot_ms(&system_clock);
    keypad_stop(d.worker);
    d.worker = NULL;
    CHECK(system_clock.boot_ms(&system_clock) - before < 1000);
    desk_end(&d);
}

RUN(T(test_worker_keypad_posts_every_key_of_both_layouts),
    T(test_worker_keypad_repeats_a_held_arrow),
    T(test_worker_keypad_pulled_out_takes_the_headphones_along),
    T(test_worker_keypad_plugged_in_later_is_found),
    T(test_worker_keypad_never_opens_a_strangers_keyboard), T(test_worker_keypad_survives_a_halt),
    T(test_worker_keypad_that_babbles_is_closed),
    T(test_worker_keypad_ignores_rollover_and_short_reports),
    T(test_worker_keypad_with_bouncing_contacts_acts_once), T(test_worker_keypad_stops_at_once))
