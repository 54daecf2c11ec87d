/* Half-days that can be booked, one row a day; and giving a booking back (SS-39, SS-50). Full or not, whoever comes is
 * served: Zhejiang Regulations on the "At Most One Visit" Reform, article 12. To a joint visit (SS-30) nobody comes: the
 * offices do, and where every half-day is taken the county sets one. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/bundle.h"
#include "ui/screen/desk.h"

enum { DAY_PERCENT = 28, LEAST_SIDE_BY_SIDE = 760 };

static const char *walk_in(void)
{
    return tr("You may also come without a booking: everybody is served, whether the day is full "
              "or not.");
}

static const struct bundle_part *visit_of(const struct scene *s)
{
    return bundle_visit(s->view->service);
}

/* What is true of this calendar, with a place left or without. */
static const char *advice(const struct scene *s, bool has_free)
{
    if (!visit_of(s))
        return walk_in();
    if (has_free)
        return tr("The offices come together at that time. The county confirms it, and tells you "
                  "under your number.");
    return tr("Every half-day is taken. You can apply all the same: go on and say which day you "
              "would like. The county sets a day and tells you under your number.");
}

/* "Thu 26 Nov" of YYYYMMDD. */
static const char *day_words(struct scene *s, const char *day)
{
    static const char *const days_zh[] = { "一", "二", "三", "四", "五", "六", "日" };
    static const char *const days_en[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
    static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    char utc[24];
    int64_t ms = 0;
    snprintf(utc, sizeof(utc), "%.4s-%.2s-%.2sT00:00:00Z", day, day + 4, day + 6);
    if (clock_parse_utc(&ms, utc))
        return page_text(s->page, day);
    int weekday = (int)((ms / 86400000 + 3) % 7);
    int month = (day[4] - '0') * 10 + day[5] - '0', date = (day[6] - '0') * 10 + day[7] - '0';
    if (s->view->language == LANGUAGE_ZH)
        return page_format(s->page, "%d月%d日 周%s", month, date, days_zh[weekday]);
    return page_format(s->page, "%s %d %s", days_en[weekday], date, months[month - 1]);
}

/* The day stands beside the button for eyes; by ear it is told with each. */
static void add_half(struct scene *s, const struct point_half *h, const char *day, struct rect box)
{
    const char *half = h->is_afternoon ? "pm" : "am",
               *name = h->is_afternoon ? tr("Afternoon") : tr("Morning");
    bool is_full = h->free < 1;
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .label = is_full ? page_format(s->page, tr("%s: full"), name)
                                         : page_format(s->page, tr("%s: %d free"), name, h->free),
                        .detail = is_full && !visit_of(s)
                                      ? page_format(s->page, "%s  %s", day, walk_in())
                                      : day,
                        .is_disabled = is_full,
                        .is_in_scroll = true,
                        .action = { EV_CHOOSE, page_text(s->page, h->day), half } };
    snprintf(w.id, sizeof(w.id), "half:%s:%s", h->day, half);
    page_add(s->page, w);
}

/* One day from its first half-day on; returns the next day's first. */
static size_t add_day(struct scene *s, const struct point_calendar *c, size_t i)
{
    const char *day = c->halves[i].day;
    int gap = s->theme->gap, height = s->theme->button_h, x = s->x, w = s->w;
    bool is_beside = w >= LEAST_SIDE_BY_SIDE && !s->theme->is_elder;
    const char *words = day_words(s, day);
    if (is_beside) {
        int label_w = w * DAY_PERCENT / 100, line = scene_line(s, TYPE_STRONG);
        page_add(s->page, (struct widget){ .kind = &widget_label,
                                           .box = { x, s->y + (height - line) / 2, label_w, line },
                                           .label = words,
                                           .type = TYPE_STRONG,
                                           .color = COLOR_TEXT,
                                           .max_lines = 1,
                                           .is_in_scroll = true });
        x += label_w;
        w -= label_w;
    } else {
        flow_text(s, TYPE_STRONG, COLOR_TEXT, words, 1);
        flow_gap(s, 8);
    }
    int half_w = (w - gap) / 2;
    for (; i < c->half_count && !strcmp(c->halves[i].day, day); i++)
        add_half(
            s, &c->halves[i], words,
            (struct rect){ x + c->halves[i].is_afternoon * (half_w + gap), s->y, half_w, height });
    flow_gap(s, height + (is_beside ? gap : 24));
    return i;
}

