/* The answer about a case: what to do next on top, then how it stands, how long it may take, and what was done. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/progress.h"
#include "ui/screen/promise.h"

static struct state_words words_for(const struct case_view *asked)
{
    struct state_words of_desk;
    const char *state = asked->state;
    if (progress_desk_words(&of_desk, asked))
        return of_desk;
    static const struct {
        const char *state, *icon;
        enum widget_style style;
        int step;
    } rows[] = {
        { "received", "check", STYLE_SUCCESS, 0 },
        { "correction_requested", "warning", STYLE_WARNING, 0 },
        { "accepted", "check", STYLE_SUCCESS, 1 },
        { "accepted_gap", "schedule", STYLE_WARNING, 1 },
        { "not_accepted", "error", STYLE_DANGER, 1 },
        { "revoked", "error", STYLE_DANGER, 1 },
        { "annulled", "error", STYLE_DANGER, 2 },
        { "in_review", "check", STYLE_SUCCESS, 1 },
        { "suspended", "schedule", STYLE_WARNING, 1 },
        { "granted", "check", STYLE_SUCCESS, 2 },
        { "denied", "error", STYLE_DANGER, 2 },
        { "delivered", "check", STYLE_SUCCESS, 2 },
        { "rated", "check", STYLE_SUCCESS, 2 },
        { "withdrawn", "info", STYLE_QUIET, 2 },
        { "terminated", "info", STYLE_QUIET, 2 },
        { "open", "check", STYLE_SUCCESS, 1 },
        { "answered", "check", STYLE_SUCCESS, 2 },
        { "coming", "check", STYLE_SUCCESS, 1 },
        { "closed", "check", STYLE_SUCCESS, 2 },
    };
    const struct case_words *w = case_words_of(state);
    for (size_t i = 0; w && i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].state, state))
            return (struct state_words){ w->title, w->text, rows[i].icon, rows[i].style,
                                         rows[i].step };
    return (struct state_words){ N_("The county has answered"),
                                 N_("Please ask at the counter what it means."), "info",
                                 STYLE_QUIET, 0 };
}

const char *scene_case_title(const char *state)
{
    struct case_view c = { .where = CASE_COUNTY };
    snprintf(c.state, sizeof(c.state), "%s", state);
    return tr(words_for(&c).title);
}

static struct state_words summary(const struct case_view *c)
{
    switch (c->where) {
    case CASE_HERE:
        return (struct state_words){
            N_("Stored here, not sent yet"),
            N_("It goes to the county by itself as soon as the network is back."), "schedule",
            STYLE_WARNING, -1
        };
    case CASE_SENT:
        return (struct state_words){ N_("The county has it"), N_("There is no answer yet."),
                                     "check", STYLE_SUCCESS, 0 };
    case CASE_COUNTY:
        return words_for(c);
    case CASE_NOT_FOUND:
        if (!strncmp(c->receipt, "CODE-", 5))
            return (struct state_words){ N_("No answer yet"),
                                         N_("The county has not answered under this code. If days "
                                            "have gone by, compare it with your slip, or call "
                                            "12345."),
                                         "schedule", STYLE_QUIET, -2 };
        __attribute__((fallthrough));
    default:
        return (struct state_words){
            N_("Not known here"),
            N_("No application with this number was made at this kiosk. If you made it elsewhere, "
               "please ask there or call 12345."),
            "help", STYLE_QUIET, -2
        };
    }
}

/* ---- without steps of the county -------------------------------------------------------- */

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

/* A paper of a newer catalogue has no name here, and its id is no word for a resident. */
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
                         name ? scene_words(s, name) : tr("a paper that the office will name"));
        used += n > 0 ? (size_t)n : 0;
    }
    return page_text(s->page, text);
}

static void add_duty(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char day[48];
    if ((!c->missing_count && !c->due_ms) || promise_is_known(c))
        return;
    scene_date(day, s, c->due_ms, false);
    const char *what = c->missing_count ? missing_names(s) : tr("what the office asked for");
    flow_notice(s, STYLE_WARNING, "event",
                c->due_ms ? page_format(s->page, tr("Please hand in by %s: %s"), day, what)
                          : page_format(s->page, tr("Please hand in: %s"), what));
    flow_gap(s, 24);
}

/* ---- facts --------------------------------------------------------------------------------- */

static const char *hand_out_words(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    switch (t->hand_out) {
    case HAND_OUT_POST:
        return *t->tracking ? page_format(s->page, tr("By post, number %s"), t->tracking)
                            : tr("By post");
    case HAND_OUT_PICKUP:
        return page_format(s->page, tr("To be collected: %s"), t->counter);
    case HAND_OUT_ELECTRONIC:
        return tr("As an electronic document");
    case HAND_OUT_ACCOUNT:
        return tr("Paid into the account");
    default:
        return "";
    }
}

