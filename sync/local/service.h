/* What the local socket offers: the parts of kiosk-syncd that its requests are about. */
#pragma once

#include "firmware/base/message.h"
#include "sync/feed/feed.h"
#include "sync/queue/outbox.h"
#include "sync/update/updater.h"
#include "sync/uplink/question.h"

enum { FEED_REASON_TEXT = 200 };

struct service {
    struct store *store;
    struct link *link;
    struct sender *sender;
    struct feed *feed;
    struct question *question; /* live; the server is told of its answer */
    struct county_clock *clock;
    uint8_t install_id[UUID_BYTES];
    /* For what travels by stick (errands.h): the key, where its certificate lies, and whose documents are believed. */
    const struct key_file *key;
    const char *folder;
    const struct trust *trust;
    const char *platform;    /* its URL */
    struct updater *updater; /* may be NULL */
    json_t *health;    /* what kiosk has told of its devices (op `health`); NULL: nothing yet */
    int64_t health_ms; /* boot clock, when */
};

/* The fields of `status` (sync/api/local-socket.md). NULL without memory. */
json_t *service_status(const struct service *s);
/* What listeners act on, as one line: equal lines need no event. Asks no database and is made at
 * every turn of the loop, so counts of the queue are not in it. */
enum { SERVICE_GIST = 200 };
void service_gist(char out[SERVICE_GIST], const struct service *s);
/* Why nothing can be accepted now: a word of the interface, or "". */
const char *service_refusal(const struct service *s);

/* Of `status` besides: the update, the cable, and what kiosk last said of its devices. NULL is fine. */
void service_add_state(const struct service *s, json_t *status);
/* What is told in the heartbeat besides: the update, and what kiosk last said of its devices. */
void service_add_health(const struct service *s, json_t *heartbeat);

/* ---- requests that are answered at once ---------------------------------------------- */
/* The reply's fields, without `re` and `ok`; `body` may be filled. On failure NULL, with *error set to a word of the
 * interface and `reason` (200 bytes) to a sentence. */
typedef json_t *(*operation)(struct service *s, const json_t *request, struct bytes *body,
                             const char **error, char reason[FEED_REASON_TEXT]);
operation service_find(const char *op);

/* A refusal: fills both and returns NULL, for an operation to return. */
json_t *service_fail(const char **error, char reason[FEED_REASON_TEXT], const char *word,
                     const char *sentence);
/* The same for the store's faults, in words of the interface. */
json_t *service_fail_store(int r, const char **error, char reason[FEED_REASON_TEXT]);
json_t *service_fail_storage(const char **error, char reason[FEED_REASON_TEXT]);

/* ---- submit -------------------------------------------------------------------------- */
/* Checks a submit request and fills `out`; the body moves out of `m`. NULL when all is well, else a sentence. */
const char *service_read_submission(struct submission *out, struct message *m);
/* The reply to a submission that was carried out. */
json_t *service_submitted(const struct service *s, const struct submission *submission,
                          const char **error, char reason[FEED_REASON_TEXT]);
