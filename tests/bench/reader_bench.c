/* links: firmware/worker firmware/seal drivers/idcard drivers/usb board/host/sim firmware/card firmware/base */
/* How much the kiosk adds to an ID reader's own time, and what idle polling costs.
 *
 *   tap      from the reader's first word of a card to the event with the person on the main thread's queue, the time in
 *            which the reader itself was asked and thought (between a request's last byte and the reply's last byte) taken out
 *   idle     processor time of the whole process in a wait with an empty plate, simulated reader included
 *
 * Nothing is allocated while it polls: tests/unit/test_readers_hours.c, a day of it, and test_idcard_presence.c.
 *
 * usage: reader_bench [rounds [idle seconds]]. One JSON line for each way to the reader. Real time: the figures are the point.
 * Ends with 1 when a target is missed: 5 ms added (median), half a percent of a core. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "board/host/sim/person_file.h"
#include "board/host/sim/reader_model.h"
#include "drivers/idcard/connection.h"
#include "firmware/base/text.h"
#include "firmware/worker/reader.h"
#include "tests/support/serial_bench.h"
#include "tests/support/usb_bench.h"

enum { ROUNDS = 50, ROUNDS_MAX = 1000, IDLE_S = 10, WAIT_MS = 10000, ADDED_US = 5000 };
static const double idle_most = 0.5;

/* ---- a device that is timed ---------------------------------------------------------- */

static struct timing {
    int (*out)(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t size,
               int64_t now);
    int (*in)(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now);
    int64_t found_us; /* 9F was ready: the card is known to be there */
    int64_t asked_us; /* last byte of the request now being answered */
    int64_t own_us;   /* the reader's, since then: asked until its last byte was fetched */
    int64_t fetched_us;
} timing;

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static int timed_out(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t size,
                     int64_t now)
{
    int n = timing.out(d, endpoint, data, size, now);
    timing.asked_us = now_us();
    return n;
}

static int timed_in(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now)
{
    int n = timing.in(d, endpoint, data, size, now);
    if (n <= 0)
        return n;
    int64_t t = now_us();
    int64_t from = timing.fetched_us > timing.asked_us ? timing.fetched_us : timing.asked_us;
    /* the status stands behind the header, or begins a pipe of its own */
    bool is_found = endpoint == 0x85 ? n > 2 && data[2] == 0x9f : n > 9 && data[9] == 0x9f;
    if (!timing.found_us && is_found)
        timing.found_us = t;
    else if (timing.found_us)
        timing.own_us += t - from;
    timing.fetched_us = t;
    return n;
}

/* ---- one way to the reader ----------------------------------------------------------- */

struct way {
    const char *name;
    struct sim_reader *model;
    struct usb_bench *usb;
    struct serial_bench *line;
    struct queue *queue;
    struct reader *reader;
};

static void drop(void *message)
{
    post_free(message);
}

static void hold(struct way *w)
{
    if (w->usb)
        usb_bench_hold(w->usb);
    else
        serial_bench_hold(w->line);
}

static void go_on(struct way *w)
{
    if (w->usb)
        usb_bench_go_on(w->usb);
    else
        serial_bench_go_on(w->line);
}

/* The next event of this kind; -1: it did not come. */
static int64_t await(struct way *w, enum event_kind kind)
{
    for (;;) {
        struct post *p = queue_receive(w->queue, WAIT_MS);
        if (!p)
            return -1;
        enum event_kind got = p->event.kind;
        post_free(p);
        if (got == kind)
            return now_us();
    }
}

static bool start(struct way *w, const char *name, enum sim_reader_style style)
{
    *w = (struct way){ .name = name, .model = sim_reader_new(style) };
    const char *ttys[] = { NULL, NULL };
    struct reader_choice choice = { .usbip = "127.0.0.1:1", .ttys = ttys };
    if (!w->model || queue_new(&w->queue, 64, drop))
        return false;
    struct sim_device *d = sim_reader_device(w->model);
    timing = (struct timing){ .out = d->out, .in = d->in };
    d->out = timed_out;
    d->in = timed_in;
    if (style == SIM_READER_SERIAL) {
        w->line = serial_bench_start(w->model, 115200);
        ttys[0] = serial_bench_path(w->line);
    } else {
        w->usb = usb_bench_start(&d, 1);
        choice.usbip = usb_bench_address(w->usb);
    }
    static char path[64]; /* outlives the thread's first look */
    if (ttys[0]) {
        snprintf(path, sizeof(path), "%s", ttys[0]);
        ttys[0] = path;
    }
    static const char *kept[2];
    kept[0] = ttys[0];
    choice.ttys = kept;
    return !reader_open(&w->reader, &choice, &system_clock, w->queue) && await(w, EV_READER) > 0;
}

