/* What a tactile keypad's switches mean, as a machine of usages and time (EN 301 549 5.1.2, 5.7 to 5.9). Pure: the caller
 * says what time it is.
 *
 * A press acts when the key goes down. Arrows and volume repeat while they are held; nothing else does, so that a heavy
 * hand confirms once. No two keys ever have to be held together. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For the main thread; the order is part of the interface of posts (worker/post.h). */
enum keypad_event {
    KEYPAD_NOTHING,
    KEYPAD_UP,
    KEYPAD_DOWN,
    KEYPAD_LEFT,
    KEYPAD_RIGHT,
    KEYPAD_SELECT,
    KEYPAD_BACK,   /* back, cancel */
    KEYPAD_REPEAT, /* say it again */
    KEYPAD_HELP,
    KEYPAD_LOUDER,
    KEYPAD_SOFTER,
    KEYPAD_HEADPHONES_IN,
    KEYPAD_HEADPHONES_OUT, /* also when the keypad goes away: private speech must end */
    KEYPAD_READY,          /* a keypad works */
    KEYPAD_GONE,           /* none does, or not any more */
    KEYPAD_STUCK,          /* a key has been down for STUCK_MS: ignored until it is let go */
    KEYPAD_FREE,           /* the stuck key has been let go */
    KEYPAD_EVENTS,
};

/* "up", "headphones-in", ... */
const char *keypad_event_word(enum keypad_event event);

enum keypad_means {
    MEANS_KEY, /* the event, when it goes down; once again while held, for those that repeat */
    MEANS_HEADPHONES, /* a level: on while a plug is in the jack */
    MEANS_PULSE,      /* the event, when it goes down; never repeated, never stuck */
};

/* One row: a usage of the device and what it means. */
struct keypad_row {
    uint32_t usage; /* page << 16 | id; 0 ends the table */
    enum keypad_means means;
    enum keypad_event event;
};

struct keypad_timing {
    int repeat_delay_ms;  /* before the first repeat; EN 301 549 5.7: adjustable to 2000 */
    int repeat_ms;        /* between repeats */
    int double_strike_ms; /* the same key again within this is not meant; 5.9: adjustable to 500 */
};
extern const struct keypad_timing keypad_timing_default;

enum { KEYPAD_BOUNCE_MS = 25, KEYPAD_STUCK_MS = 60000, KEYPAD_DOWN_MAX = 16, KEYPAD_QUEUE = 32 };

struct keypad_down {
    uint32_t usage;
    enum keypad_event event;
    int64_t since_ms, due_ms; /* due: the next repeat, or when it is stuck */
    bool is_stuck, is_muted; /* muted: a bounce or a double strike; still watched for being stuck */
};

struct keypad_keys {
    const struct keypad_row *rows;
    struct keypad_timing timing;
    size_t down_count;
    struct keypad_down down[KEYPAD_DOWN_MAX];
    enum keypad_event last; /* what went up last, for bounces and double strikes */
    int64_t last_down_ms, last_up_ms;
    bool has_headphones;
    size_t queued, taken;
    enum keypad_event queue[KEYPAD_QUEUE];
};

void keypad_keys_start(struct keypad_keys *k, const struct keypad_row *rows,
                       const struct keypad_timing *timing);
void keypad_keys_take(struct keypad_keys *k, uint32_t usage, bool is_down, int64_t now_ms);
/* Repeats and stuck keys that are due. */
void keypad_keys_tick(struct keypad_keys *k, int64_t now_ms);
/* When keypad_keys_tick() is due; -1: never. */
int64_t keypad_keys_due_ms(const struct keypad_keys *k);
/* Everything is let go, and the headphones are out: the device is gone. */
void keypad_keys_release(struct keypad_keys *k);
/* The next event; KEYPAD_NOTHING when there is none. */
enum keypad_event keypad_keys_next(struct keypad_keys *k);
