#include "ui/screen/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/screen/scene.h"

enum { WHY_MS = 4000, WHY_BYTES = 160, TEXT_CACHE_BYTES = 6 * 1024 * 1024 };

struct stage {
    struct stage_config config;
    struct canvas *canvas;
    struct text *text;
    struct page *page;
    struct damage pending;
    uint64_t seen_revision, frames;
    int64_t minute; /* the one the clock line shows */
    int64_t countdown;
    bool is_stale;
    enum screen screen;
    int focus;
    enum keys keys;
    bool is_shifted;
    char why[WHY_BYTES];
    int64_t why_until_ms;
    int64_t ends_ms;
};

int stage_new(struct stage **out, const struct stage_config *config)
{
    AUTO(stage_free) struct stage *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->config = *config;
    s->is_stale = true;
    int r = canvas_new(&s->canvas, PAGE_W, PAGE_H);
    if (!r)
        r = text_new(&s->text, config->fonts, TEXT_CACHE_BYTES);
    if (!r)
        r = page_new(&s->page);
    if (r)
        return r;
    *out = TAKE(s);
    return 0;
}

void stage_free(struct stage *s)
{
    if (!s)
        return;
    page_free(s->page);
    text_free(s->text);
    canvas_free(s->canvas);
    free(s);
}

/* ---- drawing ------------------------------------------------------------------------- */

static int64_t now_of(const struct stage *s)
{
    return s->config.clock->boot_ms(s->config.clock);
}

static int64_t minute_of(const struct stage *s)
{
    return s->config.clock->wall_ms(s->config.clock) / 60000;
}

static bool is_counting(const struct session_view *v)
{
    return v->screen == SCREEN_STILL_THERE || v->screen == SCREEN_CARD_REMOVED;
}

static int64_t seconds_left(const struct stage *s, const struct session_view *v)
{
    return is_counting(v) ? (v->ends_ms - now_of(s) + 999) / 1000 : -1;
}

/* Another field or screen starts with plain letters. */
static void reset_keys(struct stage *s, const struct session_view *v)
{
    if (v->screen == s->screen && v->focus == s->focus)
        return;
    s->screen = v->screen;
    s->focus = v->focus;
    s->keys = KEYS_LETTERS;
    s->is_shifted = false;
    s->why_until_ms = 0;
}

static void build(struct stage *s, const struct session *session, const struct session_view *v)
{
    struct surroundings around = { .wall_ms = s->config.clock->wall_ms(s->config.clock),
                                   .boot_ms = now_of(s),
                                   .utc_offset_minutes = s->config.utc_offset_minutes,
                                   .is_clock_set = true,
                                   .keys = s->keys,
                                   .is_shifted = s->is_shifted,
                                   .why = now_of(s) < s->why_until_ms ? s->why : "" };
    struct scene scene = { .page = s->page,
                           .session = session,
                           .view = v,
                           .text = s->text,
                           .theme = s->config.theme,
                           .around = &around };
    /* A form's pages are pages: each starts at its top. */
    int key =
        (int)v->screen + 100 * (int)v->page + 10000 * (v->focus + 1) + 10000000 * v->is_ink_focus;
    page_begin(s->page, v->screen == SCREEN_FORM ? key : (int)v->screen);
    scene_build(&scene);
    page_end(s->page, &s->pending);
}

static void draw(struct stage *s)
{
    struct look look = { s->canvas, s->text, s->config.theme };
    for (int i = 0; i < s->pending.count; i++) {
        s->canvas->clip =
            rect_intersect(s->pending.rects[i], (struct rect){ 0, 0, PAGE_W, PAGE_H });
        page_draw(s->page, &look);
    }
    s->frames += s->pending.count > 0;
}

/* The first field with an error is brought into sight when errors appear. */
static void show_error(struct stage *s, const struct session_view *v)
{
    if (!v->has_errors_shown || v->screen != SCREEN_FORM)
        return;
    for (size_t i = 0; i < page_count(s->page); i++) {
        const struct widget *w = page_at(s->page, i);
        if (w->field && *w->field->error) {
            page_show(s->page, w, &s->pending);
            return;
        }
    }
}

