#include "tests/golden/places_done.h"

#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

void place_review(struct visits *v)
{
    place_form(v);
    place_choose_all(v);
    place_go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    place_go_to_field(v, "");
}

void place_review_missing(struct visits *v)
{
    place_review(v);
    tap(v, EV_NEXT);
}

void place_review_signed(struct visits *v)
{
    place_review(v);
    tap(v, EV_CONSENT);
    place_write_stroke(v, 200, 120);
}

void place_review_shown(struct visits *v)
{
    place_review(v);
    tap(v, EV_REVEAL);
}

void place_reserve(struct visits *v)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = v->clock.wall,
                             .clock_quality = CLOCK_NTP };
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(v->session, &e);
}

void place_submitting(struct visits *v)
{
    place_review_signed(v);
    place_reserve(v);
    tap(v, EV_NEXT);
}

void place_done(struct visits *v)
{
    place_submitting(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
}

#define PAPER(function, state)                   \
    void function(struct visits *v)              \
    {                                            \
        place_done(v);                           \
        visits_number(v, EV_PRINT_STATE, state); \
    }
PAPER(place_done_paper, PAPER_DONE)
PAPER(place_done_ask, PAPER_ASK)

void place_done_failed(struct visits *v)
{
    place_done(v);
    visits_number(v, EV_PRINT_STATE, PAPER_FAILED);
    visits_number(v, EV_PRINTER, 0);
}

void place_done_offline(struct visits *v)
{
    visits_link(v, true, false);
    place_done(v);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
    tap(v, EV_CARD_GONE);
}

void place_not_saved(struct visits *v)
{
    place_submitting(v);
    visits_event(v, EV_NOT_SUBMITTED, v->token, "no-key");
}

void place_not_certain(struct visits *v)
{
    place_submitting(v);
    later(v, 20000);
}

void place_rating(struct visits *v)
{
    place_done_paper(v);
    tap(v, EV_OPEN_RATING);
}

void place_rating_bad(struct visits *v)
{
    place_rating(v);
    visits_number(v, EV_RATE, 2);
    visits_number(v, EV_RATE_TAG, 1);
}
