/* Slips without a person: the guide of a matter, or what works instead of it. */
#include <string.h>

#include "firmware/session/acts.h"

void leaflet_begin(struct session *s)
{
    s->visit.leaflet = (struct leaflet){ 0 };
}

struct leaflet_view leaflet_look(const struct session *s)
{
    const struct leaflet *l = &s->visit.leaflet;
    return (struct leaflet_view){ .paper = l->paper.state,
                                  .can_print = paper_job_can_print(s, &l->paper) &&
                                               l->paper.state != PAPER_PRINTING };
}

void leaflet_print(struct session *s)
{
    struct leaflet *l = &s->visit.leaflet;
    struct slip *slip = NULL;
    unsigned copy = paper_job_copy(&l->paper);
    int failed = !leaflet_look(s).can_print            ? -ENODEV
                 : s->visit.screen == SCREEN_CONDITION ? slip_route(&slip, s, copy)
                                                       : slip_guide(&slip, s, copy);
    paper_job_send(s, &l->paper, failed, slip, "");
}

bool leaflet_printed(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->visit.leaflet.paper, e);
}

enum screen act_print_leaflet(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.leaflet.paper.state == PAPER_OFF)
        leaflet_print(s);
    return stay();
}

enum screen act_leaflet_good(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.leaflet.paper.state == PAPER_ASK)
        s->visit.leaflet.paper.state = PAPER_DONE;
    return stay();
}

enum screen act_leaflet_bad(struct session *s, const struct event *e)
{
    (void)e;
    leaflet_print(s);
    return stay();
}
