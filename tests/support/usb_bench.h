/* Simulated devices on a USB/IP server of their own thread, so that a test can use them by drivers/usb as a program
 * would. A test that uses it links board/host/sim. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "board/host/sim/device.h"

struct usb_bench; /* body in usb_bench.c */

/* Devices are borrowed until usb_bench_end(). Fails the test when it cannot. */
struct usb_bench *usb_bench_start(struct sim_device *const *devices, size_t count);
void usb_bench_end(struct usb_bench *b);
/* "127.0.0.1:PORT" for usb_bus_usbip(). */
const char *usb_bench_address(const struct usb_bench *b);
/* Between these two the devices stand still and may be looked at and changed; afterwards the server looks again. */
void usb_bench_hold(struct usb_bench *b);
void usb_bench_go_on(struct usb_bench *b);
void usb_bench_plug(struct usb_bench *b, size_t index, bool is_plugged);
