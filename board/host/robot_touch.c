/* What the robot does: it touches, draws and types as a finger would. */
#include <string.h>

#include "board/host/robot_inside.h"

enum { BETWEEN_TAPS_MS = 600, STROKE_STEP_MS = 8 };

static const struct widget *find(struct robot *r, const json_t *request)
{
    const struct page *p = robot_page(r);
    const char *id = json_text_at(request, "id"), *label = json_text_at(request, "label");
    const struct widget *part = NULL;
    if (*id)
        return page_find(p, id);
    for (size_t i = 0; *label && i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        if (!*w->id || !w->action.verb)
            continue;
        if (!strcmp(w->label, label))
            return w;
        if (!part && strstr(w->label, label))
            part = w;
    }
    return part;
}

static void touch(struct robot *r, enum touch_phase phase, int x, int y)
{
    r->hands.touch(r->hands.context, (struct touch){ phase, x, y, r->touch_ms });
}

static struct rect bring_into_sight(struct robot *r, const json_t *request)
{
    const struct widget *w = find(r, request);
    if (!w)
        return (struct rect){ 0 };
    if (rect_is_empty(page_touch_box(robot_page(r), w)) || w->is_in_scroll) {
        stage_show(r->hands.stage(r->hands.context), w);
        r->hands.settle(r->hands.context);
        w = find(r, request);
    }
    return w ? page_touch_box(robot_page(r), w) : (struct rect){ 0 };
}

/* A glass at rest shows nothing to tap: a visitor touches it first. */
static void wake(struct robot *r)
{
    if (!robot_view(r)->rest)
        return;
    touch(r, TOUCH_DOWN, 1, 1);
    touch(r, TOUCH_UP, 1, 1);
    r->hands.settle(r->hands.context);
}

json_t *robot_tap(struct robot *r, const json_t *request)
{
    int x = (int)json_integer_value(json_object_get(request, "x")),
        y = (int)json_integer_value(json_object_get(request, "y"));
    if (!json_object_get(request, "x")) {
        wake(r);
        struct rect box = bring_into_sight(r, request);
        const struct widget *w = find(r, request);
        if (!w || rect_is_empty(box))
            return robot_refused("no such widget on this screen");
        if (w->is_disabled)
            return robot_refused(*w->detail ? w->detail : "the widget is disabled");
        x = box.x + box.w / 2;
        y = box.y + box.h / 2;
    }
    int64_t now = robot_ms();
    r->touch_ms = r->touch_ms + BETWEEN_TAPS_MS > now ? r->touch_ms + BETWEEN_TAPS_MS : now;
    touch(r, TOUCH_DOWN, x, y);
    r->hands.settle(r->hands.context); /* the pressed look is drawn, as for a finger */
    int64_t released = robot_us();
    touch(r, TOUCH_UP, x, y);
    r->hands.settle(r->hands.context);
    robot_note_screen(r);
    json_t *o = robot_done(r);
    json_object_set_new(o, "released_us", json_integer(released));
    json_object_set_new(o, "took_us", json_integer(robot_us() - released));
    return o;
}

/* Points are px of the pad when an id is given, else of the screen. */
json_t *robot_stroke(struct robot *r, const json_t *request)
{
    const json_t *points = json_object_get(request, "points");
    struct rect box = bring_into_sight(r, request);
    const struct widget *w = find(r, request);
    if (*json_text_at(request, "id") && (!w || rect_is_empty(box)))
        return robot_refused("no such widget on this screen");
    size_t count = json_array_size(points);
    for (size_t i = 0; i < count; i++) {
        const json_t *point = json_array_get(points, i);
        int x = box.x + (int)json_number_value(json_array_get(point, 0));
        int y = box.y + (int)json_number_value(json_array_get(point, 1));
        r->touch_ms += STROKE_STEP_MS;
        touch(r, i ? TOUCH_MOVE : TOUCH_DOWN, x, y);
        if (i + 1 == count)
            touch(r, TOUCH_UP, x, y);
    }
    r->hands.settle(r->hands.context);
    return count ? robot_done(r) : robot_refused("a stroke needs points");
}

json_t *robot_type(struct robot *r, const json_t *request)
{
    r->hands.type(r->hands.context, json_text_at(request, "text"));
    r->hands.settle(r->hands.context);
    return robot_done(r);
}

json_t *robot_advance(struct robot *r, const json_t *request)
{
    r->hands.advance(r->hands.context, json_integer_value(json_object_get(request, "advance_ms")));
    r->hands.settle(r->hands.context);
    return robot_done(r);
}

json_t *robot_quit(struct robot *r, const json_t *request)
{
    (void)request;
    r->hands.quit(r->hands.context);
    return robot_done(r);
}

/* What staff do to show the kiosk, or to learn it. */
json_t *robot_practise(struct robot *r, const json_t *request)
{
    (void)request;
    if (!r->hands.practise(r->hands.context))
        return robot_refused("practice begins only while nobody is here");
    r->hands.settle(r->hands.context);
    return robot_done(r);
}
