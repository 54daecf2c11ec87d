/* What came of it: being stored, done, or not stored. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

void screen_submitting(struct scene *s)
{
    scene_brand(s, CONTENT_TOP);
    s->y = 520;
    scene_message(s, STYLE_QUIET, "lock", tr("Being sealed and stored"), tr("One moment, please."));
}

/* ---- done ---------------------------------------------------------------------------- */

static void add_number(struct scene *s)
{
    const struct session_view *v = s->view;
    int top = s->y, qr = 300;
    page_add(s->page,
             (struct widget){ .kind = &widget_panel, .box = { MARGIN, top, INNER_W, qr + 64 } });
    page_add(s->page, (struct widget){ .id = "qr",
                                       .kind = &widget_qr,
                                       .box = { PAGE_W - MARGIN - 32 - qr, top + 32, qr, qr },
                                       .label = v->receipt });
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { MARGIN + 40, top + 60, INNER_W - qr - 120, 50 },
                                       .label = tr("Your number"),
                                       .type = TYPE_BODY,
                                       .color = COLOR_TEXT_2 });
    page_add(s->page, (struct widget){ .id = "receipt",
                                       .kind = &widget_label,
                                       .box = { MARGIN + 40, top + 118, INNER_W - qr - 120, 72 },
                                       .label = v->receipt,
                                       .type = TYPE_H2,
                                       .color = COLOR_TEXT });
    page_add(
        s->page,
        (struct widget){
            .kind = &widget_label,
            .box = { MARGIN + 40, top + 196, INNER_W - qr - 120, 126 },
            .label =
                tr("Keep it, or photograph the code. With it you can ask how your case is going."),
            .type = TYPE_SMALL,
            .color = COLOR_TEXT_2,
            .max_lines = 3 });
    s->y = top + qr + 64 + 24;
}

static void add_next(struct scene *s)
{
    const struct session_view *v = s->view;
    const struct service *service = v->service;
    struct widget *card = page_add(s->page, (struct widget){ .kind = &widget_panel });
    int top = s->y;
    flow_gap(s, 12);
    flow_fact(s, tr("Matter"), scene_words(s, &service->name), false);
    flow_fact(s, tr("What happens next"), scene_words(s, &service->next), false);
    flow_fact(s, tr("Answer"),
              service->promised_days > 0
                  ? page_format(s->page, tr("%d working days"), service->promised_days)
                  : tr("on the spot, once checked"),
              true);
    flow_gap(s, 12);
    card->box = (struct rect){ MARGIN, top, INNER_W, s->y - top };
    flow_gap(s, 24);
}

static void add_again(struct scene *s, int x, int width, const char *label)
{
    page_add(s->page, (struct widget){ .id = "slip.bad",
                                       .kind = &widget_button,
                                       .box = { x, s->y, width, 112 },
                                       .style = STYLE_SECONDARY,
                                       .icon = "print",
                                       .label = label,
                                       .action = scene_action(EV_SLIP_BAD, "", "") });
    flow_gap(s, 112);
}

static void add_question(struct scene *s)
{
    int half = (INNER_W - 20) / 2;
    flow_heading(s, TYPE_H3, tr("Did a complete slip come out?"));
    flow_gap(s, 16);
    page_add(s->page, (struct widget){ .id = "slip.good",
                                       .kind = &widget_button,
                                       .box = { MARGIN, s->y, half, 112 },
                                       .style = STYLE_SECONDARY,
                                       .icon = "check",
                                       .label = tr("Yes"),
                                       .action = scene_action(EV_SLIP_GOOD, "", "") });
    add_again(s, MARGIN + half + 20, half, tr("No, print again"));
    flow_gap(s, 24);
}

