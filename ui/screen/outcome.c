/* What came of it: being stored, done, or not stored. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/bundle.h"
#include "ui/screen/outcome.h"
#include "ui/screen/paper.h"

void screen_submitting(struct scene *s)
{
    scene_brand(s, s->room.y + scene_header_h(s));
    s->y = s->room.y + scene_header_h(s);
    scene_message_between(s, scene_bottom(s), 100, STYLE_QUIET, "lock",
                          tr("Being sealed and stored"), tr("One moment, please."));
    flow_spinner(s);
}

/* ---- done ---------------------------------------------------------------------------- */

void outcome_add_title(struct scene *s, const char *title, const char *where)
{
    int disc = s->theme->disc + 32, x = s->x + disc + 28, width = s->w - disc - 28,
        wide = text_width(s->text, s->theme->types[TYPE_DISPLAY], title);
    enum type_token type = wide <= width ? TYPE_DISPLAY : TYPE_H2; /* beside a short panel's code */
    int line = text_block_height(s->text, s->theme->types[type], title, width, 2);
    int below = text_block_height(s->text, s->theme->types[TYPE_BODY], where, width, 3);
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { s->x, s->y + 8, disc, disc },
                                       .icon = "check_circle",
                                       .style = STYLE_SUCCESS,
                                       .type = TYPE_ICON_L,
                                       .is_in_scroll = true });
    page_add(s->page, (struct widget){ .id = "outcome",
                                       .kind = &widget_heading,
                                       .box = { x, s->y, width, line },
                                       .label = title,
                                       .type = type,
                                       .color = COLOR_SUCCESS,
                                       .max_lines = 2,
                                       .is_in_scroll = true });
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { x, s->y + line, width, below },
                                       .label = where,
                                       .type = TYPE_BODY,
                                       .color = COLOR_TEXT_2,
                                       .max_lines = 3,
                                       .is_in_scroll = true });
    int height = line + below > disc + 16 ? line + below : disc + 16;
    flow_gap(s, height + 24);
}

/* A code of at least 40 mm with its quiet zone (design: UI guide 7.7). */
static int code_side(const struct scene *s)
{
    int side = (int)(48 * s->panel.px_per_mm);
    return side > 300 ? side : 300;
}

void outcome_add_number(struct scene *s, const char *id, const char *title, const char *number,
                        const char *explanation)
{
    outcome_add_code(s, id, title, number, number, explanation);
}

