#include "tests/golden/places_precheck.h"

#include <string.h>

#include "tests/golden/places_desk.h"
#include "tests/support/fill.h"

static void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static void open_guide(struct visits *v, const char *code, const char *birth)
{
    struct person p = v->person;
    memcpy(p.birth, birth, 9);
    visits_card(v, &p);
    visits_event(v, EV_OPEN_SERVICE, code, "");
}

void place_guide_said(struct visits *v)
{
    open_guide(v, "D01", "19460315");
    visits_event(v, EV_SAY_FACT, "has_disability_certificate", "no");
    tap(v, EV_BACK);
}

void place_guide_printed(struct visits *v)
{
    open_guide(v, "E02", "19460315");
    tap(v, EV_PRINT_LEAFLET);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

/* By the card: there is another matter. */
void place_condition(struct visits *v)
{
    place_know(v);
    open_guide(v, "E02", "19600101");
    tap(v, EV_NEXT);
}

/* By the card: there is a desk alone, and another point. */
void place_condition_window(struct visits *v)
{
    place_know(v);
    open_guide(v, "F01", "20120601");
    tap(v, EV_NEXT);
}

/* By an answer, as soon as it was given. */
void place_condition_form(struct visits *v)
{
    const struct fill_answer wishes[] = { { "why", "resigned" }, { NULL, NULL } };
    open_guide(v, "J02", "19800101");
    tap(v, EV_NEXT);
    fill_form(v->session, wishes);
}

void place_condition_printed(struct visits *v)
{
    place_condition_window(v);
    tap(v, EV_PRINT_LEAFLET);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_condition_ask(struct visits *v)
{
    place_condition_window(v);
    tap(v, EV_PRINT_LEAFLET);
    visits_number(v, EV_PRINT_STATE, PAPER_ASK);
}

void place_home_hint_sixty(struct visits *v)
{
    struct person p = v->person;
    memcpy(p.birth, "19620101", 9);
    visits_card(v, &p);
}

void place_theme_events(struct visits *v)
{
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_THEME, "family", "");
}

void place_guide_of_part(struct visits *v)
{
    open_guide(v, "B01", "19800101");
}

void place_guide_hinted(struct visits *v)
{
    visits_card(v, &v->person);
    tap(v, EV_TAKE_HINT);
}

void place_guide_urgent(struct visits *v)
{
    open_guide(v, "A02", "19800101");
}
