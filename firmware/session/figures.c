#include "firmware/session/figures.h"

#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

enum { COUNT_MOST = 1000, DETAIL = 25 };

static void count(const struct session *s, const char *what, const char *about, const char *detail,
                  int by)
{
    if (by > 0)
        s->config.ports->count(s->config.context, what, about, detail,
                               by < COUNT_MOST ? by : COUNT_MOST);
}

/* ---- what is spared ------------------------------------------------------------------ */

static int papers_looked_up(const struct checklist_view *papers)
{
    int n = 0;
    for (size_t i = 0; i < papers->count; i++)
        n += papers->rows[i].material->how == MATERIAL_FETCHED;
    return n;
}

static int forms_spared(const struct session *s)
{
    struct parts_view parts;
    int wanted = 0;
    parts_look(&parts, s);
    for (size_t i = 0; i < parts.count; i++)
        wanted += parts.rows[i].is_wanted;
    return wanted - 1;
}

/* Nothing is left to bring or to fetch: neither a paper nor the result. */
static bool is_all_done(const struct session *s, const struct checklist_view *papers)
{
    bool is_left = !strcmp(draft_value(s, "delivery"), "pickup");
    for (size_t i = 0; i < papers->count; i++)
        is_left |= papers->rows[i].held == HELD_LATER || papers->rows[i].held == HELD_NOT;
    return !is_left;
}

void figures_done(const struct session *s)
{
    const struct visit *v = &s->visit;
    const char *way = help_mode_word(session_help_mode(s));
    struct checklist_view papers;
    if (v->service->reach == REACH_BOOK)
        return;
    count(s, "done", "", *way && !v->service->anonymous ? way : "alone", 1);
    if (v->service->anonymous)
        return;
    checklist_look(&papers, s);
    count(s, "papers", "", "", papers_looked_up(&papers));
    count(s, "links", "", "", forms_spared(s));
    if (v->service->legal_days > v->service->promised_days)
        count(s, "days", "", "", v->service->legal_days - v->service->promised_days);
    if (is_all_done(s, &papers))
        count(s, "zero", "", "", 1);
    if (v->trips_before)
        count(s, "again", "", "", 1);
}

/* ---- what was left ------------------------------------------------------------------- */

/* The page that was open, through whatever question lies over it. */
static enum screen page_under(const struct visit *v)
{
    switch (v->screen) {
    case SCREEN_LEAVE:
    case SCREEN_STILL_THERE:
    case SCREEN_CARD_REMOVED:
    case SCREEN_COVERED:
        return v->under;
    case SCREEN_HELP:
        return v->help_from;
    default:
        return v->screen;
    }
}

void figures_left(const struct session *s)
{
    const struct visit *v = &s->visit;
    char page[DETAIL];
    /* Whoever went back past the guide left of their own will, from no page of the form. */
    if (!v->has_draft || !v->service || *v->receipt || v->is_sent ||
        v->service->reach == REACH_BOOK)
        return;
    snprintf(page, sizeof(page), "page-%zu", v->page + 1);
    const char *at = NULL;
    switch (page_under(v)) {
    case SCREEN_FORM:
        at = page;
        break;
    case SCREEN_PAPERS:
    case SCREEN_NOTICE:
        at = "papers";
        break;
    case SCREEN_REVIEW:
        at = "review";
        break;
    default:
        return;
    }
    count(s, "left", v->service->anonymous ? "" : v->service->code, at, 1);
}
