/* Acts of accepting other evidence: staff prove who they are and say what it is, the resident agrees. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "firmware/session/acts.h"

enum { PIN_LEAST = 6, NOTE_BYTES = 100 };

static bool has_pass(const struct session *s)
{
    return s->pass.right == PASS_MAY;
}

/* For the audit log: words of the catalogue in small letters, as the log takes them, never of a person. */
static void note(const struct session *s, const char *what)
{
    const struct waive *w = &s->visit.waive;
    char detail[NOTE_BYTES];
    snprintf(detail, sizeof(detail), "%.10s %.40s %.30s", s->visit.service->code,
             s->visit.service->materials[w->material].id, what);
    for (char *c = detail; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    s->config.ports->note_staff(s->config.context, "waive", detail);
}

static enum screen close(struct session *s)
{
    explicit_bzero(&s->visit.waive, sizeof(s->visit.waive));
    return SCREEN_PAPERS;
}

enum screen act_open_waive(struct session *s, const struct event *e)
{
    struct visit *v = &s->visit;
    for (size_t i = 0; e->name && i < v->service->material_count && i < CHECKLIST_MAX; i++) {
        if (strcmp(v->service->materials[i].id, e->name) != 0 || !waive_is_offered(s, i))
            continue;
        explicit_bzero(&v->waive, sizeof(v->waive));
        v->waive.is_open = true;
        v->waive.material = i;
        v->waive.step = has_pass(s) ? WAIVE_PIN : WAIVE_STICK;
        v->waive.trouble = s->pass.right == PASS_MAY_NOT ? WAIVE_MAY_NOT : WAIVE_FINE;
        return SCREEN_WAIVE;
    }
    return stay();
}

/* A stick was plugged in, or pulled. Once staff have accepted, it is no longer needed; before that, nothing of what
 * was proven outlives it. */
enum screen act_waive_pass(struct session *s, const struct event *e)
{
    struct waive *w = &s->visit.waive;
    (void)e;
    if (!w->is_open || w->step == WAIVE_AGREE)
        return stay();
    explicit_bzero(w->pin, sizeof(w->pin));
    w->step = has_pass(s) ? WAIVE_PIN : WAIVE_STICK;
    w->trouble = s->pass.right == PASS_MAY_NOT ? WAIVE_MAY_NOT : WAIVE_FINE;
    return s->visit.screen == SCREEN_WAIVE_TEXT ? SCREEN_WAIVE : stay();
}

/* ---- the PIN --------------------------------------------------------------------------- */

enum screen act_waive_type(struct session *s, const struct event *e)
{
    struct waive *w = &s->visit.waive;
    size_t length = strlen(w->pin);
    if (w->step != WAIVE_PIN)
        return stay();
    w->trouble = WAIVE_FINE;
    if (e->kind == EV_CLEAR)
        explicit_bzero(w->pin, sizeof(w->pin));
    else if (e->kind == EV_ERASE && length)
        w->pin[length - 1] = 0;
    else if (e->kind == EV_TYPE && e->value && e->value[0] >= '0' && e->value[0] <= '9' &&
             !e->value[1] && length + 1 < sizeof(w->pin))
        w->pin[length] = e->value[0];
    return stay();
}

static enum screen check_pin(struct session *s)
{
    struct waive *w = &s->visit.waive;
    if (!has_pass(s)) {
        w->step = WAIVE_STICK;
    } else if (strlen(w->pin) < PIN_LEAST) {
        w->trouble = WAIVE_SHORT;
    } else {
        w->step = WAIVE_CHECKING;
        w->trouble = WAIVE_FINE;
        snprintf(w->now.serial, sizeof(w->now.serial), "%s", s->pass.serial);
        s->config.ports->prove_staff(s->config.context, w->pin);
    }
    explicit_bzero(w->pin, sizeof(w->pin));
    return stay();
}

/* The stick that was in when it was asked is still in: a pulled one has put the step back. */
enum screen act_pin_said(struct session *s, const struct event *e)
{
    static const enum waive_trouble troubles[] = { [PIN_SAID_RIGHT] = WAIVE_FINE,
                                                   [PIN_SAID_WRONG] = WAIVE_WRONG,
                                                   [PIN_SAID_WAIT] = WAIVE_WAIT,
                                                   [PIN_SAID_BLOCKED] = WAIVE_BLOCKED,
                                                   [PIN_SAID_NOTHING] = WAIVE_UNCHECKED };
    struct waive *w = &s->visit.waive;
    bool is_known = e->number >= PIN_SAID_RIGHT && e->number <= PIN_SAID_NOTHING;
    if (w->step != WAIVE_CHECKING || !is_known)
        return stay();
    w->trouble = troubles[e->number];
    w->step = e->number == PIN_SAID_RIGHT ? WAIVE_EVIDENCE : WAIVE_PIN;
    return stay();
}

/* ---- the evidence ---------------------------------------------------------------------- */

enum screen act_waive_choose(struct session *s, const struct event *e)
{
    struct waive *w = &s->visit.waive;
    enum evidence said = evidence_named(e->value ? e->value : "");
    if (w->step != WAIVE_EVIDENCE || said == EVIDENCE_NONE)
        return stay();
    w->now.evidence = said;
    w->trouble = WAIVE_FINE;
    return stay();
}

enum screen act_waive_words(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.waive.step != WAIVE_EVIDENCE)
        return stay();
    s->visit.screen = SCREEN_WAIVE_TEXT; /* the field is the one of this screen */
    spelling_begin(s, waive_field(s));
    return SCREEN_WAIVE_TEXT;
}