void screen_calendar(struct scene *s)
{
    const struct desk_view *d = &s->view->desk;
    const struct point_calendar *c = d->calendar;
    const char *today = *d->today ? d->today : NULL;
    scene_header(s, scene_words(s, &s->view->service->short_name), EV_BACK);
    int bottom = scene_actions_top(s);
    flow_gap(s, s->is_short ? 20 : 36);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1,
                 visit_of(s) ? page_format(s->page, tr("When may they come? (%s)"),
                                           scene_words(s, &visit_of(s)->name))
                             : tr("Which half-day suits you?"));
    flow_gap(s, 16);
    bool has_free = point_has_free(c, today, d->minute);
    flow_notice(s, has_free ? STYLE_QUIET : STYLE_WARNING, "info", advice(s, has_free));
    flow_gap(s, 24);
    for (size_t i = point_next_half(c, 0, today, d->minute); c && i < c->half_count;)
        i = add_day(s, c, i);
    desk_age(s);
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec wish = { "primary", tr("Another day"), "event", EV_NEXT, "", "" };
    scene_actions(s, &wish, &back);
}

/* ---- giving it back ------------------------------------------------------------------ */

/* A visit belongs to an application, which stays; a booking is all there is. */
static bool is_of_visit(const struct scene *s)
{
    return strcmp(s->view->asked.kind, "appointment") != 0;
}

static const char *what_is_given_back(struct scene *s)
{
    const char *number = s->view->asked.receipt;
    if (is_of_visit(s))
        return page_format(s->page,
                           tr("The time of the visit is given back. Application %s goes on; the "
                              "county sets another time."),
                           number);
    return page_format(s->page,
                       tr("Booking %s is given back, so that somebody else can "
                          "have the time."),
                       number);
}

static void ask_tail(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2,
                 tr("The last four digits of the telephone number you gave"));
    flow_gap(s, s->is_short ? 12 : 24);
    page_add(s->page, (struct widget){ .id = "field:tail",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Last four digits"),
                                       .value = v->desk.tail,
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true });
    flow_gap(s, s->theme->field_h + 20);
    flow_notice(s, v->desk.cancel == CANCEL_FAILED ? STYLE_DANGER : STYLE_QUIET, "info",
                v->desk.cancel == CANCEL_FAILED
                    ? tr("This could not be stored. Please try again, or call the counter.")
                    : what_is_given_back(s));
    flow_end(s, bottom);
    keyboard_add_digits(s);
    bool is_whole = strlen(v->desk.tail) == PHONE_TAIL && v->desk.cancel != CANCEL_SENDING;
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec send = {
        "primary", is_of_visit(s) ? tr("Give the time back") : tr("Cancel the booking"),
        "cancel",  EV_NEXT,
        "",        ""
    };
    scene_actions(s, is_whole ? &send : NULL, &back);
}

void screen_cancel(struct scene *s)
{
    bool is_sent = s->view->desk.cancel == CANCEL_SENT;
    if (!is_sent)
        scene_expect_sheet(s);
    scene_header(s, is_of_visit(s) ? tr("Give a time back") : tr("Cancel a booking"),
                 is_sent ? 0 : EV_BACK);
    if (!is_sent) {
        ask_tail(s);
        return;
    }
    struct button_spec on = {
        "primary", tr("See how it stands"), "arrow_forward", EV_NEXT, "", ""
    };
    scene_message_between(
        s, scene_actions_top(s), 0, STYLE_SUCCESS, "check_circle", tr("On its way to the county"),
        is_of_visit(s) ? tr("The time is given back once the county has compared the digits. "
                            "The new one stands under the same number.")
                       : tr("The booking is cancelled once the county has compared the "
                            "digits. You see it under its number."));
    scene_actions(s, &on, NULL);
}
