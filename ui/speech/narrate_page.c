/* A page as it comes: what it is, what it is for, how much there is to choose. */
#include "ui/speech/tell.h"
#include "ui/text/tr.h"

enum { LEAD_TEXTS = 3 };

static const char *purpose_of(enum screen screen)
{
    switch (screen) {
    case SCREEN_ATTRACT:
        return tr("The arrow keys lead through everything, the round key chooses. With "
                  "headphones you also hear what is private.");
    case SCREEN_ENROL:
        return tr("For whoever sets this kiosk up.");
    case SCREEN_HOME:
    case SCREEN_THEME:
        return tr("Choose a matter.");
    case SCREEN_SEARCH:
        return tr("Type a word, then go up to what was found.");
    case SCREEN_GUIDE:
        return tr("What it gives, who may apply and what it takes: go up from the button to hear "
                  "it line by line.");
    case SCREEN_FORM:
        return tr("Please answer the questions.");
    case SCREEN_REVIEW:
        return tr("Check what you said, then confirm.");
    case SCREEN_FETCHED:
        return tr("Say of each certificate whether it is right.");
    case SCREEN_PAPERS:
        return tr("Say of each paper whether you have it with you.");
    case SCREEN_NOTICE:
        return tr("The list, then three ways to go on.");
    case SCREEN_CONDITION:
        return tr("What works instead, and how to apply all the same.");
    case SCREEN_PROGRESS:
        return tr("The number stands on your slip.");
    default:
        return "";
    }
}

static const struct widget *title_of(const struct page *p)
{
    const struct widget *title = page_find(p, "title");
    for (size_t i = 0; i < page_count(p) && !title; i++)
        if (page_at(p, i)->kind == &widget_heading)
            title = page_at(p, i);
    return title;
}

static void tell_title(const struct tell *t)
{
    const struct widget *title = title_of(t->page), *run[FOCUS_RUN_MAX];
    if (!title)
        return;
    size_t count = focus_run(t->page, title, run);
    for (size_t i = 0; i < count; i++) {
        tell_if(t, describe_is_private(t, run[i]), run[i]->label);
        tell_full_stop(t);
    }
}

static void tell_steps(const struct tell *t)
{
    for (size_t i = 0; i < page_count(t->page); i++) {
        const struct widget *w = page_at(t->page, i);
        int count = 1;
        if (w->kind != &widget_steps)
            continue;
        for (const char *p = w->label; *p; p++)
            count += *p == '\n';
        tell_format(t, tr("step %d of %d"), w->number[0] + 1, count);
        tell_full_stop(t);
    }
}

/* Texts of the body before the first thing to choose: they are what the page is about. */
static void tell_lead(const struct tell *t, const struct focus_map *m)
{
    int told = 0;
    const struct widget *title = title_of(t->page);
    for (int i = 0; i < m->count && told < LEAD_TEXTS; i++) {
        if (m->stops[i].is_target || m->stops[i].part != FOCUS_BODY)
            return;
        if (m->stops[i].widget == title)
            continue;
        describe_stop(t, m, i, false);
        tell_full_stop(t);
        told++;
    }
}

static int count_choices(const struct focus_map *m)
{
    int count = 0;
    for (int i = 0; i < m->count; i++)
        count += m->stops[i].is_target && m->stops[i].part == FOCUS_BODY;
    return count;
}

bool tell_is_picking(const struct tell *t)
{
    const struct widget *way = page_find(t->page, "way:date");
    return way && way->is_selected;
}

void tell_picking(const struct tell *t)
{
    const struct widget *question = page_find(t->page, "sheet.note");
    if (!tell_is_picking(t) || !question)
        return;
    tell_add(t, question->label);
    tell_full_stop(t);
}

bool tell_offer(const struct tell *t)
{
    const struct widget *offer = focus_offer(t->page);
    if (!offer || offer == page_at(t->page, 0))
        return false;
    tell_add(t, (offer - 1)->label); /* the sentence right above */
    tell_full_stop(t);
    return true;
}

static void tell_page(const struct tell *t, const struct focus_map *m, int at)
{
    const struct widget *field = describe_typed_field(t->page);
    bool is_field = field && t->place->screen == SCREEN_FORM;
    int choices = count_choices(m);
    if (is_field) {
        tell_add(t, tr("You are filling in"));
        describe_stop(t, m, focus_of(m, field), true);
        tell_full_stop(t);
        tell_picking(t);
        tell_offer(t);
    } else {
        tell_title(t);
        tell_steps(t);
        tell_add(t, purpose_of(t->place->screen));
        tell_full_stop(t);
        if (t->place->screen != SCREEN_GUIDE)
            tell_lead(t, m);
        if (choices > 1 && !field)
            tell_format(t, tr("%d things to choose from"), choices);
        tell_full_stop(t);
    }
    /* A page without anything to choose has been told by now. */
    if (at >= 0 && at < m->count && (m->stops[at].is_target || t->out->text[0] == 0))
        describe_stop(t, m, at, true);
}

void narrate_page(const struct focus_map *m, int at, const struct narrate_place *place,
                  struct utterance *out)
{
    struct tell t = tell_begin(out, place, m->page);
    tell_page(&t, m, at);
    tell_end(&t);
}

void narrate_stop(const struct focus_map *m, int at, const struct narrate_place *place,
                  struct utterance *out)
{
    struct tell t = tell_begin(out, place, m->page);
    if (at >= 0 && at < m->count)
        describe_stop(&t, m, at, true);
    tell_end(&t);
}

void narrate_why(const struct narrate_place *place, const char *why, struct utterance *out)
{
    struct tell t = tell_begin(out, place, NULL);
    tell_add(&t, why);
    tell_end(&t);
}
