#include "tests/golden/places_idle.h"

#include "tests/golden/places_inside.h"

void place_attract(struct visits *v)
{
    (void)v;
}

void place_attract_impaired(struct visits *v)
{
    visits_number(v, EV_READER, 0);
    visits_number(v, EV_PRINTER, 0);
    visits_link(v, true, false);
}

void place_attract_refusing(struct visits *v)
{
    visits_link(v, false, false);
}

/* Whoever wished for something has gone, and nobody has come for some minutes; the day begins at 15:46. */
enum { MINUTE_MS = 60000, GONE = 2, TO_TEN = 6 * 60 + 14, TO_NINE_PAST = 13 };

void place_rest_dark(struct visits *v)
{
    later(v, GONE * MINUTE_MS);
    later(v, (TO_TEN - GONE) * MINUTE_MS);
}

void place_rest_change(struct visits *v)
{
    later(v, GONE * MINUTE_MS);
    later(v, (TO_NINE_PAST - GONE) * MINUTE_MS);
}

void place_out_of_service(struct visits *v)
{
    session_set_catalogue(v->session, NULL);
}

/* ---- it has not joined a county yet -------------------------------------------------------- */

void place_enrol(struct visits *v)
{
    struct link_facts facts = { .is_there = true, .refusal = "unenrolled" };
    session_handle(v->session, &(struct event){ .kind = EV_LINK, .link = &facts });
}

void place_enrol_typed(struct visits *v)
{
    place_enrol(v);
    visits_event(v, EV_TYPE, "", "11112");
}

void place_enrol_asking(struct visits *v)
{
    place_enrol(v);
    visits_event(v, EV_TYPE, "", "11112222");
    tap(v, EV_NEXT);
}

void place_enrol_wrong(struct visits *v)
{
    place_enrol_asking(v);
    visits_event(v, EV_ENROLLED, "", "refused");
}

void place_enrol_silent(struct visits *v)
{
    place_enrol_asking(v);
    visits_event(v, EV_ENROLLED, "", "unreachable");
}
