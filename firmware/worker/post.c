#include "firmware/worker/post.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

struct post *post_new(enum post_kind kind)
{
    struct post *p = calloc(1, sizeof(*p));
    if (!p) {
        (void)fault_raise(-ENOMEM);
        return NULL;
    }
    p->kind = kind;
    p->event.name = p->name;
    p->event.value = p->value;
    p->event.person = &p->data.person;
    p->event.link = &p->data.link;
    p->event.reservation = &p->data.reservation;
    p->event.answer = &p->data.answer;
    p->event.candidates = &p->data.candidates;
    p->event.notes = &p->data.notes;
    p->event.reply = &p->document;
    p->event.figures = &p->data.figures;
    return p;
}

struct post *post_event(enum event_kind kind, const char *name, const char *value, int number)
{
    struct post *p = post_new(POST_EVENT);
    if (!p)
        return NULL;
    p->event.kind = kind;
    p->event.number = number;
    snprintf(p->name, sizeof(p->name), "%s", name);
    snprintf(p->value, sizeof(p->value), "%s", value);
    return p;
}

void post_free(struct post *p)
{
    if (!p)
        return;
    bytes_clear(&p->document);
    bytes_clear(&p->signature);
    free(p->staff);
    explicit_bzero(p, sizeof(*p));
    free(p);
}

void post_send(struct queue *to, struct post *p)
{
    if (!p)
        return;
    int r = queue_send(to, p);
    if (r && r != -EPIPE)
        log_line(LOG_ERROR, "worker", "a message for the main thread was lost: %s",
                 strerrorname_np(-r));
    if (r)
        post_free(p);
}