static void add_facts(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    char when[48];
    struct widget *card = flow_card(s);
    progress_desk_facts(s);
    promise_add_facts(s);
    progress_owner_fact(s);
    if (*c->note && !c->timeline.parts.count)
        flow_fact(s, tr("The office says"), c->note, false);
    if (c->timeline.hand_out != HAND_OUT_NONE)
        flow_fact(s, tr("Result"), hand_out_words(s), false);
    progress_parcel_facts(s);
    if (*c->server_ref)
        flow_fact(s, tr("Case number"), c->server_ref, false);
    if (*c->timeline.legal_by)
        flow_fact(s, tr("By law"), progress_day(s, c->timeline.legal_by), false);
    if (c->changed_ms) {
        scene_date(when, s, c->changed_ms, true);
        flow_fact(s, tr("Since"), page_text(s->page, when), false);
    }
    int64_t as_of = c->as_of_ms;
    flow_fact(s, tr("As of"), as_of ? progress_age(s, as_of) : tr("not heard from the county yet"),
              true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

/* A refusal, a silence, a number that nobody knows: none of them is the end of it. */
static bool may_be_unsettled(const struct scene *s)
{
    static const char *const ends[] = { "not_accepted", "denied", "terminated", "revoked",
                                        "withdrawn",    "closed", "answered",   "annulled" };
    const struct case_view *c = &s->view->asked;
    if (!strcmp(c->kind, "withdrawal") && !strcmp(c->state, "withdrawn"))
        return false; /* that is what was wanted */
    bool is_late = promise_is_late(s) || (c->timeline.has_days_left && c->timeline.days_left < 0);
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (!strcmp(c->state, ends[i]))
            return true;
    unsigned count[PART_ENDS];
    case_parts_tally(count, &c->timeline.parts);
    return is_late || count[PART_FAILED] || c->where == CASE_NOT_FOUND;
}

/* ---- all of it --------------------------------------------------------------------------------- */

static void add_summary(struct scene *s, const struct state_words *w)
{
    const struct case_view *c = &s->view->asked;
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, c->receipt, 1);
    struct widget *title = flow_heading(s, TYPE_H1, tr(w->title));
    memcpy(title->id, "state", sizeof("state"));
    flow_gap(s, 8);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr(w->text), 6);
    flow_gap(s, 28);
    bool is_known = c->where != CASE_NOT_FOUND;
    if (is_known) {
        progress_add_check(s);
        progress_add_reason(s);
        progress_add_pickup(s);
        progress_add_returned(s);
        progress_add_elsewhere(s);
        progress_add_clock(s);
        progress_add_comfort(s);
        progress_add_waived(s);
        progress_add_note(s);
    }
    if (!s->is_wide) /* what each part says comes before the particulars of the whole */
        progress_add_parts(s);
    if (may_be_unsettled(s))
        scene_add_unsettled(s, tr("It could not be done"));
    if (!is_known)
        return;
    add_facts(s);
}

/* What is to be done next stands above all; then the state, and beside or below it the way. */
void progress_add_answer(struct scene *s)
{
    const struct case_view *c = &s->view->asked;
    struct state_words w = summary(c);
    progress_parcel_words(&w, c);
    progress_parts_words(&w, s);
    progress_check_words(&w, c);
    if (promise_is_late(s)) {
        w.title = N_("The answer is late");
        w.text = N_("You need not do anything. You may also call 12345.");
        w.icon = "warning";
        w.style = STYLE_WARNING;
    }
    struct halves h = scene_halves(s, 56);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 16 : 40);
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    promise_add_alarm(s);
    if (c->timeline.owed_count)
        progress_add_owed(s);
    else if (!c->timeline.is_there)
        add_duty(s);
    int top = s->y;
    bool has_line = w.step > -2 && !progress_is_of_desk(c);
    if (s->is_wide && has_line)
        scene_use(s, h.left);
    add_summary(s, &w);
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
        progress_add_parts(s);
    }
    bool has_parts = c->timeline.parts.count > 0; /* they say more than the way of the whole */
    if (has_line && !has_parts && c->timeline.step_count)
        progress_add_lanes(s);
    else if (has_line && !has_parts)
        add_line(s, &w);
    progress_add_cancel(s);
    if (c->where == CASE_COUNTY && !progress_is_of_desk(c))
        progress_add_paper(s);
    progress_add_withdraw(s);
    s->y = (s->y > left ? s->y : left) - 24;
    scene_column(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec again = { "primary", tr("Another number"), "search", EV_CLEAR, "", "" };
    scene_actions(s, &again, &back);
}
