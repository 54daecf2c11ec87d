/* What the files of sync/feed share. */
#pragma once

#include "firmware/base/json.h"
#include "sync/feed/feed.h"
#include "sync/queue/cases.h"
#include "sync/queue/figures.h"

enum {
    CONTROL_LIMIT_MS = 30 * 1000,
    DOC_LIMIT_MS = 300 * 1000,
    DOC_MAX = 12 * 1024 * 1024,
    DOC_EVERY_MS = 15 * 60 * 1000,
    POINT_EVERY_MS = 30 * 1000, /* people wait: who comes next should know how long */
    POINT_MAX = 64 * 1024,
    HEARTBEAT_MS = 300 * 1000,
    LOOK_AGAIN_MS = 10 * 1000, /* what cannot be done now stays due; nobody spins over it */
    HEARTBEAT_EVENTS = 100,
    HEARTBEAT_FIGURES = 100,
    CONFLICT_EVERY_MS = 3600 * 1000,
    POLL_WAIT_S = 50,
    GATHER_MS = 250,
    PAGE_LIMIT = 200,
    PAGE_MAX = 4 * 1024 * 1024, /* 200 entries, each with a whole timeline */
    CURSOR_TEXT = 201,
};

struct schedule {
    bool is_flying, is_optional; /* is_optional: 404 is an answer, not a sign of a wrong server */
    int64_t due_ms;              /* boot clock */
    struct backoff backoff;
};

struct document {
    struct schedule when;
    int64_t version;
    char etag[ANSWER_ETAG];
};

struct enrolment {
    bool is_waiting, is_flying;
    char code[64];
    struct bytes body;
    void (*done)(void *context, enum enrol_result result, const char *message);
    void *context;
};

/* The parcel that is on its way. */
struct relay {
    bool is_flying;
    struct bytes body;
    void (*done)(void *context, const char *said, const struct bytes *body);
    void *context;
};

struct feed {
    struct feed_options o;
    char kiosk_id[KIOSK_ID_MAX + 1];
    struct seal_keys *keys;
    struct document docs[DOC_COUNT];
    struct schedule heartbeat, renewal, status;
    struct bytes heartbeat_body, renewal_body;
    bool beats_again;                         /* right behind the heartbeat that flies */
    struct figure figures[HEARTBEAT_FIGURES]; /* that fly with it */
    size_t figure_count;
    int64_t heartbeat_ms; /* interval */
    int64_t conflict_ms;  /* boot time before which a conflict of identities is not told again */
    int64_t certificate_from_ms, certificate_to_ms; /* wall */
    char cursor[CURSOR_TEXT];
    bool is_cursor_loaded,
        is_waiting; /* is_waiting: the last page was empty, so the next one may wait */
    int64_t as_of_ms;
    struct enrolment enrolment;
    struct relay relay;
};

int64_t feed_now(const struct feed *f);  /* boot */
int64_t feed_wall(const struct feed *f); /* county time as well as known */
/* A request of this lane; the caller adds the rest. */
struct request feed_request(struct feed *f, enum lane lane, const char *method, const char *path);
/* Send, and note that it flies. False: the lane is busy, tried again at the next tick. */
bool feed_send(struct feed *f, struct schedule *s, const struct request *r);
/* It has ended: note the answer for the link; true when it was a 2xx or 304 of the platform. When not, it is due again
 * after a back-off. */
bool feed_ended(struct feed *f, struct schedule *s, const struct answer *a);
/* The title of a problem, or a sentence of our own; `out` holds 200 bytes. */
enum { FEED_REASON = 200 };
void feed_reason(char out[FEED_REASON], const struct answer *a);

/* identity.c */
NODISCARD int identity_load(struct feed *f);
void identity_tick(struct feed *f);
bool identity_is_kiosk(const char *text);
/* The key as it is, or a new one, and a request signed with it as JSON. */
NODISCARD int identity_make_request(struct feed *f, struct bytes *body, bool is_first);
/* Durably, and used from now on. */
NODISCARD int identity_keep(struct feed *f, const char *kiosk, const char *pem, int64_t floor);
/* Everybody may know, and everything may go; `how` stands in the event. */
void identity_joined(struct feed *f, const char *how);
/* documents.c */
void documents_load(struct feed *f);
void documents_tick(struct feed *f);
/* The heartbeat's answer names versions: fetch what is newer. */
void documents_hear(struct feed *f, enum feed_doc doc, int64_t version);
/* timeline.c: what of it is well formed, as JSON text; "{}" when nothing is. Pure. */
void timeline_copy(char out[CASE_TIMELINE_TEXT], const json_t *timeline);
/* status.c */
void status_tick(struct feed *f);
/* parcels.c */
void parcels_free(struct feed *f);
/* heartbeat.c */
void heartbeat_tick(struct feed *f);
