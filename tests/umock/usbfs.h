/* A simulated USB device behind a mocked /dev/bus/usb, for programs that use the machine's own libusb (umockdev answers its
 * ioctls with what the device model says). The process that serves runs under umockdev-wrapper; the program under test is its
 * child. */
#pragma once

#include <stdbool.h>

#include "board/host/sim/device.h"

struct umock_script {
    unsigned pull_at; /* the cable, at the OUT transfer of this number; 0: never */
    void *context;
    void (*moved)(void *context, unsigned outs); /* after each OUT transfer; NULL: nobody asks */
};

/* Was it built with umockdev? Otherwise umock_serve() says -1. */
bool umock_is_there(void);
/* Plug the device in, run the program until it ends and say its exit status; -1 when it cannot be run or was killed. */
int umock_serve(struct sim_device *device, const struct umock_script *script,
                char *const program[]);
