#include "ui/present/evdev_touch.h"

#include <string.h>

static int clamp(int64_t value, int least, int most)
{
    return value < least ? least : value > most ? most : (int)value;
}

/* ---- places -------------------------------------------------------------------------- */

/* The whole range of the axis covers `pixels`, its last value included. */
static int scale(int value, struct evdev_axis axis, int pixels)
{
    int64_t range = (int64_t)axis.most - axis.least;
    if (range <= 0 || pixels <= 0)
        return 0;
    return clamp(((int64_t)value - axis.least) * pixels / (range + 1), 0, pixels - 1);
}

static struct input at(const struct evdev_touch *t, enum input_kind kind, struct evdev_slot s)
{
    int x = t->lie.is_swapped ? scale(s.y, t->y, t->glass.w) : scale(s.x, t->x, t->glass.w);
    int y = t->lie.is_swapped ? scale(s.x, t->x, t->glass.h) : scale(s.y, t->y, t->glass.h);
    if (t->lie.flips_x)
        x = t->glass.w - 1 - x;
    if (t->lie.flips_y)
        y = t->glass.h - 1 - y;
    return (struct input){ .kind = kind,
                           .x = clamp((int64_t)x - t->picture.x, 0, t->picture.w - 1),
                           .y = clamp((int64_t)y - t->picture.y, 0, t->picture.h - 1) };
}

/* ---- what is to be told -------------------------------------------------------------- */

static struct input *newest(struct evdev_touch *t)
{
    return t->count ? &t->pending[(t->head + t->count - 1) % EVDEV_PENDING] : NULL;
}

/* Whoever does not listen for so long gets no half of a touch: it is cancelled. */
static void give_up(struct evdev_touch *t)
{
    t->head = 0;
    t->count = 1;
    t->pending[0] = (struct input){ .kind = INPUT_CANCEL, .x = t->last.x, .y = t->last.y };
    t->finger = -1;
}

static void tell(struct evdev_touch *t, struct input what)
{
    struct input *before = newest(t);
    t->last = what;
    if (what.kind == INPUT_MOVE && before && before->kind == INPUT_MOVE)
        *before = what;
    else if (t->count == EVDEV_PENDING)
        give_up(t);
    else
        t->pending[(t->head + t->count++) % EVDEV_PENDING] = what;
}

bool evdev_touch_next(struct evdev_touch *t, struct input *out)
{
    if (!t->count)
        return false;
    *out = t->pending[t->head];
    t->head = (t->head + 1) % EVDEV_PENDING;
    t->count--;
    return true;
}

/* ---- reports ------------------------------------------------------------------------- */

static void lift(struct evdev_touch *t, enum input_kind how)
{
    if (t->finger < 0)
        return;
    t->last.kind = how;
    t->finger = -1;
    tell(t, t->last);
}

static void press(struct evdev_touch *t, int slot)
{
    t->finger = slot;
    t->finger_id = t->slots[slot].id;
    tell(t, at(t, INPUT_DOWN, t->slots[slot]));
}

static void drag(struct evdev_touch *t)
{
    struct input now = at(t, INPUT_MOVE, t->slots[t->finger]);
    if (now.x != t->last.x || now.y != t->last.y)
        tell(t, now);
}

static void report(struct evdev_touch *t)
{
    if (t->finger >= 0 && t->slots[t->finger].id != t->finger_id)
        lift(t, INPUT_UP);
    for (int i = 0; i < EVDEV_SLOTS && t->finger < 0; i++)
        if (t->fresh & 1u << i)
            press(t, i);
    t->fresh = 0;
    if (t->finger >= 0)
        drag(t);
}

static void take_multi(struct evdev_touch *t, const struct input_event *e)
{
    struct evdev_slot *s = t->slot < 0 ? NULL : &t->slots[t->slot];
    if (e->code == ABS_MT_SLOT)
        t->slot = e->value < 0 || e->value >= EVDEV_SLOTS ? -1 : e->value;
    else if (!s)
        return;
    else if (e->code == ABS_MT_TRACKING_ID) {
        int id = e->value < 0 ? -1 : e->value;
        t->fresh &= ~(1u << t->slot);
        t->fresh |= id >= 0 && id != s->id ? 1u << t->slot : 0;
        s->id = id;
    } else if (e->code == ABS_MT_POSITION_X)
        s->x = e->value;
    else if (e->code == ABS_MT_POSITION_Y)
        s->y = e->value;
}

/* A pointer is a panel with one slot; its button, or what touches, is the finger. */
static void take_single(struct evdev_touch *t, const struct input_event *e)
{
    struct evdev_slot *s = &t->slots[0];
    if (e->type == EV_ABS && e->code == ABS_X)
        s->x = e->value;
    else if (e->type == EV_ABS && e->code == ABS_Y)
        s->y = e->value;
    else if (e->type == EV_KEY && (e->code == BTN_TOUCH || e->code == BTN_LEFT) && e->value != 2) {
        s->id = e->value ? 0 : -1;
        t->fresh = e->value ? 1 : 0;
    }
}

static bool take_report(struct evdev_touch *t, const struct input_event *e)
{
    if (e->code == SYN_DROPPED) {
        t->is_lost = true;
    } else if (e->code == SYN_REPORT && t->is_lost) {
        t->is_lost = false;
        evdev_touch_resync(t, 0, NULL, 0);
        return true;
    } else if (e->code == SYN_REPORT) {
        report(t);
    }
    return false;
}

bool evdev_touch_take(struct evdev_touch *t, const struct input_event *e)
{
    if (e->type == EV_SYN)
        return take_report(t, e);
    if (t->is_lost)
        return false;
    if (!t->is_multi)
        take_single(t, e);
    else if (e->type == EV_ABS)
        take_multi(t, e);
    return false;
}

/* ---- beginning and end --------------------------------------------------------------- */

void evdev_touch_start(struct evdev_touch *t, struct evdev_axis x, struct evdev_axis y,
                       bool is_multi)
{
    *t = (struct evdev_touch){ .x = x, .y = y, .is_multi = is_multi, .finger = -1 };
    for (size_t i = 0; i < EVDEV_SLOTS; i++)
        t->slots[i].id = -1;
}

void evdev_touch_place(struct evdev_touch *t, struct evdev_lie lie, struct rect glass,
                       struct rect picture)
{
    t->lie = lie;
    t->glass = glass;
    t->picture = picture;
}

void evdev_touch_resync(struct evdev_touch *t, int current_slot, const int *ids, size_t count)
{
    lift(t, INPUT_CANCEL);
    t->fresh = 0;
    t->slot = current_slot < 0 || current_slot >= EVDEV_SLOTS ? -1 : current_slot;
    for (size_t i = 0; i < EVDEV_SLOTS; i++)
        t->slots[i].id = ids && i < count && ids[i] >= 0 ? ids[i] : -1;
}

void evdev_touch_end(struct evdev_touch *t)
{
    evdev_touch_resync(t, 0, NULL, 0);
}
