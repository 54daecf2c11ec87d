#include "firmware/case/promise.h"

const char *const promise_words[PROMISE_STATES] = { "", "open", "demanded", "kept", "broken" };

void promise_open(struct promise_check *c, const struct calendar *cal, day decided, int days)
{
    int within = days < 1 || days > PROMISE_CHECK_DAYS ? PROMISE_CHECK_DAYS : days;
    *c = (struct promise_check){ .state = PROMISE_OPEN,
                                 .decided = decided,
                                 .check_by = calendar_add(cal, decided, within, NULL),
                                 .demand_by = DAY_NONE,
                                 .closed = DAY_NONE };
}

static bool is_day(const struct promise_check *c, day today)
{
    return today != DAY_NONE && today >= c->decided;
}

int promise_keep(struct promise_check *c, day today)
{
    if (c->state != PROMISE_OPEN && c->state != PROMISE_DEMANDED)
        return CASE_E_EVENT;
    if (!is_day(c, today))
        return CASE_E_TIME;
    c->state = PROMISE_KEPT;
    c->closed = today;
    return 0;
}

int promise_demand(struct promise_check *c, const struct calendar *cal, day today, int days,
                   const char *reason)
{
    if (c->state != PROMISE_OPEN)
        return CASE_E_EVENT;
    if (!is_day(c, today) || days < 1 || days > PROMISE_DEMAND_DAYS_MAX)
        return CASE_E_TIME;
    if (!reason || !*reason)
        return CASE_E_REASON;
    c->state = PROMISE_DEMANDED;
    c->demand_by = calendar_add(cal, today, days, NULL);
    return 0;
}

int promise_break(struct promise_check *c, day today, const char *reason)
{
    if (c->state != PROMISE_DEMANDED)
        return CASE_E_EVENT;
    if (!is_day(c, today) || today <= c->demand_by)
        return CASE_E_TIME;
    if (!reason || !*reason)
        return CASE_E_REASON;
    c->state = PROMISE_BROKEN;
    c->closed = today;
    return 0;
}

size_t promise_day(const struct promise_check *c, const struct calendar *cal, day today,
                   enum promise_happening out[PROMISE_HAPPENINGS_MAX])
{
    size_t count = 0;
    bool is_demanded = c->state == PROMISE_DEMANDED;
    if (c->state == PROMISE_OPEN &&
        today == calendar_add(cal, c->check_by, -PROMISE_SOON_DAYS, NULL))
        out[count++] = PROMISE_CHECK_SOON;
    if (c->state == PROMISE_OPEN && today - 1 == c->check_by)
        out[count++] = PROMISE_CHECK_LATE;
    if (is_demanded && today == calendar_add(cal, c->demand_by, -CASE_REMIND_DAYS, NULL))
        out[count++] = PROMISE_REMIND;
    if (is_demanded && today - 1 == c->demand_by)
        out[count++] = PROMISE_DEMAND_LAPSED;
    return count;
}
