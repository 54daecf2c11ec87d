#include "drivers/keypad/keys.h"

const struct keypad_timing keypad_timing_default = { .repeat_delay_ms = 1000,
                                                     .repeat_ms = 400,
                                                     .double_strike_ms = 0 };

const char *keypad_event_word(enum keypad_event event)
{
    static const char *const words[KEYPAD_EVENTS] = {
        "nothing",        "up",     "down", "left",   "right",  "select",
        "back",           "repeat", "help", "louder", "softer", "headphones-in",
        "headphones-out", "ready",  "gone", "stuck",  "free",
    };
    return event < KEYPAD_EVENTS ? words[event] : "nothing";
}

static bool repeats(enum keypad_event event)
{
    return (event >= KEYPAD_UP && event <= KEYPAD_RIGHT) || event == KEYPAD_LOUDER ||
           event == KEYPAD_SOFTER;
}

/* Where nobody fetches them, keys are lost before what matters: the headphones above all. */
static void say(struct keypad_keys *k, enum keypad_event event)
{
    size_t room = event < KEYPAD_HEADPHONES_IN ? KEYPAD_QUEUE - KEYPAD_DOWN_MAX : KEYPAD_QUEUE;
    if (k->queued - k->taken < room)
        k->queue[k->queued++ % KEYPAD_QUEUE] = event;
}

static const struct keypad_row *find_row(const struct keypad_keys *k, uint32_t usage)
{
    for (const struct keypad_row *r = k->rows; r->usage; r++)
        if (r->usage == usage)
            return r;
    return NULL;
}

static struct keypad_down *find_down(struct keypad_keys *k, uint32_t usage)
{
    for (size_t i = 0; i < k->down_count; i++)
        if (k->down[i].usage == usage)
            return &k->down[i];
    return NULL;
}

void keypad_keys_start(struct keypad_keys *k, const struct keypad_row *rows,
                       const struct keypad_timing *timing)
{
    *k = (struct keypad_keys){ .rows = rows, .timing = *timing };
}

/* ---- keys ---------------------------------------------------------------------------- */

/* A contact that chatters, or a hand that trembles: the same key again, too soon. */
static bool is_unmeant(const struct keypad_keys *k, enum keypad_event event, int64_t now_ms)
{
    return event == k->last && (now_ms - k->last_up_ms < KEYPAD_BOUNCE_MS ||
                                now_ms - k->last_down_ms < k->timing.double_strike_ms);
}

static int64_t stuck_at(const struct keypad_down *d)
{
    return d->since_ms + KEYPAD_STUCK_MS;
}

/* Only the key that went down last repeats. */
static void stop_repeating(struct keypad_keys *k)
{
    for (size_t i = 0; i < k->down_count; i++)
        k->down[i].due_ms = stuck_at(&k->down[i]);
}

static void press(struct keypad_keys *k, const struct keypad_row *row, int64_t now_ms)
{
    if (k->down_count == KEYPAD_DOWN_MAX)
        return;
    bool is_meant = !is_unmeant(k, row->event, now_ms);
    stop_repeating(k);
    struct keypad_down *d = &k->down[k->down_count++];
    *d = (struct keypad_down){ .usage = row->usage, .event = row->event, .since_ms = now_ms };
    /* A contact that has bounced is held all the same. */
    d->due_ms = repeats(row->event) ? now_ms + k->timing.repeat_delay_ms : stuck_at(d);
    if (!is_meant)
        return;
    k->last = row->event;
    k->last_down_ms = now_ms;
    say(k, row->event);
}

static void let_go(struct keypad_keys *k, struct keypad_down *d, int64_t now_ms)
{
    if (d->event == k->last)
        k->last_up_ms = now_ms;
    if (d->is_stuck)
        say(k, KEYPAD_FREE);
    *d = k->down[--k->down_count];
}

static void set_headphones(struct keypad_keys *k, bool is_in)
{
    if (k->has_headphones != is_in)
        say(k, is_in ? KEYPAD_HEADPHONES_IN : KEYPAD_HEADPHONES_OUT);
    k->has_headphones = is_in;
}

static void pulse(struct keypad_keys *k, enum keypad_event event)
{
    if (event == KEYPAD_HEADPHONES_IN || event == KEYPAD_HEADPHONES_OUT)
        set_headphones(k, event == KEYPAD_HEADPHONES_IN);
    else
        say(k, event);
}

void keypad_keys_take(struct keypad_keys *k, uint32_t usage, bool is_down, int64_t now_ms)
{
    const struct keypad_row *row = find_row(k, usage);
    struct keypad_down *d = find_down(k, usage);
    keypad_keys_tick(k, now_ms);
    if (!row)
        return;
    if (row->means == MEANS_HEADPHONES)
        set_headphones(k, is_down);
    else if (row->means == MEANS_PULSE && is_down)
        pulse(k, row->event);
    else if (row->means == MEANS_KEY && is_down && !d)
        press(k, row, now_ms);
    else if (row->means == MEANS_KEY && !is_down && d)
        let_go(k, d, now_ms);
}

void keypad_keys_release(struct keypad_keys *k)
{
    while (k->down_count)
        let_go(k, &k->down[0], k->last_down_ms);
    set_headphones(k, false);
    k->last = KEYPAD_NOTHING;
}

/* ---- time ---------------------------------------------------------------------------- */

/* Late calls do not make up for missed repeats: a burst of steps would leave the person lost. */
static void tick_one(struct keypad_keys *k, struct keypad_down *d, int64_t now_ms)
{
    if (d->is_stuck || now_ms < d->due_ms)
        return;
    if (now_ms >= stuck_at(d)) {
        d->is_stuck = true;
        say(k, KEYPAD_STUCK);
        return;
    }
    say(k, d->event);
    d->due_ms = now_ms + k->timing.repeat_ms;
    if (d->due_ms > stuck_at(d))
        d->due_ms = stuck_at(d);
}

void keypad_keys_tick(struct keypad_keys *k, int64_t now_ms)
{
    for (size_t i = 0; i < k->down_count; i++)
        tick_one(k, &k->down[i], now_ms);
}

int64_t keypad_keys_due_ms(const struct keypad_keys *k)
{
    int64_t due = -1;
    for (size_t i = 0; i < k->down_count; i++) {
        const struct keypad_down *d = &k->down[i];
        if (!d->is_stuck && (due < 0 || d->due_ms < due))
            due = d->due_ms;
    }
    return due;
}

enum keypad_event keypad_keys_next(struct keypad_keys *k)
{
    return k->taken == k->queued ? KEYPAD_NOTHING : k->queue[k->taken++ % KEYPAD_QUEUE];
}
