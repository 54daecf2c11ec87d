/* What server.c and server_later.c (requests that the county answers) share; no other file includes
 * this. */
#pragma once

#include "sync/local/client.h"
#include "sync/local/server.h"

enum { GROUP_MAX = 64 };

/* Who asked; the serial tells whether it is still the same connection. All zero: nobody. */
struct asker {
    size_t client;
    uint64_t serial;
    json_int_t n;
};

/* A submission of this turn, and who asked. */
struct waiting {
    size_t client;
    json_int_t n;
};

struct server {
    int listener;
    char path[108];
    struct service *service;
    uint64_t serials;
    struct client clients[SERVER_CLIENTS];
    size_t group_count;
    struct waiting waiting[GROUP_MAX];
    struct submission group[GROUP_MAX];
    bool has_submitted;
    struct asker enrolling;  /* one at a time */
    struct asker parcel;     /* one at a time; its answer may come behind later ones */
    struct asker asking;     /* a live question: whoever asked last */
    char gist[SERVICE_GIST]; /* of the status last told */
};

void server_take_enrolment(struct server *s, size_t client, json_int_t n, const json_t *q);
void server_take_parcel(struct server *s, size_t client, json_int_t n, const struct message *m);
/* The county's answer to a live question, or none: `reply` NULL. `context` is the server. */
void server_replied(void *context, const char *id, const struct bytes *reply);
/* Whoever asked has hung up: the answer would find nobody. */
void server_forget_question(struct server *s);
