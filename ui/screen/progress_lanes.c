/* A case's days: what was done in which lane, what is owed until when, how much time is left. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/progress.h"

enum { INSET = 40 };

static int digits(const char *text, int count)
{
    int n = 0;
    for (int i = 0; i < count; i++)
        n = n * 10 + (text[i] - '0');
    return n;
}

const char *progress_day(struct scene *s, const char *day)
{
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    int y = digits(day, 4), m = digits(day + 4, 2), d = digits(day + 6, 2);
    if (s->view->language == LANGUAGE_ZH)
        return page_format(s->page, "%d年%d月%d日", y, m, d);
    return page_format(s->page, "%d %s %d", d, months[m - 1], y);
}

/* ---- lanes --------------------------------------------------------------------------- */

static enum widget_style style_of(const char *what)
{
    static const char *const bad[] = { "deny",          "refuse",  "unlawful",
                                       "gap_failed",    "revoked", "late",
                                       "late_by_law",   "annul",   "promise_demand",
                                       "promise_lapsed" },
                             *const waits[] = { "accept_gap",     "notify",
                                                "pause",          "reminded_soon",
                                                "reminded_today", "promise_reminded" },
                             *const ends[] = { "end", "withdraw", "lapsed" };
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        if (!strcmp(bad[i], what))
            return STYLE_DANGER;
    for (size_t i = 0; i < sizeof(waits) / sizeof(waits[0]); i++)
        if (!strcmp(waits[i], what))
            return STYLE_WARNING;
    for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
        if (!strcmp(ends[i], what))
            return STYLE_QUIET;
    return STYLE_SUCCESS;
}

static const char *icon_of(enum widget_style style)
{
    return style == STYLE_DANGER    ? "error"
           : style == STYLE_WARNING ? "schedule"
           : style == STYLE_QUIET   ? "info"
                                    : "check";
}

/* A moment with its day below. */
static void add_moment(struct scene *s, const char *label, const char *detail,
                       enum widget_style style, bool goes_on)
{
    int width = s->w - 2 * INSET;
    int height = widget_moment_height(s->text, s->theme, label, width) + scene_line(s, TYPE_SMALL) +
                 (goes_on ? 16 : 4);
    page_add(s->page, (struct widget){ .kind = &widget_moment,
                                       .box = { s->x + INSET, s->y, width, height },
                                       .label = label,
                                       .detail = detail,
                                       .icon = icon_of(style),
                                       .style = style,
                                       .is_in_scroll = true,
                                       .number = { goes_on } });
    flow_gap(s, height);
}

static const char *office(const struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    bool is_zh = s->view->language == LANGUAGE_ZH || !*t->office[1];
    return t->office[is_zh ? 0 : 1];
}

static const char *lane_name(struct scene *s, enum case_lane lane)
{
    const char *const names[LANES] = { tr("At the window"), tr("In the department"),
                                       tr("Hand-out") };
    if (lane == LANE_DEPARTMENTS && *office(s))
        return page_format(s->page, tr("In the department: %s"), office(s));
    return names[lane];
}

static bool is_open(const char *state)
{
    static const char *const open[] = { "received",  "correction_requested",
                                        "accepted",  "accepted_gap",
                                        "in_review", "suspended" };
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++)
        if (!strcmp(open[i], state))
            return true;
    return false;
}

/* What comes next in a lane where nothing was done yet; NULL when nothing will be. */
static const char *still_to_come(const struct scene *s, enum case_lane lane)
{
    const char *state = s->view->asked.state;
    bool is_decided = !strcmp(state, "granted") || !strcmp(state, "denied");
    if (lane == LANE_DEPARTMENTS && is_open(state))
        return tr("Decision");
    if (lane == LANE_HAND_OUT && (is_open(state) || is_decided))
        return tr("Delivery of the result");
    return NULL;
}

static bool is_shown(const struct scene *s, size_t at)
{
    const struct timeline *t = &s->view->asked.timeline;
    if (!step_words_of(t->steps[at].what))
        return false;
    /* Large letters: the last step of each lane says enough. */
    for (size_t i = at + 1; s->theme->is_elder && i < t->step_count; i++)
        if (t->steps[i].lane == t->steps[at].lane && step_words_of(t->steps[i].what))
            return false;
    return true;
}

