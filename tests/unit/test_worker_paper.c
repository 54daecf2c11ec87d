/* links: firmware/worker drivers/printer drivers/usb board/host/sim firmware/base */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "board/host/sim/printer_model.h"
#include "firmware/worker/paper.h"
#include "tests/support/check.h"
#include "tests/support/usb_bench.h"

/* The whole thread against a simulated printer. Time is real here; WAIT is reached only when a test fails. */
enum { WAIT = 10000, WIDTH = 384, ROWS = 300 };

struct desk {
    struct sim_printer *model;
    struct usb_bench *bench;
    struct queue *queue;
    struct paper *paper;
};

static void drop(void *message)
{
    post_free(message);
}

static void desk_open(struct desk *d, unsigned mm_per_s)
{
    *d = (struct desk){ .model = sim_printer_new(WIDTH) };
    CHECK(d->model != NULL);
    sim_printer_speed(d->model, mm_per_s);
    d->bench = usb_bench_start((struct sim_device *[]){ sim_printer_device(d->model) }, 1);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
    CHECK_EQ(paper_start(&d->paper, usb_bench_address(d->bench), &system_clock, d->queue), 0);
}

static void desk_end(struct desk *d)
{
    paper_stop(d->paper);
    queue_free(d->queue);
    usb_bench_end(d->bench);
    sim_printer_free(d->model);
}

static void fault(struct desk *d, const char *name, uint32_t at)
{
    usb_bench_hold(d->bench);
    CHECK(sim_printer_fault(d->model, name, at));
    usb_bench_go_on(d->bench);
}

static struct paper_page *page(const char *job)
{
    struct paper_page *p = calloc(1, sizeof(*p));
    if (!p)
        abort();
    snprintf(p->job, sizeof(p->job), "%s", job);
    p->width_dots = WIDTH;
    p->rows = ROWS;
    p->bits = malloc(ROWS * WIDTH / 8);
    if (!p->bits)
        abort();
    memset(p->bits, 0xf0, ROWS * WIDTH / 8);
    return p;
}

static struct post *receive(struct desk *d)
{
    struct post *p = queue_receive(d->queue, WAIT);
    if (!p)
        fail_msg("no message in %d ms", WAIT);
    return p;
}

static void expect_printer(struct desk *d, int can_print)
{
    struct post *p = receive(d);
    CHECK_EQ(p->kind, POST_EVENT);
    CHECK_EQ(p->event.kind, EV_PRINTER);
    CHECK_EQ(p->event.number, can_print);
    post_free(p);
}

/* Returns the bytes sent. */
static uint64_t expect_print(struct desk *d, const char *job, enum print_progress progress,
                             const char *level)
{
    struct post *p = receive(d);
    uint64_t bytes = p->bytes_sent;
    CHECK_EQ(p->kind, POST_PRINT);
    CHECK_STR(p->name, job);
    CHECK_EQ(p->number, progress);
    CHECK_STR(p->value, level);
    post_free(p);
    return bytes;
}

static void test_paper_prints_one_page_after_another(void **state)
{
    (void)state;
    struct desk d;
    struct sim_slip slip;
    desk_open(&d, 0);
    expect_printer(&d, 1);
    CHECK_EQ(paper_width_dots(d.paper), WIDTH);
    paper_print(d.paper, page("one"));
    paper_print(d.paper, page("two"));
    uint64_t bytes = expect_print(&d, "one", PRINT_SENT, "P");
    CHECK(bytes > ROWS * WIDTH / 8);
    CHECK_EQ(expect_print(&d, "one", PRINT_CONFIRMED, "P"), bytes);
    expect_print(&d, "two", PRINT_SENT, "P");
    expect_print(&d, "two", PRINT_CONFIRMED, "P");
    usb_bench_hold(d.bench);
    CHECK_EQ(sim_printer_slip_count(d.model), 2);
    CHECK(sim_printer_slip(d.model, 1, &slip));
    CHECK_EQ(slip.bits[0], 0xf0);
    CHECK_EQ(sim_printer_violations(d.model), 0);
    usb_bench_go_on(d.bench);
    desk_end(&d);
}

static void test_paper_says_whether_the_printer_can_print(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, 0);
    expect_printer(&d, 1);
    usb_bench_hold(d.bench);
    sim_printer_cover(d.model, true);
    usb_bench_go_on(d.bench);
    expect_printer(&d, 0);
    paper_print(d.paper, page("shut"));
    CHECK_EQ(expect_print(&d, "shut", PRINT_FAILED_CLEAN, "P"), 0);
    usb_bench_hold(d.bench);
    sim_printer_cover(d.model, false);
    usb_bench_go_on(d.bench);
    expect_printer(&d, 1);
    usb_bench_plug(d.bench, 0, false);
    expect_printer(&d, 0);
    CHECK_EQ(paper_width_dots(d.paper), 576);
    paper_print(d.paper, page("out"));
    CHECK_EQ(expect_print(&d, "out", PRINT_FAILED_CLEAN, ""), 0);
    usb_bench_plug(d.bench, 0, true);
    expect_printer(&d, 1);
    desk_end(&d);
}

