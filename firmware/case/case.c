#include "firmware/case/case.h"

#include <stdio.h>
#include <string.h>

void case_open(struct case_file *c, int promised_days, int legal_days)
{
    *c = (struct case_file){ .promised_days = promised_days,
                             .legal_days = legal_days,
                             .received = DAY_NONE,
                             .accepted = DAY_NONE,
                             .paused = DAY_NONE,
                             .finished = DAY_NONE,
                             .correct_by = DAY_NONE,
                             .last = DAY_NONE };
}

/* ---- gaps ----------------------------------------------------------------------------- */

static struct case_gap *open_gap(struct case_file *c, const char *material)
{
    for (size_t i = 0; material && i < c->gap_count; i++)
        if (!c->gaps[i].is_closed && !strcmp(c->gaps[i].material, material))
            return &c->gaps[i];
    return NULL;
}

static bool has_open_gap(const struct case_file *c)
{
    for (size_t i = 0; i < c->gap_count; i++)
        if (!c->gaps[i].is_closed)
            return true;
    return false;
}

/* Only what the published guide lists may follow (Art. 4, Art. 11 par. 2). */
static int take_gaps(struct case_file *c, const struct calendar *cal, day today,
                     const struct case_detail *d)
{
    if (!d->gap_count || d->gap_count > CASE_GAPS_MAX)
        return d->gap_count ? CASE_E_FULL : CASE_E_GAP;
    for (size_t i = 0; i < d->gap_count; i++) {
        const struct case_owed *owed = &d->gaps[i];
        if (owed->late_days < 1 || !owed->material || strlen(owed->material) >= CASE_MATERIAL)
            return CASE_E_GAP;
        snprintf(c->gaps[i].material, CASE_MATERIAL, "%s", owed->material);
        c->gaps[i].due = calendar_add(cal, today, owed->late_days, NULL);
        c->gaps[i].is_closed = false;
    }
    c->gap_count = d->gap_count;
    return 0;
}

/* ---- what a step does besides --------------------------------------------------------- */

static int notify(struct case_file *c, const struct calendar *cal, day today,
                  const struct case_detail *d)
{
    if (c->notices && !d->has_changed)
        return CASE_E_NOTICE;
    if (d->days < 1)
        return CASE_E_TIME;
    c->notices++;
    c->correct_by = calendar_add(cal, today, d->days, NULL);
    return 0;
}

static int close_gap(struct case_file *c, const struct case_detail *d)
{
    struct case_gap *gap = open_gap(c, d->material);
    if (!gap)
        return CASE_E_GAP;
    gap->is_closed = true;
    if (c->state == CASE_ACCEPTED_GAP && !has_open_gap(c))
        c->state = CASE_ACCEPTED;
    if (c->state == CASE_PAUSED && !has_open_gap(c))
        c->before_pause = CASE_ACCEPTED;
    return 0;
}

/* Working days that went by while it was paused: the day of the pause still counts, that of resuming not. */
static void resume(struct case_file *c, const struct calendar *cal, day today)
{
    int stood = calendar_count(cal, c->paused, today);
    for (size_t i = 0; i < c->gap_count; i++) /* the papers get the time that the office took */
        if (!c->gaps[i].is_closed)
            c->gaps[i].due = calendar_add(cal, c->gaps[i].due, stood, NULL);
    c->paused_days += stood;
    c->paused = DAY_NONE;
    c->state = c->before_pause;
}

static int act(struct case_file *c, const struct calendar *cal, enum case_event on, day today,
               const struct case_detail *d)
{
    switch (on) {
    case CASE_EV_RECEIVE:
        c->received = today;
        return 0;
    case CASE_EV_ACCEPT:
    case CASE_EV_CORRECTED:
        c->accepted = today;
        return 0;
    case CASE_EV_DEEM:
        c->accepted = c->received;
        return 0;
    case CASE_EV_ACCEPT_GAP:
        c->accepted = today;
        return take_gaps(c, cal, today, d);
    case CASE_EV_NOTIFY:
        return notify(c, cal, today, d);
    case CASE_EV_GAP_CLOSED:
        return close_gap(c, d);
    case CASE_EV_GAP_FAILED:
        return open_gap(c, d->material) ? 0 : CASE_E_GAP;
    case CASE_EV_RESUME:
        resume(c, cal, today);
        return 0;
    default:
        return 0;
    }
}

int case_happen(struct case_file *c, const struct calendar *cal, enum case_event on, day today,
                const struct case_detail *detail)
{
    const struct case_transition *row = case_row(c->state, on);
    if (!row)
        return CASE_E_EVENT;
    if (!(row->by & detail->by))
        return CASE_E_ACTOR;
    if (today == DAY_NONE || (c->last != DAY_NONE && today < c->last))
        return CASE_E_TIME;
    if (row->has_reason && (!detail->reason || !*detail->reason))
        return CASE_E_REASON;
    struct case_file next = *c;
    next.state = row->to;
    next.before_pause = on == CASE_EV_PAUSE ? c->state : c->before_pause;
    next.paused = on == CASE_EV_PAUSE ? today : c->paused;
    int r = act(&next, cal, on, today, detail);
    if (r == CASE_E_NOTICE)
        c->has_alarm = true;
    if (r)
        return r;
    next.last = today;
    if (case_is_over(next.state) && next.finished == DAY_NONE)
        next.finished = today;
    *c = next;
    return 0;
}
