#include "tests/golden/places_desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/golden/places_inside.h"
#include "tests/support/check.h"

static void know_as(struct visits *v, const char *file)
{
    char complaint[POINT_COMPLAINT];
    size_t length;
    struct point_news *news = NULL;
    char *text = test_file(file, &length);
    if (point_parse(&news, text, length, complaint)) {
        fprintf(stderr, "gallery: %s\n", complaint);
        exit(2);
    }
    free(text);
    session_set_point(v->session, news);
}

/* The county's word about this point, a few minutes old. */
void place_know(struct visits *v)
{
    know_as(v, "fuzz/corpus/point/full.json");
}

void place_port_home(struct visits *v)
{
    know_as(v, "fuzz/corpus/point/park.json");
    visits_card(v, &v->other);
}

void place_port_own(struct visits *v)
{
    place_port_home(v);
    tap(v, EV_OPEN_OWN);
}

void place_port_search(struct visits *v)
{
    place_port_home(v);
    tap(v, EV_OPEN_SEARCH);
}

static void reserve(struct visits *v)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = v->clock.wall,
                             .clock_quality = CLOCK_NTP,
                             .ticket = 7 };
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(v->session, &e);
}

void place_point_unknown(struct visits *v)
{
    tap(v, EV_BEGIN);
    tap(v, EV_OPEN_POINT);
}

void place_point(struct visits *v)
{
    place_know(v);
    place_point_unknown(v);
}

/* ---- a number ------------------------------------------------------------------------ */

void place_ticket(struct visits *v)
{
    place_point(v);
    tap(v, EV_OPEN_TICKET);
}

void place_ticket_priority(struct visits *v)
{
    place_ticket(v);
    visits_event(v, EV_CHOOSE, "theme", "elders");
}

void place_ticket_taking(struct visits *v)
{
    place_ticket_priority(v);
    visits_event(v, EV_CHOOSE, "priority", "none");
}

