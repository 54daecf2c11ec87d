/* What link.c (the connection), link_ask.c (what is asked) and link_answer.c (what comes of it)
 * share; no other file includes this. */
#pragma once

#include <jansson.h>
#include <pthread.h>

#include "firmware/base/message.h"
#include "firmware/worker/link.h"
#include "firmware/worker/link_door.h"

enum request_kind {
    ASK_HELLO,
    ASK_ENROL,
    ASK_RESERVE,
    ASK_SUBMIT,
    ASK_CASE,
    ASK_QUESTION,
    ASK_DROP,
    ASK_NOTE_KEEP,
    ASK_NOTES,
    ASK_PARCEL,
    ASK_HEALTH,
    ASK_COUNT,
    ASK_FIGURES,
    ASK_DOC,
    ASK_PRINT_BEGIN,
    ASK_PRINT_STATE
};

struct request {
    struct request *next;
    enum request_kind kind;
    int64_t n, born_ms;
    bool is_sent;  /* on this connection */
    bool was_sent; /* on any: the other side may have acted on it */
    json_t *head;
    struct bytes body;
    char name[POST_NAME]; /* token, receipt, job or document: names the reply */
};

enum { LINK_DOCUMENTS = 3 };

struct link {
    pthread_t thread;
    struct queue *commands, *to;
    char path[108];
    struct link_door door;
    int fd;
    struct bytes pending;
    struct request *requests; /* oldest first */
    int64_t n;
    int64_t versions[LINK_DOCUMENTS]; /* that were handed on */
};

/* Patience with a live peer follows real time, not the product's clock. */
int64_t link_now_ms(void);

/* Takes `head`, also when it fails (NULL: no memory). Any thread. */
struct request *link_request(enum request_kind kind, const char *name, json_t *head);
void link_request_free(void *request);

/* Number a request and put it last, or before all others. The link's thread. */
void link_enqueue(struct link *l, struct request *r, bool is_first);

/* ---- link_answer.c, the link's thread -------------------------------------------------- */

/* A reply, or its absence (`m` NULL): then `error` says why. */
void link_answer(struct link *l, const struct request *r, const struct message *m,
                 const char *error);
/* What kiosk-syncd says of itself. */
void link_take_status(struct link *l, const json_t *status);
/* The county's answer to a live question, or none: `body` NULL. */
void link_take_reply(struct link *l, const char *id, const struct bytes *body);
