/* The service stick's thread, shared by its two files: noticing and judging (stick.c), orders (stick_orders.c). */
#pragma once

#include <pthread.h>

#include "firmware/base/message.h"
#include "firmware/service/shift.h"
#include "firmware/update/release.h"
#include "firmware/worker/stick.h"
#include "firmware/worker/stick_door.h"

enum { STICK_MOUNTS = 8, STICK_PATH = 512 };

struct stick_worker {
    struct stick_config config;
    struct queue *orders;
    pthread_t thread;
    struct trust *trust;
    int fd; /* to kiosk-syncd, -1: none */
    int n;
    struct stick *stick; /* NULL while none is in */
    char mount[STICK_PATH];
    struct stick_door door; /* closed: `mount` is a folder that the system mounted */
    struct stat folder;     /* what was found there */
    enum saying told;       /* of the stick that is in; SAY_NO_STICK: none */
    struct token token;     /* good when token_is_admitted(told) */
    char kiosk[KIOSK_ID_MAX + 1];
    bool has_joined; /* not so a kiosk that knows its number and has lost its key */
    struct release runs;
    struct firmware_offer firmware; /* looked at last; size 0: none that may be put in */
    bool has_settings; /* they were told once: before that they are asked for again and again */
    bool was_cut;      /* it went in the middle of something */
};

/* One question to kiosk-syncd; takes `request`. 0 with the reply, or a fault. Blocks for at most 30 s. */
NODISCARD int stick_ask(struct stick_worker *w, json_t *request, struct message *reply);
/* The same with a body, as errands ask. */
NODISCARD int stick_ask_with(struct stick_worker *w, json_t *request, const void *body,
                             size_t length, struct message *reply);
bool stick_is_there(const struct stick_worker *w);
void stick_post(struct stick_worker *w, const struct shift_news *news);
/* stick_admit.c: the token of the stick that is in. Asks kiosk-syncd for revoked ones and the clock. */
enum saying stick_admit(struct stick_worker *w, struct token *out);
/* stick_orders.c: while an order writes; and a question of an errand (struct errand_ports), which a pulled stick ends. */
void stick_begin_writing(struct stick_worker *w);
void stick_end_writing(struct stick_worker *w);
int stick_ask_errand(void *context, json_t *request, const void *body, size_t length,
                     struct message *reply);
/* stick_join.c */
void stick_join(struct stick_worker *w);
/* stick_settings.c: says how staff have set things up. False: nobody keeps it, or not now. */
bool stick_tell_settings(struct stick_worker *w);
void stick_settings_order(struct stick_worker *w, const struct shift_order *order);
/* stick_firmware.c */
void stick_look_at_firmware(struct stick_worker *w);
void stick_bring_firmware(struct stick_worker *w);
void stick_carry_out(struct stick_worker *w, struct shift_order *order);
