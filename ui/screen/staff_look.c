/* How the kiosk stands: today's readiness, counters, the network. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/staff.h"

/* ---- today's readiness ---------------------------------------------------------------------- */

static void add_check(struct scene *s, const struct ready_check *c)
{
    static const struct {
        enum widget_style style;
        const char *icon, *word;
    } states[] = { [READY_WELL] = { STYLE_SUCCESS, "check_circle", N_("well") },
                   [READY_LOOK] = { STYLE_WARNING, "warning", N_("look after") },
                   [READY_FAILED] = { STYLE_DANGER, "error", N_("does not work") },
                   [READY_STOPS] = { STYLE_DANGER, "error", N_("stops work") },
                   [READY_NONE] = { STYLE_PLAIN, "radio_off", N_("not fitted") } };
    const char *says = staff_words(s, c->says_zh, c->says_en);
    bool is_paper = c->id == READY_PAPER && c->figure > 0;
    const char *figure = c->figure <= 0 ? ""
                         : is_paper     ? staff_metres(s, c->figure)
                                        : staff_number(s, c->figure);
    if (c->state == READY_NONE)
        says = tr(states[c->state].word);
    else if (c->state == READY_WELL)
        says = *figure ? page_format(s->page, "%s · %s", says, figure) : says;
    else
        says = page_format(s->page, "%s: %s%s%s", tr(states[c->state].word), says,
                           *figure ? " · " : "", figure);
    const char *words =
        page_format(s->page, "%s — %s", staff_words(s, c->what_zh, c->what_en), says);
    struct widget *w = flow_notice(s, states[c->state].style, states[c->state].icon, words);
    snprintf(w->id, sizeof(w->id), "check:%s", ready_id_word(c->id));
    flow_gap(s, 12);
}

/* What asks for somebody stands first. */
static void add_checks(struct scene *s, size_t from, size_t to)
{
    const struct readiness *r = &s->shift->readiness;
    size_t place = 0;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < r->count; i++) {
            bool is_calm = r->checks[i].state == READY_WELL || r->checks[i].state == READY_NONE;
            if (is_calm != pass)
                continue;
            if (place >= from && place < to)
                add_check(s, &r->checks[i]);
            place++;
        }
}

static void add_certificate(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct staff_said signing = { tr("The kiosk signs the certificate"),
                                        tr("Signed by this kiosk"), NULL,
                                        tr("It could not be signed") };
    const struct staff_said keeping = { NULL, tr("Kept on the stick"), NULL,
                                        page_format(s->page, "%s %s", tr("It is not on the stick."),
                                                    staff_saying(s, v->why)) };
    const struct staff_said printing = { tr("The slip is being printed"), tr("The slip is printed"),
                                         tr("Look whether the slip came out whole."),
                                         tr("No slip came out") };
    staff_step(s, v->certificate, &signing);
    staff_step(s, v->kept, &keeping);
    staff_step(s, v->slip, &printing);
}

/* The way to what nobody has tried yet. */
static void add_trial(struct scene *s)
{
    const struct readiness *r = &s->shift->readiness;
    int untried = 0;
    for (size_t i = 0; i < r->count; i++)
        untried += (int)r->checks[i].id < READY_DEVICES && r->checks[i].state == READY_LOOK &&
                   r->checks[i].tried == TRIED_NOT && r->checks[i].id != READY_PAPER &&
                   r->checks[i].id != READY_SLIPS && r->checks[i].id != READY_FONTS;
    if (!untried || s->shift->certificate != STEP_OFF || !staff_may(s, ACTION_DEVICES))
        return;
    staff_button(s, "open:devices", "build_circle",
                 page_format(s->page, tr("Try the devices: %d to go"), untried), SHIFT_OPEN,
                 shift_page_word(SHIFT_DEVICES));
    flow_gap(s, 20);
}

void staff_readiness(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct readiness *r = &v->readiness;
    (void)bottom;
    if (!v->facts.is_known) {
        flow_notice(s, STYLE_WARNING, "warning", staff_saying(s, SAY_SYNCD));
        return;
    }
    if (!r->may_open)
        flow_notice(s, STYLE_DANGER, "error", tr("It may not open: look at what is red."));
    else if (r->to_look_after)
        flow_notice(
            s, STYLE_WARNING, "warning",
            page_format(s->page, tr("It may open. %d things to look after."), r->to_look_after));
    else
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("It may open. Everything is well."));
    flow_gap(s, 20);
    add_certificate(s);
    add_trial(s);
    if (!s->is_wide) {
        add_checks(s, 0, READY_END);
        return;
    }
    struct halves h = scene_halves(s, 50);
    int top = s->y;
    scene_use(s, h.left);
    add_checks(s, 0, (r->count + 1) / 2);
    int left = s->y;
    scene_use(s, h.right);
    s->y = top;
    add_checks(s, (r->count + 1) / 2, READY_END);
    s->y = s->y > left ? s->y : left;
}

/* ---- counters ----------------------------------------------------------------------------------- */

static const char *hours(struct scene *s, int64_t seconds)
{
    return page_format(s->page, tr("%lld h %lld min"), (long long)(seconds / 3600),
                       (long long)(seconds / 60 % 60));
}

void staff_counters(struct scene *s, int bottom)
{
    const struct staff_counters *n = &s->shift->facts.counters;
    const struct shift_devices *d = &s->shift->devices;
    (void)bottom;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Taken in so far"), staff_number(s, n->last_seq), false);
    flow_fact(s, tr("Accepted by the county"), staff_number(s, n->accepted), false);
    flow_fact(s, tr("Waiting to be sent"), staff_number(s, n->queued), false);
    flow_fact(s, tr("The oldest waits for"), n->queued ? hours(s, n->oldest_s) : "–", false);
    flow_fact(s, tr("Parked items"), staff_number(s, n->held + n->dead), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    card = flow_card(s);
    flow_fact(s, tr("Paper left"), staff_metres(s, d->paper_left_mm), false);
    flow_fact(s, tr("Used of this roll"), staff_metres(s, d->paper_used_mm), false);
    flow_fact(s, tr("Printed since the start"), staff_metres(s, d->paper_total_mm), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    card = flow_card(s);
    flow_fact(s, tr("Keys, version"), staff_number(s, n->keys), false);
    flow_fact(s, tr("Catalogue, version"), staff_number(s, n->catalogue), false);
    flow_fact(s, tr("Configuration, version"), staff_number(s, n->config), true);
    flow_card_end(s, card);
}
