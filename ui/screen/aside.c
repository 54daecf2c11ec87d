/* What is said beside the matter: it could not be done, the guide is wrong, here again. Choices first, words only if one
 * likes, and then who answers and until when. */
#include <stdio.h>

#include "ui/screen/outcome.h"

/* ---- words of the three reports ------------------------------------------------------ */

struct report_words {
    const char *title, *question, *hint;
    const char *choices[ASIDE_CHOICES];
    const char *thanks;
};

static const struct report_words *words_of(enum aside_kind kind)
{
    static const struct report_words all[ASIDE_KINDS] = {
        [ASIDE_UNSETTLED] = { N_("It could not be done"),
                              N_("What stood in the way?"),
                              N_("Choose what comes closest. One person sees to it, and you get an "
                                 "answer."),
                              { N_("Papers were missing"), N_("I was told that I do not qualify"),
                                N_("Several offices are needed"),
                                N_("A machine or a computer failed"),
                                N_("Nobody could explain the rules"), N_("Something else") },
                              "" },
        [ASIDE_MISMATCH] = { N_("Not as it really is"),
                             N_("What differs from this guide?"),
                             N_("Choose all that do. Nobody learns who said it."),
                             { N_("It takes more days"), N_("Other papers are asked for"),
                               N_("It costs money"), N_("The place or the hours are wrong"),
                               N_("Something else") },
                             N_("The county compares the guide with what is really done, and "
                                "corrects it.") },
        [ASIDE_AGAIN] = { N_("Here again"),
                          N_("Why did you have to come again?"),
                          N_("It is the office that is measured by this, not you."),
                          { N_("Something was missing last time"), N_("I was sent somewhere else"),
                            N_("There was no answer"), N_("It is another matter this time"),
                            N_("This is my first time") },
                          N_("Your answer is counted in this point's own report.") },
    };
    return &all[kind];
}

void scene_add_unsettled(struct scene *s, const char *label)
{
    if (!s->view->catalogue || !catalogue_unsettled(s->view->catalogue).service)
        return;
    flow_row(s, (struct widget){ .id = "unsettled",
                                 .icon = "support_agent",
                                 .label = label,
                                 .detail = tr("Say what went wrong. It gets a number, somebody who "
                                              "owns it, and an answer."),
                                 .value = "",
                                 .action = scene_action(EV_OPEN_UNSETTLED, "", "") });
    flow_gap(s, 24);
}

/* ---- choosing ------------------------------------------------------------------------ */

/* The matter comes along by itself; it is shown so that nobody writes it down again. */
static void add_about(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    const char *name = a->about ? scene_words(s, &a->about->name) : "";
    if (!*name && !*a->about_receipt)
        return;
    const char *between = *name && *a->about_receipt ? " · " : "";
    flow_notice(s, STYLE_QUIET, "receipt_long",
                page_format(s->page, tr("About: %s"),
                            page_format(s->page, "%s%s%s", name, between, a->about_receipt)));
    flow_gap(s, 24);
}

static void add_choices(struct scene *s, const struct report_words *words)
{
    const struct aside_view *a = &s->view->aside;
    int height = s->theme->choice_h;
    for (int i = 0; i < ASIDE_CHOICES && words->choices[i]; i++) {
        struct widget w = { .kind = &widget_choice,
                            .box = { s->x, s->y, s->w, height },
                            .label = tr(words->choices[i]),
                            .number = { a->kind == ASIDE_MISMATCH },
                            .is_selected = a->chosen & (1u << i),
                            .is_in_scroll = s->is_in_scroll,
                            .action =
                                scene_action(EV_ASIDE_CHOOSE, page_format(s->page, "%d", i), "") };
        snprintf(w.id, sizeof(w.id), "why:%d", i);
        page_add(s->page, w);
        s->y += height + s->theme->gap;
    }
    flow_gap(s, 16);
}

static void add_text_row(struct scene *s, const char *what, const char *icon, const char *label,
                         const char *said)
{
    struct widget w = { .icon = icon,
                        .label = label,
                        .detail = *said ? said : tr("(may stay empty)"),
                        .value = "",
                        .action = scene_action(EV_ASIDE_TYPE, "", what) };
    snprintf(w.id, sizeof(w.id), "say:%s", what);
    flow_row(s, w);
    flow_gap(s, s->theme->gap);
}

static void add_texts(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    const char *words = *a->words ? a->words : a->ink ? tr("written by hand") : "";
    add_text_row(s, "words", "edit", tr("In your own words"), words);
    if (a->kind == ASIDE_UNSETTLED)
        add_text_row(s, "phone", "call", tr("A telephone number for the answer"), a->phone);
}

static void add_state(struct scene *s)
{
    switch (s->view->aside.state) {
    case ASIDE_SENDING:
        flow_gap(s, 16);
        flow_notice(s, STYLE_QUIET, "lock", tr("Being sealed and stored"))->number[0] =
            scene_spinner(s);
        break;
    case ASIDE_FAILED:
        flow_gap(s, 16);
        flow_notice(s, STYLE_WARNING, "warning",
                    tr("This could not be stored. Please try again, go to the counter, or call "
                       "12345."));
        break;
    default:
        break;
    }
}

