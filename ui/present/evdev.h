/* The touch panels of a board: /dev/input is watched, and what the board's table names is opened.
 *
 * Everything else that is plugged in (keyboards, mice, sticks that claim to be one) is never opened. A panel that
 * goes and comes again is taken up again. Main thread only; nothing blocks. */
#pragma once

#include <poll.h>

#include "ui/present/evdev_touch.h"

/* A row of a board's table. A panel on USB is known by its ids; one on I2C has none, and is known by
 * the name that its driver gives it. A table ends with a row of neither. */
struct touch_model {
    uint16_t vendor, product; /* 0 and 0: by name */
    const char *name;
    struct evdev_lie lie;
};

enum { EVDEV_PANELS = 4, EVDEV_POLLS = EVDEV_PANELS + 1 };

struct evdev; /* body in evdev.c */

/* `models` outlives it. `folder` is /dev/input. A folder that is not there is a fault (-ENOENT);
 * without any panel it waits for one. */
NODISCARD int evdev_new(struct evdev **out, const char *folder, const struct touch_model *models,
                        struct rect glass, struct rect picture);
void evdev_free(struct evdev *e); /* NULL is fine */
/* What to wait for: fills at most EVDEV_POLLS, returns how many. */
size_t evdev_polls(const struct evdev *e, struct pollfd *polls);
/* Read what is there, look for panels that came. Call after poll(). */
void evdev_read(struct evdev *e);
bool evdev_next(struct evdev *e, struct input *out);
/* Name of the panel whose touch was taken last, or of the first that is open; "" none. Of the characters that present_panel() has. */
const char *evdev_panel(const struct evdev *e);
/* Pure: a driver's own name in those. `out` holds EVDEV_NAME. */
enum { EVDEV_NAME = 64 };
void evdev_name(char out[EVDEV_NAME], const char *name);
/* How many panels are open. */
size_t evdev_count(const struct evdev *e);

/* Pure: the row that a device answers to, or NULL. */
const struct touch_model *touch_model_find(const struct touch_model *models, uint16_t vendor,
                                           uint16_t product, const char *name);
