/* links: firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include "tests/support/session_rig.h"

static const struct desk_ticket *ticket(void)
{
    return &session_view(rig.session)->desk.ticket;
}

static const char *inside(const json_t *item, const char *part, const char *member)
{
    const char *text = json_string_value(json_object_get(json_object_get(item, part), member));
    return text ? text : "";
}

static bool slip_says(const char *text)
{
    for (size_t i = 0; i < rig.slip->count; i++) {
        const struct slip_line *line = &rig.slip->lines[i];
        if ((line->text && strstr(line->text, text)) || (line->label && strstr(line->label, text)))
            return true;
    }
    return false;
}

static void take_ticket(const char *theme, const char *priority)
{
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "theme", theme);
    if (priority)
        happen(EV_CHOOSE, "priority", priority);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
}

/* ---- a point of its level ---------------------------------------------------------------- */

static void test_village_begins_no_matter_that_is_done_elsewhere_and_says_so(void **state)
{
    (void)state;
    setup();
    know_point_as("fuzz/corpus/point/village.json");
    card(&person_a);
    happen(EV_OPEN_SERVICE, "P02", "");
    CHECK(session_view(rig.session)->is_elsewhere);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_OPEN_PLACES);
    CHECK_EQ(screen(), SCREEN_PLACES);
    tap(EV_BACK);
    tap(EV_BACK);
    happen(EV_OPEN_SERVICE, "E02", "");
    CHECK(!session_view(rig.session)->is_elsewhere);
    tap(EV_NEXT);
    CHECK(screen() != SCREEN_GUIDE); /* what is done here goes its usual way */
    teardown();
}

/* A port's word, with something else in it. */
static void know_port(const char *old, const char *fresh)
{
    char complaint[POINT_COMPLAINT], changed[16384];
    size_t length;
    struct point_news *news = NULL;
    char *text = test_file("fuzz/corpus/point/park.json", &length), *at = strstr(text, old);
    CHECK(at && length + strlen(fresh) < sizeof(changed));
    snprintf(changed, sizeof(changed), "%.*s%s%s", (int)(at - text), text, fresh, at + strlen(old));
    CHECK_EQ(point_parse(&news, changed, strlen(changed), complaint), 0);
    free(text);
    session_set_point(rig.session, news);
}

static void test_port_shows_its_own_matters_and_does_all_else_too(void **state)
{
    (void)state;
    setup();
    to_own();
    happen(EV_OPEN_SERVICE, "B03", "");
    CHECK_EQ(screen(), SCREEN_GUIDE);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_OWN);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_HOME);
    CHECK(!session_view(rig.session)->preferences.is_elder);
    happen(EV_OPEN_SERVICE, "P02", "");
    CHECK(!session_view(rig.session)->is_elsewhere);
    teardown();
    setup();
    card(&person_a); /* a point that has nothing of its own */
    tap(EV_OPEN_OWN);
    CHECK_EQ(screen(), SCREEN_HOME);
    teardown();
}

static void
test_port_begins_every_visit_in_large_letters_and_whoever_likes_turns_them_off(void **state)
{
    (void)state;
    setup();
    know_port("\"large\": false", "\"large\": true");
    CHECK(!session_view(rig.session)->preferences.is_elder);
    card(&person_a);
    CHECK(session_view(rig.session)->preferences.is_elder);
    tap(EV_ELDER);
    CHECK(!session_view(rig.session)->preferences.is_elder);
    happen(EV_OPEN_SERVICE, "B03", "");
    CHECK(!session_view(rig.session)->preferences.is_elder); /* it is asked once */
    tap(EV_EXIT);
    CHECK(is_clean());
    tap(EV_BEGIN);
    CHECK(session_view(rig.session)->preferences.is_elder);
    teardown();
}

static void
test_village_without_printer_misses_none_and_gives_no_number_and_rings_no_bell(void **state)
{
    (void)state;
    setup();
    know_point_as("fuzz/corpus/point/village.json");
    number(EV_PRINTER, 0);
    CHECK_EQ(session_view(rig.session)->impaired & IMPAIRED_PRINTER, 0);
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    CHECK(screen() != SCREEN_TICKET);
    tap(EV_OPEN_HELP);
    tap(EV_RING);
    CHECK_EQ(rig.rings, 0);
    session_set_point(rig.session, NULL);
    CHECK(session_view(rig.session)->impaired & IMPAIRED_PRINTER);
    teardown();
}

/* ---- a number in the queue --------------------------------------------------------------- */

