/* The robot: a program that uses the kiosk as a resident does. One JSON object a line in, one line
 * out, over a socket.
 *
 * Requests are carried out on the main thread between two events, through the same queue and
 * touches as a finger's, so nothing is bypassed. Only the host board has it. Commands:
 * kiosk-robot(7). */
#pragma once

#include "firmware/base/queue.h"
#include "ui/screen/stage.h"
#include "ui/speech/voice.h"

struct robot; /* body in robot.c */

/* What the robot may do to the kiosk; all on the main thread. */
struct robot_hands {
    void *context;
    void (*touch)(void *context, struct touch touch);
    void (*type)(void *context, const char *utf8);
    void (*settle)(void *context); /* draw what has changed */
    void (*advance)(void *context, int64_t ms);
    void (*quit)(void *context);
    bool (*practise)(void *context); /* begin practice; false: not idle */
    const struct session_view *(*view)(void *context);
    struct stage *(*stage)(void *context);
    const struct voice *(*voice)(void *context); /* NULL: it does not speak */
};

/* Listens at `path` (mode 0600, replaced if it exists); one client at a time. Requests reach the
 * main thread as POST_CALL on `to`. 0 or a fault. */
NODISCARD int robot_start(struct robot **out, const char *path, const struct robot_hands *hands,
                          struct queue *to);
void robot_stop(struct robot *r); /* NULL is fine */
/* Call after every turn of the main loop: a waiting request may be answered now. NULL is fine. */
void robot_tick(struct robot *r);
/* Real ms until a waiting request times out; -1 when none waits. */
int robot_patience_ms(const struct robot *r);
/* "still-there": how scripts and reports call a screen. Static; "" of none. */
const char *robot_screen_word(enum screen screen);