static void test_paper_pulled_out_in_mid_page_is_uncertain(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, 0);
    expect_printer(&d, 1);
    fault(&d, "unplug-after", 5000);
    paper_print(d.paper, page("half"));
    uint64_t bytes = expect_print(&d, "half", PRINT_UNCERTAIN, "P");
    CHECK(bytes > 4900 && bytes <= 5000);
    expect_printer(&d, 0);
    usb_bench_plug(d.bench, 0, true);
    expect_printer(&d, 1);
    paper_print(d.paper, page("next"));
    expect_print(&d, "next", PRINT_SENT, "P");
    expect_print(&d, "next", PRINT_CONFIRMED, "P");
    usb_bench_hold(d.bench);
    CHECK_EQ(sim_printer_slip_count(d.model), 2); /* the piece that hung out, and the page */
    CHECK_EQ(sim_printer_violations(d.model), 0);
    usb_bench_go_on(d.bench);
    desk_end(&d);
}

/* A page under way is uncertain, one that waits has failed clean. */
static void test_paper_stops_in_mid_page(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, 10); /* nearly 4 s a page */
    expect_printer(&d, 1);
    paper_print(d.paper, page("under way"));
    paper_print(d.paper, page("waits"));
    expect_print(&d, "under way", PRINT_SENT, "P");
    paper_stop(d.paper);
    d.paper = NULL;
    expect_print(&d, "under way", PRINT_UNCERTAIN, "P");
    expect_printer(&d, 0);
    CHECK_EQ(expect_print(&d, "waits", PRINT_FAILED_CLEAN, ""), 0);
    desk_end(&d);
}

static void test_paper_without_a_server_refuses(void **state)
{
    (void)state;
    struct desk d;
    desk_open(&d, 0);
    expect_printer(&d, 1);
    desk_end(&d);
    CHECK_EQ(queue_new(&d.queue, 64, drop), 0);
    CHECK_EQ(paper_start(&d.paper, "127.0.0.1:1", &system_clock, d.queue), 0);
    CHECK_EQ(paper_width_dots(d.paper), 576);
    expect_printer(&d, 0);
    paper_print(d.paper, page("nowhere"));
    expect_print(&d, "nowhere", PRINT_FAILED_CLEAN, "");
    paper_stop(d.paper);
    queue_free(d.queue);
    paper_page_free(NULL);
}

/* ---- the visit is over ------------------------------------------------------------------- */

/* The machine's clock, put forward as a robot puts the kiosk's. */
static _Atomic int64_t ahead_ms;

static int64_t boot_ms(const struct clock *clock)
{
    (void)clock;
    return system_clock.boot_ms(&system_clock) + ahead_ms;
}

static const struct clock kiosk_clock = { .boot_ms = boot_ms };

static void desk_open_in_visit(struct desk *d)
{
    ahead_ms = 0;
    *d = (struct desk){ .model = sim_printer_new(WIDTH) };
    CHECK(d->model != NULL);
    d->bench = usb_bench_start((struct sim_device *[]){ sim_printer_device(d->model) }, 1);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
    CHECK_EQ(paper_start(&d->paper, usb_bench_address(d->bench), &kiosk_clock, d->queue), 0);
    expect_printer(d, 1);
}

/* Nobody is there who may have it: it is dropped out of the printer's own buffer, and the page behind it not begun. */
static void test_paper_that_hangs_behind_its_visit_is_dropped(void **state)
{
    (void)state;
    struct desk d;
    desk_open_in_visit(&d);
    fault(&d, "heat-after", 50);
    paper_print(d.paper, page("hangs"));
    expect_print(&d, "hangs", PRINT_SENT, "P");
    paper_print(d.paper, page("behind it"));
    paper_end_visit(d.paper);
    CHECK(!queue_receive(d.queue, 100)); /* it has some seconds */
    ahead_ms += PAPER_GRACE_MS;
    CHECK(!queue_receive(d.queue, 300)); /* and the time that its paper takes */
    ahead_ms += 5000;
    paper_end_visit(d.paper); /* later calls give no more time */
    expect_print(&d, "hangs", PRINT_UNCERTAIN, "P");
    CHECK_EQ(expect_print(&d, "behind it", PRINT_FAILED_CLEAN, ""), 0);
    fault(&d, "none", 0);
    paper_print(d.paper, page("next"));
    expect_print(&d, "next", PRINT_SENT, "P");
    expect_print(&d, "next", PRINT_CONFIRMED, "P");
    struct sim_slip slip;
    usb_bench_hold(d.bench);
    size_t last = sim_printer_slip_count(d.model) - 1;
    CHECK(sim_printer_slip(d.model, last, &slip));
    CHECK(slip.rows >= ROWS && slip.rows < ROWS + 100);
    for (size_t i = 0; i < last; i++) {
        CHECK(sim_printer_slip(d.model, i, &slip));
        CHECK(slip.rows < 200);
    }
    usb_bench_go_on(d.bench);
    desk_end(&d);
}

