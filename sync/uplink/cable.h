/* Is a network cable in? Told apart, a kiosk that cannot reach its county because nothing is plugged in is known to be offline,
 * and one whose firmware has lost its network is not. Reads sysfs: Linux Documentation/ABI/testing/sysfs-class-net. */
#pragma once

enum cable {
    CABLE_NONE, /* no network card, or none that is switched on */
    CABLE_OUT,  /* cards that are on, and nothing at the other end of any */
    CABLE_IN,
};
/* `folder` as /sys/class/net. Any thread; does not block. */
enum cable cable_look(const char *folder);
/* "none", "out", "in" */
const char *cable_word(enum cable cable);
