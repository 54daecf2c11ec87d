/* Telling the service manager that a program is ready, alive and ending: one datagram each, as sd_notify(3) describes
 * ("$NOTIFY_SOCKET", "READY=1", "WATCHDOG=1", "STOPPING=1"). Without a manager every call does nothing. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/un.h>

#include "firmware/base/fault.h"

struct notify {
    int fd; /* -1: nobody listens */
    struct sockaddr_un to;
    uint32_t to_bytes;
    int64_t every_ms; /* a third of the watchdog's patience; 0: no watchdog */
    int64_t due_ms;
};

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID, and takes them out of the environment: helpers must not
 * speak for this program. A name that is none is logged and means nobody. Before any thread starts. */
void notify_start(struct notify *n);
void notify_ready(struct notify *n);
/* Call in every turn of the main loop. Says that the program is alive when that is due, and returns
 * how many ms the loop may sleep at most; -1: for ever. */
int notify_tick(struct notify *n, int64_t boot_ms);
/* Says that the program ends, and closes. */
void notify_end(struct notify *n);