void outcome_add_code(struct scene *s, const char *id, const char *title, const char *number,
                      const char *payload, const char *explanation)
{
    int inset = 32, side = code_side(s), room = s->w - side - 3 * inset;
    bool is_stacked = room < text_width(s->text, s->theme->types[TYPE_H2], number) + 8;
    int words_w = is_stacked ? s->w - 2 * inset : room;
    struct widget *card = flow_card(s);
    int top = s->y + 20;
    s->y = top;
    struct {
        const char *id, *text;
        enum type_token type;
        enum color color;
    } lines[] = {
        { "", title, TYPE_BODY, COLOR_TEXT_2 },
        { id, number, TYPE_H2, COLOR_TEXT },
        { "", explanation, TYPE_SMALL, COLOR_TEXT_2 },
    };
    for (size_t i = 0; i < 3; i++) {
        struct type type = s->theme->types[lines[i].type];
        int height = text_block_height(s->text, type, lines[i].text, words_w, 6);
        struct widget w = { .kind = &widget_label,
                            .box = { s->x + inset, s->y, words_w, height },
                            .label = lines[i].text,
                            .type = lines[i].type,
                            .color = lines[i].color,
                            .max_lines = 6,
                            .is_in_scroll = true };
        snprintf(w.id, sizeof(w.id), "%s", lines[i].id);
        page_add(s->page, w);
        flow_gap(s, height + 8);
    }
    int x = is_stacked ? s->x + (s->w - side) / 2 : s->x + s->w - inset - side,
        y = is_stacked ? s->y + 12 : top;
    page_add(s->page, (struct widget){ .id = "qr",
                                       .kind = &widget_qr,
                                       .box = { x, y, side, side },
                                       .label = payload,
                                       .is_in_scroll = true });
    s->y = s->y > y + side ? s->y : y + side;
    flow_gap(s, 20);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

/* So many days later, Saturdays and Sundays not counted. */
static int64_t working_days_later(const struct scene *s, int64_t wall_ms, int days)
{
    const int64_t day_ms = 86400000;
    int64_t offset = (int64_t)s->around->utc_offset_minutes * 60000;
    while (days > 0) {
        wall_ms += day_ms;
        int weekday = (int)(((wall_ms + offset) / day_ms + 4) % 7); /* 1970-01-01: a Thursday */
        days -= weekday != 0 && weekday != 6;
    }
    return wall_ms;
}

static const char *answer_time(struct scene *s, int days)
{
    char day[48];
    if (days <= 0)
        return tr("on the spot, once checked");
    if (!s->around->is_clock_set)
        return page_format(s->page, tr("%d working days"), days);
    scene_date(day, s, working_days_later(s, s->around->wall_ms, days), false);
    return page_format(s->page, tr("%d working days: by %s, later by any public holidays between"),
                       days, day);
}

static void add_next(struct scene *s)
{
    const struct service *service = s->view->service;
    bool is_granted = s->view->instant.state == INSTANT_GRANTED;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Matter"), scene_words(s, &service->name), false);
    flow_fact(s, tr("What happens next"), scene_words(s, &service->next), is_granted);
    if (!is_granted)
        flow_fact(s, tr("Answer"), answer_time(s, service->promised_days), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    if (s->view->needs_no_return) {
        flow_notice(
            s, STYLE_SUCCESS, "check_circle",
            tr("No need to come again: nothing has to be brought later, nothing collected."));
        flow_gap(s, 24);
    }
}

static const char *printing_words(const struct scene *s)
{
    const struct agency_view *a = &s->view->agency;
    return a->step != AGENCY_ACTING ? tr("Your slip is being printed")
           : a->is_second_copy      ? tr("The agent's slip is being printed")
                                    : tr("The resident's slip is being printed");
}

/* An agent may go on with the next resident. */
static void add_aid(struct scene *s)
{
    if (s->view->agency.step != AGENCY_ACTING)
        return;
    paper_add_button(s, "next-resident", "handshake", tr("Another resident"), EV_OPEN_AGENT);
}

void outcome_add_paper(struct scene *s, enum paper_state paper, bool can_print_again)
{
    struct paper_words words = {
        .printing = printing_words(s),
        .done = s->view->agency.is_second_copy
                    ? tr("Both slips are ready: one for the resident, one for the agent")
                    : tr("Your slip is ready: please take it"),
        .failed = tr("No slip can be printed now. Your application is stored all the same: "
                     "the number above is enough."),
    };
    paper_add_state(s, &words, paper, can_print_again);
}

/* Decided on the spot (SS-16), or said why it was not. */
static void add_instant(struct scene *s)
{
    const struct instant *i = &s->view->instant;
    switch (i->state) {
    case INSTANT_NONE:
        return;
    case INSTANT_WAITING:
        flow_notice(s, STYLE_QUIET, "schedule",
                    tr("The county is deciding now. Your slip comes in a moment."))
            ->number[0] = scene_spinner(s);
        break;
    case INSTANT_GRANTED:
        flow_notice(s, STYLE_SUCCESS, "check",
                    *i->number
                        ? page_format(s->page, tr("Granted on the spot. Its number: %s"), i->number)
                        : tr("Granted on the spot."));
        break;
    case INSTANT_LATER:
        flow_notice(
            s, STYLE_QUIET, "schedule",
            tr("It is not decided yet. The answer comes by itself; ask under your number."));
        break;
    }
    flow_gap(s, 24);
}

static void add_card_reminder(struct scene *s)
{
    if (!s->view->is_card_present)
        return;
    flow_notice(s, STYLE_WARNING, "credit_card",
                tr("Please do not forget your ID card on the reader"));
    flow_gap(s, 24);
}

static void add_rating(struct scene *s)
{
    if (s->view->rating.state == RATING_THANKED || s->view->rating.state == RATING_SENDING)
        return;
    paper_add_button(s, "rate", "star", tr("How was it? Rate this visit"), EV_OPEN_RATING);
}

/* Whoever said something in confidence needs the code more than the number. */
static void add_claim(struct scene *s)
{
    outcome_add_number(
        s, "claim", tr("Your code for the answer"), s->view->claim,
        tr("Only this code opens the answer, at any kiosk here, under How is my case "
           "going. It cannot be replaced."));
    page_add(s->page, (struct widget){ .id = "receipt",
                                       .kind = &widget_label,
                                       .box = { s->x, s->y, s->w, scene_line(s, TYPE_SMALL) },
                                       .label = s->view->receipt,
                                       .type = TYPE_SMALL,
                                       .color = COLOR_TEXT_2,
                                       .is_in_scroll = true });
    flow_gap(s, scene_line(s, TYPE_SMALL) + 24);
}

/* Who was here before for the same matter is asked why, kindly: it is the office that is measured (SS-58). */
static void add_again(struct scene *s)
{
    if (!s->view->trips_before || s->view->is_asked_again)
        return;
    flow_row(s,
             (struct widget){ .id = "again",
                              .icon = "help",
                              .label = tr("Were you here before for this?"),
                              .detail = tr("Tell us why you had to come again. It helps the next "
                                           "person."),
                              .value = "",
                              .action = scene_action(EV_OPEN_AGAIN, "", "") });
    flow_gap(s, 24);
}

/* What stands on the paper, for whoever cannot read it. */
static void add_read_slip(struct scene *s)
{
    bool has_slip = s->view->paper == PAPER_DONE || s->view->paper == PAPER_ASK;
    if (!s->view->preferences.is_speech_on || !has_slip)
        return;
    paper_add_button(s, "read-slip", "volume_up", tr("Read the slip out"), EV_READ_SLIP);
}

void screen_done(struct scene *s)
{
    const struct session_view *v = s->view;
    int bottom = scene_actions_top(s);
    struct halves h = scene_halves(s, 50);
    scene_header(s, scene_words(s, &v->service->short_name), 0);
    scene_steps(s, 3);
    int top = s->y;
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    if (s->is_wide)
        scene_use(s, h.left);
    bool is_booking = v->service->reach == REACH_BOOK;
    bool is_granted = v->instant.state == INSTANT_GRANTED;
    outcome_add_title(s,
                      is_booking   ? tr("Noted")
                      : is_granted ? tr("Done on the spot")
                                   : tr("Received"),
                      is_granted       ? tr("It was granted. You need not come again")
                      : v->is_practice ? tr("This was practice: nothing was kept or sent.")
                      : is_booking     ? tr("It holds once the county has confirmed it")
                      : v->is_offline  ? tr("Stored safely here; it goes to the county by itself")
                                       : tr("Your application is on its way to the county"));
    if (*v->claim)
        add_claim(s);
    else
        outcome_add_number(
            s, "receipt", tr("Your number"), v->receipt,
            tr("Keep it, or photograph the code. With it you can ask how your case is going."));
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    add_instant(s);
    outcome_add_paper(s, v->paper, v->can_print_again);
    add_aid(s);
    add_card_reminder(s);
    bundle_add_owed(s);
    add_again(s);
    add_next(s);
    bundle_add_parts(s, tr("What you applied for"));
    add_read_slip(s);
    add_rating(s);
    scene_add_unsettled(s, tr("Was it settled? If not, say so"));
    s->y = (s->y > left ? s->y : left) - 24;
    scene_column(s);
    flow_end(s, bottom);
    struct button_spec other = { "another", tr("Another matter"), "", EV_NEXT, "", "" };
    struct button_spec finish = { "primary", tr("Finish"), "check", EV_EXIT, "", "" };
    scene_actions(s, &finish, &other);
}