static void test_ticket_without_a_card_is_two_touches_and_a_slip(void **state)
{
    (void)state;
    setup();
    know_point();
    take_ticket("elders", "none");
    CHECK_EQ(ticket()->step, TICKET_HELD);
    CHECK_STR(ticket()->number, "A007");
    CHECK(ticket()->has_queue);
    CHECK_EQ(ticket()->ahead, 3);
    CHECK_STR(rig.ticket_day, "20261125");
    CHECK_EQ(rig.prints, 1);
    CHECK(slip_says("A007"));
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "ticket");
    CHECK_STR(inside(item, "ticket", "number"), "A007");
    CHECK_STR(inside(item, "ticket", "theme"), "elders");
    CHECK_STR(inside(item, "ticket", "priority"), "none");
    CHECK(json_is_null(json_object_get(item, "resident")));
    teardown();
}

static void test_ticket_that_cannot_wait_says_why_inside_the_seal_alone(void **state)
{
    (void)state;
    setup();
    know_point();
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "urgent", "urgent");
    CHECK_EQ(ticket()->step, TICKET_WHY);
    happen(EV_CHOOSE, "why", "elders"); /* no reason, no lane */
    CHECK_EQ(ticket()->step, TICKET_WHY);
    happen(EV_CHOOSE, "why", "death");
    CHECK_EQ(ticket()->step, TICKET_CHOOSING);
    happen(EV_CHOOSE, "theme", "elders");
    CHECK_EQ(ticket()->step, TICKET_TAKING); /* nothing is asked that changes nothing */
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(ticket()->ahead, 1);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "ticket", "urgent"), "death");
    CHECK(slip_says("Urgent"));
    CHECK(!slip_says("died"));
    teardown();
}

static void test_ticket_urgent_can_be_taken_back_and_then_asks_as_ever(void **state)
{
    (void)state;
    setup();
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "theme", "elders");
    CHECK_EQ(ticket()->step, TICKET_ASKING);
    happen(EV_CHOOSE, "urgent", "urgent");
    tap(EV_BACK);
    CHECK_EQ(ticket()->step, TICKET_ASKING);
    happen(EV_CHOOSE, "priority", "none");
    reserve_answered();
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "ticket", "urgent"), "");
    teardown();
}

static void test_ticket_from_an_urgent_matters_guide_is_urgent_by_itself(void **state)
{
    (void)state;
    setup();
    const struct service *urgent = NULL;
    for (size_t i = 0; i < catalogue_service_count(rig.catalogue) && !urgent; i++)
        if (catalogue_service(rig.catalogue, i)->is_urgent)
            urgent = catalogue_service(rig.catalogue, i);
    CHECK(urgent != NULL);
    tap(EV_BEGIN);
    happen(EV_OPEN_SERVICE, urgent->code, "");
    tap(EV_OPEN_TICKET);
    CHECK_EQ(ticket()->step, TICKET_TAKING);
    CHECK_EQ(ticket()->urgency, URGENT_MATTER);
    teardown();
}

static void test_ticket_of_an_old_person_by_card_goes_first_unasked(void **state)
{
    struct person old = person_a;
    (void)state;
    setup();
    know_point();
    memcpy(old.birth, "19501126", 9);
    card(&old);
    take_ticket("elders", NULL);
    CHECK_EQ(ticket()->step, TICKET_HELD);
    CHECK_EQ(ticket()->priority, PRIORITY_OLD);
    CHECK_EQ(ticket()->ahead, 1);
    teardown();
}

static void test_ticket_of_the_day_before_sixty_is_asked(void **state)
{
    struct person nearly = person_a;
    (void)state;
    setup();
    know_point();
    memcpy(nearly.birth, "19661126", 9);
    card(&nearly);
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "theme", "elders");
    CHECK_EQ(ticket()->step, TICKET_ASKING);
    CHECK_EQ(rig.reserves, 0);
    teardown();
}

static void
test_ticket_offline_without_news_says_no_wait_and_bears_the_kiosks_own_name(void **state)
{
    (void)state;
    setup();
    link_is(true, false);
    take_ticket("other", "disabled");
    CHECK_EQ(ticket()->step, TICKET_HELD);
    CHECK_STR(ticket()->number, "K0012-007");
    CHECK(!ticket()->has_queue);
    CHECK(!slip_says("人数") && !slip_says("0 人"));
    CHECK(!slip_says("disabled")); /* the paper does not say why */
    CHECK(slip_says("Priority"));
    teardown();
}

static void test_ticket_ignores_news_of_another_kiosk_and_counts_that_are_old(void **state)
{
    (void)state;
    setup();
    know_point();
    fake_clock_advance(&rig.clock, POINT_FRESH_MS);
    take_ticket("elders", "none");
    CHECK(!ticket()->has_queue);
    CHECK_STR(ticket()->number, "A007");
    struct link_facts other = { .is_there = true, .kiosk_id = "K0099", .clock_quality = CLOCK_NTP };
    session_handle(rig.session, &(struct event){ .kind = EV_LINK, .link = &other });
    CHECK(session_view(rig.session)->desk.news == NULL);
    teardown();
}

