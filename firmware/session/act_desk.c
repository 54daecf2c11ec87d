/* Acts of "At this point": what can be read of it, and a number in the queue of people (SS-07, SS-44, SS-57). */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

const char *const desk_priority_words[PRIORITY_COUNT] = { "none", "old", "disabled", "pregnant",
                                                          "soldier" };

const char *const desk_urgent_words[URGENT_COUNT] = { "no",    "deadline", "health",
                                                      "death", "travel",   "matter" };

const struct point_news *desk_news(const struct session *s)
{
    bool is_ours = s->point && !strcmp(s->point->kiosk_id, s->link.kiosk_id);
    return is_ours ? s->point : NULL;
}

bool desk_is_elsewhere(const struct session *s, const struct service *service)
{
    return service && !point_offers(desk_news(s), service->theme, service->code);
}

int desk_minute(const struct session *s)
{
    enum { DAY_MINUTES = 1440 };
    int64_t wall = s->config.clock->wall_ms(s->config.clock) / 60000;
    return (int)((wall + s->config.utc_offset_minutes) % DAY_MINUTES);
}

void desk_look(struct desk_view *view, const struct session *s)
{
    const struct desk_visit *d = &s->visit.desk;
    view->news = desk_news(s);
    view->figures = s->figures;
    view->ticket = d->ticket;
    view->calendar = desk_calendar(s);
    memcpy(view->day, d->day, sizeof(view->day));
    memcpy(view->half, d->half, sizeof(view->half));
    if (!session_today(s, view->today))
        view->today[0] = 0;
    view->weekday = hours_weekday(s);
    view->minute = desk_minute(s);
    view->cancel = d->cancel;
    memcpy(view->tail, d->tail, sizeof(view->tail));
}

/* ---- pages that are only read ---------------------------------------------------------------- */

enum screen act_open_figures(struct session *s, const struct event *e)
{
    (void)e;
    s->config.ports->ask_figures(s->config.context);
    return SCREEN_FIGURES;
}

enum screen act_open_point(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.is_guest |= !s->visit.has_person;
    s->visit.service = NULL;
    return SCREEN_POINT;
}

enum screen act_open_places(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.desk.from = s->visit.screen;
    return SCREEN_PLACES;
}

enum screen act_leave_places(struct session *s, const struct event *e)
{
    (void)e;
    return s->visit.desk.from;
}

/* ---- a number in the queue ------------------------------------------------------------------- */

static const char *ticket_day(const struct session *s, char day[9])
{
    const char *today = session_today(s, day);
    return today ? today : "";
}

static void take(struct session *s)
{
    struct desk_visit *d = &s->visit.desk;
    char day[9];
    if (!session_can_submit(s)) {
        d->ticket.step = TICKET_REFUSED;
        return;
    }
    token_make(d->ticket_token);
    d->ticket.step = TICKET_TAKING;
    s->config.ports->reserve_ticket(s->config.context, d->ticket_token, ticket_day(s, day));
}

static bool is_old(const struct session *s)
{
    char day[9];
    const char *today = session_today(s, day);
    return s->visit.has_person && today &&
           age_in_years(s->visit.person.birth, today) >= POINT_PRIORITY_AGE;
}

/* The card says who is old; others are asked once, and only then. What is urgent goes first already. */
static void take_or_ask(struct session *s)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    t->priority = is_old(s) ? PRIORITY_OLD : PRIORITY_NONE;
    if (t->priority || t->urgency)
        take(s);
    else
        t->step = TICKET_ASKING;
}

/* From a guide it is clear what for. */
enum screen act_open_ticket(struct session *s, const struct event *e)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    const struct service *service = s->visit.screen == SCREEN_GUIDE ? s->visit.service : NULL;
    (void)e;
    if (t->step == TICKET_TAKING || !point_has(desk_news(s), POINT_TICKETS))
        return stay();
    explicit_bzero(t, sizeof(*t));
    s->visit.desk.from = s->visit.screen;
    s->visit.paper = (struct paper_job){ 0 };
    if (service) {
        text_copy(t->theme, sizeof(t->theme), service->theme);
        t->urgency = service->is_urgent ? URGENT_MATTER : URGENT_NO;
        take_or_ask(s);
    }
    return SCREEN_TICKET;
}

/* Said before it is said what for: that comes next. */
static void say_why(struct session *s, const char *value)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    for (int i = URGENT_DEADLINE; t->step == TICKET_WHY && i < URGENT_MATTER; i++) {
        if (strcmp(value, desk_urgent_words[i]) != 0)
            continue;
        t->urgency = (enum desk_urgency)i;
        t->step = TICKET_CHOOSING;
        if (*t->theme)
            take_or_ask(s);
    }
}

