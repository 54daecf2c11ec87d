#include "firmware/session/session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/acts.h"
#include "firmware/session/figures.h"
#include "firmware/session/table.h"

/* ---- small things that everything uses ----------------------------------------------- */

int64_t session_now(const struct session *s)
{
    return s->config.clock->boot_ms(s->config.clock);
}

const char *session_tr(const struct session *s, enum language language, const char *msgid)
{
    return s->config.ports->translate(s->config.context, language, msgid);
}

const char *session_today(const struct session *s, char out[9])
{
    char utc[21];
    if (s->link.clock_quality == CLOCK_UNSET)
        return NULL;
    int64_t offset = (int64_t)s->config.utc_offset_minutes * 60000;
    clock_format_utc(utc, s->config.clock->wall_ms(s->config.clock) + offset);
    snprintf(out, 9, "%.4s%.2s%.2s", utc, utc + 5, utc + 8);
    return out;
}

bool session_can_submit(const struct session *s)
{
    if (s->visit.is_practice)
        return true;
    bool has_key =
        s->keys && seal_keys_are_usable(s->keys, s->config.clock->wall_ms(s->config.clock));
    return s->link.is_there && s->link.is_accepting && has_key;
}

void session_enter(struct session *s, enum screen to)
{
    s->visit.screen = to;
    s->visit.touched_ms = s->visit.entered_ms = session_now(s);
    s->visit.revealed_until_ms = 0;
}

/* The stack below may still hold what functions that have returned left there. */
static __attribute__((noinline)) void wipe_stack(void)
{
    char below[128 * 1024];
    explicit_bzero(below, sizeof(below));
}

void session_clean(struct visit *v)
{
    explicit_bzero(v, sizeof(*v));
    v->focus = v->only = -1;
    v->preferences.volume = VOLUME_DEFAULT;
    for (size_t i = 0; i < INK_FIELDS; i++)
        v->written[i].field = -1;
}

void session_forget(struct session *s)
{
    instant_settle(s);
    matters_settle(s);
    fetch_drop(s);
    elsewhere_drop(s);
    figures_left(s);
    practice_end(s);
    explicit_bzero(&s->course, sizeof(s->course));
    session_clean(&s->visit);
    explicit_bzero(&s->view, sizeof(s->view));
    wipe_stack();
    s->config.ports->forgotten(s->config.context);
}

bool session_is_busy(const struct session *s)
{
    enum screen now = s->visit.screen;
    return now != SCREEN_ATTRACT && now != SCREEN_OUT_OF_SERVICE && now != SCREEN_ENROL;
}

/* ---- what happens -------------------------------------------------------------------- */

/* Facts about devices and the queue process hold whoever is here; they need no row. */
static void take_facts(struct session *s, const struct event *e)
{
    if (e->kind == EV_READER)
        s->has_reader = e->number != 0;
    if (e->kind == EV_PRINTER)
        s->has_printer = e->number != 0;
    if (e->kind == EV_PASS) {
        s->pass.right = (enum pass_right)e->number;
        snprintf(s->pass.serial, sizeof(s->pass.serial), "%s", e->value);
    }
    if (e->kind == EV_LINK)
        s->link = *e->link;
    if (e->kind == EV_FIGURES)
        s->figures = *e->figures;
}

static bool is_time(struct session *s)
{
    int64_t now = session_now(s);
    if (s->visit.revealed_until_ms && now >= s->visit.revealed_until_ms) {
        s->visit.revealed_until_ms = 0;
        s->revision++;
    }
    if (instant_is_due(s)) {
        instant_settle(s);
        s->revision++;
    }
    if (matters_are_due(s))
        matters_settle(s);
    if (bell_is_late(s))
        s->revision++;
    return now >= session_deadline_ms(s);
}

static bool is_by_hand(enum event_kind kind)
{
    return kind > EV_TOUCHED && kind < EV_READER && kind != EV_AGENT_NOTES;
}

/* A real card ends practice: whoever lays it down means it. */
static void leave_practice(struct session *s, const struct event *e)
{
    if (!s->visit.is_practice ||
        (e->kind != EV_CARD_READ && e->kind != EV_CARD_COMING && e->kind != EV_MAKE_WAY))
        return;
    session_forget(s);
    session_enter(s, session_idle(s));
}

void session_handle(struct session *s, const struct event *e)
{
    take_facts(s, e);
    leave_practice(s, e);
    if (e->kind == EV_TIME && !is_time(s))
        return;
    if (e->kind != EV_TOUCHED || rest_now(s))
        s->revision++;
    if (bell_took(s, e))
        return;
    const struct transition *row = table_row(s->visit.screen, e->kind);
    if (!row)
        return;
    if (is_by_hand(e->kind))
        s->visit.touched_ms = session_now(s);
    bool was_busy = session_is_busy(s);
    enum screen to = row->act ? row->act(s, e) : row->to;
    if (to != (enum screen)STAY)
        session_enter(s, to);
    if (!was_busy && session_is_busy(s) && s->visit.screen != SCREEN_STAFF)
        hours_begin(s);
    course_watch(s);
    practice_answer(s);
}

/* ---- life ---------------------------------------------------------------------------- */

int session_new(struct session **out, const struct session_config *config)
{
    struct session *s = locked_new(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->config = *config;
    trips_begin(&s->trips);
    session_clean(&s->visit);
    s->visit.screen = SCREEN_OUT_OF_SERVICE;
    *out = s;
    return 0;
}

void session_free(struct session *s)
{
    if (!s)
        return;
    seal_keys_free(s->keys);
    point_free(s->point);
    locked_free(s, sizeof(*s));
}

void session_set_catalogue(struct session *s, const struct catalogue *c)
{
    s->catalogue = c;
    s->revision++;
    if (!session_is_busy(s))
        session_enter(s, session_idle(s));
}

void session_set_keys(struct session *s, struct seal_keys *keys)
{
    seal_keys_free(s->keys);
    s->keys = keys;
    s->revision++;
}

void session_set_point(struct session *s, struct point_news *point)
{
    point_free(s->point);
    s->point = point;
    s->revision++;
}
