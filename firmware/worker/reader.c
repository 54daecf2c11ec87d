#include "firmware/worker/reader.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/idcard/idcard.h"
#include "drivers/idcard/port_usb.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"

enum { LOOK_MS = 1000, LOOK_MOST_MS = 5000 };

struct reader {
    const char *usbip;
    const struct clock *clock;
    struct queue *to;
    struct queue *stop; /* carries nothing: waiting on it is a sleep that can be ended */
    pthread_t thread;
    bool has_said_missing;
    struct usb_bus *bus;
    struct sdt_usb usb;
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
    struct sdt_port port = sdt_usb_port(&r->usb);
    if (idcard_new(&r->card, &port, r->clock)) {
        close_reader(r);
        return false;
    }
    log_line(LOG_NOTICE, "reader", "ID reader %04x:%04x at %s", info.vendor, info.product, info.path);
    return true;
}

/* What happened on the plate, for the session. False: the reader is to be opened again. */
static bool tell(struct reader *r, enum idcard_event event)
{
    switch (event) {
    case IDCARD_NOTHING:
        return true;
    case IDCARD_READY:
        log_line(LOG_NOTICE, "reader", "security module %s", idcard_sam_number(r->card));
        r->has_said_missing = false;
        say(r, EV_READER, 1);
        return true;
    case IDCARD_COMING:
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
        say(r, EV_CARD_GONE, 0);
        return true;
    case IDCARD_SICK:
        say_missing(r);
        return true;
    case IDCARD_GONE:
        return false;
    }
    return true;
}

/* One reader from opening to its end. */
static void serve(struct reader *r)
{
    int wait_ms = 0;
    bool is_alive = true;
    while (is_alive && pause_for(r, wait_ms))
        is_alive = tell(r, idcard_step(r->card, r->person, &wait_ms));
    person_wipe(r->person);
}

static void *run(void *context)
{
    struct reader *r = context;
    int look_ms = 0;
    while (pause_for(r, look_ms)) {
        if (open_reader(r)) {
            serve(r);
            /* Whoever is here is asked whether to go on: the card can no longer be seen. */
            if (!queue_is_closed(r->stop))
                say(r, EV_CARD_GONE, 0);
            close_reader(r);
            look_ms = 0;
            continue;
        }
        say_missing(r);
        look_ms = look_ms ? look_ms * 2 : LOOK_MS;
        look_ms = look_ms > LOOK_MOST_MS ? LOOK_MOST_MS : look_ms;
    }
    return NULL;
}

int reader_start(struct reader **out, const char *usbip, const struct clock *clock, struct queue *to)
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
    close_reader(r);
    usb_bus_free(r->bus);
    locked_free(r->person, sizeof(*r->person));
    queue_free(r->stop);
    free(r);
}