static void test_ticket_that_cannot_be_stored_is_no_ticket(void **state)
{
    (void)state;
    setup();
    tap(EV_BEGIN);
    tap(EV_OPEN_POINT);
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "theme", "elders");
    happen(EV_CHOOSE, "priority", "none");
    happen(EV_NOT_SUBMITTED, rig.token, "disk-full");
    CHECK_EQ(ticket()->step, TICKET_REFUSED);
    CHECK_EQ(rig.prints, 0);
    tap(EV_NEXT);
    CHECK_EQ(ticket()->step, TICKET_TAKING);
    link_is(false, false);
    happen(EV_NOT_SUBMITTED, rig.token, "away");
    tap(EV_NEXT);
    CHECK_EQ(ticket()->step, TICKET_REFUSED);
    teardown();
}

static void test_ticket_stored_while_the_page_is_covered_is_printed_on_wish(void **state)
{
    (void)state;
    setup();
    know_point();
    to_ticket();
    happen(EV_CHOOSE, "priority", "soldier");
    reserve_answered();
    tap(EV_COVER);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(rig.prints, 0);
    tap(EV_CONTINUE);
    CHECK_EQ(screen(), SCREEN_TICKET);
    CHECK_EQ(ticket()->step, TICKET_HELD);
    tap(EV_SLIP_BAD);
    CHECK_EQ(rig.prints, 1);
    CHECK(slip_says("A007"));
    teardown();
}

static void test_ticket_from_a_guide_knows_what_for_and_goes_back_there(void **state)
{
    (void)state;
    setup();
    know_point();
    to_guide();
    tap(EV_OPEN_TICKET);
    CHECK_EQ(ticket()->step, TICKET_ASKING);
    CHECK_STR(ticket()->theme, "disability");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

static void test_ticket_number_of_a_visit_that_ended_is_dropped(void **state)
{
    (void)state;
    setup();
    know_point();
    to_ticket();
    happen(EV_CHOOSE, "priority", "none");
    tap(EV_EXIT);
    reserve_answered();
    CHECK_EQ(rig.submits, 0);
    CHECK(is_clean());
    teardown();
}

/* ---- bookings ------------------------------------------------------------------------------ */

static void fill_booking(void)
{
    for (int i = 0; i < 12 && screen() == SCREEN_FORM; i++) {
        const struct session_view *v = session_view(rig.session);
        const struct form_page *p = &v->service->pages[v->page];
        for (size_t k = 0; k < p->field_count; k++) {
            const struct field *f = &v->service->fields[p->first_field + k];
            if (f->choice_count && !*session_answer(rig.session, f))
                happen(EV_CHOOSE, f->name, f->choices[0].value);
            else if (f->kind == FIELD_PHONE) {
                happen(EV_FOCUS, f->name, "");
                happen(EV_TYPE, "", "13800000000");
            } else if (f->is_required && !*session_answer(rig.session, f)) {
                happen(EV_FOCUS, f->name, "");
                happen(EV_TYPE, "", "测试");
            }
        }
        tap(EV_NEXT);
        if (screen() == SCREEN_FORM)
            tap(EV_NEXT);
    }
}

static void test_booking_takes_a_half_day_signs_nothing_and_is_an_appointment(void **state)
{
    (void)state;
    setup();
    to_calendar();
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    happen(EV_CHOOSE, "20261126", "am"); /* full */
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    happen(EV_CHOOSE, "20261126", "pm");
    CHECK_EQ(screen(), SCREEN_FORM);
    fill_booking();
    CHECK_EQ(screen(), SCREEN_REVIEW);
    CHECK(!session_needs_signature(rig.session));
    reserve_answered();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(screen(), SCREEN_DONE);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "appointment");
    CHECK_STR(inside(item, "booking", "day"), "20261126");
    CHECK_STR(inside(item, "booking", "half"), "pm");
    CHECK_STR(inside(item, "booking", "calendar"), "window");
    CHECK_STR(inside(item, "form", "day"), "20261126");
    CHECK(!json_object_get(item, "signature") && !json_object_get(item, "affirmed"));
    CHECK(slip_says("预约单") && slip_says("还没有确认") && slip_says("2026-11-26"));
    teardown();
}

static void test_booking_day_is_not_asked_twice_and_can_be_changed(void **state)
{
    (void)state;
    setup();
    to_calendar();
    happen(EV_CHOOSE, "20261126", "pm");
    happen(EV_CHOOSE, "half", "am"); /* not to be changed behind the calendar's back */
    CHECK_STR(session_view(rig.session)->desk.half, "pm");
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_CALENDAR);
    happen(EV_CHOOSE, "20261127", "am");
    CHECK_STR(session_view(rig.session)->desk.day, "20261127");
    tap(EV_BACK);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_GUIDE);
    teardown();
}

