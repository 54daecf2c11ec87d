#include "ui/screen/paper.h"

#include <stdio.h>

enum { GAP = 24 };

static void add_at(struct scene *s, const char *id, const char *icon, const char *label, int verb,
                   struct rect box)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .icon = icon,
                        .label = label,
                        .is_in_scroll = true,
                        .action = scene_action(verb, "", "") };
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

void paper_add_button(struct scene *s, const char *id, const char *icon, const char *label,
                      int verb)
{
    add_at(s, id, icon, label, verb, (struct rect){ s->x, s->y, s->w, s->theme->button_h });
    flow_gap(s, s->theme->button_h + GAP);
}

static void add_question(struct scene *s)
{
    int gap = s->theme->gutter, half = (s->w - gap) / 2, height = s->theme->button_h;
    flow_heading(s, TYPE_H3, tr("Did a complete slip come out?"));
    flow_gap(s, 16);
    bool is_stacked = half < frame_button_w(s, TYPE_H3, "print", tr("No, print again"));
    struct rect yes = { s->x, s->y, is_stacked ? s->w : half, height }, no = yes;
    if (is_stacked)
        no.y += height + gap;
    else
        no.x += half + gap;
    add_at(s, "slip.good", "check", tr("Yes"), EV_SLIP_GOOD, yes);
    add_at(s, "slip.bad", "print", tr("No, print again"), EV_SLIP_BAD, no);
    s->y = no.y;
    flow_gap(s, height + GAP);
}

static void add_failed(struct scene *s, const char *words, bool can_print_again)
{
    if (!can_print_again) {
        flow_notice(s, STYLE_WARNING, "print_disabled", words);
        flow_gap(s, GAP);
        return;
    }
    flow_notice(s, STYLE_QUIET, "print", tr("The printer works again."));
    flow_gap(s, 16);
    paper_add_button(s, "slip.bad", "print", tr("Print the slip"), EV_SLIP_BAD);
}

void paper_add_state(struct scene *s, const struct paper_words *words, enum paper_state paper,
                     bool can_print_again)
{
    switch (paper) {
    case PAPER_OFF:
        return;
    case PAPER_PRINTING:
        flow_notice(s, STYLE_QUIET, "print", words->printing)->number[0] = scene_spinner(s);
        flow_gap(s, GAP);
        return;
    case PAPER_DONE:
        flow_notice(s, STYLE_SUCCESS, "receipt_long", words->done);
        flow_gap(s, GAP);
        return;
    case PAPER_ASK:
        add_question(s);
        return;
    case PAPER_FAILED:
        add_failed(s, words->failed, can_print_again);
        return;
    }
}