static void add_paper(struct scene *s)
{
    switch (s->view->paper) {
    case PAPER_PRINTING:
        flow_notice(s, STYLE_QUIET, "print", tr("Your slip is being printed"));
        break;
    case PAPER_DONE:
        flow_notice(s, STYLE_SUCCESS, "receipt_long", tr("Your slip is ready: please take it"));
        break;
    case PAPER_ASK:
        add_question(s);
        return;
    case PAPER_FAILED:
        if (s->view->can_print_again) {
            flow_notice(s, STYLE_QUIET, "print", tr("The printer works again."));
            flow_gap(s, 24);
            add_again(s, MARGIN, INNER_W, tr("Print the slip"));
        } else {
            flow_notice(s, STYLE_WARNING, "print_disabled",
                        tr("No slip can be printed now. Your application is stored all the same: "
                           "the number above is enough."));
        }
        break;
    default:
        return;
    }
    flow_gap(s, 24);
}

void screen_done(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->service->short_name), 0);
    scene_steps(s, 3);
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { MARGIN, s->y + 4, 120, 120 },
                                       .icon = "check_circle",
                                       .style = STYLE_SUCCESS,
                                       .type = TYPE_ICON_L });
    page_add(s->page, (struct widget){ .id = "outcome",
                                       .kind = &widget_heading,
                                       .box = { MARGIN + 148, s->y, INNER_W - 148, 72 },
                                       .label = tr("Received"),
                                       .type = TYPE_H1,
                                       .color = COLOR_SUCCESS,
                                       .max_lines = 1 });
    page_add(s->page,
             (struct widget){
                 .kind = &widget_label,
                 .box = { MARGIN + 148, s->y + 76, INNER_W - 148, 50 },
                 .label = v->is_offline ? tr("Stored safely here; it goes to the county by itself")
                                        : tr("Your application is on its way to the county"),
                 .type = TYPE_BODY,
                 .color = COLOR_TEXT_2 });
    flow_gap(s, 128 + 28);
    add_number(s);
    add_paper(s);
    add_next(s);
    if (v->is_card_present) {
        flow_notice(s, STYLE_WARNING, "credit_card",
                    tr("Please do not forget your ID card on the reader"));
        flow_gap(s, 24);
    }
    struct button_spec other = { "another", tr("Another matter"), "", EV_NEXT, "", "" };
    struct button_spec finish = { "primary", tr("Finish"), "check", EV_EXIT, "", "" };
    scene_actions(s, &finish, &other);
}

/* ---- not stored ---------------------------------------------------------------------- */

static const char *refusal_text(const struct session_view *v)
{
    static const struct {
        const char *word, *text;
    } rows[] = {
        { "disk-full", N_("This kiosk has no room for further applications. Nothing was stored.") },
        { "no-key", N_("This kiosk has no valid key of the county, so it must not store anything. "
                       "Nothing was stored.") },
        { "unenrolled", N_("This kiosk is not connected to the county yet. Nothing was stored.") },
        { "storage", N_("Storing failed. Nothing was stored.") },
        { "away", N_("The part that stores applications does not answer. Nothing was stored.") },
        { "unknown-outcome", N_("It is not certain whether your application was stored. Please "
                                "show the number below at the counter; it cannot "
                                "be counted twice, so you may also try again.") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(v->refusal, rows[i].word))
            return tr(rows[i].text);
    return tr("Storing failed. Nothing was stored.");
}

void screen_not_saved(struct scene *s)
{
    const struct session_view *v = s->view;
    scene_header(s, scene_words(s, &v->service->short_name), 0);
    s->y = 340;
    scene_message(s, STYLE_DANGER, "error",
                  v->is_unknown_outcome ? tr("Not certain") : tr("Not stored"), refusal_text(v));
    if (v->is_unknown_outcome) {
        struct widget *w = flow_text(s, TYPE_SMALL, COLOR_TEXT, v->token_hex, 2);
        w->align = ALIGN_CENTER;
        flow_gap(s, 24);
    }
    flow_notice(s, STYLE_QUIET, "location_on",
                page_format(s->page, "%s %s", tr("You can also do this at:"),
                            scene_words(s, &catalogue_point(v->catalogue)->window)));
    struct button_spec other = { "exit-now", tr("Finish"), "logout", EV_END, "", "" };
    struct button_spec again = { "primary", tr("Try again"), "refresh", EV_NEXT, "", "" };
    scene_actions(s, &again, &other);
}
