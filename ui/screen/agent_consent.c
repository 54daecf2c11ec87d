/* The resident reads who acts, for what and how long, and signs: before anything is done in their name. */
#include <stdio.h>

#include "ui/screen/frame.h"

enum { PAD_W = 920, PAD_H = 360, LEAST_TEXT = 520 };

/* The themes an agent is listed for, or all that is done here. */
static const char *scope(struct scene *s)
{
    const struct agent_entry *entry = s->view->agency.entry;
    const char *between = s->view->language == LANGUAGE_ZH ? "、" : ", ";
    char text[320] = "";
    size_t used = 0;
    if (!entry || !entry->theme_count)
        return tr("What is done here in this visit");
    for (size_t i = 0; i < entry->theme_count; i++) {
        const struct theme *t = catalogue_find_theme(s->view->catalogue, entry->themes[i]);
        int n = t ? snprintf(text + used, sizeof(text) - used, "%s%s", used ? between : "",
                             scene_words(s, &t->name))
                  : 0;
        used += n > 0 && (size_t)n < sizeof(text) - used ? (size_t)n : 0;
    }
    return page_format(s->page, tr("What is done here in this visit, of: %s"), text);
}

static void add_terms(struct scene *s)
{
    const struct agency_view *a = &s->view->agency;
    const char *role = a->role ? scene_words(s, a->role) : "";
    if (a->trouble == AGENCY_NEXT_DAY) {
        flow_notice(s, STYLE_WARNING, "event",
                    tr("The day you agreed for is over. Please agree again, or stop here."));
        flow_gap(s, 20);
    }
    struct widget *title =
        flow_heading(s, TYPE_H1, page_format(s->page, tr("May %s act for you?"), a->agent));
    snprintf(title->id, sizeof(title->id), "question");
    flow_gap(s, 20);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Who acts"), page_format(s->page, "%s · %s", a->agent, role), false);
    flow_fact(s, tr("For whom"), s->view->name, false);
    flow_fact(s, tr("For what"), scope(s), false);
    flow_fact(s, tr("Until when"), tr("Until you finish here, today at the latest"), true);
    flow_card_end(s, card);
    flow_gap(s, 20);
    flow_text(
        s, TYPE_BODY, COLOR_TEXT,
        tr("They fill in and sign for you, and each of you gets a slip. They do not see what you "
           "did before. It costs nothing. You can stop at any time: touch Exit."),
        8);
}

static void add_pad(struct scene *s, int pad_h)
{
    const struct agency_view *a = &s->view->agency;
    bool is_signed = ink_is_written(a->consent) || a->is_affirmed;
    int width = pad_h * PAD_W / PAD_H;
    struct rect pad = { s->x + (s->w - width) / 2, s->y, width, pad_h };
    page_add(s->page, (struct widget){ .id = "sign.pad",
                                       .kind = &widget_pad,
                                       .box = pad,
                                       .label = a->is_affirmed ? tr("Confirmed by key")
                                                               : tr("The resident signs here"),
                                       .is_selected = a->is_affirmed,
                                       .is_error = a->has_errors_shown && !is_signed,
                                       .ink = a->consent,
                                       .is_in_scroll = s->is_in_scroll,
                                       .action = scene_action(EV_INK_MOVE, "", "") });
    s->y += pad_h;
    if (!a->consent->point_count)
        return;
    int again = frame_button_w(s, TYPE_SMALL_STRONG, "refresh", tr("Again")),
        height = s->theme->target + 3;
    page_add(s->page,
             (struct widget){ .id = "sign.clear",
                              .kind = &widget_button,
                              .box = { pad.x + width - again - 16, pad.y + 16, again, height },
                              .style = STYLE_QUIET,
                              .type = TYPE_SMALL_STRONG,
                              .icon = "refresh",
                              .label = tr("Again"),
                              .is_in_scroll = s->is_in_scroll,
                              .action = scene_action(EV_INK_CLEAR, "", "") });
}

/* The words scroll, the pad stays; where there is no room for that, all of it scrolls. */
static void add_upright(struct scene *s, int bottom)
{
    int width = s->w < PAD_W ? s->w : PAD_W, pad_h = width * PAD_H / PAD_W, top = bottom - pad_h;
    bool is_tight = top - 20 - s->y < LEAST_TEXT;
    flow_begin(s, is_tight ? bottom : top - 20);
    add_terms(s);
    flow_gap(s, 20);
    if (is_tight)
        add_pad(s, pad_h);
    flow_end(s, is_tight ? bottom : top - 20);
    if (is_tight)
        return;
    s->y = top;
    add_pad(s, pad_h);
}

static void add_side_by_side(struct scene *s, int bottom)
{
    struct halves h = scene_halves(s, 54);
    int top = s->y;
    scene_use(s, h.right);
    int width = s->w < PAD_W ? s->w : PAD_W;
    add_pad(s, width * PAD_H / PAD_W);
    scene_use(s, h.left);
    s->y = top;
    flow_begin(s, bottom);
    add_terms(s);
    flow_end(s, bottom);
}

void screen_agent_consent(struct scene *s)
{
    scene_header(s, tr("The resident decides"), 0);
    flow_gap(s, s->is_short ? 16 : 36);
    if (s->is_wide)
        add_side_by_side(s, scene_actions_top(s));
    else
        add_upright(s, scene_actions_top(s));
    struct button_spec refuse = {
        "other", tr("I do not agree"), "cancel", EV_AGENT_REFUSE, "", ""
    };
    struct button_spec agree = { "primary", tr("I agree"), "check", EV_NEXT, "", "" };
    scene_actions(s, &agree, &refuse);
}
