/* The presenter of a board: the canvas in a dumb buffer of the kernel's display driver (DRM/KMS), without X,
 * compositor or GPU, and touches from the kernel's input devices. Main thread only, except present_wake(). */
#pragma once

#include "ui/present/evdev.h"
#include "ui/present/present.h"
#include "ui/present/scanout.h"

/* What the board's table says about its glass. Outlives the presenter. */
struct dumb_panel {
    enum turn turn;
    const struct touch_model *touch;
};

/* Takes the first display with a connected panel. -ENODEV: there is none, or another program shows something on it;
 * or a fault. The panel is lit by the first picture and shows until then what it showed before; that takes up to about
 * 1 s where its mode changes. The console is silenced when standard input is
 * a virtual terminal: no text is drawn over the picture, no key of a foreign keyboard does anything. */
NODISCARD int present_dumb(struct presenter **out, const struct dumb_panel *panel, int width,
                           int height);
