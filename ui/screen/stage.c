#include "ui/screen/stage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/screen/scene.h"

enum { WHY_MS = 4000, WHY_BYTES = 160, TEXT_CACHE_BYTES = 16 * 1024 * 1024 };

struct stage {
    struct stage_config config;
    struct panel panel;
    const struct theme_tokens *theme;
    struct canvas *canvas;
    struct text *text;
    struct page *page;
    struct damage pending;
    const struct shift_view *shift; /* of staff */
    uint64_t seen_revision, seen_shift, frames;
    char preview[STAGE_PREVIEW];
    bool is_preview_news;
    int64_t minute; /* the one the clock line shows */
    int64_t countdown;
    bool is_stale;
    enum screen screen;
    int focus;
    struct keyboard keyboard;
    struct walk walk;
    int page_key;
    char why[WHY_BYTES];
    int64_t why_until_ms;
    int64_t ends_ms;
    bool is_more;     /* the elder home shows every theme */
    int64_t turn;     /* of the spinner that is shown, -1: none is */
    bool is_waiting;  /* the page has a sign of waiting, shown or to come */
    int64_t since_ms; /* then: since when */
    int warmed;       /* types of the theme that have been opened ahead of their use */
};

int stage_new(struct stage **out, const struct stage_config *config)
{
    AUTO(stage_free) struct stage *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->config = *config;
    s->is_stale = true;
    s->panel = panel_or_reference(config->panel);
    s->theme = config->theme;
    int r = canvas_new(&s->canvas, s->panel.width, s->panel.height);
    if (!r)
        r = text_new(&s->text, config->fonts, TEXT_CACHE_BYTES);
    if (!r)
        r = page_new(&s->page);
    if (r)
        return r;
    page_set_size(s->page, s->panel.width, s->panel.height);
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
    if (v->screen != s->screen) {
        s->is_waiting = false;
        s->is_more = false;
    }
    s->screen = v->screen;
    s->focus = v->focus;
    keyboard_reset(&s->keyboard);
    s->why_until_ms = 0;
}

static int64_t turn_of(const struct stage *s, const struct session_view *v)
{
    int64_t waited = now_of(s) - s->since_ms;
    if (!s->is_waiting || waited < SPINNER_AFTER_MS)
        return -1;
    return v->preferences.is_still ? 0 : waited / SPINNER_STEP_MS;
}

/* Another theme is another picture altogether. */
static void take_theme(struct stage *s, const struct session_view *v)
{
    const struct theme_tokens *theme =
        v->screen == SCREEN_STAFF ? &theme_staff
        : v->rest == REST_DARK    ? &theme_rest
                                  : theme_for(v->preferences.is_contrast, v->preferences.is_elder);
    if (theme == s->theme)
        return;
    stage_damage_all(s);
    s->theme = theme;
    s->warmed = 0;
}

/* A form's pages are pages: each starts at its top, and so does each grid that a date is picked from. */
static int key_of(const struct stage *s, const struct session *session,
                  const struct session_view *v)
{
    if (v->screen == SCREEN_STAFF && s->shift)
        return (int)v->screen + 100 * (1 + (int)s->shift->page);
    if (v->screen != SCREEN_FORM)
        return (int)v->screen + 100 * (v->rest ? 2 : s->is_more);
    int part = v->is_ink_focus + 2 * keyboard_date_step(session, v, &s->keyboard);
    return (int)v->screen + 100 * (int)v->page + 10000 * (v->focus + 1) + 10000000 * part +
           100000000 * (v->only + 1);
}

static void build(struct stage *s, const struct session *session, const struct session_view *v)
{
    take_theme(s, v);
    struct surroundings around = { .wall_ms = s->config.clock->wall_ms(s->config.clock),
                                   .boot_ms = now_of(s),
                                   .utc_offset_minutes = s->config.utc_offset_minutes,
                                   .is_clock_set = true,
                                   .keyboard = s->keyboard,
                                   .rare = s->config.rare,
                                   .is_more = s->is_more,
                                   .since_ms = s->is_waiting ? s->since_ms : now_of(s),
                                   .preview = s->preview,
                                   .why = now_of(s) < s->why_until_ms ? s->why : "" };
    struct scene scene = { .page = s->page,
                           .session = session,
                           .view = v,
                           .text = s->text,
                           .theme = s->theme,
                           .shift = s->shift,
                           .around = &around,
                           .panel = s->panel };
    int key = key_of(s, session, v);
    page_begin(s->page, key);
    scene_build(&scene);
    const struct widget *ringed = walk_place(&s->walk, s->page, key != s->page_key);
    s->page_key = key;
    page_end(s->page, &s->pending);
    if (ringed)
        page_show(s->page, ringed, &s->pending);
    s->is_waiting = scene.is_waiting;
    s->since_ms = around.since_ms;
}

