/* What is done on the pages of a shift. */
#include <stdlib.h>
#include <string.h>

#include "firmware/service/shift_inside.h"

enum { DAY_NEED_MM = 8000 }; /* some forty slips */

/* ---- today's readiness -------------------------------------------------------------------- */

void shift_judge(struct shift *s)
{
    const struct shift_devices *d = &s->view.devices;
    const struct shift_facts *q = &s->view.facts;
    struct ready_facts f = {
        .reader = d->reader,
        .printer = d->printer,
        .screen = d->screen,
        .sound = d->sound,
        .keypad = d->keypad,
        .scanner = d->scanner,
        .paper_mm = d->paper_left_mm,
        .paper_need_mm = DAY_NEED_MM,
        .uncertain_slips = (int)q->slip_count,
        .is_joined = q->is_joined,
        .is_link_up = q->is_link_up,
        .has_keys = q->counters.keys > 0 && strcmp(q->refusal, "no-key") != 0,
        .last_contact_ms = q->counters.last_contact_ms,
        .catalogue_version = q->counters.catalogue,
        .queued = q->counters.queued,
        .parked = q->counters.held + q->counters.dead,
        .oldest_s = q->counters.oldest_s,
        .is_disk_full = !strcmp(q->refusal, "disk-full"),
        .is_store_up = q->is_known && strcmp(q->refusal, "storage") != 0,
        .clock_quality = q->clock_quality,
        .wall_ms = s->clock->wall_ms(s->clock),
        .has_fonts = d->has_fonts,
        .has_rare_fonts = d->has_rare_fonts,
        .has_holidays = d->has_holidays,
        .needs_next_holidays = d->needs_next_holidays,
        .key_days = q->counters.key_days,
        .certificate_days = q->counters.certificate_days,
        .disk_free_percent = q->counters.disk_free_percent,
        .medium = q->medium,
    };
    memcpy(f.tried, s->view.tried, sizeof(f.tried));
    readiness_judge(&s->view.readiness, &f);
}

enum shift_page shift_take_facts(struct shift *s, const struct shift_cause *c)
{
    s->view.facts = c->news->facts;
    shift_judge_way(s);
    if (s->view.certificate == STEP_OFF)
        shift_judge(s);
    return s->view.page;
}

/* The same report goes to the signer, onto paper and onto the stick: nothing is judged anew until it is opened again. */
enum shift_page shift_certify(struct shift *s, const struct shift_cause *c)
{
    struct shift_order order = { .kind = ORDER_CERTIFY };
    (void)c;
    if (!s->view.facts.is_known || s->view.is_busy)
        return SHIFT_READINESS;
    order.report = readiness_json(&s->view.readiness, s->view.serial);
    if (!order.report)
        return SHIFT_READINESS;
    s->view.certificate = s->view.kept = s->view.slip = STEP_NOW;
    s->view.is_busy = true;
    shift_note(s, "readiness", "open=%d look=%d", s->view.readiness.may_open,
               s->view.readiness.to_look_after);
    s->ports->order(s->context, &order);
    s->ports->print(s->context, SHIFT_PAPER_READINESS, "");
    return SHIFT_READINESS;
}

enum shift_page shift_certified(struct shift *s, const struct shift_cause *c)
{
    s->view.is_busy = false;
    s->view.why = c->news->said;
    s->view.certificate = c->news->is_signed ? STEP_WELL : STEP_FAILED;
    s->view.kept = c->news->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    return SHIFT_READINESS;
}

/* ---- paper ---------------------------------------------------------------------------------- */

enum shift_page shift_load_roll(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    s->ports->load_roll(s->context);
    shift_note(s, "paper", "new roll");
    s->view.work = STEP_WELL;
    return SHIFT_PAPER;
}

static const struct staff_slip *find_slip(const struct shift *s, int64_t attempt)
{
    for (size_t i = 0; i < s->view.facts.slip_count; i++)
        if (s->view.facts.slips[i].attempt == attempt)
            return &s->view.facts.slips[i];
    return NULL;
}

