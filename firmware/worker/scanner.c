#include "firmware/worker/scanner.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/scanner/scanner.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"

enum {
    LOOK_MOST_MS = 5000,
    FLOOD_LOOK_MS = 10000, /* one that floods is left alone for a while */
    STEADY_MS = 5000,
    STEP_MS = 100, /* how long a wait for a code stays deaf to scanner_stop() */
};

struct scanner_worker {
    const char *usbip;
    const struct clock *clock;
    struct queue *to;
    struct queue *stop; /* carries nothing: waiting on it is a sleep that can be ended */
    pthread_t thread;
    struct usb_bus *bus;
    struct scanner *scanner;
    char *text;    /* in locked memory */
    bool is_there; /* plugged in, of use or not */
    bool has_said_gone, has_warned, has_flooded;
};

static void say(struct scanner_worker *w, enum scan_event event, enum scan_refusal why)
{
    struct post *p = post_new(POST_SCAN);
    if (p) {
        p->number = event;
        p->data.scan.why = why;
        if (event == SCAN_READ)
            p->data.scan.kind = scan_classify(p->data.scan.text, w->text);
        post_send(w->to, p);
    }
    explicit_bzero(w->text, SCAN_TEXT);
}

static void say_gone(struct scanner_worker *w)
{
    if (!w->has_said_gone)
        say(w, SCAN_GONE, w->has_flooded ? SCAN_FLOOD : (enum scan_refusal)0);
    w->has_said_gone = true;
}

static bool open_scanner(struct scanner_worker *w)
{
    struct usb_info info;
    int r = scanner_find(&info, w->bus);
    w->is_there = r != -ENODEV;
    if (r == -ENODEV) {
        w->has_warned = false;
        return false;
    }
    if (!r)
        r = scanner_open(&w->scanner, w->bus, &info, w->clock);
    if (r) {
        if (!w->has_warned)
            log_line(LOG_WARNING, "scanner", "the scanner cannot be opened (%d)", r);
        w->has_warned = true;
        return false;
    }
    w->has_warned = w->has_said_gone = w->has_flooded = false;
    log_line(LOG_NOTICE, "scanner", "code scanner %04x:%04x (%s) at %s", info.vendor, info.product,
             scanner_style_word(scanner_style(w->scanner)), info.path);
    say(w, SCAN_READY, (enum scan_refusal)0);
    return true;
}

/* One scanner from opening to its end. True: it had been working, so another look at once is worth it. */
static bool serve(struct scanner_worker *w)
{
    int64_t since = w->clock->boot_ms(w->clock);
    enum scan_event event = SCAN_NOTHING;
    enum scan_refusal why = (enum scan_refusal)0;
    while (event != SCAN_GONE && !queue_is_closed(w->stop)) {
        event = scanner_step(w->scanner, w->text, &why, STEP_MS);
        if (event == SCAN_REFUSED)
            log_line(LOG_NOTICE, "scanner", "refused: %s", scan_refusal_words(why));
        if (event == SCAN_READ || event == SCAN_REFUSED)
            say(w, event, why);
    }
    w->has_flooded = why == SCAN_FLOOD;
    if (w->has_flooded)
        log_line(LOG_WARNING, "scanner", "%s: closed", scan_refusal_words(why));
    scanner_close(w->scanner);
    w->scanner = NULL;
    return w->clock->boot_ms(w->clock) - since >= STEADY_MS;
}

static void *run(void *context)
{
    struct scanner_worker *w = context;
    unsigned looks = 0;
    while (!queue_is_closed(w->stop)) {
        if (open_scanner(w) && serve(w))
            looks = 0;
        if (queue_is_closed(w->stop))
            break;
        say_gone(w);
        int wait_ms = usb_look_ms(w->bus, w->is_there, ++looks, LOOK_MOST_MS);
        if (w->has_flooded)
            (void)queue_receive(w->stop, FLOOD_LOOK_MS);
        else if (usb_await(w->bus, queue_fd(w->stop), wait_ms))
            looks = 0;
    }
    return NULL;
}

int scanner_start(struct scanner_worker **out, const char *usbip, const struct clock *clock,
                  struct queue *to)
{
    struct scanner_worker *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    *w = (struct scanner_worker){ .usbip = usbip, .clock = clock, .to = to };
    int r = queue_new(&w->stop, 1, NULL);
    if (!r)
        r = usbip ? usb_bus_usbip(&w->bus, usbip) : usb_bus_host(&w->bus);
    w->text = r ? NULL : locked_new(SCAN_TEXT);
    if (!r && !w->text)
        r = -ENOMEM;
    if (!r)
        r = -pthread_create(&w->thread, NULL, run, w);
    if (r) {
        locked_free(w->text, SCAN_TEXT);
        usb_bus_free(w->bus);
        queue_free(w->stop);
        free(w);
        return r;
    }
    *out = w;
    return 0;
}

void scanner_stop(struct scanner_worker *w)
{
    if (!w)
        return;
    queue_close(w->stop);
    pthread_join(w->thread, NULL);
    usb_bus_free(w->bus);
    locked_free(w->text, SCAN_TEXT);
    queue_free(w->stop);
    free(w);
}
