/* Who comes next: nobody's visit begins while the last one's slip is on its way (receipt-printer document, section 5,
 * rule 5). Whatever would begin one is kept; it happens as soon as that slip has an end, 5 s after its visit at the latest. */
#include "firmware/loop/kiosk.h"

static bool must_wait(const struct kiosk *k, const struct event *event)
{
    return slips_are_on_their_way(k) && session_begins(k->session, event);
}

static void tell(struct kiosk *k, enum event_kind kind)
{
    session_handle(k->session, &(struct event){ .kind = kind, .name = "", .value = "" });
}

/* A card shows the page on which one waits for it; a finger waits where it is. */
static void keep(struct kiosk *k, struct post *p)
{
    post_free(k->next);
    k->next = p;
    slips_start(k);
    printing_end_visit(k->printing, k->clock.base.boot_ms(&k->clock.base));
    if (p && p->event.kind == EV_CARD_READ) {
        tell(k, EV_MAKE_WAY);
        tell(k, EV_CARD_COMING);
    }
}

bool next_keeps(struct kiosk *k, struct post *p)
{
    if (p->kind != POST_EVENT)
        return false;
    if (p->event.kind == EV_CARD_GONE && k->next && k->next->event.kind == EV_CARD_READ) {
        post_free(k->next);
        k->next = NULL;
    }
    if (!must_wait(k, &p->event))
        return false;
    keep(k, p);
    return true;
}

void next_tell(struct kiosk *k, const struct event *event)
{
    if (must_wait(k, event))
        keep(k, post_event(event->kind, event->name ? event->name : "",
                           event->value ? event->value : "", event->number));
    else
        session_handle(k->session, event);
}

void next_follow(struct kiosk *k)
{
    struct post *p = k->next;
    (void)printing_tick(k->printing, k->clock.base.boot_ms(&k->clock.base));
    if (!p || slips_are_on_their_way(k))
        return;
    k->next = NULL;
    session_handle(k->session, &p->event);
    post_free(p);
}

int64_t next_deadline_ms(struct kiosk *k)
{
    int64_t now = k->clock.base.boot_ms(&k->clock.base), due = printing_tick(k->printing, now);
    return k->next && !slips_are_on_their_way(k) ? now : due;
}