void screen_aside(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    const struct report_words *words = words_of(a->kind);
    int bottom = scene_actions_top(s);
    scene_header(s, tr(words->title), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 32);
    flow_begin(s, bottom);
    /* Above what was chosen: whoever touched "send" looks there. */
    add_about(s);
    flow_heading(s, TYPE_H1, tr(words->question));
    flow_gap(s, 8);
    flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr(words->hint), 4);
    flow_gap(s, 24);
    add_choices(s, words);
    add_texts(s);
    add_state(s);
    flow_end(s, bottom);
    bool can_send = a->chosen && a->state != ASIDE_SENDING;
    struct button_spec send = { "primary", tr("Hand it in"), "check", EV_NEXT, "", "" };
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, can_send ? &send : NULL, &back);
}

/* ---- writing ------------------------------------------------------------------------- */

void screen_aside_text(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    bool is_phone = a->typing == ASIDE_PHONE;
    int lines = is_phone || s->is_short ? 1 : 4;
    scene_expect_sheet(s);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    scene_header(s, tr(words_of(a->kind)->title), EV_BACK);
    flow_gap(s, s->is_short ? 12 : 28);
    flow_begin(s, bottom);
    const char *label =
        is_phone ? tr("A telephone number for the answer") : tr("In your own words");
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, label);
    flow_gap(s, 16);
    int height = lines > 1 ? lines * scene_line(s, TYPE_BODY) + 24 : s->theme->field_h;
    page_add(s->page,
             (struct widget){ .kind = &widget_field,
                              .id = "field:aside",
                              .box = { s->x, s->y, s->w, height },
                              .label = label,
                              .detail = is_phone ? tr("You need not give one")
                                                 : tr("What happened, and what you would like"),
                              .value = is_phone ? a->phone : a->words,
                              .pending = page_text(s->page, s->view->spelling->letters),
                              .is_focused = true,
                              .is_caret = s->view->spelling->way != WAY_PICTURE,
                              .is_error = a->is_phone_wrong,
                              .is_in_scroll = true,
                              .number = { lines } });
    s->y += height;
    if (a->is_phone_wrong) {
        flow_gap(s, 16);
        flow_notice(s, STYLE_DANGER, "error",
                    tr("This is no telephone number. A mobile number has 11 digits."));
    }
    flow_end(s, bottom);
    keyboard_add(s, is_phone ? "-" : NULL);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec done = { "primary", tr("Done"), "check", EV_NEXT, "", "" };
    scene_actions(s, &done, &back);
}

/* ---- kept ---------------------------------------------------------------------------- */

static const char *answer_by(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    char day[48];
    if (!a->answer_by_ms)
        return page_format(s->page, tr("within %d working days"), a->answer_days);
    scene_date(day, s, a->answer_by_ms, false);
    return a->is_provisional
               ? page_format(s->page, tr("%s, later by any public holidays between"), day)
               : page_text(s->page, day);
}

static void add_owner(struct scene *s)
{
    const struct point *point = catalogue_point(s->view->catalogue);
    struct unsettled to = catalogue_unsettled(s->view->catalogue);
    const char *owner = scene_words(s, &to.owner);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Answers for it"), *owner ? owner : scene_words(s, &point->window), false);
    flow_fact(s, tr("Phone"), *to.phone ? to.phone : point->phone, false);
    flow_fact(s, tr("Answer by"), answer_by(s), false);
    flow_fact(s, tr("All day"), "12345", true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "schedule",
                tr("If no answer has come by that day, it goes one level up by itself."));
    flow_gap(s, 24);
}

static void add_kept(struct scene *s, int bottom)
{
    const struct session_view *v = s->view;
    struct halves h = scene_halves(s, 50);
    int top = s->y;
    scene_use(s, (struct rect){ h.left.x, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom);
    if (s->is_wide)
        scene_use(s, h.left);
    outcome_add_title(s, tr("Noted"), tr("Somebody owns it now, until it is answered."));
    outcome_add_number(s, "receipt", tr("Your number"), v->aside.receipt,
                       tr("Keep it, or photograph the code. With it you can ask for the answer."));
    int left = s->y;
    if (s->is_wide) {
        scene_use(s, h.right);
        s->y = top;
    }
    outcome_add_paper(s, v->aside.paper, v->aside.can_print_again);
    add_owner(s);
    s->y = (s->y > left ? s->y : left) - 24;
    scene_column(s);
    flow_end(s, bottom);
}

void screen_aside_kept(struct scene *s)
{
    const struct aside_view *a = &s->view->aside;
    const struct report_words *words = words_of(a->kind);
    int bottom = scene_actions_top(s);
    struct button_spec on = { "primary", tr("Go on"), "arrow_forward", EV_NEXT, "", "" };
    struct button_spec end = { "end", tr("Finish"), "logout", EV_EXIT, "", "" };
    scene_header(s, tr(words->title), 0);
    flow_gap(s, s->is_short ? 16 : 40);
    if (a->kind == ASIDE_UNSETTLED)
        add_kept(s, bottom);
    else
        scene_message_between(s, bottom, 0, STYLE_SUCCESS, "check_circle", tr("Thank you"),
                              tr(words->thanks));
    scene_actions(s, &on, &end);
}
