/* Other evidence in place of a paper (SS-72): a clerk's stick and PIN, what proves it, and the resident's word. */
#include <stdio.h>

#include "ui/screen/scene.h"

static const char *trouble_words(enum waive_trouble trouble)
{
    static const char *const words[] = {
        [WAIVE_FINE] = "",
        [WAIVE_MAY_NOT] = N_("This stick is not a window clerk's. It accepts no evidence."),
        [WAIVE_SHORT] = N_("A PIN has at least 6 digits."),
        [WAIVE_WRONG] = N_("That is not the PIN of this stick."),
        [WAIVE_WAIT] = N_("Too many tries. Please wait, or use the window."),
        [WAIVE_BLOCKED] = N_("This stick is blocked at this kiosk. Please use the window."),
        [WAIVE_UNCHECKED] = N_("The PIN could not be checked now. Please try again."),
        [WAIVE_UNSAID] = N_("Please choose what kind of evidence it is."),
    };
    return *words[trouble] ? tr(words[trouble]) : "";
}

static void add_trouble(struct scene *s)
{
    const char *words = trouble_words(s->view->waive.trouble);
    if (!*words)
        return;
    flow_notice(s, STYLE_DANGER, "error", words);
    flow_gap(s, 20);
}

static void add_paper(struct scene *s, enum type_token type)
{
    flow_text(
        s, type, COLOR_TEXT_2,
        page_format(s->page, tr("In place of: %s"), scene_words(s, &s->view->waive.material->name)),
        3);
    flow_gap(s, s->is_short ? 12 : 24);
}

/* ---- who ------------------------------------------------------------------------------- */

static void build_stick(struct scene *s)
{
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Other evidence"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("A clerk is needed for this"));
    flow_gap(s, 12);
    add_paper(s, TYPE_BODY);
    add_trouble(s);
    flow_notice(s, STYLE_QUIET, "usb",
                tr("Clerk: please plug in your service stick. Then you type its PIN."));
    flow_gap(s, 20);
    flow_notice(s, STYLE_QUIET, "info",
                tr("If something else proves the same, a clerk may accept it. It is recorded: "
                   "which paper, what evidence, whose stick."));
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    scene_actions(s, NULL, &back);
}

static const char *dots(struct scene *s)
{
    char out[WAIVE_PIN_TEXT * 3] = "";
    size_t used = 0;
    for (int i = 0; i < s->view->waive.digits && used + 4 < sizeof(out); i++)
        used += (size_t)snprintf(out + used, sizeof(out) - used, "●");
    return page_text(s->page, out);
}

static void build_pin(struct scene *s)
{
    const struct waive_view *w = &s->view->waive;
    bool is_checking = w->step == WAIVE_CHECKING;
    scene_expect_sheet(s);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    scene_header(s, tr("Other evidence"), EV_BACK);
    flow_gap(s, s->is_short ? 12 : 28);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("Clerk: the PIN of your stick"));
    flow_gap(s, 16);
    page_add(s->page, (struct widget){ .id = "field:pin",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("PIN"),
                                       .value = dots(s),
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .is_error = w->trouble != WAIVE_FINE });
    s->y += s->theme->field_h;
    flow_gap(s, 20);
    if (is_checking)
        flow_notice(s, STYLE_QUIET, "hourglass_empty", tr("The PIN is being checked"))->number[0] =
            scene_spinner(s);
    add_trouble(s);
    flow_end(s, bottom);
    keyboard_add_digits(s);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec check = { "primary", tr("Check"), "check", EV_NEXT, "", "" };
    scene_actions(s, is_checking ? NULL : &check, &back);
}

/* ---- what ------------------------------------------------------------------------------ */

static void add_kinds(struct scene *s)
{
    const struct waive_view *w = &s->view->waive;
    for (int i = EVIDENCE_NONE + 1; i < EVIDENCE_KINDS; i++) {
        enum evidence kind = (enum evidence)i;
        struct widget choice = { .kind = &widget_choice,
                                 .box = { s->x, s->y, s->w, s->theme->choice_h },
                                 .label = tr(evidence_label(kind)),
                                 .is_selected = w->now.evidence == kind,
                                 .is_error = w->trouble == WAIVE_UNSAID,
                                 .is_in_scroll = s->is_in_scroll,
                                 .action = scene_action(EV_WAIVE_CHOOSE, "", evidence_word(kind)) };
        snprintf(choice.id, sizeof(choice.id), "evidence:%s", evidence_word(kind));
        page_add(s->page, choice);
        s->y += s->theme->choice_h + s->theme->gap;
    }
}

