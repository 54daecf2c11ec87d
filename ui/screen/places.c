/* What is where in this house, other points with their hours, and this point's own numbers (SS-10, SS-44, SS-57). */
#include <stdio.h>

#include "ui/screen/desk.h"

static void add_house(struct scene *s, const struct point_news *news)
{
    if (!news->place_count)
        return;
    flow_heading(s, TYPE_H3, tr("In this house"));
    flow_gap(s, 16);
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < news->place_count; i++)
        flow_fact(s, desk_words(s, &news->places[i].name), desk_words(s, &news->places[i].where),
                  i + 1 == news->place_count);
    flow_card_end(s, card);
    flow_gap(s, 28);
}

const char *desk_road_words(struct scene *s, const struct point_other *o)
{
    const char *road = desk_words(s, &o->road);
    if (!o->metres)
        return road;
    if (o->metres < 1000)
        return page_format(s->page, tr("%s, %d m"), road, o->metres);
    return page_format(s->page, tr("%s, %d.%d km"), road, o->metres / 1000, o->metres / 100 % 10);
}

const char *desk_open_words(struct scene *s, const struct point_other *o)
{
    const struct desk_view *now = &s->view->desk;
    bool is_known = now->weekday && o->span_count;
    bool is_open = is_known && point_is_open(o, now->weekday, now->minute);
    const char *hours = desk_words(s, &o->hours);
    return !is_known
               ? hours
               : page_format(s->page, is_open ? tr("open now; %s") : tr("closed now; %s"), hours);
}

void elsewhere_add(struct scene *s)
{
    const struct session_view *v = s->view;
    if (!v->is_elsewhere)
        return;
    const struct point_other *o =
        point_nearest(v->desk.news, v->service->theme, v->desk.weekday, v->desk.minute);
    flow_notice(
        s, STYLE_WARNING, "location_on",
        o ? page_format(
                s->page,
                tr("This is not done at this point. It is done at: %s, %s; %s; telephone %s."),
                desk_words(s, &o->name), desk_words(s, &o->address), desk_open_words(s, o),
                o->phone)
          : tr("This is not done at this point. Please ask at the counter, or call 12345, where it "
               "is done."));
    flow_gap(s, 24);
}

static void add_other(struct scene *s, const struct point_other *o)
{
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Point"), desk_words(s, &o->name), false);
    flow_fact(s, tr("Open"), desk_open_words(s, o), false);
    flow_fact(s, tr("Address"), desk_words(s, &o->address), false);
    flow_fact(s, tr("The way"), desk_road_words(s, o), false);
    flow_fact(s, tr("Telephone"), page_text(s->page, o->phone), true);
    flow_card_end(s, card);
    flow_gap(s, 20);
}

/* Open ones first: whoever reads this wants to go there. */
static size_t add_others(struct scene *s, const struct point_news *news, const char *theme)
{
    size_t found = 0;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < news->other_count; i++) {
            const struct point_other *o = &news->others[i];
            bool is_open = s->view->desk.weekday &&
                           point_is_open(o, s->view->desk.weekday, s->view->desk.minute);
            if (!point_can(o, theme) || is_open != (round == 0))
                continue;
            add_other(s, o);
            found++;
        }
    return found;
}

void screen_places(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct point_news *news = v->desk.news;
    const char *theme = v->service ? v->service->theme : NULL;
    scene_header(s, tr("What is where"), EV_BACK);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, bottom);
    if (!theme && news)
        add_house(s, news);
    flow_heading(s, TYPE_H3,
                 theme ? tr("Other points that can do this") : tr("Other points nearby"));
    flow_gap(s, 16);
    if (!news || !add_others(s, news, theme)) {
        flow_notice(s, STYLE_QUIET, "info",
                    tr("No other point is known here at the moment. Please ask at the counter, or "
                       "call 12345 at any time of day."));
        flow_gap(s, 20);
    }
    desk_age(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}
