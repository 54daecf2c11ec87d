/* Simulated devices on a USB/IP bus: a TCP server on loopback for this project's client, and for the kernel's
 * (`usbip attach`). One thread, no waiting: the caller polls and calls usbip_server_turn(), also after it has changed
 * something in a device. */
#pragma once

#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "board/host/sim/usbip_session.h"
#include "firmware/base/clock.h"
#include "firmware/base/fault.h"

struct usbip_server; /* body in usbip_server.c */

enum {
    USBIP_SERVER_DEVICES = 8,
    USBIP_SERVER_CONNECTIONS = 16,
    USBIP_SERVER_POLLS = 1 + USBIP_SERVER_CONNECTIONS
};

/* Serves at most USBIP_SERVER_DEVICES on 127.0.0.1; port 0: a free one. Device i has the bus id "1-<i + 1>". Devices and
 * clock are borrowed for the server's life. 0 or a fault (-EADDRINUSE). */
NODISCARD int usbip_server_new(struct usbip_server **out, struct sim_device *const *devices,
                               size_t count, uint16_t port, const struct clock *clock);
void usbip_server_free(struct usbip_server *s); /* cuts connections; NULL is fine */
AUTO_DEFINE(struct usbip_server, usbip_server_free)
/* Borrowed for the server's life. */
void usbip_server_watch(struct usbip_server *s, const struct usbip_watch *watch);
uint16_t usbip_server_port(const struct usbip_server *s);

/* The cable of device `index`. Tells the device, and cuts the connection of a host that has imported it. A device that
 * changes `is_plugged` by itself has the same effect at the next turn. */
void usbip_server_plug(struct usbip_server *s, size_t index, bool is_plugged);

/* What to wait for; returns how many. */
size_t usbip_server_polls(const struct usbip_server *s, struct pollfd polls[USBIP_SERVER_POLLS]);
/* For how long, in ms; -1: until something comes. */
int usbip_server_wait_ms(const struct usbip_server *s);
/* Do all there is to do. `polls` as they come from poll(), count 0: only what is due by the clock. */
void usbip_server_turn(struct usbip_server *s, const struct pollfd *polls, size_t count);
