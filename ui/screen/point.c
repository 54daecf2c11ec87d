/* At this point: the queue, bookings, what is where, how the month went (SS-07, SS-10, SS-44, SS-50, SS-57). */
#include <stdio.h>

#include "ui/screen/counts.h"
#include "ui/screen/desk.h"
#include "ui/screen/home.h"

const char *desk_words(struct scene *s, const struct point_words *w)
{
    return page_text(s->page, s->view->language == LANGUAGE_ZH ? w->zh : w->en);
}

void desk_age(struct scene *s)
{
    char when[48];
    const struct point_news *news = s->view->desk.news;
    if (!news)
        return;
    scene_date(when, s, news->made_ms, true);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, page_format(s->page, tr("As the county said: %s"), when),
              2);
}

const char *desk_queue(struct scene *s, const char *theme, bool is_first)
{
    const struct point_queue *q = point_queue_now(s->view->desk.news, theme, s->around->wall_ms);
    int people = !q ? 0 : is_first ? q->ahead_priority : q->waiting;
    if (!q)
        return NULL;
    if (!people)
        return tr("nobody is waiting");
    return page_format(s->page, tr("%d waiting, about %d min"), people,
                       is_first ? q->minutes_priority : q->minutes);
}

/* All who wait, of whatever theme. */
static const char *all_queues(struct scene *s)
{
    const struct point_news *news = s->view->desk.news;
    int people = 0;
    bool is_known = false;
    for (size_t i = 0; news && i < news->queue_count; i++) {
        const struct point_queue *q =
            point_queue_now(news, news->queues[i].theme, s->around->wall_ms);
        is_known |= q != NULL;
        people += q ? q->waiting : 0;
    }
    if (!is_known)
        return tr("For the counter; works without a card too");
    return people ? page_format(s->page, tr("%d people are waiting at the moment"), people)
                  : tr("Nobody is waiting at the moment");
}

static void add_row(struct scene *s, struct widget row)
{
    flow_row(s, row);
    flow_gap(s, s->theme->gutter);
}

static const char *booking_detail(struct scene *s, const struct service *service, const char *kind)
{
    const struct desk_view *d = &s->view->desk;
    const struct point_calendar *c = point_calendar_for(d->news, service->code, kind);
    if (!c)
        return scene_words(s, &service->gives);
    return point_has_free(c, *d->today ? d->today : NULL, d->minute)
               ? tr("There are free half-days")
               : tr("All half-days are taken; you may come without one");
}

static void add_bookings(struct scene *s)
{
    static const struct {
        enum service_booking kind;
        enum point_service offered;
        const char *id, *calendar, *icon, *label;
    } rows[] = {
        { BOOKING_WINDOW, POINT_WINDOW, "book.window", "window", "event",
          N_("Book a time at the counter") },
        { BOOKING_HOME, POINT_HOME, "book.home", "home", "home",
          N_("Have somebody come to your home") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct service *service = catalogue_booking(s->view->catalogue, rows[i].kind);
        if (!service || !point_has(s->view->desk.news, rows[i].offered))
            continue;
        struct widget row = { .icon = rows[i].icon,
                              .label = tr(rows[i].label),
                              .detail = booking_detail(s, service, rows[i].calendar),
                              .action = { EV_OPEN_SERVICE, service->code, "" } };
        snprintf(row.id, sizeof(row.id), "%s", rows[i].id);
        add_row(s, row);
    }
}

static void add_reading(struct scene *s)
{
    add_row(s, (struct widget){ .id = "places",
                                .icon = "location_on",
                                .label = tr("What is where"),
                                .detail = tr("In this house, and at other points"),
                                .action = scene_action(EV_OPEN_PLACES, "", "") });
    add_row(s, (struct widget){ .id = "figures",
                                .icon = "star",
                                .label = tr("How this point is doing"),
                                .detail = tr("Trips saved, punctuality and ratings of this month"),
                                .action = scene_action(EV_OPEN_FIGURES, "", "") });
}

void screen_point(struct scene *s)
{
    scene_header(s, tr("At this point"), EV_BACK);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, bottom);
    const struct service *own[POINT_OWN];
    size_t own_count = home_own(s, own, POINT_OWN);
    if (own_count)
        add_row(s, home_own_row(s, own_count));
    if (point_has(s->view->desk.news, POINT_TICKETS))
        add_row(s, (struct widget){ .id = "ticket",
                                    .icon = "group",
                                    .label = tr("Take a number"),
                                    .detail = all_queues(s),
                                    .action = scene_action(EV_OPEN_TICKET, "", "") });
    add_bookings(s);
    add_row(s, (struct widget){ .id = "from-phone",
                                .icon = "smartphone",
                                .label = tr("Filled in on a phone"),
                                .detail = tr("A form from home goes on here, with its code"),
                                .action = scene_action(EV_OPEN_FROM_PHONE, "", "") });
    add_reading(s);
    counts_add_all(s);
    desk_age(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}
