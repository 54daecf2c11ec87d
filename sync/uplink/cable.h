/* Is a network cable in? Told apart, a kiosk that cannot reach its county because nothing is plugged in is known to be offline,
 * and one whose firmware has lost its network is not. Reads sysfs: Linux Documentation/ABI/testing/sysfs-class-net. */
#pragma once

#include <stdbool.h>

enum cable {
    CABLE_NONE, /* no network card, or none that is switched on */
    CABLE_OUT,  /* cards that are on, and nothing at the other end of any */
    CABLE_IN,
};
/* `folder` as /sys/class/net. Any thread; does not block. */
enum cable cable_look(const char *folder);
/* The first address that the network gave or staff set, of IPv4, else of IPv6; "" none. Loopback and what a card gives itself
 * (169.254.0.0/16, fe80::/10) are none. By ioctl(2) and a file, for programs without netlink. */
enum { CABLE_ADDRESS = 46, CABLE_CARDS = 16 };
void cable_address(char out[CABLE_ADDRESS]);
/* That of IPv6, from a file as /proc/net/if_inet6. */
bool cable_address6(char out[CABLE_ADDRESS], const char *file);
/* "none", "out", "in" */
const char *cable_word(enum cable cable);
