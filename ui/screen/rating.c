/* How was it? Five grades, reasons if one likes; skipping is as large as sending. And the cover. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static const struct {
    const char *icon, *label;
} grades[RATING_BEST] = {
    { "sentiment_very_satisfied", N_("Very satisfied") },
    { "sentiment_satisfied", N_("Satisfied") },
    { "sentiment_neutral", N_("Fairly satisfied") },
    { "sentiment_dissatisfied", N_("Dissatisfied") },
    { "sentiment_very_dissatisfied", N_("Very dissatisfied") },
};

/* As the session counts them. */
static const char *const tags[RATING_TAGS] = {
    N_("It took too long"),
    N_("It was not explained clearly"),
    N_("I had to come several times"),
    N_("The machine is hard to use"),
    N_("The staff were unfriendly"),
    N_("Something else"),
};

static void add_grades(struct scene *s)
{
    int height = s->theme->choice_h;
    for (int i = 0; i < RATING_BEST; i++) {
        int level = RATING_BEST - i;
        struct widget w = { .kind = &widget_choice,
                            .box = { s->x, s->y, s->w, height },
                            .icon = grades[i].icon,
                            .label = tr(grades[i].label),
                            .is_selected = s->view->rating.level == level,
                            .is_in_scroll = s->is_in_scroll,
                            .action =
                                scene_action(EV_RATE, page_format(s->page, "%d", level), "") };
        snprintf(w.id, sizeof(w.id), "grade:%d", level);
        page_add(s->page, w);
        s->y += height + s->theme->gap;
    }
}

/* Asked only of those who are not satisfied: the others have nothing to explain. */
static void add_tags(struct scene *s)
{
    const struct rating_view *r = &s->view->rating;
    int height = s->theme->choice_h;
    if (!r->level || r->level >= 4)
        return;
    flow_gap(s, 20);
    flow_heading(s, TYPE_H3, tr("What should be better? You need not say."));
    flow_gap(s, 12);
    for (int i = 0; i < RATING_TAGS; i++) {
        struct widget w = { .kind = &widget_choice,
                            .box = { s->x, s->y, s->w, height },
                            .label = tr(tags[i]),
                            .number = { 1 },
                            .is_selected = r->tags & (1u << i),
                            .is_in_scroll = s->is_in_scroll,
                            .action =
                                scene_action(EV_RATE_TAG, page_format(s->page, "%d", i), "") };
        snprintf(w.id, sizeof(w.id), "reason:%d", i);
        page_add(s->page, w);
        s->y += height + s->theme->gap;
    }
}

static void add_outcome(struct scene *s)
{
    bool is_thanked = s->view->rating.state == RATING_THANKED;
    struct button_spec on = { "primary", tr("Go on"), "arrow_forward", EV_NEXT, "", "" };
    scene_message_between(
        s, scene_actions_top(s), 0, is_thanked ? STYLE_SUCCESS : STYLE_WARNING,
        is_thanked ? "check_circle" : "info",
        is_thanked ? tr("Thank you") : tr("Your rating could not be kept"),
        is_thanked ? tr("The county reads every rating. Whoever was rated does not learn "
                        "who said it.")
                   : tr("Your application is not touched by this. You can also rate by "
                        "telephone: 12345."));
    scene_actions(s, &on, NULL);
}

void screen_rating(struct scene *s)
{
    const struct rating_view *r = &s->view->rating;
    scene_header(s, tr("Your rating"), EV_BACK);
    flow_gap(s, 32);
    if (r->state == RATING_THANKED || r->state == RATING_FAILED) {
        add_outcome(s);
        return;
    }
    int bottom = scene_actions_top(s);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("How was it today?"));
    flow_gap(s, 24);
    add_grades(s);
    add_tags(s);
    flow_end(s, bottom);
    struct button_spec skip = { "other", tr("Skip"), "", EV_BACK, "", "" };
    struct button_spec send = { "primary", tr("Send"), "check", EV_NEXT, "", "" };
    scene_actions(s, r->level ? &send : NULL, &skip);
}

void screen_covered(struct scene *s)
{
    struct button_spec on = { "primary", tr("Show it again"), "visibility", EV_CONTINUE, "", "" };
    struct button_spec end = { "end", tr("Finish"), "logout", EV_END, "", "" };
    scene_brand(s, s->room.y + scene_header_h(s));
    s->y = s->room.y + scene_header_h(s);
    scene_column(s);
    scene_message_between(s, scene_actions_top(s), 0, STYLE_QUIET, "visibility_off", tr("Covered"),
                          tr("Nobody can see what you are doing. Everything is still there."));
    scene_actions(s, &on, &end);
}
