/* Matters found by the card: reminders are kept when one is stored, and asked for when somebody wants to know. */
#include "firmware/session/matters.h"

#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/acts.h"

enum { REMEMBER_MS = 300 };

static bool is_set(const uint8_t *bytes, size_t length)
{
    uint8_t any = 0;
    for (size_t i = 0; i < length; i++)
        any |= bytes[i];
    return any != 0;
}

/* Not every reader gives the picture in the chip. */
static bool has_chip(const struct visit *v)
{
    return v->has_person && is_set(v->person.chip, sizeof(v->person.chip));
}

/* Once in a visit: it takes as long as it must. */
static bool know_mark(struct session *s)
{
    struct visit *v = &s->visit;
    struct matters *m = &v->matters;
    if (!m->has_mark && has_chip(v))
        m->has_mark = !card_mark(&m->mark, v->person.number, v->person.valid_from, v->person.chip);
    return m->has_mark;
}

/* The number is on the screen first. */
void matters_remember(struct session *s)
{
    struct visit *v = &s->visit;
    struct matters *m = &v->matters;
    matters_settle(s);
    /* What may be said in confidence is under its code alone, name or not (claim.c). */
    if (v->service->anonymous || !has_chip(v))
        return;
    text_copy(m->stored, sizeof(m->stored), v->receipt);
    text_copy(m->stored_code, sizeof(m->stored_code), v->service->code);
    m->due_ms = session_now(s) + REMEMBER_MS;
}

void matters_settle(struct session *s)
{
    struct matters *m = &s->visit.matters;
    struct bytes note AUTO_BYTES = { 0 };
    bool is_wanted = *m->stored && know_mark(s);
    int r = is_wanted ? agent_note_seal(&note, &m->mark, m->stored, m->stored_code) : 0;
    if (r)
        log_line(LOG_WARNING, "session", "a reminder could not be sealed: %d", r);
    else if (is_wanted)
        s->config.ports->keep_note(s->config.context, m->mark.label, m->stored, &note);
    m->stored[0] = 0;
    m->due_ms = 0;
}

bool matters_are_due(const struct session *s)
{
    const struct matters *m = &s->visit.matters;
    return m->due_ms && session_now(s) >= m->due_ms;
}

void matters_ask(struct session *s)
{
    struct matters *m = &s->visit.matters;
    explicit_bzero(&m->tasks, sizeof(m->tasks));
    m->is_typing = false;
    bool has_mark = know_mark(s);
    if (s->link.is_there && has_mark)
        s->config.ports->ask_notes(s->config.context, m->mark.label);
    elsewhere_ask(s);
}

/* What waits for the resident first; else as they came, the newest first. */
static void sort(struct agency_tasks *t)
{
    for (size_t i = 1; i < t->count; i++)
        for (size_t k = i; k && agency_duty_of(&t->list[k]) != DUTY_WAIT &&
                           agency_duty_of(&t->list[k - 1]) == DUTY_WAIT;
             k--) {
            struct agency_task moved = t->list[k];
            t->list[k] = t->list[k - 1];
            t->list[k - 1] = moved;
        }
}

enum screen act_matters(struct session *s, const struct event *e)
{
    struct matters *m = &s->visit.matters;
    if (e->notes && m->has_mark) {
        agency_read_notes(&m->tasks, &m->mark, e->notes);
        m->as_of_ms = e->notes->as_of_ms;
        sort(&m->tasks);
        elsewhere_sift(s);
    }
    return stay();
}

enum screen act_open_matter(struct session *s, const struct event *e)
{
    text_copy(s->visit.typed, sizeof(s->visit.typed), e->name ? e->name : "");
    bool is_here = false;
    for (size_t i = 0; i < s->visit.matters.tasks.count; i++)
        is_here |= !strcmp(s->visit.matters.tasks.list[i].receipt, s->visit.typed);
    return !is_here && elsewhere_open(s, s->visit.typed) ? stay() : act_ask_case(s, e);
}

enum screen act_type_other(struct session *s, const struct event *e)
{
    (void)e;
    s->visit.matters.is_typing = true;
    explicit_bzero(&s->visit.asked, sizeof(s->visit.asked));
    return stay();
}

/* From one of them back to all of them. */
enum screen act_leave_progress(struct session *s, const struct event *e)
{
    struct matters *m = &s->visit.matters;
    bool has_list = m->tasks.count || s->visit.elsewhere.tasks.count;
    bool is_below = has_list && (m->is_typing || s->visit.asked.where != CASE_UNASKED);
    if (!is_below)
        return act_go_home(s, e);
    m->is_typing = false;
    act_begin_progress(s, e);
    return SCREEN_PROGRESS;
}
