#include "firmware/worker/keypad.h"

#include <pthread.h>
#include <stdlib.h>

#include "drivers/keypad/keypad.h"
#include "firmware/base/log.h"

enum {
    LOOK_MOST_MS = 5000,
    STEADY_MS = 5000,
    STEP_MS = 100, /* how long a wait for keys stays deaf to keypad_stop() */
};

struct keypad_worker {
    const char *usbip;
    const struct clock *clock;
    struct queue *to;
    struct queue *stop; /* carries nothing: waiting on it is a sleep that can be ended */
    pthread_t thread;
    struct usb_bus *bus;
    struct keypad *keypad;
    bool is_there; /* plugged in, of use or not */
    bool has_said_gone, has_warned;
};

static void say(struct keypad_worker *w, enum keypad_event event)
{
    struct post *p = post_new(POST_KEY);
    if (!p)
        return;
    p->number = event;
    post_send(w->to, p);
}

static void say_gone(struct keypad_worker *w)
{
    if (!w->has_said_gone)
        say(w, KEYPAD_GONE);
    w->has_said_gone = true;
}

static bool open_keypad(struct keypad_worker *w)
{
    struct usb_info info;
    int r = keypad_find(&info, w->bus);
    w->is_there = r != -ENODEV;
    if (r == -ENODEV) {
        w->has_warned = false;
        return false;
    }
    if (!r)
        r = keypad_open(&w->keypad, w->bus, &info, &keypad_timing_default, w->clock);
    if (r) {
        if (!w->has_warned)
            log_line(LOG_WARNING, "keypad", "the keypad cannot be opened (%d)", r);
        w->has_warned = true;
        return false;
    }
    w->has_warned = w->has_said_gone = false;
    log_line(LOG_NOTICE, "keypad", "%s %04x:%04x at %s", keypad_model(w->keypad)->name, info.vendor,
             info.product, info.path);
    say(w, KEYPAD_READY);
    return true;
}

/* One keypad from opening to its end. True: it had been working, so another look at once is worth it. */
static bool serve(struct keypad_worker *w)
{
    int64_t since = w->clock->boot_ms(w->clock);
    enum keypad_event event = KEYPAD_NOTHING;
    while (event != KEYPAD_GONE && !queue_is_closed(w->stop)) {
        event = keypad_step(w->keypad, STEP_MS);
        if (event == KEYPAD_STUCK)
            log_line(LOG_WARNING, "keypad", "a key is stuck: ignored until it is let go");
        if (event != KEYPAD_NOTHING && event != KEYPAD_GONE)
            say(w, event);
    }
    if (keypad_noise(w->keypad))
        log_line(LOG_NOTICE, "keypad", "%u reports made no sense", keypad_noise(w->keypad));
    keypad_close(w->keypad);
    w->keypad = NULL;
    return w->clock->boot_ms(w->clock) - since >= STEADY_MS;
}

static void *run(void *context)
{
    struct keypad_worker *w = context;
    unsigned looks = 0;
    while (!queue_is_closed(w->stop)) {
        if (open_keypad(w) && serve(w))
            looks = 0;
        if (queue_is_closed(w->stop))
            break;
        say_gone(w);
        int wait_ms = usb_look_ms(w->bus, w->is_there, ++looks, LOOK_MOST_MS);
        if (usb_await(w->bus, queue_fd(w->stop), wait_ms))
            looks = 0;
    }
    return NULL;
}

int keypad_start(struct keypad_worker **out, const char *usbip, const struct clock *clock,
                 struct queue *to)
{
    struct keypad_worker *w = calloc(1, sizeof(*w));
    if (!w)
        return fault_raise(-ENOMEM);
    *w = (struct keypad_worker){ .usbip = usbip, .clock = clock, .to = to };
    int r = queue_new(&w->stop, 1, NULL);
    if (!r)
        r = usbip ? usb_bus_usbip(&w->bus, usbip) : usb_bus_host(&w->bus);
    if (!r)
        r = -pthread_create(&w->thread, NULL, run, w);
    if (r) {
        usb_bus_free(w->bus);
        queue_free(w->stop);
        free(w);
        return r;
    }
    *out = w;
    return 0;
}

void keypad_stop(struct keypad_worker *w)
{
    if (!w)
        return;
    queue_close(w->stop);
    pthread_join(w->thread, NULL);
    usb_bus_free(w->bus);
    queue_free(w->stop);
    free(w);
}
