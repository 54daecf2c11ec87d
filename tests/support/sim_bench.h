/* Simulated devices on a USB/IP server of their own thread, so that a test can use them by drivers/usb as a program
 * would. A test that uses it links board/host/sim. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "board/host/sim/device.h"

struct sim_bench; /* body in sim_bench.c */

/* Devices are borrowed until sim_bench_end(). Fails the test when it cannot. */
struct sim_bench *sim_bench_start(struct sim_device *const *devices, size_t count);
void sim_bench_end(struct sim_bench *b);
/* "127.0.0.1:PORT" for usb_bus_usbip(). */
const char *sim_bench_address(const struct sim_bench *b);
/* Between these two the devices stand still and may be looked at and changed; afterwards the server looks again. */
void sim_bench_hold(struct sim_bench *b);
void sim_bench_go_on(struct sim_bench *b);
void sim_bench_plug(struct sim_bench *b, size_t index, bool is_plugged);
