/* Help from a person, reachable from every page; questions that end or go on with a visit; out of
 * service. */
#include "ui/screen/scene.h"

static void add_contacts(struct scene *s, const struct point *point)
{
    flow_heading(s, TYPE_H2, tr("Someone here can help you"));
    flow_gap(s, 20);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Counter"), scene_words(s, &point->window), false);
    flow_fact(s, tr("Staff hours"), scene_words(s, &point->staff_hours), false);
    flow_fact(s, tr("Phone"), point->phone, false);
    flow_fact(s, tr("All day"), "12345", true);
    flow_card_end(s, card);
    flow_gap(s, 32);
}

static void add_manual(struct scene *s)
{
    static const char *const steps[] = {
        N_("1. Lay your ID card on the reader, and leave it there."),
        N_("2. Choose a matter, read what it takes, and touch Start."),
        N_("3. Answer the questions. Grey fields come from your card."),
        N_("4. Check, sign with your finger, and take your slip and your card."),
    };
    flow_heading(s, TYPE_H2, tr("How it works"));
    flow_gap(s, 20);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        flow_text(s, TYPE_BODY, COLOR_TEXT, tr(steps[i]), 4);
        flow_gap(s, 20);
    }
    flow_gap(s, 12);
    flow_notice(
        s, STYLE_QUIET, "lock",
        tr("What you type is forgotten when you finish. Help is free: nobody may ask for money."));
}

void screen_help(struct scene *s)
{
    const struct point *point = s->view->catalogue ? catalogue_point(s->view->catalogue) : NULL;
    struct halves h = scene_halves(s, 50);
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Help from a person"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 40);
    int top = s->y;
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    if (s->is_wide)
        scene_use(s, h.left);
    if (point)
        add_contacts(s, point);
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    add_manual(s);
    s->y = s->y > left ? s->y : left;
    scene_column(s);
    flow_end(s, bottom);
    struct button_spec back = { "primary", tr("Go on"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, &back, NULL);
}

/* ---- questions ----------------------------------------------------------------------- */

struct question {
    const char *icon, *title, *text, *stay, *end;
    bool has_countdown;
};

static struct question question_for(enum screen screen)
{
    static const struct question still_there = {
        "schedule",
        N_("Are you still there?"),
        N_("If not, everything is cleared for the next person."),
        N_("Yes, go on"),
        N_("Finish"),
        true
    };
    static const struct question card_removed = {
        "credit_card",
        N_("You have taken your card"),
        N_("Do you want to finish, or go on? If you go on, what you filled in stays."),
        N_("Go on"),
        N_("Finish"),
        true
    };
    static const struct question leave = {
        "logout",
        N_("Leave now?"),
        N_("What you have filled in is not stored and will be cleared."),
        N_("Go on filling in"),
        N_("Leave"),
        false
    };
    return screen == SCREEN_STILL_THERE    ? still_there
           : screen == SCREEN_CARD_REMOVED ? card_removed
                                           : leave;
}

void screen_question(struct scene *s)
{
    struct question q = question_for(s->view->screen);
    int huge = s->is_short ? 160 : 200, small = s->theme->button_h, gap = s->theme->gutter;
    int y = scene_bottom(s) - 24 - small - gap - huge, line = scene_line(s, TYPE_H1);
    scene_brand(s, s->room.y + scene_header_h(s));
    s->y = s->room.y + scene_header_h(s) + 12;
    scene_message_between(s, y, q.has_countdown ? line : 0, STYLE_QUIET, q.icon, tr(q.title),
                          tr(q.text));
    if (q.has_countdown) {
        int64_t left = (s->view->ends_ms - s->around->boot_ms + 999) / 1000;
        struct widget *w = flow_text(s, TYPE_H1, COLOR_TEXT_2,
                                     page_format(s->page, "%d", left > 0 ? (int)left : 0), 1);
        w->align = ALIGN_CENTER;
    }
    page_add(s->page, (struct widget){ .id = "primary",
                                       .kind = &widget_button,
                                       .box = { s->x, y, s->w, huge },
                                       .style = STYLE_PRIMARY,
                                       .type = TYPE_H2,
                                       .label = tr(q.stay),
                                       .action = scene_action(EV_CONTINUE, "", "") });
    page_add(s->page, (struct widget){ .id = "end",
                                       .kind = &widget_button,
                                       .box = { s->x, y + huge + gap, s->w, small },
                                       .style = STYLE_SECONDARY,
                                       .icon = "logout",
                                       .label = tr(q.end),
                                       .action = scene_action(EV_END, "", "") });
}

/* ---- out of service ------------------------------------------------------------------ */

/* Without a catalogue nothing can be offered: where to go, and a code for staff. */
void screen_out_of_service(struct scene *s)
{
    int line = scene_line(s, TYPE_SMALL), bottom = scene_bottom(s) - line - 48;
    scene_brand(s, s->room.y + scene_header_h(s));
    s->y = s->room.y + scene_header_h(s) + 12;
    scene_message_between(s, bottom, 140, STYLE_WARNING, "build_circle", tr("Out of service"),
                          tr("This kiosk cannot work at the moment. Please go to the counter, or "
                             "call 12345 at any time of day."));
    flow_notice(s, STYLE_QUIET, "info",
                tr("What you handed in here before is stored safely. Your slip and its number "
                   "remain good."));
    s->y = bottom + 24;
    struct widget *w =
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("For staff: no catalogue (C1)"), 1);
    w->align = ALIGN_CENTER;
}
