/* A form that goes on elsewhere (SS-48): its code for a phone, or the code that a phone shows. */
#include <string.h>

#include "ui/screen/keyboard.h"
#include "ui/screen/outcome.h"
#include "ui/screen/paper.h"

/* ---- what went wrong -------------------------------------------------------------------------- */

static const char *trouble_words(enum handoff_trouble trouble)
{
    static const char *const words[] = {
        [HANDOFF_BAD_CODE] = N_("This code does not fit. Please compare its 16 digits with the "
                                "phone."),
        [HANDOFF_UNKNOWN] = N_("Nothing was found under this code. Please show a new code on the "
                               "phone."),
        [HANDOFF_EXPIRED] = N_("This code has run out. Please show a new code on the phone."),
        [HANDOFF_USED] = N_("This code was used already. Each code works once: please show a new "
                            "one on the phone."),
        [HANDOFF_OTHER_CARD] = N_("This form belongs to another ID card: that of the number typed "
                                  "on the phone."),
        [HANDOFF_DAMAGED] = N_("What came from the phone cannot be read. Please show a new code, "
                               "or fill the form in here."),
        [HANDOFF_NO_MATTER] = N_("This matter is not offered at this kiosk. Please ask at the "
                                 "counter."),
        [HANDOFF_OFFLINE] = N_("The county cannot be reached at the moment. Please try again in a "
                               "few minutes, or fill the form in here."),
        [HANDOFF_REFUSED] = N_("The county does not take this now. Please try again later, or ask "
                               "at the counter."),
    };
    bool is_known = trouble < sizeof(words) / sizeof(words[0]) && words[trouble];
    return is_known ? tr(words[trouble]) : "";
}

/* ---- to a phone ------------------------------------------------------------------------------- */

static void add_code(struct scene *s)
{
    const struct handoff_view *h = &s->view->handoff;
    char shown[HANDOFF_SHOWN], day[48] = "";
    handoff_show(shown, h->code);
    if (h->until_ms)
        scene_date(day, s, h->until_ms, true);
    outcome_add_code(s, "code", tr("Scan this with the phone"), page_text(s->page, shown),
                     h->address,
                     *day ? page_format(s->page,
                                        tr("Or open the county's phone page and type these digits. "
                                           "They work once, until %s."),
                                        day)
                          : tr("Or open the county's phone page and type these digits. They work "
                               "once, within a day."));
}

static void add_who(struct scene *s)
{
    bool has_owner = s->view->has_card && !session_is_anonymous(s->session);
    flow_notice(
        s, STYLE_QUIET, "lock",
        has_owner ? tr("The phone asks for your ID number. What your card says is not sent along.")
                  : tr("Whoever has this code can read what you filled in. Keep it to yourself."));
    flow_gap(s, 24);
}

static void add_ready(struct scene *s)
{
    const struct handoff_view *h = &s->view->handoff;
    struct paper_words words = {
        .printing = tr("Your slip is being printed"),
        .done = tr("Your slip is ready: please take it"),
        .failed = tr("No slip can be printed now. Please photograph the code."),
    };
    add_code(s);
    add_who(s);
    if (h->paper == PAPER_OFF && h->can_print)
        paper_add_button(s, "print", "print", tr("Print the code"), EV_PRINT_HANDOFF);
    paper_add_state(s, &words, (enum paper_state)h->paper, h->can_print);
    if (s->view->is_card_present)
        flow_notice(s, STYLE_WARNING, "credit_card",
                    tr("Please do not forget your ID card on the reader"));
}

void screen_to_phone(struct scene *s)
{
    const struct handoff_view *h = &s->view->handoff;
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Finish it on a phone"), EV_BACK);
    flow_gap(s, s->is_short ? 12 : 32);
    flow_begin(s, bottom);
    if (h->step == HANDOFF_READY)
        add_ready(s);
    else if (h->step == HANDOFF_FAILED)
        scene_message_between(s, bottom, 0, STYLE_WARNING, "warning", tr("It was not handed over"),
                              trouble_words(h->trouble));
    else {
        scene_message_between(s, bottom, 100, STYLE_QUIET, "lock",
                              tr("Being sealed and handed over"), tr("One moment, please."));
        flow_spinner(s);
    }
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Go on here"), "arrow_back", EV_BACK, "", "" };
    struct button_spec finish = { "primary", tr("Finish"), "check", EV_EXIT, "", "" };
    struct button_spec again = { "primary", tr("Try again"), "refresh", EV_NEXT, "", "" };
    scene_actions(s,
                  h->step == HANDOFF_READY    ? &finish
                  : h->step == HANDOFF_FAILED ? &again
                                              : NULL,
                  &back);
}

/* ---- from a phone ----------------------------------------------------------------------------- */

static void add_state(struct scene *s)
{
    const struct handoff_view *h = &s->view->handoff;
    const char *wrong = trouble_words(h->trouble);
    char whole[HANDOFF_CODE];
    bool is_whole = !handoff_parse(whole, h->code);
    explicit_bzero(whole, sizeof(whole));
    flow_gap(s, 20);
    if (h->step == HANDOFF_MOVING)
        flow_notice(s, STYLE_QUIET, "schedule", tr("Being fetched from the county"))->number[0] =
            scene_spinner(s);
    else if (*wrong)
        flow_notice(s, h->trouble == HANDOFF_BAD_CODE ? STYLE_DANGER : STYLE_WARNING, "error",
                    wrong);
    else if (is_whole && !s->view->has_card)
        flow_notice(s, STYLE_WARNING, "contactless",
                    tr("Now lay your ID card on the reader: the form opens with it alone."));
    else
        flow_notice(s, STYLE_QUIET, "qr_code",
                    tr("Hold the code on the phone before the scanner, or type its 16 digits."));
}

void screen_from_phone(struct scene *s)
{
    const struct handoff_view *h = &s->view->handoff;
    char shown[HANDOFF_SHOWN];
    scene_expect_sheet(s);
    scene_header(s, tr("Filled in on a phone"), EV_BACK);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("Which code does the phone show?"));
    flow_gap(s, s->is_short ? 12 : 24);
    handoff_show(shown, h->code);
    page_add(s->page, (struct widget){ .id = "field:code",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Code on the phone"),
                                       .value = page_text(s->page, shown),
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .is_error = h->trouble == HANDOFF_BAD_CODE });
    explicit_bzero(shown, sizeof(shown));
    s->y += s->theme->field_h;
    add_state(s);
    flow_end(s, bottom);
    keyboard_add_digits(s);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec ask = { "primary", tr("Fetch my form"), "arrow_downward", EV_NEXT, "", "" };
    scene_actions(s, &ask, &back);
}