static void draw(struct stage *s)
{
    struct look look = { s->canvas, s->text, s->theme };
    for (int i = 0; i < s->pending.count; i++) {
        s->canvas->clip = rect_intersect(s->pending.rects[i],
                                         (struct rect){ 0, 0, s->panel.width, s->panel.height });
        page_draw(s->page, &look);
    }
    s->frames += s->pending.count > 0;
}

/* The first thing that is wrong or missing is brought into sight when errors appear; true if there
 * is one. */
static bool show_error(struct stage *s, const struct session_view *v)
{
    if (!v->has_errors_shown || (v->screen != SCREEN_FORM && v->screen != SCREEN_REVIEW))
        return false;
    for (size_t i = 0; i < page_count(s->page); i++) {
        const struct widget *w = page_at(s->page, i);
        if (w->field ? *w->field->error != 0 : w->is_error) {
            page_show(s->page, w, &s->pending);
            return true;
        }
    }
    return false;
}

/* Fonts open slowly: while nothing else is to be done those of the theme are opened one after the other, so that no page
 * waits for one. Those of another size are not: each is some 2 MB, and most visits do without. */
static void warm(struct stage *s)
{
    int ascent;
    struct type type = s->theme->types[s->warmed];
    const char *sample = type.weight == WEIGHT_ICON ? "\xee\xa2\x8a" : "字A1";
    (void)text_mask(s->text, type, sample, strlen(sample), &ascent);
    s->warmed++;
}

struct damage stage_update(struct stage *s, const struct session *session)
{
    const struct session_view *v = session_view(session);
    int64_t minute = minute_of(s), left = seconds_left(s, v);
    bool why_ended = s->why_until_ms && now_of(s) >= s->why_until_ms;
    int64_t turn = turn_of(s, v);
    bool is_same = !s->is_preview_news && v->revision == s->seen_revision && minute == s->minute &&
                   left == s->countdown && turn == s->turn && !why_ended &&
                   (v->screen != SCREEN_STAFF || !s->shift || s->shift->revision == s->seen_shift);
    s->ends_ms = v->ends_ms;
    if (!is_same || s->is_stale) {
        bool is_new_revision = v->revision != s->seen_revision;
        reset_keys(s, v);
        if (why_ended)
            s->why_until_ms = 0;
        build(s, session, v);
        if (is_new_revision && show_error(s, v))
            build(s, session, v); /* the buttons that scroll know the new place */
        s->seen_revision = v->revision;
        s->is_preview_news = false;
        s->seen_shift = s->shift ? s->shift->revision : 0;
        s->minute = minute;
        s->countdown = left;
        s->turn = turn_of(s, v);
        s->is_stale = false;
    }
    if (is_same && !s->pending.count && s->warmed < TYPE_COUNT)
        warm(s);
    draw(s);
    struct damage drawn = s->pending;
    s->pending.count = 0;
    return drawn;
}

void stage_show_preview(struct stage *s, const char *words)
{
    text_copy(s->preview, sizeof(s->preview), words);
    s->is_preview_news = true;
}

void stage_show_shift(struct stage *s, const struct shift_view *shift)
{
    s->shift = shift;
}

void stage_damage_all(struct stage *s)
{
    damage_add(&s->pending, (struct rect){ 0, 0, s->panel.width, s->panel.height });
}

