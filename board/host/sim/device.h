/* One simulated USB device: descriptors, bytes in, bytes out. No sockets, threads or clocks of its
 * own: the USB/IP server (or a test) calls it from one thread and says what time it is. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SIM_STALL = -1, SIM_NAK = -2 };

struct sim_device {
    const uint8_t *device_descriptor; /* 18 bytes (USB 2.0, 9.6.1) */
    const uint8_t *configuration;     /* with its interfaces and endpoints (9.6.3 ...) */
    size_t configuration_length;
    const char *strings[4]; /* by string index; [0] unused */
    bool is_plugged;
    void *model;
    /* A class or vendor request on endpoint 0 (standard ones are answered from the descriptors).
     * For IN fills `data` (up to wLength of `setup`) and returns the count; for OUT returns 0.
     * SIM_STALL: not supported. */
    int (*control)(struct sim_device *d, const uint8_t setup[8], uint8_t *data, int64_t now_ms);
    /* Bytes for an OUT endpoint. Returns how many are taken now; fewer than `length` means NAK for
     * the rest, which is offered again later. SIM_STALL halts the endpoint until clear-halt. */
    int (*out)(struct sim_device *d, uint8_t endpoint, const uint8_t *data, size_t length,
               int64_t now_ms);
    /* What the device has for the host on an IN endpoint: 0 < n <= size bytes, SIM_NAK (nothing
     * now) or SIM_STALL. */
    int (*in)(struct sim_device *d, uint8_t endpoint, uint8_t *data, size_t size, int64_t now_ms);
    void (*clear_halt)(struct sim_device *d, uint8_t endpoint);
    /* When asking again could give something new: a time in ms, or -1 (only after something else
     * happened). */
    int64_t (*due_ms)(struct sim_device *d, int64_t now_ms);
    /* Plugged in or out: what survives the cable is the model's business. */
    void (*plugged)(struct sim_device *d, bool is_plugged, int64_t now_ms);
};
