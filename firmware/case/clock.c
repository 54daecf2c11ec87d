/* Deadlines, and what a day brings by itself. */
#include <string.h>

#include "firmware/case/case.h"

/* ---- deadlines ------------------------------------------------------------------------ */

static day deadline(const struct case_file *c, const struct calendar *cal, int days, day today,
                    bool *provisional)
{
    bool is_running = c->accepted != DAY_NONE && days >= 0;
    int stood = c->paused_days;
    if (!is_running) {
        if (provisional)
            *provisional = false;
        return DAY_NONE;
    }
    if (c->paused != DAY_NONE && today > c->paused)
        stood += calendar_count(cal, c->paused, today);
    return calendar_add(cal, c->accepted, days + stood, provisional);
}

day case_promised_by(const struct case_file *c, const struct calendar *cal, day today,
                     bool *is_provisional)
{
    bool has_limit = c->legal_days >= 0 && c->legal_days < c->promised_days;
    return deadline(c, cal, has_limit ? c->legal_days : c->promised_days, today, is_provisional);
}

day case_legal_by(const struct case_file *c, const struct calendar *cal, day today,
                  bool *is_provisional)
{
    return deadline(c, cal, c->legal_days, today, is_provisional);
}

int case_days_left(const struct case_file *c, const struct calendar *cal, day today)
{
    day now = c->finished != DAY_NONE ? c->finished : today;
    day by = case_promised_by(c, cal, now, NULL);
    return by == DAY_NONE ? 0 : calendar_count(cal, now, by);
}

/* ---- a day ---------------------------------------------------------------------------- */

struct happenings {
    struct case_happening *out;
    size_t count;
};

static void note(struct happenings *h, enum case_happening_kind kind, size_t gap)
{
    if (h->count < CASE_HAPPENINGS_MAX)
        h->out[h->count++] = (struct case_happening){ kind, gap };
}

static bool move_on(struct case_file *c, const struct calendar *cal, enum case_event on, day today,
                    const char *material)
{
    const struct case_detail clock = { .by = ACTOR_CLOCK,
                                       .material = material,
                                       .reason = "the time allowed has gone by" };
    return !case_happen(c, cal, on, today, &clock);
}

/* Late papers end the acceptance, but not while the office itself has stopped the clock. */
static void look_at_gaps(struct case_file *c, const struct calendar *cal, day today,
                         struct happenings *h)
{
    for (size_t i = 0; i < c->gap_count && c->state == CASE_ACCEPTED_GAP; i++) {
        const struct case_gap *g = &c->gaps[i];
        if (g->is_closed)
            continue;
        if (today > g->due && move_on(c, cal, CASE_EV_GAP_FAILED, today, g->material))
            note(h, HAPPENING_REVOKED, i);
        else if (today == g->due)
            note(h, HAPPENING_REMIND_TODAY, i);
        else if (today == calendar_add(cal, g->due, -CASE_REMIND_DAYS, NULL))
            note(h, HAPPENING_REMIND_SOON, i);
    }
}

static void look_at_promise(struct case_file *c, const struct calendar *cal, day today,
                            struct happenings *h)
{
    if (case_is_over(c->state) || c->paused != DAY_NONE || c->state == CASE_CORRECT)
        return;
    if (today - 1 == case_promised_by(c, cal, today, NULL))
        note(h, HAPPENING_LATE, 0);
    if (today - 1 == case_legal_by(c, cal, today, NULL))
        note(h, HAPPENING_LATE_BY_LAW, 0);
}

size_t case_day(struct case_file *c, const struct calendar *cal, day today,
                struct case_happening out[CASE_HAPPENINGS_MAX])
{
    struct happenings h = { out, 0 };
    bool is_silent = c->state == CASE_RECEIVED && !c->notices &&
                     calendar_count(cal, c->received, today) > CASE_NOTICE_DAYS;
    if (is_silent && move_on(c, cal, CASE_EV_DEEM, today, NULL))
        note(&h, HAPPENING_DEEMED, 0);
    if (c->state == CASE_CORRECT && today > c->correct_by &&
        move_on(c, cal, CASE_EV_LAPSE, today, NULL))
        note(&h, HAPPENING_LAPSED, 0);
    look_at_gaps(c, cal, today, &h);
    look_at_promise(c, cal, today, &h);
    return h.count;
}

/* ---- escalation ----------------------------------------------------------------------- */

day escalation_due(const struct escalation *e, const struct calendar *cal, bool *is_provisional)
{
    static const int days[ESCALATION_WEIGHTS] = { 1, 5, 10 };
    return calendar_add(cal, e->opened, days[e->weight] * e->level, is_provisional);
}

bool escalation_day(struct escalation *e, const struct calendar *cal, day today)
{
    bool is_late = e->answered == DAY_NONE && today > escalation_due(e, cal, NULL);
    if (!is_late || e->level >= ESCALATION_LEVELS)
        return false;
    e->level++;
    return true;
}