int64_t stage_deadline_ms(const struct stage *s)
{
    int64_t now = now_of(s), wall = s->config.clock->wall_ms(s->config.clock);
    int64_t due = s->warmed < TYPE_COUNT ? now : now + 60000 - wall % 60000;
    if (s->countdown > 0) {
        int64_t next = s->ends_ms - (s->countdown - 1) * 1000;
        due = next < due ? next : due;
    }
    if (s->why_until_ms && s->why_until_ms < due)
        due = s->why_until_ms;
    /* With nothing to move only the first sign of a wait has its time. */
    if (s->is_waiting && s->turn != 0) {
        int64_t next =
            s->since_ms + (s->turn < 0 ? SPINNER_AFTER_MS : (s->turn + 1) * SPINNER_STEP_MS);
        due = next < due ? next : due;
    }
    return due;
}

void stage_forget(struct stage *s)
{
    page_wipe(s->page);
    text_wipe(s->text);
    text_keep(s->text, s->config.theme->types, TYPE_COUNT);
    keyboard_reset(&s->keyboard);
    explicit_bzero(&s->walk, sizeof(s->walk));
    explicit_bzero(s->why, sizeof(s->why));
    s->why_until_ms = 0;
    s->is_waiting = false; /* what still goes on has only begun for whoever comes next */
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
static bool handle_own(struct stage *s, const struct action *action)
{
    if (action->verb == UI_UP || action->verb == UI_DOWN) {
        int most = page_scroll_area(s->page).h - PAGE_TURN_OVERLAP;
        page_scroll(s->page, action->verb == UI_DOWN ? most : -most, &s->pending);
    } else if (action->verb == UI_MORE || action->verb == UI_LESS) {
        s->is_more = action->verb == UI_MORE;
    } else if (!keyboard_handle(&s->keyboard, action)) {
        return false;
    }
    s->is_stale = true;
    return true;
}

static enum event_kind ink_event(enum touch_phase phase)
{
    return phase == TOUCH_DOWN ? EV_INK_BEGIN : phase == TOUCH_MOVE ? EV_INK_MOVE : EV_INK_END;
}

/* In the ink's own measure, however large the pad is drawn. */
static struct event ink_of(const struct page_reply *reply)
{
    const struct ink *ink = reply->widget->ink;
    struct rect box = reply->widget->box;
    struct event e = { .kind = ink_event(reply->phase), .x = reply->x, .y = reply->y };
    if (ink && ink->width > 0 && ink->height > 0) {
        e.x = reply->x * ink->width / box.w;
        e.y = reply->y * ink->height / box.h;
    }
    return e;
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

static bool take_reply(struct stage *s, const struct page_reply *reply, struct event *out)
{
    *out = (struct event){ .kind = EV_TOUCHED };
    switch (reply->kind) {
    case PAGE_PAD:
        *out = ink_of(reply);
        return true;
    case PAGE_WHY:
        say_why(s, reply->widget->detail);
        return true;
    case PAGE_ACTION:
        if (!handle_own(s, &reply->action))
            *out = event_of(&reply->action);
        return true;
    default:
        return false;
    }
}

bool stage_touch(struct stage *s, struct touch touch, struct event *out)
{
    struct page_reply reply = page_touch(s->page, touch, &s->pending);
    s->is_stale |= s->walk.is_on; /* the ring goes when a finger comes */
    s->walk.is_on = false;
    return take_reply(s, &reply, out) || touch.phase == TOUCH_DOWN;
}

bool stage_key(struct stage *s, enum stage_key key, struct event *out)
{
    struct page_reply reply = walk_key(&s->walk, s->page, key, EV_AFFIRM);
    s->is_stale = true;
    if (key == STAGE_KEY_SELECT && reply.kind == PAGE_NOTHING && reply.widget)
        say_why(s, tr("This is only to be heard. Go on with the arrow keys."));
    take_reply(s, &reply, out);
    return true;
}

int stage_focus(const struct stage *s, const struct focus_map *m)
{
    return walk_stop(&s->walk, m);
}

int stage_page_key(const struct stage *s)
{
    return s->page_key;
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

const struct theme_tokens *stage_theme(const struct stage *s)
{
    return s->theme;
}

struct panel stage_panel(const struct stage *s)
{
    return s->panel;
}

uint64_t stage_frames(const struct stage *s)
{
    return s->frames;
}

void stage_show(struct stage *s, const struct widget *w)
{
    page_show(s->page, w, &s->pending);
}
