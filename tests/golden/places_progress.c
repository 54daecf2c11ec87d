#include "tests/golden/places_progress.h"

#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

void place_progress(struct visits *v)
{
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_TYPE, "", "0000");
}

void place_progress_bad(struct visits *v)
{
    place_progress(v);
    visits_event(v, EV_TYPE, "", "421");
    tap(v, EV_NEXT);
}

/* The number of a slip of this kiosk. */
void place_ask(struct visits *v)
{
    char number[RECEIPT_TEXT];
    receipt_format(number, "K0012", 42);
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_CLEAR, "", "");
    visits_event(v, EV_TYPE, "", number);
    tap(v, EV_NEXT);
}

void place_progress_away(struct visits *v)
{
    visits_link(v, false, false);
    place_ask(v);
}

void place_tell(struct visits *v, struct case_view c)
{
    struct event e = { .kind = EV_CASE, .answer = &c };
    snprintf(c.receipt, sizeof(c.receipt), "%s", view(v)->asked.receipt);
    session_handle(v->session, &e);
}

/* Of an application of this kiosk, unless it says otherwise. */
void place_answer(struct visits *v, struct case_view c)
{
    place_ask(v);
    if (!*c.kind && c.where != CASE_NOT_FOUND)
        memcpy(c.kind, "application", sizeof("application"));
    place_tell(v, c);
}

void place_progress_correction(struct visits *v)
{
    place_answer(v, (struct case_view){ .where = CASE_COUNTY,
                                        .state = "correction_requested",
                                        .server_ref = "330603-2026-000318",
                                        .note = "请带银行卡复印件到 1 号窗口",
                                        .changed_ms = v->clock.wall - 86400000,
                                        .as_of_ms = v->clock.wall - 3600000,
                                        .due_ms = v->clock.wall + INT64_C(86400000) * 8,
                                        .missing_count = 2,
                                        .missing = { "household", "of-a-newer-catalogue" } });
}

void place_progress_granted(struct visits *v)
{
    place_answer(v, (struct case_view){ .where = CASE_COUNTY,
                                        .state = "granted",
                                        .server_ref = "330603-2026-000318",
                                        .changed_ms = v->clock.wall - 86400000,
                                        .as_of_ms = v->clock.wall - 3600000 });
}

void place_progress_denied(struct visits *v)
{
    place_answer(v, (struct case_view){ .where = CASE_COUNTY,
                                        .state = "denied",
                                        .as_of_ms = v->clock.wall - 3600000 });
}

/* A case with everything that the county may say of it; each place changes what it is about. */
static struct case_view told(const struct visits *v, const char *state)
{
    struct case_view c = { .where = CASE_COUNTY,
                           .server_ref = "330603-2026-000318",
                           .changed_ms = v->clock.wall - 86400000,
                           .as_of_ms = v->clock.wall - 3600000,
                           .timeline = { .is_there = true,
                                         .promised_by = "20261209",
                                         .legal_by = "20261223",
                                         .has_days_left = true,
                                         .days_left = 10,
                                         .office = { "区民政局、区残疾人联合会（福全街道初审）",
                                                     "District Civil Affairs Bureau and Disabled "
                                                     "Persons' Federation" },
                                         .step_count = 2,
                                         .steps = { { "received", "20261124", LANE_FRONT },
                                                    { "accept", "20261125", LANE_FRONT } } } };
    snprintf(c.state, sizeof(c.state), "%s", state);
    return c;
}

static void add_step(struct case_view *c, const char *what, const char *day, enum case_lane lane)
{
    struct timeline_step *step = &c->timeline.steps[c->timeline.step_count++];
    snprintf(step->what, sizeof(step->what), "%s", what);
    snprintf(step->day, sizeof(step->day), "%s", day);
    step->lane = lane;
}

void place_progress_accepted(struct visits *v)
{
    struct case_view c = told(v, "accepted");
    c.timeline.needs_no_return = true;
    place_answer(v, c);
}

void place_progress_late(struct visits *v)
{
    struct case_view c = told(v, "accepted");
    snprintf(c.timeline.promised_by, TIMELINE_DAY, "20261120");
    c.timeline.days_left = -3;
    c.as_of_ms = v->clock.wall - INT64_C(4) * 86400000;
    add_step(&c, "late", "20261121", LANE_DEPARTMENTS);
    place_answer(v, c);
}

