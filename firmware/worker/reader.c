#include "firmware/worker/reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"

enum {
    LOOK_MS = 1000,
    LOOK_MOST_MS = 5000,
    STEADY_MS = 5000, /* a reader that worked for less is not to be counted on */
    SLICE_MS = 100,   /* how long a wait for bytes stays deaf to reader_stop() */
};

struct reader {
    const char *usbip;
    const struct clock *clock;
    struct queue *to;
    struct queue *stop; /* carries nothing: waiting on it is a sleep that can be ended */
    pthread_t thread;
    bool has_said_missing;
    bool has_card;    /* the session was told of a card that is not gone yet */
    bool is_ready;    /* since it was opened */
    int64_t ready_ms; /* since when */
    struct usb_bus *bus;
    struct sdt_usb usb;
    struct sdt_port usb_port; /* behind the port that `card` has */
    struct idcard *card;
    struct person *person; /* in locked memory */
};

/* False: time to end. */
static bool pause_for(struct reader *r, int ms)
{
    if (ms > 0)
        (void)queue_receive(r->stop, ms);
    return !queue_is_closed(r->stop);
}

static void say(struct reader *r, enum event_kind kind, int number)
{
    post_send(r->to, post_event(kind, "", "", number));
}

static void say_missing(struct reader *r)
{
    if (!r->has_said_missing)
        say(r, EV_READER, 0);
    r->has_said_missing = true;
}

static void say_card_gone(struct reader *r)
{
    if (r->has_card)
        say(r, EV_CARD_GONE, 0);
    r->has_card = false;
}

static void say_person(struct reader *r)
{
    struct post *p = post_new(POST_EVENT);
    if (p) {
        p->event.kind = EV_CARD_READ;
        p->data.person = *r->person;
        post_send(r->to, p);
    }
    person_wipe(r->person);
}

/* ---- the device ---------------------------------------------------------------------- */

static int port_write(void *context, const uint8_t *frame, size_t length, int wait_ms)
{
    struct reader *r = context;
    return r->usb_port.write(r->usb_port.context, frame, length, wait_ms);
}

/* In slices: a step may wait for several deadlines one after the other, and whoever stops the thread should not. */
static int port_read(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got)
{
    struct reader *r = context;
    int result = SDT_E_TIMEOUT;
    for (int left = wait_ms; result == SDT_E_TIMEOUT && left > 0; left -= SLICE_MS) {
        if (queue_is_closed(r->stop))
            return SDT_E_GONE;
        result = r->usb_port.read(r->usb_port.context, data, size,
                                  left < SLICE_MS ? left : SLICE_MS, got);
    }
    return result;
}

static void port_drain(void *context, int quiet_ms)
{
    struct reader *r = context;
    r->usb_port.drain(r->usb_port.context, quiet_ms);
}

static void close_reader(struct reader *r)
{
    idcard_free(r->card);
    r->card = NULL;
    if (r->usb.device)
        sdt_usb_close(&r->usb);
}

static bool open_reader(struct reader *r)
{
    struct usb_info info;
    int failed = sdt_usb_find(&info, r->bus, NULL);
    if (!failed)
        failed = sdt_usb_open(&r->usb, r->bus, &info);
    if (failed) {
        if (failed != -ENODEV)
            log_line(LOG_WARNING, "reader", "the ID reader cannot be opened (%d)", failed);
        return false;
    }
    const struct sdt_port port = { r, port_write, port_read, port_drain };
    r->usb_port = sdt_usb_port(&r->usb);
    r->is_ready = false;
    if (idcard_new(&r->card, &port, r->clock)) {
        close_reader(r);
        return false;
    }
    log_line(LOG_NOTICE, "reader", "ID reader %04x:%04x at %s", info.vendor, info.product,
             info.path);
    return true;
}

/* ---- the thread ---------------------------------------------------------------------- */

/* What happened on the plate, for the session. False: the reader is to be opened again. */
static bool tell(struct reader *r, enum idcard_event event)
{
    switch (event) {
    case IDCARD_NOTHING:
        return true;
    case IDCARD_READY:
        log_line(LOG_NOTICE, "reader", "security module %s", idcard_sam_number(r->card));
        r->has_said_missing = false;
        r->is_ready = true;
        r->ready_ms = r->clock->boot_ms(r->clock);
        say(r, EV_READER, 1);
        return true;
    case IDCARD_COMING:
        r->has_card = true;
        say(r, EV_CARD_COMING, 0);
        return true;
    case IDCARD_PERSON:
        say_person(r);
        return true;
    case IDCARD_AGAIN:
        say(r, EV_CARD_TROUBLE, TROUBLE_AGAIN);
        return true;
    case IDCARD_LIFT:
        say(r, EV_CARD_TROUBLE, TROUBLE_LIFT);
        return true;
    case IDCARD_NOT_ID:
        say(r, EV_CARD_TROUBLE, TROUBLE_NOT_ID);
        return true;
    case IDCARD_TYPE:
        say(r, EV_CARD_TROUBLE, TROUBLE_TYPE);
        return true;
    case IDCARD_UNVERIFIED:
        say(r, EV_CARD_TROUBLE, TROUBLE_UNVERIFIED);
        return true;
    case IDCARD_REMOVED:
        say_card_gone(r);
        return true;
    case IDCARD_SICK:
        say_missing(r);
        return true;
    case IDCARD_GONE:
        return false;
    }
    return true;
}

/* One reader from opening to its end. True: it had been working, so another look at once is worth it. */
static bool serve(struct reader *r)
{
    int wait_ms = 0;
    bool is_alive = true;
    while (is_alive && pause_for(r, wait_ms))
        is_alive = tell(r, idcard_step(r->card, r->person, &wait_ms));
    person_wipe(r->person);
    close_reader(r);
    return r->is_ready && r->clock->boot_ms(r->clock) - r->ready_ms >= STEADY_MS;
}

static void *run(void *context)
{
    struct reader *r = context;
    int look_ms = 0;
    while (pause_for(r, look_ms)) {
        bool was_steady = open_reader(r) && serve(r);
        if (queue_is_closed(r->stop))
            break;
        /* Whoever is here is asked whether to go on: the card can no longer be seen. */
        say_card_gone(r);
        if (was_steady) {
            look_ms = 0;
            continue;
        }
        say_missing(r);
        look_ms = look_ms ? look_ms * 2 : LOOK_MS;
        look_ms = look_ms > LOOK_MOST_MS ? LOOK_MOST_MS : look_ms;
    }
    return NULL;
}

int reader_start(struct reader **out, const char *usbip, const struct clock *clock,
                 struct queue *to)
{
    struct reader *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    *r = (struct reader){ .usbip = usbip, .clock = clock, .to = to };
    int failed = queue_new(&r->stop, 1, NULL);
    if (!failed)
        failed = usbip ? usb_bus_usbip(&r->bus, usbip) : usb_bus_host(&r->bus);
    r->person = failed ? NULL : locked_new(sizeof(*r->person));
    if (!failed && !r->person)
        failed = -ENOMEM;
    if (!failed)
        failed = -pthread_create(&r->thread, NULL, run, r);
    if (failed) {
        locked_free(r->person, sizeof(*r->person));
        usb_bus_free(r->bus);
        queue_free(r->stop);
        free(r);
        return failed;
    }
    *out = r;
    return 0;
}

void reader_stop(struct reader *r)
{
    if (!r)
        return;
    queue_close(r->stop);
    pthread_join(r->thread, NULL);
    usb_bus_free(r->bus);
    locked_free(r->person, sizeof(*r->person));
    queue_free(r->stop);
    free(r);
}
