/* A stick that is mounted nowhere: whoever mounted it hands it over at a socket, as a descriptor, and writes to it are allowed
 * while an order lasts (board/common/programs/stick-mount.c says what goes over the line).
 *
 * Belongs to the stick's thread. Each call blocks for at most 15 s, the time that a medium takes to be made writable. */
#pragma once

#include <stdbool.h>

#include "firmware/base/fault.h"

enum { STICK_DOOR_PATH = 40 };

/* Closed: { -1, -1, "" }. */
struct stick_door {
    int line, mount;
    /* Names the mount while it is held: a mount without a place is reached by its descriptor alone. */
    char path[STICK_DOOR_PATH];
};

/* 0, or a negative errno: nobody is there, or what came is no folder. */
NODISCARD int stick_door_open(struct stick_door *out, const char *socket);
/* Does whoever mounted it still hold the line? The line ends when the stick is pulled. */
bool stick_door_is_held(const struct stick_door *d);
/* Allow or end writing. Returns whether it is so now; a stick that cannot be written stays as it is. */
bool stick_door_write(const struct stick_door *d, bool is_wanted);
void stick_door_close(struct stick_door *d);
