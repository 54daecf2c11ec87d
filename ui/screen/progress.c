/* How a case is going: type the number of the slip, see the last the county said and how old that
 * is. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static bool has_answer(const struct session_view *v)
{
    enum case_where w = v->asked.where;
    return w == CASE_HERE || w == CASE_SENT || w == CASE_COUNTY || w == CASE_NOT_FOUND;
}

/* ---- asking -------------------------------------------------------------------------- */

static void add_trouble(struct scene *s)
{
    flow_gap(s, 20);
    switch (s->view->asked.where) {
    case CASE_BAD_NUMBER:
        flow_notice(s, STYLE_DANGER, "error",
                    tr("One character does not fit. Please compare it with your slip."));
        break;
    case CASE_UNAVAILABLE:
        flow_notice(s, STYLE_WARNING, "warning",
                    tr("This cannot be looked up at the moment. You can also call 12345."));
        break;
    case CASE_ASKING:
        flow_notice(s, STYLE_QUIET, "schedule", tr("Looking it up"))->number[0] = scene_spinner(s);
        break;
    default:
        flow_notice(
            s, STYLE_QUIET, "receipt_long",
            tr("The number stands on your slip, under the heading. It looks like K0012-000042-7."));
    }
}

static void add_entry(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("What is the number on your slip?"));
    flow_gap(s, s->is_short ? 12 : 24);
    page_add(s->page, (struct widget){ .id = "field:receipt",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Number on the slip"),
                                       .value = v->typed,
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .is_error = v->asked.where == CASE_BAD_NUMBER });
    s->y += s->theme->field_h;
    add_trouble(s);
    flow_end(s, bottom);
    keyboard_add_code(s);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec ask = { "primary", tr("Look it up"), "search", EV_NEXT, "", "" };
    scene_actions(s, &ask, &back);
}

/* ---- the answer ---------------------------------------------------------------------- */

struct state_words {
    const char *state, *title, *text, *icon;
    enum widget_style style;
    int step; /* 0 received, 1 accepted, 2 decided */
};

static struct state_words words_for(const struct case_view *c)
{
    static const struct state_words rows[] = {
        { "received", N_("Received by the county"),
          N_("The county has your application and will look at it."), "check", STYLE_SUCCESS, 0 },
        { "correction_requested", N_("Something is missing"),
          N_("Please bring or correct what stands below."), "warning", STYLE_WARNING, 0 },
        { "accepted", N_("Accepted"), N_("Everything is there. The office is working on it."),
          "check", STYLE_SUCCESS, 1 },
        { "accepted_gap", N_("Accepted, something may follow"),
          N_("Please hand in what stands below in time."), "schedule", STYLE_WARNING, 1 },
        { "not_accepted", N_("Not accepted"),
          N_("The office could not accept it. The reason stands below."), "error", STYLE_DANGER,
          1 },
        { "in_review", N_("Being worked on"), N_("The office is working on it."), "check",
          STYLE_SUCCESS, 1 },
        { "suspended", N_("Paused"), N_("The time is stopped while something is examined."),
          "schedule", STYLE_WARNING, 1 },
        { "granted", N_("Granted"), N_("Your application was granted."), "check", STYLE_SUCCESS,
          2 },
        { "denied", N_("Not granted"),
          N_("Your application was not granted. You can ask for the reasons at the counter, and "
             "you may object."),
          "error", STYLE_DANGER, 2 },
        { "withdrawn", N_("Withdrawn"), N_("The application counts as withdrawn."), "info",
          STYLE_QUIET, 2 },
        { "terminated", N_("Ended"), N_("The case was ended."), "info", STYLE_QUIET, 2 },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].state, c->state))
            return rows[i];
    return (struct state_words){ "",
                                 N_("The county has answered"),
                                 N_("Please ask at the counter what it means."),
                                 "info",
                                 STYLE_QUIET,
                                 0 };
}

static struct state_words summary(const struct case_view *c)
{
    switch (c->where) {
    case CASE_HERE:
        return (struct state_words){
            "",
            N_("Stored here, not sent yet"),
            N_("It goes to the county by itself as soon as the network is back."),
            "schedule",
            STYLE_WARNING,
            -1
        };
    case CASE_SENT:
        return (struct state_words){
            "", N_("The county has it"), N_("There is no answer yet."), "check", STYLE_SUCCESS, 0
        };
    case CASE_COUNTY:
        return words_for(c);
    default:
        return (struct state_words){
            "",
            N_("Not known here"),
            N_("No application with this number was made at this kiosk. If you made it elsewhere, "
               "please ask there or call 12345."),
            "help",
            STYLE_QUIET,
            -2
        };
    }
}

