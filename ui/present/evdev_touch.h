/* What an input device of the kernel says, as one finger. Pure: bytes in, touches out.
 *
 * Multi-touch type B (Linux Documentation/input/multi-touch-protocol.rst) and single absolute
 * pointers. The first finger down is the one that counts; others change nothing until they are lifted and put
 * down again, so a palm on the glass presses no button. One thread. */
#pragma once

#include <linux/input.h>
#include <stdbool.h>
#include <stddef.h>

#include "ui/present/present.h"

enum { EVDEV_SLOTS = 16, EVDEV_PENDING = 8 };

struct evdev_axis {
    int least, most; /* as the device reports them; most > least, otherwise the axis reads 0 */
};

/* How the touch panel lies on the picture: first the axes are swapped, then each may be turned round. */
struct evdev_lie {
    bool is_swapped, flips_x, flips_y;
};

struct evdev_slot {
    int x, y; /* device units */
    int id;   /* tracking id; -1: no finger */
};

struct evdev_touch {
    struct evdev_axis x, y; /* of the device */
    struct evdev_lie lie;
    struct rect picture; /* where the canvas is on the glass, canvas pixels */
    struct rect glass;   /* the whole glass in the same pixels; x and y are 0 */
    bool is_multi;
    bool is_lost; /* the kernel dropped events: nothing counts until its next report */
    int slot;     /* that the next events are about; -1: one we do not keep */
    struct evdev_slot slots[EVDEV_SLOTS];
    unsigned fresh; /* slots whose finger was put down since the last report, a bit each */
    int finger;     /* slot that counts, -1: none */
    int finger_id;  /* its tracking id */
    struct input last;
    size_t head, count;
    struct input pending[EVDEV_PENDING];
};

/* Nothing touches. `picture` may be smaller than `glass`; touches beside it are brought to its edge. */
void evdev_touch_start(struct evdev_touch *t, struct evdev_axis x, struct evdev_axis y,
                       bool is_multi);
void evdev_touch_place(struct evdev_touch *t, struct evdev_lie lie, struct rect glass,
                       struct rect picture);
/* One event of the kernel. Returns true when events were lost and have now ended: the caller should
 * read the slots and tell them with evdev_touch_resync(). */
bool evdev_touch_take(struct evdev_touch *t, const struct input_event *e);
/* Which slots hold a finger now (tracking ids, -1 for none; `count` at most EVDEV_SLOTS are used). They are
 * old fingers: none of them counts any more. */
void evdev_touch_resync(struct evdev_touch *t, int current_slot, const int *ids, size_t count);
/* The device is gone: the finger on it, if any, is cancelled. */
void evdev_touch_end(struct evdev_touch *t);
/* Oldest first: INPUT_DOWN, INPUT_MOVE, INPUT_UP, INPUT_CANCEL. Moves that nobody took yet are one. */
bool evdev_touch_next(struct evdev_touch *t, struct input *out);
