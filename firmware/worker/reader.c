#include "firmware/worker/reader.h"

#include <pthread.h>
#include <stdlib.h>

#include "drivers/idcard/models.h"
#include "firmware/base/locked.h"

struct reader {
    struct reader_choice choice;
    const struct clock *clock;
    struct queue *to;
    struct queue *stop; /* carries nothing: waiting on it is a sleep that can be ended */
    pthread_t thread;
    struct usb_bus *bus;
    struct readers *readers;
    struct person *person; /* in locked memory */
    pthread_mutex_t lock;  /* of `facts` */
    struct reader_facts facts;
};

/* ---- where readers come from --------------------------------------------------------- */

static int yard_find(void *context, struct sdt_place *out, size_t max, size_t *count)
{
    struct reader *r = context;
    return sdt_find_places(out, max, count, r->bus, r->choice.ttys);
}

static int yard_open(void *context, struct sdt_connection *out, const struct sdt_place *place)
{
    struct reader *r = context;
    return sdt_connect(out, r->bus, place, r->clock);
}

static void yard_close(void *context, struct sdt_connection *c)
{
    (void)context;
    sdt_disconnect(c);
}

static struct sdt_port yard_port(void *context, struct sdt_connection *c)
{
    (void)context;
    return sdt_connection_port(c);
}

static unsigned yard_changes(void *context)
{
    return usb_changes(((struct reader *)context)->bus);
}

static int yard_rest_ms(void *context, unsigned looks)
{
    return usb_look_ms(((struct reader *)context)->bus, false, looks, READERS_LOOK_MOST_MS);
}

/* ---- who is told --------------------------------------------------------------------- */

static void say(void *context, enum event_kind kind, int number)
{
    struct reader *r = context;
    post_send(r->to, post_event(kind, "", "", number));
}

static void say_person(void *context, const struct person *person)
{
    struct reader *r = context;
    struct post *p = post_new(POST_EVENT);
    if (!p)
        return;
    p->event.kind = EV_CARD_READ;
    p->data.person = *person;
    post_send(r->to, p);
}

static bool is_ending(void *context)
{
    return queue_is_closed(((struct reader *)context)->stop);
}

/* ---- the thread ---------------------------------------------------------------------- */

static void *run(void *context)
{
    struct reader *r = context;
    while (!queue_is_closed(r->stop)) {
        int wait_ms = readers_step(r->readers);
        pthread_mutex_lock(&r->lock);
        readers_tell_facts(r->readers, &r->facts);
        pthread_mutex_unlock(&r->lock);
        if (wait_ms > 0 && usb_await(r->bus, queue_fd(r->stop), wait_ms))
            readers_hear(r->readers);
    }
    return NULL;
}

static int build(struct reader *r)
{
    const struct reader_yard yard = { r,         yard_find,    yard_open,   yard_close,
                                      yard_port, yard_changes, yard_rest_ms };
    const struct reader_ears ears = { r, say, say_person, is_ending };
    int failed = queue_new(&r->stop, 1, NULL);
    if (!failed)
        failed = r->choice.usbip ? usb_bus_usbip(&r->bus, r->choice.usbip) : usb_bus_host(&r->bus);
    r->person = failed ? NULL : locked_new(sizeof(*r->person));
    if (!failed && !r->person)
        failed = -ENOMEM;
    if (!failed)
        failed = readers_new(&r->readers, &yard, &ears, r->clock, r->person);
    return failed ? failed : -pthread_create(&r->thread, NULL, run, r);
}

/* Whatever has been built, the thread apart. */
static void take_down(struct reader *r)
{
    readers_free(r->readers);
    usb_bus_free(r->bus);
    locked_free(r->person, sizeof(*r->person));
    queue_free(r->stop);
    pthread_mutex_destroy(&r->lock);
    free(r);
}

int reader_open(struct reader **out, const struct reader_choice *choice, const struct clock *clock,
                struct queue *to)
{
    struct reader *r = calloc(1, sizeof(*r));
    if (!r)
        return fault_raise(-ENOMEM);
    *r = (struct reader){ .choice = *choice, .clock = clock, .to = to };
    r->facts.cause = READER_NOT_FOUND;
    if (!r->choice.ttys)
        r->choice.ttys = sdt_tty_paths;
    pthread_mutex_init(&r->lock, NULL);
    int failed = build(r);
    if (failed)
        take_down(r);
    else
        *out = r;
    return failed;
}

int reader_start(struct reader **out, const char *usbip, const struct clock *clock,
                 struct queue *to)
{
    static const char *const none[] = { NULL };
    const struct reader_choice choice = { .usbip = usbip, .ttys = usbip ? none : sdt_tty_paths };
    return reader_open(out, &choice, clock, to);
}

void reader_stop(struct reader *r)
{
    if (!r)
        return;
    queue_close(r->stop);
    pthread_join(r->thread, NULL);
    take_down(r);
}

void reader_tell_facts(struct reader *r, struct reader_facts *out)
{
    pthread_mutex_lock(&r->lock);
    *out = r->facts;
    pthread_mutex_unlock(&r->lock);
}
