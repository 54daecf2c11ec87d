#include "ui/screen/counts.h"

#include <string.h>

/* On the spot: decided as it comes in, or promised for the same day. */
static size_t on_the_spot(const struct catalogue *c, const char *theme)
{
    size_t count = 0;
    for (size_t i = 0; i < catalogue_service_count(c); i++) {
        const struct service *s = catalogue_service(c, i);
        bool is_here = s->reach == REACH_KIOSK && !s->promised_days;
        count += is_here && (!theme || !strcmp(s->theme, theme));
    }
    return count;
}

static const char *words_of(struct scene *s, const char *theme)
{
    size_t of[REACH_COUNT];
    size_t all = catalogue_count_reach(s->view->catalogue, theme, of);
    size_t spot = on_the_spot(s->view->catalogue, theme);
    if (spot)
        return page_format(s->page,
                           tr("%zu matters, %zu done here from end to end, %zu on the spot"), all,
                           of[REACH_KIOSK], spot);
    return page_format(s->page, tr("%zu matters, %zu done here from end to end"), all,
                       of[REACH_KIOSK]);
}

void counts_add_theme(struct scene *s, const char *theme)
{
    struct widget *w = flow_text(s, TYPE_SMALL, COLOR_TEXT_2, words_of(s, theme), 3);
    memcpy(w->id, "counts", sizeof("counts"));
}

void counts_add_all(struct scene *s)
{
    const struct catalogue *c = s->view->catalogue;
    size_t of[REACH_COUNT];
    catalogue_count_reach(c, NULL, of);
    flow_heading(s, TYPE_H3, tr("What can be done here"));
    flow_gap(s, 10);
    struct widget *w = flow_text(s, TYPE_BODY, COLOR_TEXT, words_of(s, NULL), 4);
    memcpy(w->id, "counts", sizeof("counts"));
    flow_gap(s, 4);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              page_format(s->page, tr("%zu begin here and a clerk finishes, %zu are booked here"),
                          of[REACH_AGENT], of[REACH_BOOK]),
              3);
    flow_gap(s, 14);
    struct widget *card = flow_card(s);
    for (size_t t = 0; t < catalogue_theme_count(c); t++) {
        const struct theme *theme = catalogue_theme(c, t);
        flow_fact(s, scene_words(s, &theme->name), words_of(s, theme->id),
                  t + 1 == catalogue_theme_count(c));
    }
    flow_card_end(s, card);
    flow_gap(s, 28);
}
