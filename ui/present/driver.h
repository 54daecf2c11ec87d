/* A presenter is a row of functions and its own state. Inside ui/present only. */
#pragma once

#include "ui/present/present.h"

struct present_driver {
    void (*show)(struct presenter *p, const struct canvas *c, const struct damage *damage);
    void (*wait)(struct presenter *p, int limit_ms);
    bool (*next)(struct presenter *p, struct input *out);
    void (*wake)(struct presenter *p);
    const char *(*panel)(const struct presenter *p);
    void (*free)(struct presenter *p);
};

struct presenter {
    const struct present_driver *driver;
    bool is_shown, has_failed; /* has_failed: the display did not take the last picture */
};
