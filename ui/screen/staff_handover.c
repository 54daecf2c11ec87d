/* Notes of one shift to the next (SS-09): what was left stands first, then what can be left. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/staff.h"

static const char *sentence(const struct scene *s, const char *word)
{
    return staff_words(s, handover_zh(word), handover_en(word));
}

static bool is_open(const struct shift_facts *f, const char *word)
{
    for (size_t i = 0; i < f->handover_count; i++)
        if (!strcmp(f->handovers[i].what, word))
            return true;
    return false;
}

static void add_open(struct scene *s, const struct handover *h)
{
    char date[48] = "";
    const char *n = page_format(s->page, "%lld", (long long)h->n);
    if (h->at_ms)
        scene_date(date, s, h->at_ms, true);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("For the next shift"), sentence(s, h->what), false);
    flow_fact(s, tr("Left"),
              page_format(s->page, "%s · %s", *date ? date : tr("not known"), h->serial), true);
    flow_card_end(s, card);
    flow_gap(s, 16);
    staff_button(s, page_format(s->page, "done:%s", n), "check", tr("Seen and settled"),
                 SHIFT_NOTE_DONE, n);
    flow_gap(s, 28);
}

static void add_choices(struct scene *s)
{
    flow_heading(s, TYPE_H2, tr("Leave a note"));
    flow_gap(s, 12);
    for (size_t i = 0; i < handover_count(); i++) {
        const char *word = handover_word(i);
        if (is_open(&s->shift->facts, word))
            continue;
        struct widget row = { .icon = "edit",
                              .label = sentence(s, word),
                              .type = TYPE_STRONG,
                              .action = staff_action(s, SHIFT_LEAVE_NOTE, word) };
        snprintf(row.id, sizeof(row.id), "leave:%s", word);
        flow_row(s, row);
        flow_gap(s, s->theme->gap);
    }
}

void staff_handover(struct scene *s, int bottom)
{
    const struct shift_facts *f = &s->shift->facts;
    const struct staff_said said = { tr("One moment"), tr("It is noted."), NULL,
                                     tr("It could not be noted. Try again in a moment.") };
    (void)bottom;
    staff_step(s, s->shift->work, &said);
    if (!f->is_known)
        flow_notice(s, STYLE_WARNING, "warning", staff_saying(s, SAY_SYNCD));
    else if (!f->handover_count)
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("The last shift left no note."));
    else
        flow_text(s, TYPE_BODY, COLOR_TEXT_2, tr("What the last shift left for you:"), 2);
    flow_gap(s, 24);
    for (size_t i = 0; i < f->handover_count; i++)
        add_open(s, &f->handovers[i]);
    flow_notice(s, STYLE_QUIET, "lock",
                tr("Only these sentences can be left, so nothing about a resident can stand in a "
                   "note. The county sees open notes beside this kiosk."));
    flow_gap(s, 28);
    if (f->is_known && f->handover_count < HANDOVER_OPEN)
        add_choices(s);
}
