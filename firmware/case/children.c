#include "firmware/case/children.h"

static bool is_done(enum case_state s)
{
    return s == CASE_DONE_OK || s == CASE_DELIVERED || s == CASE_RATED;
}

void children_open(struct case_children *c, size_t count, const unsigned *after)
{
    *c = (struct case_children){ .count = count < CHILDREN_MAX ? count : CHILDREN_MAX };
    for (size_t i = 0; i < c->count; i++) {
        unsigned all = (1U << c->count) - 1;
        c->children[i] =
            (struct case_child){ .state = CASE_RECEIVED, .after = after[i] & all & ~(1U << i) };
    }
}

bool children_is_waiting(const struct case_children *c, size_t child)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->children[child].after & 1U << i && !is_done(c->children[i].state))
            return true;
    return false;
}

/* A denial may be delivered too, which does not make it a success. */
static bool has_failed(const struct case_child *c)
{
    return case_is_over(c->state) && !is_done(c->state);
}

/* Round by round: what waited for a child that came to nothing ends, and those after it in the next. */
static void let_fall(struct case_children *c)
{
    for (size_t round = 0; round < c->count; round++)
        for (size_t i = 0; i < c->count; i++)
            for (size_t k = 0; k < c->count; k++) {
                struct case_child *child = &c->children[i];
                bool falls = child->after & 1U << k && has_failed(&c->children[k]);
                if (!falls || case_is_over(child->state))
                    continue;
                child->state = CASE_ENDED;
                child->is_fallen = true;
            }
}

int children_happen(struct case_children *c, size_t child, enum case_event on, enum case_actor by)
{
    struct case_child *one = child < c->count ? &c->children[child] : NULL;
    const struct case_transition *row = one ? case_row(one->state, on) : NULL;
    if (!row || (on == CASE_EV_GRANT && children_is_waiting(c, child)))
        return CASE_E_EVENT;
    if (!(row->by & (unsigned)by))
        return CASE_E_ACTOR;
    /* A denial that was delivered would look like a success: it stays what was decided. */
    if (one->state == CASE_DONE_NO)
        return on == CASE_EV_DELIVER ? 0 : CASE_E_EVENT;
    if (on == CASE_EV_PAUSE)
        one->before_pause = one->state;
    one->state = on == CASE_EV_RESUME ? one->before_pause : row->to;
    let_fall(c);
    return 0;
}

void children_follow(struct case_children *c, size_t child, enum case_state now)
{
    if (child >= c->count || c->children[child].state == CASE_DONE_NO)
        return;
    c->children[child].state = now;
    let_fall(c);
}

/* ---- the cases of children ------------------------------------------------------------ */

void children_close(struct case_file *fallen, day today)
{
    fallen->state = CASE_ENDED;
    fallen->paused = DAY_NONE;
    fallen->finished = fallen->last = today;
}

void children_start(struct case_file *c, day today)
{
    if (c->accepted == DAY_NONE)
        return;
    c->accepted = today > c->accepted ? today : c->accepted;
    c->paused_days = 0;
    c->paused = c->paused == DAY_NONE ? DAY_NONE : c->accepted;
}

/* ---- the parent ------------------------------------------------------------------------ */

/* The open child that most wants somebody's attention speaks for all. */
static enum case_state open_state(const struct case_children *c)
{
    static const enum case_state order[] = { CASE_CORRECT, CASE_ACCEPTED, CASE_ACCEPTED_GAP,
                                             CASE_PAUSED, CASE_RECEIVED };
    bool has_begun = false, is_here[CASE_STATES] = { false };
    for (size_t i = 0; i < c->count; i++) {
        is_here[c->children[i].state] = true;
        has_begun |= c->children[i].state != CASE_RECEIVED;
    }
    for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
        if (is_here[order[i]])
            return order[i] == CASE_RECEIVED && has_begun ? CASE_ACCEPTED : order[i];
    return CASE_RECEIVED;
}

static enum case_state over_state(const struct case_children *c, const struct children_tally *t)
{
    size_t delivered = 0, withdrawn = 0, refused = 0, annulled = 0;
    for (size_t i = 0; i < c->count; i++) {
        enum case_state s = c->children[i].state;
        delivered += s == CASE_DELIVERED || s == CASE_RATED;
        withdrawn += s == CASE_WITHDRAWN;
        annulled += s == CASE_ANNULLED;
        refused += s == CASE_REFUSED || c->children[i].is_fallen;
    }
    if (t->granted)
        return delivered == t->granted ? CASE_DELIVERED : CASE_DONE_OK;
    if (withdrawn && withdrawn == c->count)
        return CASE_WITHDRAWN;
    if (refused && refused == c->count)
        return CASE_REFUSED;
    return annulled ? CASE_ANNULLED : CASE_DONE_NO;
}

struct children_tally children_tally(const struct case_children *c)
{
    struct children_tally t = { .parent = CASE_RECEIVED };
    for (size_t i = 0; i < c->count; i++) {
        const struct case_child *child = &c->children[i];
        t.open += !case_is_over(child->state);
        t.granted += is_done(child->state);
        t.failed += has_failed(child);
        t.fallen += child->is_fallen;
    }
    t.parent = t.open || !c->count ? open_state(c) : over_state(c, &t);
    t.is_partial = !t.open && t.granted && t.failed;
    return t;
}

void children_lead(struct case_file *parent, const struct calendar *cal,
                   const struct children_tally *t, day today)
{
    bool is_begun = t->parent == CASE_ACCEPTED || t->parent == CASE_ACCEPTED_GAP;
    bool is_standing = t->parent == CASE_PAUSED;
    if (parent->accepted == DAY_NONE && (is_begun || is_standing))
        parent->accepted = today;
    if (parent->paused != DAY_NONE && !is_standing) {
        parent->paused_days += calendar_count(cal, parent->paused, today);
        parent->paused = DAY_NONE;
    } else if (parent->paused == DAY_NONE && is_standing) {
        parent->paused = today;
    }
    if (!t->open && parent->finished == DAY_NONE)
        parent->finished = today;
    parent->last = today;
    if (parent->state != CASE_RATED || t->parent != CASE_DELIVERED)
        parent->state = t->parent;
}
