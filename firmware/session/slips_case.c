/* The slip about a case that was looked up (SS-53): the one-time notice while it waits for a correction, what may follow
 * after an acceptance with gaps, else how it stands. No name: the number was typed, whoever's it is. */
#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/slip_both.h"

#define N_(msgid) msgid

enum {
    BESIDES = CASE_CHECK_TEXT,
    DAY = 11,
    LEFT = 96,
    STEP = 96,
    PAYLOAD = 160,
    NAME = CASE_PART_NAME + 8
};

/* What the texts of a slip point into while it is built. */
struct gathered {
    struct slip_head head;
    char printed[SLIP_TIME], as_of[SLIP_TIME], payload[PAYLOAD], since[SLIP_TIME];
    char promised_by[DAY], legal_by[DAY], left[2][LEFT];
    char due[TIMELINE_OWED][DAY], step[TIMELINE_STEPS][2][STEP];
    struct slip_item owed[TIMELINE_OWED], steps[TIMELINE_STEPS];
    size_t owed_count, step_count;
    struct slip_item waived[TIMELINE_WAIVED];
    /* of a bundle */
    char name[CASE_PARTS_MAX][2][NAME], note[CASE_PARTS_MAX][2][CASE_PART_NOTE],
        reason[CASE_PARTS_MAX][2][CASE_PART_WHY];
    struct slip_item parts[CASE_PARTS_MAX];
    struct slip_words reasons[CASE_PARTS_MAX];
    bool has_refusal;
    char owner[2][CASE_OWNER_TEXT], check[2][BESIDES], elsewhere[2][BESIDES];
};

static void day_text(char out[DAY], const char *day)
{
    out[0] = 0;
    if (*day)
        snprintf(out, DAY, "%.4s-%.2s-%.2s", day, day + 4, day + 6);
}

static void gather_owed(struct gathered *g, const struct session *s)
{
    const struct timeline *t = &s->visit.asked.timeline;
    for (size_t i = 0; i < t->owed_count; i++) {
        const struct words *name = catalogue_material_name(s->catalogue, t->owed[i].material);
        struct slip_item *item = &g->owed[g->owed_count++];
        day_text(g->due[i], t->owed[i].due);
        item->what = name ? slip_both(name) : (struct slip_words){ t->owed[i].material, NULL };
        item->due = g->due[i];
    }
}

static void gather_steps(struct gathered *g, const struct session *s)
{
    const struct timeline *t = &s->visit.asked.timeline;
    for (size_t i = 0; i < t->step_count; i++) {
        const char *words = step_words_of(t->steps[i].what);
        char day[DAY], (*step)[STEP] = g->step[g->step_count];
        if (!words)
            continue;
        day_text(day, t->steps[i].day);
        for (int l = 0; l < 2; l++)
            snprintf(step[l], STEP, "%s  %s", day,
                     session_own(s, l ? LANGUAGE_EN : LANGUAGE_ZH, words));
        g->steps[g->step_count++].what = (struct slip_words){ step[0], step[1] };
    }
}

static void gather_waived(struct gathered *g, const struct session *s)
{
    const struct timeline *t = &s->visit.asked.timeline;
    for (size_t i = 0; i < t->waived_count; i++) {
        const struct words *name = catalogue_material_name(s->catalogue, t->waived[i].paper);
        g->waived[i].what =
            name ? slip_both(name) : (struct slip_words){ t->waived[i].paper, NULL };
        g->waived[i].note = (struct slip_words){ t->waived[i].evidence, NULL };
    }
}

static void add_behind(char why[CASE_PART_WHY], const char *text)
{
    size_t used = strlen(why);
    if (*text)
        snprintf(why + used, CASE_PART_WHY - used, "%s%s", used ? " · " : "", text);
}

/* When they come to it, and which papers it waits for, behind what else must not be overlooked. */
static void add_visit_and_owed(const struct session *s, const struct case_part *part, int language,
                               char why[CASE_PART_WHY])
{
    char owed[CASE_PART_NOTE], visit[CASE_VISIT_TEXT];
    session_case_part_visit(s, part, language, visit);
    session_case_part_owed(s, part, language, owed);
    add_behind(why, visit);
    add_behind(why, owed);
}

static void gather_parts(struct gathered *g, const struct session *s)
{
    const struct case_parts *parts = &s->visit.asked.timeline.parts;
    g->has_refusal = case_is_refused(s->visit.asked.state);
    for (size_t i = 0; i < parts->count; i++) {
        const struct case_part *part = &parts->list[i];
        for (int l = 0; l < 2; l++) {
            snprintf(g->name[i][l], NAME, "%u  %s", part->no, part->name[l]);
            session_case_part_note(s, part, l, g->note[i][l]);
            session_case_part_why(s, part, l, g->reason[i][l]);
            add_visit_and_owed(s, part, l, g->reason[i][l]);
        }
        g->parts[i] = (struct slip_item){ .what = { g->name[i][0], g->name[i][1] },
                                          .note = { g->note[i][0], g->note[i][1] } };
        g->reasons[i] = (struct slip_words){ g->reason[i][0], g->reason[i][1] };
        g->has_refusal |= case_is_refused(part->state);
    }
}

/* Who has it, the check of a promise, the county it lies with. */
static void gather_more(struct gathered *g, const struct session *s)
{
    const struct timeline *t = &s->visit.asked.timeline;
    for (int l = 0; l < 2; l++) {
        if (!case_owner_is_elsewhere(&t->owner, &t->elsewhere))
            session_case_owner(&t->owner, l, g->owner[l]);
        session_case_check(s, &t->check, "", l, g->check[l]);
        session_case_elsewhere(s, &t->elsewhere, l, g->elsewhere[l]);
    }
}

