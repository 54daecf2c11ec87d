#include "tests/golden/places_bundle.h"

#include <stdio.h>

#include "tests/support/fill.h"

static void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static void open_service(struct visits *v, const char *code)
{
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, code, "");
}

void place_guide_bundle(struct visits *v)
{
    open_service(v, "F01");
}

void place_form_bundle(struct visits *v)
{
    place_guide_bundle(v);
    tap(v, EV_NEXT);
}

static const struct fill_answer unmarried[] = {
    { "married", "no" }, { "claim_costs", "no" }, { "delivery", "post" }, { NULL, NULL }
};

static void fill(struct visits *v, const char *code, const struct fill_answer *wishes)
{
    open_service(v, code);
    tap(v, EV_NEXT);
    (void)fill_form(v->session, wishes);
}

void place_papers(struct visits *v)
{
    fill(v, "H03", NULL);
}

void place_papers_errors(struct visits *v)
{
    place_papers(v);
    tap(v, EV_NEXT);
}

void place_papers_later(struct visits *v)
{
    fill(v, "F01", unmarried);
    visits_event(v, EV_ANSWER_PAPER, "birth-statement", "later");
}

void place_notice(struct visits *v)
{
    place_papers(v);
    fill_papers(v->session, "not");
    for (int i = 0; i < 5; i++) /* one paper a page in the elder version */
        tap(v, EV_NEXT);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_notice_ask(struct visits *v)
{
    place_notice(v);
    visits_number(v, EV_PRINT_STATE, PAPER_ASK);
}

void place_notice_failed(struct visits *v)
{
    place_notice(v);
    visits_number(v, EV_PRINT_STATE, PAPER_FAILED);
}

void place_review_bundle(struct visits *v)
{
    place_papers_later(v);
    tap(v, EV_NEXT);
}

static void sign(struct visits *v)
{
    for (int i = 0; i < 24; i++) {
        struct event e = { .kind = i ? EV_INK_MOVE : EV_INK_BEGIN,
                           .x = 200 + 12 * i,
                           .y = 120 + (i % 6) * 14 };
        session_handle(v->session, &e);
    }
    tap(v, EV_INK_END);
}

void place_done_bundle(struct visits *v)
{
    place_review_bundle(v);
    tap(v, EV_CONSENT);
    sign(v);
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
    session_handle(v->session, &(struct event){ .kind = EV_RESERVED, .reservation = &r });
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}