static void end(struct way *w)
{
    reader_stop(w->reader);
    queue_free(w->queue);
    if (w->usb)
        usb_bench_end(w->usb);
    if (w->line)
        serial_bench_end(w->line);
    sim_reader_free(w->model);
}

/* Added time of one tap in us; -1: it failed. */
static int64_t tap(struct way *w, const uint8_t text[CARD_TEXT_BYTES], int64_t *whole_us)
{
    hold(w);
    sim_reader_put_card(w->model, text);
    timing.found_us = timing.own_us = 0;
    go_on(w);
    int64_t laid = now_us(), told = await(w, EV_CARD_READ);
    hold(w);
    int64_t added = told - timing.found_us - timing.own_us;
    *whole_us = told - laid;
    sim_reader_lift(w->model);
    go_on(w);
    return told < 0 || await(w, EV_CARD_GONE) < 0 ? -1 : added;
}

static int compare(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static double cpu_seconds(void)
{
    struct rusage u;
    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static double idle_percent(int seconds)
{
    struct timespec pause = { .tv_sec = seconds };
    double before = cpu_seconds();
    nanosleep(&pause, NULL);
    return 100 * (cpu_seconds() - before) / seconds;
}

/* 0, 1 when a target is missed, -1 when it could not be measured. */
static int measure(const char *name, enum sim_reader_style style, int rounds, int idle_s)
{
    struct way w;
    static int64_t added[ROUNDS_MAX], whole[ROUNDS_MAX];
    uint8_t text[CARD_TEXT_BYTES];
    char complaint[JSON_COMPLAINT];
    if (person_file_load(text, "tests/data/persons/lin-xiuying.json", complaint) ||
        !start(&w, name, style))
        return -1;
    for (int i = 0; i < rounds; i++) {
        added[i] = tap(&w, text, &whole[i]);
        if (added[i] < 0)
            return -1;
    }
    double idle = idle_percent(idle_s);
    end(&w);
    qsort(added, (size_t)rounds, sizeof(added[0]), compare);
    qsort(whole, (size_t)rounds, sizeof(whole[0]), compare);
    bool is_missed = added[rounds / 2] > ADDED_US || idle > idle_most;
    printf("{\"reader\":\"%s\",\"rounds\":%d,\"added_us\":{\"median\":%lld,\"p95\":%lld,"
           "\"max\":%lld},\"laid_to_event_us\":{\"median\":%lld,\"max\":%lld},"
           "\"idle_cpu_percent\":%.3f}%s\n",
           name, rounds, (long long)added[rounds / 2], (long long)added[rounds * 95 / 100],
           (long long)added[rounds - 1], (long long)whole[rounds / 2], (long long)whole[rounds - 1],
           idle, is_missed ? "  MISSED" : "");
    return is_missed;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        enum sim_reader_style style;
    } ways[] = { { "usb split", SIM_READER_SPLIT },
                 { "usb single", SIM_READER_SINGLE },
                 { "usb hid", SIM_READER_HID },
                 { "serial", SIM_READER_SERIAL } };
    int rounds = ROUNDS, idle_s = IDLE_S;
    bool is_usage = (argc > 1 && !text_to_int(&rounds, argv[1])) ||
                    (argc > 2 && !text_to_int(&idle_s, argv[2])) || argc > 3;
    if (is_usage || rounds < 1 || rounds > ROUNDS_MAX || idle_s < 1) {
        fputs("usage: reader_bench [rounds [idle seconds]]\n", stderr);
        return 2;
    }
    int missed = 0;
    for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
        int r = measure(ways[i].name, ways[i].style, rounds, idle_s);
        if (r < 0)
            return 1;
        missed += r;
    }
    return missed ? 1 : 0;
}
