/* Endpoint 0 of a simulated device: the standard requests (USB 2.0, 9.4), answered from its descriptors. Class and vendor
 * requests go to the model. */
#pragma once

#include "board/host/sim/device.h"

/* What a host has set on a device. */
struct sim_settings {
    uint8_t configuration; /* bConfigurationValue; 0: not configured */
    uint8_t alternate;     /* of interface 0 */
    uint32_t halted;       /* sim_endpoint_bit() of halted endpoints */
};

enum { SIM_CONTROL_MAX = 0x10000 };

uint32_t sim_endpoint_bit(uint8_t endpoint);
/* The descriptor of an endpoint in the configuration; NULL: it has none of this address. */
const uint8_t *sim_find_endpoint(const struct sim_device *d, uint8_t endpoint);
/* As after plugging in, once the host has configured it. */
struct sim_settings sim_settings_plugged(const struct sim_device *d);
/* One request. `data` holds SIM_CONTROL_MAX bytes: what the host sent (wLength bytes), or room for what it gets. Returns
 * how many bytes an IN request gives (at most wLength), 0 for OUT, or SIM_STALL. */
int sim_control(struct sim_device *d, struct sim_settings *s, const uint8_t setup[8], uint8_t *data,
                int64_t now_ms);
