/* What staff settle: paper, uncertain slips, parked items; and what goes by stick. */
#include <stdio.h>

#include "ui/screen/staff.h"

/* ---- paper ------------------------------------------------------------------------------------ */

void staff_paper(struct scene *s, int bottom)
{
    static const char *const steps[] = {
        N_("1. Open the cover and take the old core out."),
        N_("2. Lay the new roll in so that the paper comes off from below."),
        N_("3. Pull a hand's width out, and shut the cover until it clicks."),
        N_("4. Touch the button below, so that the kiosk counts a full roll."),
    };
    const struct shift_devices *d = &s->shift->devices;
    const struct staff_said said = { NULL, tr("A full roll is counted from now on."), NULL, NULL };
    const char *trouble = staff_words(s, d->printer_zh, d->printer_en);
    (void)bottom;
    staff_step(s, s->shift->work, &said);
    if (*trouble) {
        flow_notice(s, STYLE_WARNING, "print_disabled", trouble);
        flow_gap(s, 20);
    }
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Paper left"), staff_metres(s, d->paper_left_mm), false);
    flow_fact(s, tr("Used of this roll"), staff_metres(s, d->paper_used_mm), true);
    flow_card_end(s, card);
    flow_gap(s, 32);
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
        flow_text(s, TYPE_BODY, COLOR_TEXT, tr(steps[i]), 4);
        flow_gap(s, 20);
    }
}

/* ---- uncertain slips ---------------------------------------------------------------------------- */

static void add_nothing(struct scene *s, int bottom, const char *title, const char *text)
{
    scene_message_between(s, bottom, 0, STYLE_SUCCESS, "check_circle", title, text);
}

static void add_slip(struct scene *s, const struct staff_slip *slip)
{
    char date[48];
    const char *attempt = page_format(s->page, "%lld", (long long)slip->attempt);
    const char *receipt = *slip->receipt ? page_text(s->page, slip->receipt) : tr("no receipt");
    const struct staff_choice yes = { page_format(s->page, "came-out:%s", attempt),
                                      "check",
                                      tr("It came out"),
                                      SHIFT_CAME_OUT,
                                      attempt,
                                      receipt },
                              no = { page_format(s->page, "not-out:%s", attempt),
                                     "print_disabled",
                                     tr("It did not"),
                                     SHIFT_NOT_OUT,
                                     attempt,
                                     receipt };
    scene_date(date, s, slip->at_ms, true);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Number"), receipt, false);
    flow_fact(s, tr("Printed at"), page_text(s->page, date), true);
    flow_card_end(s, card);
    flow_gap(s, 16);
    staff_pair(s, &yes, &no);
    flow_gap(s, 32);
}

static void add_copy(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct staff_said printing = { tr("The copy is being printed"), tr("The copy is printed"),
                                         tr("Look whether the copy came out whole."),
                                         tr("No copy came out") };
    if (!*v->copy_receipt)
        return;
    staff_step(s, v->slip, &printing);
    if (v->slip != STEP_OFF && v->slip != STEP_FAILED)
        return;
    flow_notice(s, STYLE_QUIET, "info",
                page_format(s->page,
                            tr("A short slip with the number %s can be printed, marked as "
                               "a copy. It names nobody."),
                            v->copy_receipt));
    flow_gap(s, 16);
    staff_button(s, "copy", "print", tr("Print the copy"), SHIFT_COPY, "");
    flow_gap(s, 32);
}

void staff_settle(struct scene *s, int bottom)
{
    const struct shift_facts *f = &s->shift->facts;
    const struct staff_said said = { tr("One moment"), tr("Settled."), NULL,
                                     tr("It could not be settled. Try again in a moment.") };
    staff_step(s, s->shift->work, &said);
    add_copy(s);
    if (!f->slip_count && s->shift->work == STEP_OFF) {
        add_nothing(s, bottom, tr("No slip is uncertain"),
                    tr("Every slip is known to have come out, or not to have."));
        return;
    }
    if (f->slip_count) {
        flow_text(s, TYPE_BODY, COLOR_TEXT_2,
                  tr("The power went or the printer fell silent while these were printed. Look at "
                     "the paper: did a complete slip come out? If nobody can tell, leave it."),
                  6);
        flow_gap(s, 24);
    }
    for (size_t i = 0; i < f->slip_count && i < 10; i++)
        add_slip(s, &f->slips[i]);
}

/* ---- parked items ---------------------------------------------------------------------------------- */

