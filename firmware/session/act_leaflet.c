/* Slips without a person: the guide of a matter, or what works instead of it. */
#include <string.h>

#include "firmware/session/acts.h"

enum { PRINTS_MAX = 3 };

void leaflet_begin(struct session *s)
{
    s->visit.leaflet = (struct leaflet){ 0 };
}

struct leaflet_view leaflet_look(const struct session *s)
{
    const struct leaflet *l = &s->visit.leaflet;
    return (struct leaflet_view){ .paper = l->paper,
                                  .can_print = s->has_printer && l->prints < PRINTS_MAX &&
                                               l->paper != PAPER_PRINTING };
}

void leaflet_print(struct session *s)
{
    struct leaflet *l = &s->visit.leaflet;
    struct slip *slip;
    uint8_t job[TOKEN_BYTES];
    unsigned copy = l->may_be_printed ? l->prints : 0;
    bool is_route = s->visit.screen == SCREEN_CONDITION;
    if (!leaflet_look(s).can_print ||
        (is_route ? slip_route(&slip, s, copy) : slip_guide(&slip, s, copy))) {
        l->paper = PAPER_FAILED;
        return;
    }
    random_bytes(job, sizeof(job));
    hex_encode(l->job, job, sizeof(job));
    l->paper = PAPER_PRINTING;
    l->prints++;
    s->config.ports->print(s->config.context, slip, l->job, "", copy != 0);
}

bool leaflet_printed(struct session *s, const struct event *e)
{
    struct leaflet *l = &s->visit.leaflet;
    if (!*l->job || !e->name || strcmp(e->name, l->job) != 0)
        return false;
    l->paper = (enum paper_state)e->number;
    l->may_be_printed |= l->paper == PAPER_ASK || l->paper == PAPER_DONE;
    return true;
}

enum screen act_print_leaflet(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.leaflet.paper == PAPER_OFF)
        leaflet_print(s);
    return stay();
}

enum screen act_leaflet_good(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.leaflet.paper == PAPER_ASK)
        s->visit.leaflet.paper = PAPER_DONE;
    return stay();
}

enum screen act_leaflet_bad(struct session *s, const struct event *e)
{
    (void)e;
    leaflet_print(s);
    return stay();
}
