/* How the kiosk's cable is set up: whatever the network gives (DHCP), or one IPv4 address that staff type. Judged where it is typed
 * and again by whoever writes it down (board/common/programs/board-settings.c). Pure; any thread.
 *
 * Addresses: RFC 791, 1122 (3.2.1.3); prefixes as RFC 4632. Written as four decimal numbers without leading zeros. */
#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "firmware/base/bytes.h"

enum wired_field { WIRED_ADDRESS, WIRED_MASK, WIRED_GATEWAY, WIRED_NAMES, WIRED_FIELDS };
enum { WIRED_TEXT = 16 };

struct wired {
    bool is_fixed; /* else DHCP, and the texts mean nothing */
    /* Address, mask (255.255.255.0 or 24), gateway, name server. */
    char text[WIRED_FIELDS][WIRED_TEXT];
};

enum wired_trouble {
    WIRED_FINE,
    WIRED_NO_ADDRESS, /* not four numbers from 0 to 255 */
    WIRED_NO_MASK,    /* not 8 to 30 bits in a row */
    WIRED_NOT_A_HOST, /* no machine may have this address: loopback, multicast, the net's own, its broadcast */
    WIRED_GATEWAY_AWAY, /* not reached without a gateway, or the kiosk itself */
    WIRED_TROUBLES,
};

/* The first thing that is wrong, and in which field; *field is WIRED_FIELDS when nothing is. `field` may be NULL. */
enum wired_trouble wired_judge(const struct wired *w, enum wired_field *field);
/* Bits of a mask that wired_judge() is content with. */
int wired_prefix(const struct wired *w);

/* {"mode":"dhcp"} or {"mode":"fixed","address","mask","gateway","names"}. NULL without memory. */
json_t *wired_json(const struct wired *w);
/* False for anything else, also for what wired_judge() refuses; `out` is then DHCP. */
bool wired_read(struct wired *out, const json_t *o);

/* A file of systemd.network(5) that says so; its first line holds the JSON in a comment. Of a fixed setting only: DHCP is what holds
 * without any. 0 or -ENOMEM. */
NODISCARD int wired_unit(struct bytes *out, const struct wired *w);
/* Back from there; DHCP for a file that is not one of these. */
void wired_from_unit(struct wired *out, const void *text, size_t length);