static void add_parked(struct scene *s, const struct staff_parked *p)
{
    const char *seq = page_format(s->page, "%lld", (long long)p->seq);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Number"), p->receipt, false);
    flow_fact(s, tr("What is the matter"), staff_words(s, p->zh, p->en), true);
    flow_card_end(s, card);
    flow_gap(s, 16);
    if (p->what_to_do == PARKED_RELEASE && !p->is_dead && staff_may(s, ACTION_RELEASE)) {
        staff_button(s, page_format(s->page, "release:%s", seq), "refresh", tr("Send it once more"),
                     SHIFT_RELEASE, seq);
        flow_gap(s, 16);
    }
    flow_gap(s, 16);
}

void staff_queue(struct scene *s, int bottom)
{
    const struct shift_facts *f = &s->shift->facts;
    const struct staff_said said = { tr("One moment"), tr("It is on its way again."), NULL,
                                     tr("It could not be released. Try again in a moment.") };
    staff_step(s, s->shift->work, &said);
    if (!f->parked_count && s->shift->work == STEP_OFF)
        add_nothing(s, bottom, tr("Nothing is parked"),
                    tr("What waits to be sent is sent by itself."));
    for (size_t i = 0; i < f->parked_count && i < 10; i++)
        add_parked(s, &f->parked[i]);
    if (f->parked_count > 10)
        flow_notice(s, STYLE_QUIET, "info",
                    page_format(s->page, tr("And %d more: kioskctl queue lists them."),
                                (int)f->parked_count - 10));
}

/* ---- with the stick ---------------------------------------------------------------------------------- */

/* What became of one document of the county. */
static const char *brought_words(struct scene *s, const struct errand_brought *b)
{
    if (!b->is_there)
        return tr("not on the stick");
    if (b->said == SAY_WELL)
        return page_format(s->page, tr("new, version %lld: in use now"), (long long)b->version);
    if (b->said == SAY_SAME)
        return page_format(s->page, tr("as here, version %lld"), (long long)b->version);
    return staff_saying(s, b->said);
}

static void add_brought(struct scene *s)
{
    static const char *const names[ERRAND_DOCUMENTS] = { [ERRAND_KEYS] = N_("Keys"),
                                                         [ERRAND_CONFIG] = N_("Configuration"),
                                                         [ERRAND_CATALOGUE] = N_("Catalogue") };
    struct widget *card = flow_card(s);
    for (int i = 0; i < ERRAND_DOCUMENTS; i++)
        flow_fact(s, tr(names[i]), brought_words(s, &s->shift->errand.brought[i]),
                  i == ERRAND_DOCUMENTS - 1);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void add_report(struct scene *s)
{
    const struct errand_report *r = &s->shift->errand;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Items put on the stick"), staff_number(s, r->items), false);
    flow_fact(s, tr("Answers brought in"), staff_number(s, r->answers), false);
    flow_fact(s, tr("Items settled by them"), staff_number(s, r->settled), !r->troubles);
    if (r->troubles)
        flow_fact(s, tr("Not used"),
                  page_format(s->page, "%s: %s", r->trouble_file, staff_saying(s, r->trouble)),
                  true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    add_brought(s);
}

void staff_carry(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = {
        tr("Carrying. Leave the stick in."), tr("Done. You may pull the stick now."), NULL,
        page_format(s->page, "%s %s", tr("It is not finished."), staff_saying(s, v->why))
    };
    (void)bottom;
    staff_step(s, v->carry, &said);
    if (v->carry != STEP_OFF) {
        add_report(s);
        return;
    }
    flow_text(s, TYPE_BODY, COLOR_TEXT,
              tr("What waits goes to the county on this stick, sealed. From the stick this kiosk "
                 "takes the county's answers, the catalogue of matters and the configuration, if "
                 "they are newer than its own and signed by the county."),
              8);
    flow_gap(s, 24);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Waiting to be sent"), staff_number(s, v->facts.counters.queued), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "info",
                tr("Nothing is lost if the stick is pulled too early, and nothing counts twice."));
}

void staff_logs(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = {
        tr("Writing. Leave the stick in."),
        page_format(s->page, tr("%u events are on the stick. You may pull it now."), v->log_events),
        NULL, page_format(s->page, "%s %s", tr("It is not finished."), staff_saying(s, v->why))
    };
    (void)bottom;
    staff_step(s, v->log, &said);
    flow_text(
        s, TYPE_BODY, COLOR_TEXT,
        tr("What the kiosk and its staff did, signed by the kiosk, for the county to look at. "
           "Nobody who applied is named in it."),
        6);
}
