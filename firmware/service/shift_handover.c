/* Notes to the next shift: left, read, ticked off. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/service/shift_inside.h"

static const struct handover *find_open(const struct shift *s, const char *what, int64_t n)
{
    const struct shift_facts *f = &s->view.facts;
    for (size_t i = 0; i < f->handover_count; i++)
        if (what ? !strcmp(f->handovers[i].what, what) : f->handovers[i].n == n)
            return &f->handovers[i];
    return NULL;
}

/* The same sentence twice says no more than once. */
enum shift_page shift_leave_note(struct shift *s, const struct shift_cause *c)
{
    struct shift_order order = { .kind = ORDER_LEAVE_NOTE };
    if (!*handover_zh(c->value) || s->view.work == STEP_NOW || find_open(s, c->value, 0) ||
        s->view.facts.handover_count == HANDOVER_OPEN)
        return SHIFT_HANDOVER;
    text_copy(order.action, sizeof(order.action), c->value);
    s->view.work = STEP_NOW;
    s->ports->order(s->context, &order);
    shift_note(s, "handover", "left %s", order.action);
    return SHIFT_HANDOVER;
}

enum shift_page shift_note_done(struct shift *s, const struct shift_cause *c)
{
    int64_t n = strtoll(c->value, NULL, 10);
    const struct handover *h = find_open(s, NULL, n);
    if (!h || s->view.work == STEP_NOW)
        return SHIFT_HANDOVER;
    s->view.work = STEP_NOW;
    shift_order(s, ORDER_NOTE_DONE, n);
    shift_note(s, "handover", "done %s", h->what);
    return SHIFT_HANDOVER;
}