enum screen act_ticket_choose(struct session *s, const struct event *e)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    const char *value = e->value ? e->value : "";
    bool is_open = t->step == TICKET_CHOOSING || t->step == TICKET_ASKING;
    if (is_open && !strcmp(value, DESK_URGENT)) {
        t->step = TICKET_WHY;
        return stay();
    }
    if (t->step == TICKET_WHY) {
        say_why(s, value);
        return stay();
    }
    bool is_theme = !strcmp(value, DESK_OTHER) || catalogue_find_theme(s->catalogue, value);
    if (t->step == TICKET_CHOOSING && is_theme) {
        text_copy(t->theme, sizeof(t->theme), value);
        take_or_ask(s);
        return stay();
    }
    for (int i = 0; t->step == TICKET_ASKING && i < PRIORITY_COUNT; i++) {
        if (strcmp(value, desk_priority_words[i]) != 0)
            continue;
        t->priority = (enum desk_priority)i;
        take(s);
    }
    return stay();
}

enum screen act_ticket_again(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.desk.ticket.step == TICKET_REFUSED)
        take(s);
    return stay();
}

enum screen act_leave_ticket(struct session *s, const struct event *e)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    (void)e;
    if (t->step == TICKET_TAKING)
        return stay();
    if (t->step == TICKET_WHY) {
        t->step = *t->theme ? TICKET_ASKING : TICKET_CHOOSING;
        return stay();
    }
    if (t->step == TICKET_CHOOSING && t->urgency) {
        t->urgency = URGENT_NO;
        return stay();
    }
    if (t->step == TICKET_ASKING && s->visit.desk.from != SCREEN_GUIDE) {
        t->step = TICKET_CHOOSING;
        t->theme[0] = 0;
        return stay();
    }
    return s->visit.desk.from;
}

/* ---- the item -------------------------------------------------------------------------------- */

static int write_ticket(struct bytes *out, const struct session *s, const struct reservation *r)
{
    const struct desk_ticket *t = &s->visit.desk.ticket;
    char day[9];
    if (r->ticket <= 0)
        return -EPROTO;
    AUTO(json_release)
    json_t *item = json_pack("{s:i, s:o, s:n, s:{s:s, s:s, s:s, s:s}}", "schema", 1, "manifest",
                             submit_manifest(s, r, "ticket"), "resident", "ticket", "number",
                             t->number, "theme", t->theme, "day", ticket_day(s, day), "priority",
                             desk_priority_words[t->priority]);
    if (item && t->urgency)
        json_object_set_new(json_object_get(item, "ticket"), "urgent",
                            json_string(desk_urgent_words[t->urgency]));
    return submit_append(out, item);
}

/* Letters that the county gave this kiosk, so that no two kiosks of a point give the same number;
 * until it has, the kiosk's own id. */
static void name_ticket(struct session *s, const struct reservation *r)
{
    struct desk_ticket *t = &s->visit.desk.ticket;
    const struct point_news *news = desk_news(s);
    bool has_prefix = news && *news->prefix;
    const struct point_queue *queue =
        point_queue_now(news, t->theme, s->config.clock->wall_ms(s->config.clock));
    bool is_first = t->priority != PRIORITY_NONE || t->urgency != URGENT_NO;
    snprintf(t->number, sizeof(t->number), "%s%s%03d", has_prefix ? news->prefix : r->kiosk_id,
             has_prefix ? "" : "-", r->ticket % 10000);
    t->has_queue = queue != NULL;
    t->ahead = !queue ? 0 : is_first ? queue->ahead_priority : queue->waiting;
    t->minutes = !queue ? 0 : is_first ? queue->minutes_priority : queue->minutes;
}

static bool ticket_reserved(struct session *s, const struct reservation *r)
{
    struct desk_visit *d = &s->visit.desk;
    if (d->ticket.step != TICKET_TAKING || strcmp(r->token, d->ticket_token) != 0)
        return false;
    name_ticket(s, r);
    if (!submit_beside(s, r, "ticket", write_ticket))
        d->ticket.step = TICKET_REFUSED;
    memcpy(d->ticket.receipt, r->receipt, sizeof(d->ticket.receipt));
    return true;
}

static bool ticket_stored(struct session *s, const char *token, bool is_stored)
{
    struct desk_visit *d = &s->visit.desk;
    if (d->ticket.step != TICKET_TAKING || !token || strcmp(token, d->ticket_token) != 0)
        return false;
    d->ticket.step = is_stored ? TICKET_HELD : TICKET_REFUSED;
    if (is_stored && s->visit.screen == SCREEN_TICKET)
        outcome_print(s);
    else if (is_stored)
        s->visit.paper.state =
            PAPER_FAILED; /* covered or asked something: it is offered when they are back */
    return true;
}

bool desk_reserved(struct session *s, const struct reservation *r)
{
    return ticket_reserved(s, r) || cancel_reserved(s, r);
}

bool desk_stored(struct session *s, const char *token, bool is_stored)
{
    return ticket_stored(s, token, is_stored) || cancel_stored(s, token, is_stored);
}