static size_t count_in(const struct scene *s, enum case_lane lane)
{
    const struct timeline *t = &s->view->asked.timeline;
    size_t count = 0;
    for (size_t i = 0; i < t->step_count; i++)
        count += t->steps[i].lane == lane && is_shown(s, i);
    return count;
}

static void add_lane(struct scene *s, enum case_lane lane, bool is_first)
{
    const struct timeline *t = &s->view->asked.timeline;
    size_t left = count_in(s, lane);
    const char *next = left ? NULL : still_to_come(s, lane);
    if (!left && !next)
        return;
    int x = s->x, w = s->w;
    flow_gap(s, is_first ? 16 : 24);
    s->x += INSET;
    s->w -= 2 * INSET;
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2, lane_name(s, lane), 5);
    s->x = x;
    s->w = w;
    flow_gap(s, 8);
    for (size_t i = 0; i < t->step_count; i++)
        if (t->steps[i].lane == lane && is_shown(s, i))
            add_moment(s, tr(step_words_of(t->steps[i].what)), progress_day(s, t->steps[i].day),
                       style_of(t->steps[i].what), --left > 0);
    if (next)
        add_moment(s, next,
                   lane == LANE_DEPARTMENTS && *t->promised_by && !*t->paused_since
                       ? page_format(s->page, tr("by %s"), progress_day(s, t->promised_by))
                       : tr("not yet"),
                   STYLE_PLAIN, false);
}

void progress_add_lanes(struct scene *s)
{
    bool is_first = true;
    struct widget *card = flow_card(s);
    for (int lane = 0; lane < LANES; lane++) {
        int before = s->y;
        add_lane(s, (enum case_lane)lane, is_first);
        is_first = is_first && s->y == before;
    }
    flow_gap(s, 12);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

/* ---- what is owed ---------------------------------------------------------------------- */

void progress_add_owed(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    const struct point *point = catalogue_point(s->view->catalogue);
    if (!t->owed_count)
        return;
    const char *due = t->owed[0].due;
    flow_notice(s, STYLE_WARNING, "event",
                *due ? page_format(s->page, tr("Please hand in by %s"), progress_day(s, due))
                     : tr("Please hand in"));
    flow_gap(s, 12);
    struct widget *card = flow_card(s);
    for (size_t i = 0; i < t->owed_count; i++) {
        const struct words *name = catalogue_material_name(s->view->catalogue, t->owed[i].material);
        flow_fact(s, *t->owed[i].due ? progress_day(s, t->owed[i].due) : tr("Paper"),
                  name ? scene_words(s, name) : page_text(s->page, t->owed[i].material), false);
    }
    flow_fact(s, tr("How"),
              page_format(s->page, tr("At %s, with the number on your slip"),
                          scene_words(s, &point->window)),
              false);
    flow_fact(s, tr("Hours"), scene_words(s, &point->staff_hours), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

/* ---- the clock --------------------------------------------------------------------------- */

static const char *about(struct scene *s, const char *text)
{
    if (!s->view->asked.timeline.is_provisional)
        return text;
    return page_format(s->page, tr("%s, later by any public holidays between"), text);
}

void progress_add_clock(struct scene *s)
{
    const struct timeline *t = &s->view->asked.timeline;
    if (*t->paused_since) {
        flow_notice(
            s, STYLE_WARNING, "schedule",
            page_format(s->page,
                        tr("The clock is stopped since %s. Working days left after that: %d"),
                        progress_day(s, t->paused_since), t->days_left));
    } else if (!is_open(s->view->asked.state) || !t->has_days_left || !*t->promised_by) {
        return;
    } else if (t->days_left < 0) {
        const char *who = *office(s) ? office(s) : tr("the office");
        flow_notice(
            s, STYLE_DANGER, "error",
            page_format(s->page,
                        tr("Working days late: %d. It was promised by %s; %s has it. You can "
                           "call 12345."),
                        -t->days_left, progress_day(s, t->promised_by), who));
    } else {
        const char *text = page_format(s->page, tr("Working days left: %d. Promised by %s"),
                                       t->days_left, progress_day(s, t->promised_by));
        flow_notice(s, STYLE_QUIET, "schedule", about(s, text));
    }
    flow_gap(s, 24);
}