void place_progress_gap(struct visits *v)
{
    struct case_view c = told(v, "accepted_gap");
    c.timeline.owed_count = 2;
    c.timeline.owed[0] = (struct timeline_paper){ "guardian-proof", "20261202" };
    c.timeline.owed[1] = (struct timeline_paper){ "photo", "20261204" };
    snprintf(c.timeline.steps[1].what, sizeof(c.timeline.steps[1].what), "accept_gap");
    add_step(&c, "reminded_soon", "20261127", LANE_FRONT);
    place_answer(v, c);
}

void place_progress_paused(struct visits *v)
{
    struct case_view c = told(v, "suspended");
    snprintf(c.timeline.paused_since, TIMELINE_DAY, "20261125");
    add_step(&c, "pause", "20261125", LANE_DEPARTMENTS);
    place_answer(v, c);
}

void place_progress_pickup(struct visits *v)
{
    struct case_view c = told(v, "granted");
    c.timeline.hand_out = HAND_OUT_PICKUP;
    snprintf(c.timeline.code, sizeof(c.timeline.code), "004211");
    snprintf(c.timeline.counter, sizeof(c.timeline.counter), "福全街道便民服务中心 3 号窗口");
    add_step(&c, "grant", "20261126", LANE_DEPARTMENTS);
    add_step(&c, "set_out", "20261126", LANE_HAND_OUT);
    place_answer(v, c);
}

void place_progress_posted(struct visits *v)
{
    struct case_view c = told(v, "delivered");
    c.timeline.hand_out = HAND_OUT_POST;
    c.timeline.needs_no_return = true;
    snprintf(c.timeline.tracking, sizeof(c.timeline.tracking), "EX123456789CN");
    add_step(&c, "grant", "20261126", LANE_DEPARTMENTS);
    add_step(&c, "deliver", "20261126", LANE_HAND_OUT);
    place_answer(v, c);
    tap(v, EV_PRINT_CASE);
}

/* The carrier said so three days ago, and has been silent since. */
void place_progress_parcel(struct visits *v)
{
    struct case_view c = told(v, "delivered");
    int64_t now = v->clock.base.wall_ms(&v->clock.base), day = INT64_C(86400000);
    c.timeline.hand_out = HAND_OUT_POST;
    c.timeline.posted = (struct posted){ POSTED_UNDER_WAY, now - 4 * day, now - 3 * day };
    snprintf(c.timeline.tracking, sizeof(c.timeline.tracking), "EX123456789CN");
    add_step(&c, "grant", "20261126", LANE_DEPARTMENTS);
    add_step(&c, "deliver", "20261126", LANE_HAND_OUT);
    add_step(&c, "parcel_under_way", "20261126", LANE_HAND_OUT);
    place_answer(v, c);
}

void place_progress_returned(struct visits *v)
{
    struct case_view c = told(v, "delivered");
    int64_t now = v->clock.base.wall_ms(&v->clock.base);
    c.timeline.hand_out = HAND_OUT_POST;
    c.timeline.needs_no_return = true;
    c.timeline.posted = (struct posted){ POSTED_RETURNED, now - 7200000, now - 3600000 };
    snprintf(c.timeline.tracking, sizeof(c.timeline.tracking), "EX123456789CN");
    add_step(&c, "deliver", "20261126", LANE_HAND_OUT);
    add_step(&c, "parcel_returned", "20261126", LANE_HAND_OUT);
    place_answer(v, c);
}

void place_progress_refused(struct visits *v)
{
    struct case_view c = told(v, "not_accepted");
    snprintf(c.timeline.reason, sizeof(c.timeline.reason),
             "这件事归区人力资源和社会保障局管，请到区行政服务中心二楼 12 号窗口办理。");
    c.timeline.promised_by[0] = c.timeline.legal_by[0] = 0;
    c.timeline.has_days_left = false;
    snprintf(c.timeline.steps[1].what, sizeof(c.timeline.steps[1].what), "refuse");
    place_answer(v, c);
}

void place_progress_here(struct visits *v)
{
    place_answer(v, (struct case_view){ .where = CASE_HERE });
}

void place_progress_unknown(struct visits *v)
{
    place_answer(v, (struct case_view){ .where = CASE_NOT_FOUND });
}