static void add_line(struct scene *s, const struct state_words *w)
{
    static const char *const names[] = { N_("Received"), N_("Checked"), N_("Decided") };
    struct widget *card = flow_card(s);
    int inset = 40, each = scene_line(s, TYPE_H3) + 2 * scene_line(s, TYPE_SMALL) + 16;
    flow_gap(s, 20);
    for (int i = 0; i < 3; i++) {
        bool is_past = i <= w->step, is_now = i == w->step;
        page_add(s->page, (struct widget){ .kind = &widget_moment,
                                           .box = { s->x + inset, s->y, s->w - 2 * inset, each },
                                           .label = tr(names[i]),
                                           .detail = is_now ? tr(w->title) : "",
                                           .icon = is_now ? w->icon : "check",
                                           .style = !is_past ? STYLE_PLAIN
                                                    : is_now ? w->style
                                                             : STYLE_SUCCESS,
                                           .is_in_scroll = true,
                                           .number = { i < 2 } });
        flow_gap(s, i < 2 ? each : each - scene_line(s, TYPE_SMALL));
    }
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static const char *missing_names(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char text[512] = "";
    size_t used = 0;
    for (size_t i = 0; i < c->missing_count && used < sizeof(text) - 1; i++) {
        const struct words *name = catalogue_material_name(s->view->catalogue, c->missing[i]);
        int n = snprintf(text + used, sizeof(text) - used, "%s%s",
                         !i                                 ? ""
                         : s->view->language == LANGUAGE_ZH ? "、"
                                                            : ", ",
                         name ? scene_words(s, name) : c->missing[i]);
        used += n > 0 ? (size_t)n : 0;
    }
    return page_text(s->page, text);
}

/* The next duty stands on top, with its day. */
static void add_duty(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char day[48];
    if (!c->missing_count && !c->due_ms)
        return;
    scene_date(day, s, c->due_ms, false);
    const char *what = c->missing_count ? missing_names(s) : tr("what the office asked for");
    flow_notice(s, STYLE_WARNING, "event",
                c->due_ms ? page_format(s->page, tr("Please hand in by %s: %s"), day, what)
                          : page_format(s->page, tr("Please hand in: %s"), what));
    flow_gap(s, 24);
}

static void add_facts(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char when[48];
    struct widget *card = flow_card(s);
    if (*c->note)
        flow_fact(s, tr("The office says"), c->note, false);
    if (*c->server_ref)
        flow_fact(s, tr("Case number"), c->server_ref, false);
    if (c->changed_ms) {
        scene_date(when, s, c->changed_ms, true);
        flow_fact(s, tr("Since"), page_text(s->page, when), false);
    }
    scene_date(when, s, c->as_of_ms, true);
    flow_fact(s, tr("As of"),
              c->as_of_ms ? page_text(s->page, when) : tr("not heard from the county yet"), true);
    flow_card_end(s, card);
}

static void add_summary(struct scene *s, const struct state_words *w)
{
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, s->view->asked.receipt, 1);
    struct widget *title = flow_heading(s, TYPE_H1, tr(w->title));
    memcpy(title->id, "state", sizeof("state"));
    flow_gap(s, 8);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr(w->text), 6);
    flow_gap(s, 28);
    if (s->view->asked.where != CASE_NOT_FOUND)
        add_facts(s);
    flow_gap(s, 24);
}

/* What is to be done next stands above all; then the state, and beside or below it the way. */
static void add_answer(struct scene *s)
{
    struct state_words w = summary(&s->view->asked);
    struct halves h = scene_halves(s, 56);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 16 : 40);
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    add_duty(s);
    int top = s->y;
    if (s->is_wide && w.step > -2)
        scene_use(s, h.left);
    add_summary(s, &w);
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    if (w.step > -2)
        add_line(s, &w);
    s->y = (s->y > left ? s->y : left) - 24;
    scene_column(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec again = { "primary", tr("Another number"), "search", EV_CLEAR, "", "" };
    scene_actions(s, &again, &back);
}

void screen_progress(struct scene *s)
{
    bool is_answered = has_answer(s->view);
    if (!is_answered)
        scene_expect_sheet(s);
    scene_header(s, s->theme->is_elder ? tr("Is it done yet?") : tr("How is my case going?"),
                 EV_BACK);
    if (is_answered)
        add_answer(s);
    else
        add_entry(s);
}
