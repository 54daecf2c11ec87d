/* Acts of a booking: a half-day from the county's calendar before the form, and giving it back by its number (SS-39, SS-50);
 * the same for the joint visit of a bundle (SS-30), whose time is given back without the application.
 * What the form asks besides, the catalogue says; a calendar that is not known leaves the day to the form, as a wish. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/bundle.h"
#include "firmware/session/acts.h"

/* ---- the calendar ---------------------------------------------------------------------------- */

/* The two questions of the form that a calendar answers. */
static const char *const day_field = VISIT_DAY, *const half_field = VISIT_HALF;

static bool is_booking(const struct session *s)
{
    const struct service *service = s->visit.service;
    return service && (service->reach == REACH_BOOK || bundle_visit(service));
}

static const char *kind_of(const struct service *service)
{
    if (service->reach != REACH_BOOK)
        return "joint";
    return service->booking == BOOKING_HOME ? "home" : "window";
}

const struct point_calendar *desk_calendar(const struct session *s)
{
    if (!is_booking(s) || draft_find(s, day_field) < 0 || draft_find(s, half_field) < 0)
        return NULL;
    return point_calendar_for(desk_news(s), s->visit.service->code, kind_of(s->visit.service));
}

bool desk_has_calendar(const struct session *s)
{
    char day[9];
    const struct point_calendar *c = desk_calendar(s);
    return c && point_next_half(c, 0, session_today(s, day), desk_minute(s)) < c->half_count;
}

bool desk_is_from_calendar(const struct session *s, const struct field *f)
{
    return *s->visit.desk.day && is_booking(s) &&
           (!strcmp(f->name, day_field) || !strcmp(f->name, half_field));
}

static void answer(struct session *s, const char *name, const char *value)
{
    int i = draft_find(s, name);
    if (i >= 0)
        text_copy(s->visit.answers[i].text, ANSWER_BYTES, value);
}

static void take_half(struct session *s, const struct point_calendar *c, const struct point_half *h)
{
    struct desk_visit *d = &s->visit.desk;
    memcpy(d->day, h->day, sizeof(d->day));
    snprintf(d->half, sizeof(d->half), "%s", h->is_afternoon ? "pm" : "am");
    snprintf(d->kind, sizeof(d->kind), "%.15s", c->name);
    answer(s, day_field, d->day);
    answer(s, half_field, d->half);
    s->visit.is_dirty = true;
}

/* name: the day, value: the half of it. Only what is to come and has a place. */
enum screen act_calendar_choose(struct session *s, const struct event *e)
{
    char day[9];
    const char *today = session_today(s, day);
    const struct point_calendar *c = desk_calendar(s);
    int now = desk_minute(s);
    if (!e->name || !e->value)
        return stay();
    for (size_t i = point_next_half(c, 0, today, now); c && i < c->half_count;
         i = point_next_half(c, i + 1, today, now)) {
        const struct point_half *h = &c->halves[i];
        if (strcmp(h->day, e->name) != 0 || strcmp(h->is_afternoon ? "pm" : "am", e->value) != 0 ||
            h->free < 1)
            continue;
        take_half(s, c, h);
        return fetch_begin(s);
    }
    return stay();
}

/* None of them fits, or all are taken: the day is asked as a wish. */
enum screen act_calendar_wish(struct session *s, const struct event *e)
{
    struct desk_visit *d = &s->visit.desk;
    (void)e;
    d->day[0] = d->half[0] = d->kind[0] = 0;
    answer(s, day_field, "");
    answer(s, half_field, "");
    return fetch_begin(s);
}

/* ---- giving it back -------------------------------------------------------------------------- */

/* Numbers follow one upon the other: whoever cancels also says how the telephone number ends, and the county compares. */
enum screen act_open_cancel(struct session *s, const struct event *e)
{
    struct desk_visit *d = &s->visit.desk;
    const struct case_view *asked = &s->visit.asked;
    (void)e;
    if (strcmp(asked->kind, "appointment") != 0 && !case_visit_held(&asked->timeline.parts))
        return stay();
    explicit_bzero(d->tail, sizeof(d->tail));
    d->cancel = CANCEL_ASKING;
    return SCREEN_CANCEL;
}

enum screen act_cancel_type(struct session *s, const struct event *e)
{
    struct desk_visit *d = &s->visit.desk;
    size_t used = strlen(d->tail);
    for (const char *c = e->value ? e->value : ""; *c && used < PHONE_TAIL; c++)
        if (*c >= '0' && *c <= '9')
            d->tail[used++] = *c;
    d->tail[used] = 0;
    return stay();
}

enum screen act_cancel_erase(struct session *s, const struct event *e)
{
    struct desk_visit *d = &s->visit.desk;
    size_t used = strlen(d->tail), keep = e->kind == EV_ERASE && used ? used - 1 : 0;
    explicit_bzero(d->tail + keep, sizeof(d->tail) - keep);
    return stay();
}

enum screen act_cancel_send(struct session *s, const struct event *e)
{
    struct desk_visit *d = &s->visit.desk;
    if (d->cancel == CANCEL_SENT) {
        act_ask_case(s, e);
        return SCREEN_PROGRESS;
    }
    if (d->cancel == CANCEL_SENDING || strlen(d->tail) != PHONE_TAIL)
        return stay();
    if (!session_can_submit(s)) {
        d->cancel = CANCEL_FAILED;
        return stay();
    }
    token_make(d->cancel_token);
    d->cancel = CANCEL_SENDING;
    s->config.ports->reserve(s->config.context, d->cancel_token);
    return stay();
}

static int write_cancel(struct bytes *out, const struct session *s, const struct reservation *r)
{
    AUTO(json_release)
    json_t *item = json_pack("{s:i, s:o, s:n, s:{s:s, s:s}}", "schema", 1, "manifest",
                             submit_manifest(s, r, "appointment"), "resident", "cancel", "receipt",
                             s->visit.asked.receipt, "phone_tail", s->visit.desk.tail);
    return submit_append(out, item);
}

bool cancel_reserved(struct session *s, const struct reservation *r)
{
    struct desk_visit *d = &s->visit.desk;
    if (d->cancel != CANCEL_SENDING || strcmp(r->token, d->cancel_token) != 0)
        return false;
    if (!submit_beside(s, r, "appointment", write_cancel))
        d->cancel = CANCEL_FAILED;
    return true;
}

bool cancel_stored(struct session *s, const char *token, bool is_stored)
{
    struct desk_visit *d = &s->visit.desk;
    if (d->cancel != CANCEL_SENDING || !token || strcmp(token, d->cancel_token) != 0)
        return false;
    d->cancel = is_stored ? CANCEL_SENT : CANCEL_FAILED;
    return true;
}