/* The row of its attempt was slow: it has what is left, not a new time of its own. */
static void test_paper_of_a_visit_that_is_over_keeps_its_time(void **state)
{
    (void)state;
    struct desk d;
    struct paper_page *late = page("late"), *too_late = page("too late");
    desk_open_in_visit(&d);
    late->late_ms = boot_ms(NULL) + PAPER_GRACE_MS;
    paper_print(d.paper, late);
    expect_print(&d, "late", PRINT_SENT, "P");
    expect_print(&d, "late", PRINT_CONFIRMED, "P");
    too_late->late_ms = boot_ms(NULL) - 1;
    paper_print(d.paper, too_late);
    CHECK_EQ(expect_print(&d, "too late", PRINT_FAILED_CLEAN, ""), 0);
    desk_end(&d);
}

/* ---- presenter ----------------------------------------------------------------------- */

static void present_open(struct desk *d)
{
    *d = (struct desk){ .model = sim_printer_new(WIDTH) };
    CHECK(d->model != NULL && sim_printer_be(d->model, "custom-kpm210"));
    sim_printer_speed(d->model, 0);
    d->bench = usb_bench_start((struct sim_device *[]){ sim_printer_device(d->model) }, 1);
    CHECK_EQ(queue_new(&d->queue, 64, drop), 0);
    CHECK_EQ(paper_start(&d->paper, usb_bench_address(d->bench), &system_clock, d->queue), 0);
    expect_printer(d, 1);
}

static enum sim_fate fate(struct desk *d, size_t i)
{
    struct sim_slip slip;
    usb_bench_hold(d->bench);
    CHECK(sim_printer_slip(d->model, i, &slip));
    usb_bench_go_on(d->bench);
    return slip.fate;
}

static void print_held(struct desk *d, const char *job)
{
    paper_print(d->paper, page(job));
    expect_print(d, job, PRINT_SENT, "R");
    expect_print(d, job, (enum print_progress)PAPER_PROGRESS_HELD, "R");
}

static void test_paper_slip_is_delivered_when_it_is_taken(void **state)
{
    (void)state;
    struct desk d;
    present_open(&d);
    print_held(&d, "one");
    CHECK_EQ(fate(&d, 0), SIM_WAITS);
    usb_bench_hold(d.bench);
    sim_printer_take(d.model);
    usb_bench_go_on(d.bench);
    expect_print(&d, "one", (enum print_progress)PAPER_PROGRESS_TAKEN, "R");
    paper_end_visit(d.paper); /* nothing waits any more */
    print_held(&d, "two");
    desk_end(&d);
}

/* The next person never finds the last one's slip. */
static void test_paper_slip_nobody_took_is_taken_back_at_the_end_of_the_visit(void **state)
{
    (void)state;
    struct desk d;
    present_open(&d);
    print_held(&d, "left behind");
    paper_end_visit(d.paper);
    expect_print(&d, "left behind", (enum print_progress)PAPER_PROGRESS_VOIDED, "R");
    CHECK_EQ(fate(&d, 0), SIM_RETRACTED);
    print_held(&d, "first");
    paper_print(d.paper, page("second")); /* before the first was taken */
    expect_print(&d, "first", (enum print_progress)PAPER_PROGRESS_VOIDED, "R");
    expect_print(&d, "second", PRINT_SENT, "R");
    expect_print(&d, "second", (enum print_progress)PAPER_PROGRESS_HELD, "R");
    CHECK_EQ(fate(&d, 1), SIM_RETRACTED);
    paper_stop(d.paper); /* the program ends with a slip in the mouth */
    d.paper = NULL;
    expect_print(&d, "second", (enum print_progress)PAPER_PROGRESS_VOIDED, "R");
    CHECK_EQ(fate(&d, 2), SIM_RETRACTED);
    CHECK_EQ(sim_printer_violations(d.model), 0);
    desk_end(&d);
}

