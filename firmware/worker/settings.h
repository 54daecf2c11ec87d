/* What staff set at the screen, at whoever keeps it (board/common/settings.h): the kiosk can write nothing itself. Blocking; for the
 * stick's thread. */
#pragma once

#include "firmware/base/touch_map.h"
#include "firmware/base/wired.h"

struct settings {
    struct wired wired;
    struct touch_maps touch;
};
/* Each blocks for at most 3 s. 0, or a fault: nobody keeps settings here, or what was asked for is not kept. */
NODISCARD int settings_read(struct settings *out, const char *socket);
NODISCARD int settings_set_wired(const char *socket, const struct wired *w);
NODISCARD int settings_set_touch(const char *socket, const char *panel, const struct touch_map *m);
