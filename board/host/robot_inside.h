/* What robot.c (its socket, one request at a time), robot_look.c and robot_touch.c share; no other
 * file includes this. All but the socket's part runs on the main thread. */
#pragma once

#include <jansson.h>
#include <pthread.h>

#include "board/host/robot.h"
#include "firmware/base/json.h"

struct robot {
    struct robot_hands hands;
    struct queue *to;
    pthread_t thread;
    int listener;
    _Atomic int client;
    char path[108];
    int64_t touch_ms; /* a robot's own time: taps never count as a tremor */

    /* one request at a time: filled by the thread, answered by the main thread */
    pthread_mutex_t lock;
    pthread_cond_t answered;
    json_t *request, *reply;
    bool is_stopping;

    /* when the first picture and the present screen's first picture were finished, for the bench */
    int64_t started_us, screen_us, visit_us;
    enum screen screen;

    /* a request that waits for something to appear */
    json_t *awaited;
    int64_t awaited_until;
};

/* CLOCK_MONOTONIC, which a script on the same machine reads too. */
int64_t robot_us(void);
int64_t robot_ms(void);

const struct session_view *robot_view(struct robot *r);
const struct page *robot_page(struct robot *r);

/* Replies: a new reference each. */
json_t *robot_refused(const char *why);
json_t *robot_done(struct robot *r);

/* A screen that was not there at the turn before: its picture is finished now. */
void robot_note_screen(struct robot *r);

/* ---- commands: robot.h says what each takes ------------------------------------------- */
json_t *robot_tree(struct robot *r, const json_t *request);
json_t *robot_state(struct robot *r, const json_t *request);
json_t *robot_screenshot(struct robot *r, const json_t *request);
json_t *robot_speech(struct robot *r, const json_t *request);
json_t *robot_tap(struct robot *r, const json_t *request);
json_t *robot_stroke(struct robot *r, const json_t *request);
json_t *robot_type(struct robot *r, const json_t *request);
json_t *robot_advance(struct robot *r, const json_t *request);
json_t *robot_quit(struct robot *r, const json_t *request);
json_t *robot_practise(struct robot *r, const json_t *request);