static void build_evidence(struct scene *s)
{
    const struct waive_view *w = &s->view->waive;
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Other evidence"), EV_BACK);
    flow_gap(s, s->is_short ? 16 : 32);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Clerk: what proves the same?"));
    flow_gap(s, 8);
    add_paper(s, TYPE_BODY);
    add_kinds(s);
    flow_gap(s, 16);
    add_trouble(s);
    flow_row(s, (struct widget){ .id = "words",
                                 .icon = "edit",
                                 .label = tr("Which one: title or number"),
                                 .detail = *w->now.words ? page_text(s->page, w->now.words)
                                                         : tr("(may stay empty)"),
                                 .value = "",
                                 .action = scene_action(EV_WAIVE_WORDS, "", "") });
    flow_end(s, bottom);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec accept = { "primary", tr("Accept it"), "check", EV_NEXT, "", "" };
    scene_actions(s, &accept, &back);
}

void screen_waive_text(struct scene *s)
{
    int lines = s->is_short ? 1 : 2;
    scene_expect_sheet(s);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    scene_header(s, tr("Other evidence"), EV_BACK);
    flow_gap(s, s->is_short ? 12 : 28);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("Which one: title or number"));
    flow_gap(s, 16);
    int height = lines > 1 ? lines * scene_line(s, TYPE_BODY) + 24 : s->theme->field_h;
    page_add(s->page, (struct widget){ .kind = &widget_field,
                                       .id = "field:evidence",
                                       .box = { s->x, s->y, s->w, height },
                                       .label = tr("Which one: title or number"),
                                       .detail = tr("So that whoever decides finds it again"),
                                       .value = page_text(s->page, s->view->waive.now.words),
                                       .pending = page_text(s->page, s->view->spelling->letters),
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .number = { lines } });
    s->y += height;
    flow_end(s, bottom);
    keyboard_add(s, NULL);
    struct button_spec back = { "other", tr("Back"), "arrow_back", EV_BACK, "", "" };
    struct button_spec done = { "primary", tr("Done"), "check", EV_NEXT, "", "" };
    scene_actions(s, &done, &back);
}

/* ---- the resident ---------------------------------------------------------------------- */

static void build_agree(struct scene *s)
{
    const struct waive_view *w = &s->view->waive;
    int bottom = scene_actions_top(s);
    scene_header(s, tr("Other evidence"), 0);
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, TYPE_H1, tr("Now it is the resident's turn"));
    flow_gap(s, 12);
    flow_text(s, TYPE_BODY, COLOR_TEXT,
              tr("A clerk accepts other evidence. You need not hand in this paper."), 4);
    flow_gap(s, 24);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Paper"), scene_words(s, &w->material->name), false);
    flow_fact(s, tr("Accepted instead"), tr(evidence_label(w->now.evidence)), false);
    if (*w->now.words)
        flow_fact(s, tr("Which one"), page_text(s->page, w->now.words), false);
    flow_fact(s, tr("Accepted by"),
              page_format(s->page, tr("window clerk, staff stick %s"), w->now.serial), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "info",
                tr("It goes to the county with your application, and stands on your slip."));
    flow_end(s, bottom);
    struct button_spec no = { "other", tr("I do not agree"), "", EV_BACK, "", "" };
    struct button_spec yes = { "primary", tr("I agree"), "check", EV_NEXT, "", "" };
    scene_actions(s, &yes, &no);
}

void screen_waive(struct scene *s)
{
    switch (s->view->waive.step) {
    case WAIVE_STICK:
        build_stick(s);
        break;
    case WAIVE_PIN:
    case WAIVE_CHECKING:
        build_pin(s);
        break;
    case WAIVE_EVIDENCE:
        build_evidence(s);
        break;
    case WAIVE_AGREE:
        build_agree(s);
        break;
    }
}