static void hold(struct visits *v, const char *priority)
{
    tap(v, EV_OPEN_TICKET);
    visits_event(v, EV_CHOOSE, "theme", "elders");
    visits_event(v, EV_CHOOSE, "priority", priority);
    reserve(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
}

void place_ticket_held(struct visits *v)
{
    place_point(v);
    hold(v, "none");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_ticket_offline(struct visits *v)
{
    visits_link(v, true, false);
    place_point_unknown(v);
    hold(v, "old");
    visits_number(v, EV_PRINT_STATE, PAPER_ASK);
}

void place_ticket_refused(struct visits *v)
{
    place_ticket_taking(v);
    visits_event(v, EV_NOT_SUBMITTED, v->token, "disk-full");
}

/* ---- bookings ------------------------------------------------------------------------ */

static void open_booking(struct visits *v, const char *code)
{
    place_know(v);
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, code, "");
    tap(v, EV_NEXT);
}

void place_calendar(struct visits *v)
{
    open_booking(v, "Q01");
}

void place_calendar_full(struct visits *v)
{
    open_booking(v, "F02");
}

void place_booking_form(struct visits *v)
{
    place_calendar(v);
    visits_event(v, EV_CHOOSE, "20261127", "pm");
    visits_event(v, EV_CHOOSE, "matter", "elders");
}

void place_booking_review(struct visits *v)
{
    place_booking_form(v);
    for (int i = 0; i < 12 && view(v)->screen == SCREEN_FORM; i++) {
        const struct session_view *now = view(v);
        bool is_phone = now->focus >= 0 && !strcmp(now->service->fields[now->focus].name, "phone");
        if (is_phone && !*session_answer(v->session, &now->service->fields[now->focus]))
            visits_event(v, EV_TYPE, "", "13800000000");
        tap(v, EV_NEXT);
    }
}

void place_booking_done(struct visits *v)
{
    place_booking_review(v);
    reserve(v);
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

static void answered(struct visits *v, const char *kind, const char *state, const char *fact,
                     const char *value)
{
    struct case_view answer = { .where = CASE_COUNTY,
                                .as_of_ms = v->clock.wall - 60000,
                                .changed_ms = v->clock.wall - 3600000,
                                .fact_count = 1 };
    snprintf(answer.kind, sizeof(answer.kind), "%s", kind);
    snprintf(answer.state, sizeof(answer.state), "%s", state);
    snprintf(answer.facts[0].name, sizeof(answer.facts[0].name), "%s", fact);
    snprintf(answer.facts[0].value, sizeof(answer.facts[0].value), "%s", value);
    tap(v, EV_BEGIN);
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_TYPE, "", "000042M");
    tap(v, EV_NEXT);
    place_tell(v, answer);
}

void place_progress_booking(struct visits *v)
{
    answered(v, "appointment", "confirmed", "when", "2026-11-27 14:00–17:00");
}

void place_progress_called(struct visits *v)
{
    answered(v, "ticket", "called", "counter", "3");
}

void place_cancel(struct visits *v)
{
    place_progress_booking(v);
    tap(v, EV_OPEN_CANCEL);
    visits_event(v, EV_TYPE, "", "00");
}

void place_cancel_sent(struct visits *v)
{
    place_cancel(v);
    visits_event(v, EV_TYPE, "", "00");
    tap(v, EV_NEXT);
    reserve(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000043-5");
}

/* ---- taken back ---------------------------------------------------------------------- */

void place_withdraw_card(struct visits *v)
{
    answered(v, "application", "accepted", "", "");
    tap(v, EV_OPEN_WITHDRAW);
}

void place_withdraw(struct visits *v)
{
    place_withdraw_card(v);
    visits_card(v, &v->person);
}

void place_withdraw_kept(struct visits *v)
{
    place_withdraw(v);
    tap(v, EV_NEXT);
    reserve(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000043-5");
}

void place_withdraw_sending(struct visits *v)
{
    place_withdraw(v);
    tap(v, EV_NEXT);
}

void place_withdraw_failed(struct visits *v)
{
    place_withdraw_sending(v);
    reserve(v);
    visits_event(v, EV_NOT_SUBMITTED, v->token, "storage");
}

/* No network, and whether the slip came out whole is for the eye. */
void place_withdraw_offline(struct visits *v)
{
    visits_link(v, true, false);
    place_withdraw_kept(v);
    visits_number(v, EV_PRINT_STATE, PAPER_ASK);
}

/* It is on its way, and the county has not answered yet. */
void place_progress_withdrawing(struct visits *v)
{
    const struct case_view answer = { .where = CASE_COUNTY,
                                      .kind = "application",
                                      .state = "accepted" };
    place_withdraw_kept(v);
    tap(v, EV_NEXT);
    place_tell(v, answer);
}

void place_progress_withdrawal(struct visits *v)
{
    answered(v, "withdrawal", "withdrawn", "about", "K0012-000042-M");
}

void place_progress_withdrawal_refused(struct visits *v)
{
    answered(v, "withdrawal", "not_accepted", "why", "person");
}

/* ---- pages that are read ------------------------------------------------------------- */

void place_places(struct visits *v)
{
    place_point(v);
    tap(v, EV_OPEN_PLACES);
}

void place_guide_info(struct visits *v)
{
    place_know(v);
    visits_card(v, &v->person);
    for (size_t i = 0; i < catalogue_service_count(v->catalogue); i++) {
        const struct service *s = catalogue_service(v->catalogue, i);
        if (s->reach == REACH_AGENT) {
            visits_event(v, EV_OPEN_SERVICE, s->code, "");
            return;
        }
    }
}

void place_places_matter(struct visits *v)
{
    place_guide_info(v);
    tap(v, EV_OPEN_PLACES);
}

void place_figures(struct visits *v)
{
    place_point(v);
    tap(v, EV_OPEN_FIGURES);
}

/* With what this machine has counted: a month of work, or one that is too young to tell. */
static void figures_counted(struct visits *v, const struct point_figures *figures)
{
    struct event e = { .kind = EV_FIGURES, .figures = figures };
    place_figures(v);
    session_handle(v->session, &e);
}

void place_figures_counted(struct visits *v)
{
    figures_counted(v, &(struct point_figures){ .is_known = true,
                                                .month = "202611",
                                                .done = 312,
                                                .again = 9,
                                                .zero = 271,
                                                .papers = 644,
                                                .forms = 38,
                                                .days = 1460 });
}

void place_figures_few(struct visits *v)
{
    figures_counted(v,
                    &(struct point_figures){
                        .is_known = true, .month = "202611", .done = 3, .zero = 2, .papers = 5 });
}

/* ---- a call for a person ------------------------------------------------------------- */

static void ring(struct visits *v, bool is_up)
{
    visits_link(v, true, is_up);
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_OPEN_HELP);
    tap(v, EV_RING);
    reserve(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
}

void place_bell_ringing(struct visits *v)
{
    ring(v, true);
}

void place_bell_offline(struct visits *v)
{
    ring(v, false);
}

static void come(struct visits *v)
{
    struct case_view answer = { .where = CASE_COUNTY, .state = "coming", .fact_count = 1 };
    struct event e = { .kind = EV_CASE, .answer = &answer };
    snprintf(answer.receipt, sizeof(answer.receipt), "K0012-000042-7");
    snprintf(answer.facts[0].name, sizeof(answer.facts[0].name), "by");
    snprintf(answer.facts[0].value, sizeof(answer.facts[0].value), "李明");
    session_handle(v->session, &e);
}

void place_bell_coming(struct visits *v)
{
    ring(v, true);
    come(v);
}

void place_bell_band(struct visits *v)
{
    ring(v, true);
    come(v);
    tap(v, EV_BACK);
}

void place_bell_unanswered(struct visits *v)
{
    ring(v, true);
    v->clock.boot += BELL_ANSWER_MS;
    tap(v, EV_TIME);
}
