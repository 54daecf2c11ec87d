/* Nothing was stored, or nobody knows: what that means and where to go. */
#include <string.h>

#include "ui/screen/scene.h"

static const char *refusal_text(const struct session_view *v)
{
    static const struct {
        const char *word, *text;
    } rows[] = {
        { "disk-full", N_("This kiosk has no room for further applications. Nothing was stored.") },
        { "no-key", N_("This kiosk has no valid key of the county, so it must not store anything. "
                       "Nothing was stored.") },
        { "unenrolled", N_("This kiosk is not connected to the county yet. Nothing was stored.") },
        { "storage", N_("Storing failed. Nothing was stored.") },
        { "away", N_("The part that stores applications does not answer. Nothing was stored.") },
        { "unknown-outcome", N_("It is not certain whether your application was stored. Please "
                                "show the number below at the counter; it cannot "
                                "be counted twice, so you may also try again.") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(v->refusal, rows[i].word))
            return tr(rows[i].text);
    return tr("Storing failed. Nothing was stored.");
}

void screen_not_saved(struct scene *s)
{
    const struct session_view *v = s->view;
    int extra = (v->is_unknown_outcome ? 240 : 140) + s->theme->button_h + 216;
    scene_header(s, scene_words(s, &v->service->short_name), 0);
    int bottom = scene_actions_top(s);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, extra, STYLE_DANGER, "error",
                          v->is_unknown_outcome ? tr("Not certain") : tr("Not stored"),
                          refusal_text(v));
    if (v->is_unknown_outcome) {
        struct widget *w = flow_text(s, TYPE_SMALL, COLOR_TEXT, v->token_hex, 2);
        w->align = ALIGN_CENTER;
        flow_gap(s, 24);
    }
    flow_notice(s, STYLE_QUIET, "location_on",
                page_format(s->page, "%s %s", tr("You can also do this at:"),
                            scene_words(s, &catalogue_point(v->catalogue)->window)));
    flow_gap(s, 16);
    page_add(s->page, (struct widget){ .id = "places",
                                       .kind = &widget_button,
                                       .box = { s->x, s->y, s->w, s->theme->button_h },
                                       .style = STYLE_SECONDARY,
                                       .icon = "location_on",
                                       .label = tr("Other points that can do this"),
                                       .is_in_scroll = true,
                                       .action = scene_action(EV_OPEN_PLACES, "", "") });
    flow_gap(s, s->theme->button_h);
    flow_gap(s, 24);
    scene_add_unsettled(s, tr("It could not be done"));
    flow_end(s, bottom);
    struct button_spec other = { "exit-now", tr("Finish"), "logout", EV_END, "", "" };
    struct button_spec again = { "primary", tr("Try again"), "refresh", EV_NEXT, "", "" };
    scene_actions(s, &again, &other);
}