struct damage stage_update(struct stage *s, const struct session *session)
{
    const struct session_view *v = session_view(session);
    int64_t minute = minute_of(s), left = seconds_left(s, v);
    bool why_ended = s->why_until_ms && now_of(s) >= s->why_until_ms;
    bool is_same = v->revision == s->seen_revision && minute == s->minute && left == s->countdown &&
                   !why_ended;
    s->ends_ms = v->ends_ms;
    if (!is_same || s->is_stale) {
        bool is_new_revision = v->revision != s->seen_revision;
        reset_keys(s, v);
        if (why_ended)
            s->why_until_ms = 0;
        build(s, session, v);
        if (is_new_revision)
            show_error(s, v);
        s->seen_revision = v->revision;
        s->minute = minute;
        s->countdown = left;
        s->is_stale = false;
    }
    draw(s);
    struct damage drawn = s->pending;
    s->pending.count = 0;
    return drawn;
}

void stage_damage_all(struct stage *s)
{
    damage_add(&s->pending, (struct rect){ 0, 0, PAGE_W, PAGE_H });
}

int64_t stage_deadline_ms(const struct stage *s)
{
    int64_t now = now_of(s), wall = s->config.clock->wall_ms(s->config.clock);
    int64_t due = now + 60000 - wall % 60000;
    if (s->countdown > 0) {
        int64_t next = s->ends_ms - (s->countdown - 1) * 1000;
        due = next < due ? next : due;
    }
    if (s->why_until_ms && s->why_until_ms < due)
        due = s->why_until_ms;
    return due;
}

void stage_forget(struct stage *s)
{
    page_wipe(s->page);
    text_wipe(s->text);
    explicit_bzero(s->why, sizeof(s->why));
    s->why_until_ms = 0;
    s->is_stale = true;
}

/* ---- the finger ---------------------------------------------------------------------- */

static void say_why(struct stage *s, const char *why)
{
    if (!*why)
        return;
    snprintf(s->why, sizeof(s->why), "%s", why);
    s->why_until_ms = now_of(s) + WHY_MS;
    s->is_stale = true;
}

/* What the user interface does by itself. */
static bool handle_own(struct stage *s, int verb)
{
    switch (verb) {
    case UI_UP:
    case UI_DOWN: {
        int most = page_scroll_area(s->page).h - 120;
        page_scroll(s->page, verb == UI_DOWN ? most : -most, &s->pending);
        break;
    }
    case UI_LETTERS:
        s->keys = KEYS_LETTERS;
        break;
    case UI_SIGNS:
        s->keys = KEYS_SIGNS;
        break;
    case UI_SHIFT:
        s->is_shifted = !s->is_shifted;
        break;
    default:
        return false;
    }
    s->is_stale = true;
    return true;
}

static enum event_kind ink_event(enum touch_phase phase)
{
    return phase == TOUCH_DOWN ? EV_INK_BEGIN : phase == TOUCH_MOVE ? EV_INK_MOVE : EV_INK_END;
}

/* A widget's verb is the session's event; its name may be a number (the page to edit). */
static struct event event_of(const struct action *action)
{
    struct event e = { .kind = (enum event_kind)action->verb,
                       .name = action->name,
                       .value = action->value };
    (void)text_to_int(&e.number, action->name);
    return e;
}

bool stage_touch(struct stage *s, struct touch touch, struct event *out)
{
    struct page_reply reply = page_touch(s->page, touch, &s->pending);
    *out = (struct event){ .kind = EV_TOUCHED };
    switch (reply.kind) {
    case PAGE_PAD:
        *out = (struct event){ .kind = ink_event(reply.phase), .x = reply.x, .y = reply.y };
        return true;
    case PAGE_WHY:
        say_why(s, reply.widget->detail);
        return true;
    case PAGE_ACTION:
        if (!handle_own(s, reply.action.verb))
            *out = event_of(&reply.action);
        return true;
    default:
        return touch.phase == TOUCH_DOWN;
    }
}

/* ---- looking ------------------------------------------------------------------------- */

const struct canvas *stage_canvas(const struct stage *s)
{
    return s->canvas;
}

const struct page *stage_page(const struct stage *s)
{
    return s->page;
}

struct text *stage_text(struct stage *s)
{
    return s->text;
}

uint64_t stage_frames(const struct stage *s)
{
    return s->frames;
}

void stage_show(struct stage *s, const struct widget *w)
{
    page_show(s->page, w, &s->pending);
}