/* Nothing said: no line. */
static struct slip_words said(char text[2][BESIDES])
{
    return (struct slip_words){ *text[0] ? text[0] : NULL, *text[1] ? text[1] : NULL };
}

static struct slip_words owner_of(const struct gathered *g)
{
    bool is_named = *g->owner[0] != 0;
    return (struct slip_words){ is_named ? g->owner[0] : NULL, is_named ? g->owner[1] : NULL };
}

/* Only while it runs: what is decided is neither early nor late any more. */
static void gather_left(struct gathered *g, const struct session *s)
{
    const struct timeline *t = &s->visit.asked.timeline;
    if (!t->is_counted_here && !*t->paused_since)
        return;
    for (int l = 0; l < 2; l++) {
        enum language language = l ? LANGUAGE_EN : LANGUAGE_ZH;
        snprintf(g->left[l], LEFT,
                 *t->paused_since
                     ? session_own(s, language, N_("clock stopped, working days left: %d"))
                 : t->days_left < 0 ? session_own(s, language, N_("working days late: %d"))
                                    : session_own(s, language, N_("working days left: %d")),
                 t->days_left < 0 ? -t->days_left : t->days_left);
    }
}

static void gather(struct gathered *g, const struct session *s, unsigned copy)
{
    const struct case_view *c = &s->visit.asked;
    memset(g, 0, sizeof(*g));
    g->head = slip_head_of(g->printed, s, copy);
    snprintf(g->payload, sizeof(g->payload), "%s%s", s->config.case_url, c->receipt);
    if (c->as_of_ms)
        slip_time(g->as_of, s, c->as_of_ms);
    if (c->changed_ms)
        slip_time(g->since, s, c->changed_ms);
    day_text(g->promised_by, c->timeline.promised_by);
    day_text(g->legal_by, c->timeline.legal_by);
    gather_owed(g, s);
    gather_steps(g, s);
    gather_left(g, s);
    gather_waived(g, s);
    gather_parts(g, s);
    gather_more(g, s);
}

static int notice(struct slip **out, const struct session *s, const struct gathered *g)
{
    const struct timeline *t = &s->visit.asked.timeline;
    const struct point *point = catalogue_point(s->catalogue);
    const struct slip_notice_text text = { .number = s->visit.asked.receipt,
                                           .payload = g->payload,
                                           .owner = owner_of(g),
                                           .deadline = g->owed_count ? g->due[0] : "",
                                           .where = slip_both(&point->window),
                                           .hours = slip_both(&point->staff_hours),
                                           .basis = { t->article, NULL },
                                           .missing = { g->owed_count, g->owed } };
    return slip_build_notice(out, &g->head, &text);
}

static int gap(struct slip **out, const struct session *s, const struct gathered *g)
{
    const struct slip_gap_text text = {
        .number = s->visit.asked.receipt,
        .payload = g->payload,
        .accepted = g->since,
        .owner = owner_of(g),
        .hand_in = slip_said(s, N_("Hand it in at the counter here, with this slip. Whoever has no "
                                   "time to come can send somebody.")),
        .if_late = slip_said(s, N_("The acceptance is revoked, in writing. You can apply again.")),
        .owed = { g->owed_count, g->owed }
    };
    return slip_build_gap(out, &g->head, &text);
}

static int status(struct slip **out, const struct session *s, struct gathered *g)
{
    const struct case_view *c = &s->visit.asked;
    const struct timeline *t = &c->timeline;
    const struct case_words *w = case_words_of(c->state);
    bool is_bundle = t->parts.count > 0, is_partial = case_parts_are_partial(&t->parts);
    const struct slip_status_text text = {
        .number = c->receipt,
        .payload = g->payload,
        .state = slip_said(s, is_partial ? N_("Partly done")
                              : w        ? w->title
                                         : N_("The county has answered")),
        .left = { g->left[0], g->left[1] },
        .office = { t->office[0], *t->office[1] ? t->office[1] : NULL },
        .reason = { is_bundle ? NULL : t->reason, NULL },
        .since = g->since,
        .promised_by = g->promised_by,
        .legal_by = g->legal_by,
        .as_of = g->as_of,
        .code = t->code,
        .counter = t->counter,
        .tracking = t->tracking,
        .parcel = t->posted.state > POSTED_UNKNOWN ? slip_said(s, posted_words(t->posted.state))
                                                   : (struct slip_words){ NULL, NULL },
        .needs_no_return = t->needs_no_return,
        .owed = { g->owed_count, g->owed },
        .waived = { t->waived_count, g->waived },
        .parts = { t->parts.count, g->parts },
        .reasons = g->reasons,
        .remedy = g->has_refusal ? slip_said(s, case_remedy) : (struct slip_words){ NULL, NULL },
        .owner = owner_of(g),
        .check = said(g->check),
        .elsewhere = said(g->elsewhere),
        .steps = { is_bundle ? 0 : g->step_count, g->steps }
    };
    return slip_build_status(out, &g->head, &text);
}

int slip_case(struct slip **out, const struct session *s, unsigned copy)
{
    struct gathered g;
    const char *state = s->visit.asked.state;
    gather(&g, s, copy);
    bool is_owing = g.owed_count > 0;
    int r = is_owing && !strcmp(state, "correction_requested") ? notice(out, s, &g)
            : is_owing && !strcmp(state, "accepted_gap")       ? gap(out, s, &g)
                                                               : status(out, s, &g);
    explicit_bzero(&g, sizeof(g));
    return r;
}