static void test_booking_without_a_calendar_asks_the_day_as_a_wish(void **state)
{
    (void)state;
    setup();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "F02", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    const struct service *service = session_view(rig.session)->service;
    bool is_open = false;
    for (size_t i = 0; i < service->field_count; i++)
        if (!strcmp(service->fields[i].name, "day"))
            is_open = !session_field_is_locked(rig.session, &service->fields[i]);
    CHECK(is_open);
    teardown();
}

static void test_booking_none_of_the_days_leads_to_the_wish(void **state)
{
    (void)state;
    setup();
    to_calendar();
    happen(EV_CHOOSE, "20261126", "pm");
    tap(EV_BACK);
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    CHECK_STR(session_view(rig.session)->desk.day, "");
    teardown();
}

static void test_booking_of_days_gone_by_needs_no_calendar_page(void **state)
{
    (void)state;
    setup();
    know_point();
    fake_clock_advance(&rig.clock, INT64_C(86400000) * 30);
    tap(EV_BEGIN);
    happen(EV_OPEN_SERVICE, "F06", "");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FORM);
    teardown();
}

static void test_cancelling_says_number_and_end_of_the_telephone_number(void **state)
{
    (void)state;
    setup();
    to_cancel();
    CHECK_EQ(screen(), SCREEN_CANCEL);
    tap(EV_NEXT);
    CHECK_EQ(rig.reserves, 0);
    happen(EV_TYPE, "", "00x00");
    CHECK_STR(session_view(rig.session)->desk.tail, "0000");
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
    CHECK_EQ(session_view(rig.session)->desk.cancel, CANCEL_SENT);
    AUTO(json_release) json_t *item = opened_item();
    CHECK_STR(inside(item, "manifest", "kind"), "appointment");
    CHECK_STR(inside(item, "cancel", "phone_tail"), "0000");
    CHECK_STR(inside(item, "cancel", "receipt"), session_view(rig.session)->asked.receipt);
    int asks = rig.asks;
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    CHECK_EQ(rig.asks, asks + 1);
    teardown();
}

static void test_cancelling_is_offered_for_bookings_alone(void **state)
{
    (void)state;
    setup();
    to_progress();
    tap(EV_OPEN_CANCEL);
    CHECK_EQ(screen(), SCREEN_PROGRESS);
    teardown();
}

/* ---- pages that are read ------------------------------------------------------------------- */

static void test_places_lead_back_to_where_they_were_asked_for(void **state)
{
    (void)state;
    setup();
    to_not_saved();
    tap(EV_OPEN_PLACES);
    CHECK_EQ(screen(), SCREEN_PLACES);
    tap(EV_BACK);
    CHECK_EQ(screen(), SCREEN_NOT_SAVED);
    teardown();
}

RUN(T(test_port_shows_its_own_matters_and_does_all_else_too),
    T(test_port_begins_every_visit_in_large_letters_and_whoever_likes_turns_them_off),
    T(test_village_begins_no_matter_that_is_done_elsewhere_and_says_so),
    T(test_village_without_printer_misses_none_and_gives_no_number_and_rings_no_bell),
    T(test_ticket_without_a_card_is_two_touches_and_a_slip),
    T(test_ticket_that_cannot_wait_says_why_inside_the_seal_alone),
    T(test_ticket_urgent_can_be_taken_back_and_then_asks_as_ever),
    T(test_ticket_from_an_urgent_matters_guide_is_urgent_by_itself),
    T(test_ticket_of_an_old_person_by_card_goes_first_unasked),
    T(test_ticket_of_the_day_before_sixty_is_asked),
    T(test_ticket_offline_without_news_says_no_wait_and_bears_the_kiosks_own_name),
    T(test_ticket_ignores_news_of_another_kiosk_and_counts_that_are_old),
    T(test_ticket_that_cannot_be_stored_is_no_ticket),
    T(test_ticket_stored_while_the_page_is_covered_is_printed_on_wish),
    T(test_ticket_from_a_guide_knows_what_for_and_goes_back_there),
    T(test_ticket_number_of_a_visit_that_ended_is_dropped),
    T(test_booking_takes_a_half_day_signs_nothing_and_is_an_appointment),
    T(test_booking_day_is_not_asked_twice_and_can_be_changed),
    T(test_booking_without_a_calendar_asks_the_day_as_a_wish),
    T(test_booking_none_of_the_days_leads_to_the_wish),
    T(test_booking_of_days_gone_by_needs_no_calendar_page),
    T(test_cancelling_says_number_and_end_of_the_telephone_number),
    T(test_cancelling_is_offered_for_bookings_alone),
    T(test_places_lead_back_to_where_they_were_asked_for))