enum shift_page shift_settle(struct shift *s, const struct shift_cause *c)
{
    struct shift_order order = { .kind = ORDER_SETTLE,
                                 .number = strtoll(c->value, NULL, 10),
                                 .answer = c->event == SHIFT_CAME_OUT ? SETTLE_CAME_OUT
                                                                      : SETTLE_NOT_OUT };
    const struct staff_slip *slip = find_slip(s, order.number);
    if (!slip || s->view.work == STEP_NOW)
        return SHIFT_SETTLE;
    s->view.copy_receipt[0] = 0;
    s->view.slip = STEP_OFF;
    if (staff_settle_offers_copy(order.answer))
        memcpy(s->view.copy_receipt, slip->receipt, sizeof(s->view.copy_receipt));
    s->view.work = STEP_NOW;
    s->ports->order(s->context, &order);
    shift_note(s, "settle", "attempt=%lld %s", (long long)order.number,
               order.answer == SETTLE_CAME_OUT ? "came out" : "not out");
    return SHIFT_SETTLE;
}

enum shift_page shift_copy(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (!*s->view.copy_receipt || s->view.slip == STEP_NOW)
        return SHIFT_SETTLE;
    s->view.slip = STEP_NOW;
    shift_note(s, "settle", "copy");
    s->ports->print(s->context, SHIFT_PAPER_COPY, s->view.copy_receipt);
    return SHIFT_SETTLE;
}

/* ---- figures ---------------------------------------------------------------------------------- */

enum shift_page shift_print_figures(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.slip == STEP_NOW || !s->view.facts.figures.is_known)
        return SHIFT_FIGURES;
    s->view.slip = STEP_NOW;
    shift_note(s, "figures", "printed");
    s->ports->print(s->context, SHIFT_PAPER_FIGURES, "");
    return SHIFT_FIGURES;
}

/* ---- the queue -------------------------------------------------------------------------------- */

static const struct staff_parked *find_parked(const struct shift *s, int64_t seq)
{
    for (size_t i = 0; i < s->view.facts.parked_count; i++)
        if (s->view.facts.parked[i].seq == seq)
            return &s->view.facts.parked[i];
    return NULL;
}

enum shift_page shift_release(struct shift *s, const struct shift_cause *c)
{
    int64_t seq = strtoll(c->value, NULL, 10);
    const struct staff_parked *p = find_parked(s, seq);
    bool can_help = p && !p->is_dead && p->what_to_do == PARKED_RELEASE;
    if (!can_help || !shift_may(s, ACTION_RELEASE) || s->view.work == STEP_NOW)
        return SHIFT_QUEUE;
    s->view.work = STEP_NOW;
    shift_order(s, ORDER_RELEASE, seq);
    shift_note(s, "release", "seq=%lld", (long long)seq);
    return SHIFT_QUEUE;
}

enum shift_page shift_answered(struct shift *s, const struct shift_cause *c)
{
    bool is_well = c->news->said == SAY_WELL;
    /* A test of the way is over with its next answer, which the facts tell. */
    bool is_test = s->view.page == SHIFT_NETWORK && is_well;
    if (s->view.work == STEP_NOW && !is_test)
        s->view.work = is_well ? STEP_WELL : STEP_FAILED;
    shift_order(s, ORDER_FACTS, 0);
    return s->view.page;
}

/* ---- with the stick --------------------------------------------------------------------------- */

enum shift_page shift_carry(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.is_busy)
        return SHIFT_CARRY;
    s->view.is_busy = true;
    s->view.errand = (struct errand_report){ 0 };
    s->view.carry = STEP_NOW;
    s->view.why = SAY_WELL;
    shift_order(s, ORDER_CARRY, 0);
    return SHIFT_CARRY;
}

enum shift_page shift_carried(struct shift *s, const struct shift_cause *c)
{
    const struct errand_report *r = &c->news->errand;
    s->view.errand = *r;
    s->touched_ms = shift_now(s);
    if (!c->news->is_over)
        return SHIFT_CARRY;
    s->view.is_busy = false;
    s->view.why = c->news->said;
    s->view.carry = c->news->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    shift_note(s, "carry", "%s out=%u settled=%u", saying_word(c->news->said), r->items,
               r->settled);
    shift_order(s, ORDER_FACTS, 0);
    return SHIFT_CARRY;
}

enum shift_page shift_log(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.is_busy)
        return SHIFT_LOGS;
    s->view.is_busy = true;
    s->view.log = STEP_NOW;
    shift_order(s, ORDER_LOG, 0);
    return SHIFT_LOGS;
}

enum shift_page shift_logged(struct shift *s, const struct shift_cause *c)
{
    s->view.is_busy = false;
    s->view.why = c->news->said;
    s->view.log = c->news->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    s->view.log_files = c->news->files;
    s->view.log_events = c->news->events;
    shift_note(s, "logs", "%s events=%u", saying_word(c->news->said), c->news->events);
    return SHIFT_LOGS;
}