/* Nobody reads from it, so nothing fails when it goes. */
static void test_paper_misses_a_printer_that_says_nothing(void **state)
{
    (void)state;
    static const char *const models[] = { "star", "one-way" };
    for (size_t i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
        struct desk d = { .model = sim_printer_new(WIDTH) };
        CHECK(d.model != NULL && sim_printer_be(d.model, models[i]));
        d.bench = usb_bench_start((struct sim_device *[]){ sim_printer_device(d.model) }, 1);
        CHECK_EQ(queue_new(&d.queue, 64, drop), 0);
        CHECK_EQ(paper_start(&d.paper, usb_bench_address(d.bench), &system_clock, d.queue), 0);
        expect_printer(&d, 1);
        usb_bench_plug(d.bench, 0, false);
        expect_printer(&d, 0);
        usb_bench_plug(d.bench, 0, true);
        expect_printer(&d, 1);
        desk_end(&d);
    }
}

static void test_paper_unplugged_with_a_slip_in_its_mouth(void **state)
{
    (void)state;
    struct desk d;
    present_open(&d);
    print_held(&d, "pulled");
    usb_bench_plug(d.bench, 0, false);
    expect_print(&d, "pulled", (enum print_progress)PAPER_PROGRESS_VOIDED, "R");
    expect_printer(&d, 0);
    usb_bench_plug(d.bench, 0, true);
    expect_printer(&d, 1);
    CHECK_EQ(fate(&d, 0), SIM_RETRACTED); /* first thing after it is back */
    desk_end(&d);
}

/* ---- figures for staff --------------------------------------------------------------- */

static void await_figures(struct desk *d, struct paper_figures *f,
                          bool (*is_so)(const struct paper_figures *))
{
    for (int i = 0; i < WAIT / 10; i++) {
        paper_figures(d->paper, f);
        if (is_so(f))
            return;
        post_free(queue_receive(d->queue, 10)); /* what it tells the session is not asked here */
    }
    fail_msg("the figures did not come");
}

static bool is_there(const struct paper_figures *f)
{
    return f->is_connected;
}

static bool is_loaded(const struct paper_figures *f)
{
    return f->left_mm == 12000;
}

static bool is_open_cover(const struct paper_figures *f)
{
    return f->cause == PRINTER_CAUSE_COVER_OPEN;
}

static bool is_off(const struct paper_figures *f)
{
    return f->cause == PRINTER_CAUSE_OFF && !f->is_connected;
}

static void test_paper_tells_staff_what_is_left_and_what_is_wrong(void **state)
{
    (void)state;
    struct desk d;
    struct paper_figures f;
    desk_open(&d, 0);
    await_figures(&d, &f, is_there);
    CHECK_STR(f.profile, "58 mm with cutter");
    CHECK_STR(f.level, "P");
    CHECK(!f.is_left_measured);
    CHECK_EQ(paper_dpi(d.paper), 203);
    CHECK(paper_has_room(d.paper, 16000));
    paper_load_roll(d.paper, 12000);
    await_figures(&d, &f, is_loaded);
    CHECK_EQ(f.used_mm, 0);
    usb_bench_hold(d.bench);
    sim_printer_cover(d.model, true);
    usb_bench_go_on(d.bench);
    await_figures(&d, &f, is_open_cover);
    usb_bench_plug(d.bench, 0, false);
    await_figures(&d, &f, is_off);
    CHECK_EQ(f.left_mm, 12000); /* the roll is still in it */
    desk_end(&d);
}

static bool is_short(const struct paper_figures *f)
{
    return f->is_left_measured;
}

static void test_paper_without_room_asks_for_a_short_slip(void **state)
{
    (void)state;
    struct desk d;
    struct paper_figures f;
    present_open(&d);
    paper_stop(d.paper);
    usb_bench_hold(d.bench);
    sim_printer_roll(d.model, 100);
    usb_bench_go_on(d.bench);
    CHECK_EQ(paper_start(&d.paper, usb_bench_address(d.bench), &system_clock, d.queue), 0);
    await_figures(&d, &f, is_short);
    CHECK_EQ(f.left_mm, 100);
    CHECK(!paper_has_room(d.paper, 800));
    CHECK(paper_has_room(d.paper, 500));
    desk_end(&d);
}

RUN(T(test_paper_prints_one_page_after_another), T(test_paper_says_whether_the_printer_can_print),
    T(test_paper_pulled_out_in_mid_page_is_uncertain), T(test_paper_stops_in_mid_page),
    T(test_paper_without_a_server_refuses), T(test_paper_slip_is_delivered_when_it_is_taken),
    T(test_paper_slip_nobody_took_is_taken_back_at_the_end_of_the_visit),
    T(test_paper_unplugged_with_a_slip_in_its_mouth),
    T(test_paper_misses_a_printer_that_says_nothing),
    T(test_paper_that_hangs_behind_its_visit_is_dropped),
    T(test_paper_of_a_visit_that_is_over_keeps_its_time),
    T(test_paper_tells_staff_what_is_left_and_what_is_wrong),
    T(test_paper_without_room_asks_for_a_short_slip))
