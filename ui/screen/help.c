/* Help from a person, reachable from every page; questions that end or go on with a visit; out of
 * service. */
#include "ui/screen/bell.h"

static void add_contacts(struct scene *s, const struct point *point)
{
    flow_heading(s, TYPE_H2,
                 s->view->is_unattended ? tr("Nobody is here at this hour")
                                        : tr("Someone here can help you"));
    flow_gap(s, 20);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Counter"), scene_words(s, &point->window), false);
    flow_fact(s, tr("Staff hours"), scene_words(s, &point->staff_hours), false);
    flow_fact(s, tr("Phone"), point->phone, false);
    flow_fact(s, tr("All day"), "12345", true);
    flow_card_end(s, card);
    flow_gap(s, 32);
}

/* In an exercise: who came, to be read again. */
static void add_story(struct scene *s)
{
    const struct course_view *c = &s->view->course;
    if (!c->is_running)
        return;
    flow_notice(s, STYLE_QUIET, "person", c->now->story.in[s->view->language]);
    flow_gap(s, 24);
}

/* A helper at the screen; or somebody who came to help another. */
static void add_aid(struct scene *s)
{
    const struct session_view *v = s->view;
    if (v->can_be_helped && v->helper.is_helping)
        flow_row(s, (struct widget){ .id = "helper",
                                     .icon = "person",
                                     .label = tr("I go on by myself"),
                                     .detail = tr("What was filled in stays."),
                                     .action = scene_action(EV_HELPER_RETURNS, "", "") });
    else if (v->can_be_helped)
        flow_row(s,
                 (struct widget){ .id = "helper",
                                  .icon = "group",
                                  .label = tr("Somebody helps me fill in"),
                                  .detail = tr("Give the screen to staff or to whoever came along. "
                                               "Nothing is lost; you sign yourself."),
                                  .action = scene_action(EV_HELPER_TAKES, "", "") });
    else if (v->can_be_agent && scene_has_agents(s))
        flow_row(s,
                 (struct widget){ .id = "agent",
                                  .icon = "handshake",
                                  .label = tr("I help somebody"),
                                  .detail = tr("For agents of the village, with their own ID card"),
                                  .action = scene_action(EV_OPEN_AGENT, "", "") });
    else
        return;
    flow_gap(s, 24);
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
    flow_gap(s, 24);
}

/* Rarely wished for, so it has no place in the bar of every page. */
static void add_motion(struct scene *s)
{
    bool is_still = s->view->preferences.is_still;
    flow_row(s, (struct widget){ .id = "still",
                                 .icon = is_still ? "play_arrow" : "pause",
                                 .label = is_still ? tr("Things may move again")
                                                   : tr("Nothing shall move"),
                                 .detail = is_still ? tr("The sign of waiting stands still now.")
                                                    : tr("The sign of waiting stands still then."),
                                 .action = scene_action(EV_STILL, "", "") });
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
    add_story(s);
    bell_add(s);
    if (point)
        add_contacts(s, point);
    add_aid(s);
    scene_add_unsettled(s, tr("It could not be done"));
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    add_manual(s);
    add_motion(s);
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

/* The answer that goes on is huge, at the bottom right, or above the other one. */
/* What cannot be finished here need not be lost: it goes on at home (SS-48). */
static bool has_way_home(const struct scene *s)
{
    const struct session_view *v = s->view;
    return v->screen == SCREEN_LEAVE && v->handoff.is_offered && v->service && !*v->receipt;
}

static void add_way_home(struct scene *s, struct rect box)
{
    page_add(s->page, (struct widget){ .id = "to-phone",
                                       .kind = &widget_button,
                                       .box = box,
                                       .style = STYLE_SECONDARY,
                                       .icon = "smartphone",
                                       .label = tr("Finish it later on a phone"),
                                       .action = scene_action(EV_TO_PHONE, "", "") });
}

static void add_answers(struct scene *s, const struct question *q, struct rect stay,
                        struct rect end)
{
    page_add(s->page, (struct widget){ .id = "end",
                                       .kind = &widget_button,
                                       .box = end,
                                       .style = STYLE_SECONDARY,
                                       .icon = "logout",
                                       .label = tr(q->end),
                                       .action = scene_action(EV_END, "", "") });
    page_add(s->page, (struct widget){ .id = "primary",
                                       .kind = &widget_button,
                                       .box = stay,
                                       .style = STYLE_PRIMARY,
                                       .type = TYPE_H2,
                                       .label = tr(q->stay),
                                       .action = scene_action(EV_CONTINUE, "", "") });
}

void screen_question(struct scene *s)
{
    struct question q = question_for(s->view->screen);
    int huge = s->is_short ? 160 : 200, small = s->theme->button_h, gap = s->theme->gutter,
        line = scene_line(s, TYPE_H1), left = s->w * 32 / 100;
    int y = scene_bottom(s) - 24 - huge - (s->is_wide ? 0 : small + gap);
    struct rect home = { s->x, y - small - gap, s->w, small };
    int top = has_way_home(s) ? home.y : y;
    scene_brand(s, s->room.y + scene_header_h(s) * (s->is_wide ? 50 : 100) / 100);
    flow_gap(s, 12);
    scene_message_between(s, top, q.has_countdown ? line : 0, STYLE_QUIET, q.icon, tr(q.title),
                          tr(q.text));
    if (q.has_countdown) {
        int64_t seconds = (s->view->ends_ms - s->around->boot_ms + 999) / 1000;
        s->y = s->y + line > y ? y - line : s->y;
        struct widget *w = flow_text(s, TYPE_H1, COLOR_TEXT_2,
                                     page_format(s->page, "%d", seconds > 0 ? (int)seconds : 0), 1);
        w->align = ALIGN_CENTER;
    }
    if (has_way_home(s))
        add_way_home(s, home);
    if (s->is_wide)
        add_answers(s, &q, (struct rect){ s->x + left + gap, y, s->w - left - gap, huge },
                    (struct rect){ s->x, y, left, huge });
    else
        add_answers(s, &q, (struct rect){ s->x, y, s->w, huge },
                    (struct rect){ s->x, y + huge + gap, s->w, small });
}

/* ---- out of service ------------------------------------------------------------------ */

/* Without a catalogue nothing can be offered: where to go, and a code for staff. */
void screen_out_of_service(struct scene *s)
{
    int bottom = scene_bottom(s);
    scene_brand(s, s->room.y + scene_header_h(s));
    flow_gap(s, 12);
    flow_begin(s, bottom);
    scene_message_between(s, bottom, 280, STYLE_WARNING, "build_circle", tr("Out of service"),
                          tr("This kiosk cannot work at the moment. Please go to the counter, or "
                             "call 12345 at any time of day."));
    flow_notice(s, STYLE_QUIET, "info",
                tr("What you handed in here before is stored safely. Your slip and its number "
                   "remain good."));
    flow_gap(s, 32);
    struct widget *w =
        flow_text(s, TYPE_SMALL, COLOR_TEXT_2, tr("For staff: no catalogue (C1)"), 1);
    w->align = ALIGN_CENTER;
    flow_end(s, bottom);
}
