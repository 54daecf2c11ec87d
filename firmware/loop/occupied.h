/* Tells the machine whether anybody is at the screen, by a lock on a file that nobody writes to: shared while somebody is there.
 * Whoever wants to start the board anew takes it exclusively first. A kiosk that dies lets go of it. One thread. */
#pragma once

#include <stdbool.h>

struct occupied {
    int fd; /* -1: nobody wants to know */
    bool is_held;
};

void occupied_open(struct occupied *o, const char *path); /* NULL: nobody wants to know */
void occupied_say(struct occupied *o, bool is_anybody_here);
void occupied_close(struct occupied *o);