enum screen act_waive_text(struct session *s, const struct event *e)
{
    if (e->kind == EV_TYPE)
        waive_type(s, e->value ? e->value : "");
    else if (e->kind == EV_ERASE && !spelling_erase(s))
        waive_erase(s);
    else if (e->kind == EV_CLEAR) {
        spelling_clear(s);
        explicit_bzero(s->visit.waive.now.words, sizeof(s->visit.waive.now.words));
    }
    return stay();
}

enum screen act_waive_text_done(struct session *s, const struct event *e)
{
    if (e->kind == EV_NEXT && spelling_is_pending(s))
        return stay();
    spelling_clear(s);
    return SCREEN_WAIVE;
}

static enum screen accept(struct session *s)
{
    struct waive *w = &s->visit.waive;
    bool is_same = has_pass(s) && !strcmp(s->pass.serial, w->now.serial);
    if (!is_same) {
        w->step = has_pass(s) ? WAIVE_PIN : WAIVE_STICK;
    } else if (w->now.evidence == EVIDENCE_NONE) {
        w->trouble = WAIVE_UNSAID;
    } else {
        w->step = WAIVE_AGREE;
        w->now.at_ms = s->config.clock->wall_ms(s->config.clock);
        note(s, evidence_word(w->now.evidence));
    }
    return stay();
}

/* ---- the resident ---------------------------------------------------------------------- */

/* What was signed before was signed without it. */
static enum screen agree(struct session *s)
{
    struct visit *v = &s->visit;
    size_t i = v->waive.material;
    v->papers.held[i] = HELD_WAIVED;
    v->papers.waived[i] = v->waive.now;
    ink_clear(&v->signature);
    v->is_affirmed = false;
    v->is_dirty = true;
    return close(s);
}

enum screen act_waive_next(struct session *s, const struct event *e)
{
    (void)e;
    switch (s->visit.waive.step) {
    case WAIVE_PIN:
        return check_pin(s);
    case WAIVE_EVIDENCE:
        return accept(s);
    case WAIVE_AGREE:
        return agree(s);
    default:
        return stay();
    }
}

enum screen act_leave_waive(struct session *s, const struct event *e)
{
    (void)e;
    if (s->visit.waive.step == WAIVE_AGREE)
        note(s, "not-agreed");
    return close(s);
}
