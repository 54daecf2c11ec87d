/* What comes down from the county: identity, signed documents, states of cases, instructions; and the heartbeat that asks
 * for them. Everything that is kept is judged first; the last good version of a document stays. One thread, never blocks. */
#pragma once

#include <jansson.h>

#include "firmware/seal/seal.h"
#include "sync/feed/key_file.h"
#include "sync/queue/store.h"
#include "sync/uplink/link.h"
#include "sync/uplink/sender.h"

struct feed; /* body in inside.h */

enum feed_doc { DOC_KEYS, DOC_CATALOGUE, DOC_CONFIG, DOC_UPDATES, DOC_POINT, DOC_COUNT };
extern const char
    *const feed_doc_names[DOC_COUNT]; /* "keys", "catalogue", "config", "updates", "point" */

struct feed_watch {
    void *context;
    void (*identity_changed)(void *context);                 /* certificate files were replaced */
    void (*cases_changed)(void *context);                    /* once a page */
    void (*updates_changed)(void *context);                  /* the stored document of that name */
    void (*update_rate)(void *context, int64_t bytes_per_s); /* the configuration says so */
    void (*add_health)(void *context, json_t *heartbeat);    /* what others know of this kiosk */
};

struct feed_options {
    const char *firmware; /* version that runs here */
    const char *folder;   /* of the data: cert.pem, kiosk-id, install-id */
    const struct key_file *key;
    struct store *store;
    struct link *link;
    struct sender *sender;
    const struct trust *trust; /* NULL: no document is believed */
    struct chance *chance;
    uint8_t install_id[UUID_BYTES];
    struct feed_watch watch;
};

/* Everything in `options` is borrowed. */
NODISCARD int feed_new(struct feed **out, const struct feed_options *options);
void feed_free(struct feed *f);
AUTO_DEFINE(struct feed, feed_free)

/* The installation's id from its file, made at the first start. */
NODISCARD int feed_install_id(uint8_t out[UUID_BYTES], const char *folder, struct uuid_source *ids);

bool feed_is_enrolled(const struct feed *f);
int64_t feed_doc_version(const struct feed *f, enum feed_doc doc); /* 0 none */
/* Is there a county key valid now, and an escrow key? */
/* "key_days", "certificate_days": how long they last, -1 none or over. */
void feed_add_days(const struct feed *f, json_t *o);
bool feed_has_keys(const struct feed *f);
/* The county's keys, as this kiosk believes them; NULL none. Theirs to seal what is the kiosk's own: its logs. */
const struct seal_keys *feed_keys(const struct feed *f);
/* When the status feed was last read to its end, wall ms; 0 never. */
int64_t feed_as_of_ms(const struct feed *f);

enum enrol_result { ENROL_DONE, ENROL_REFUSED, ENROL_UNREACHABLE, ENROL_BUSY, ENROL_STORAGE };
/* Asks for a certificate with a one-time code; `done` is called once, later, with a sentence for staff. */
void feed_enrol(struct feed *f, const char *code,
                void (*done)(void *context, enum enrol_result result, const char *message),
                void *context);

/* The same without a network: the request as a document for the county (`key_hash`: of the key it is about), and its signed answer.
 * 0, -EALREADY once it has joined, or a fault. */
NODISCARD int feed_join_request(struct feed *f, struct bytes *out, uint8_t key_hash[SHA256_BYTES]);
enum feed_joined {
    FEED_JOINED,
    FEED_JOIN_SAME,      /* this very certificate is here */
    FEED_JOIN_SIGNATURE, /* not the county's */
    FEED_JOIN_FORMAT,
    FEED_JOIN_OTHER,   /* for another installation */
    FEED_JOIN_KEY,     /* for a key that this kiosk has no longer */
    FEED_JOIN_EXPIRED, /* by a clock that was set */
    FEED_JOIN_AGAIN,   /* it has joined already, by another certificate */
    FEED_JOIN_NOT_NOW,
};
enum feed_joined feed_join(struct feed *f, const struct bytes *document,
                           const struct bytes *signature);

/* Status entries (sync/api/county-platform.yaml) from foreign JSON; those that are not well formed are left out and
 * logged. Returns how many are filled, at most `max`. Pure but for the log. */
struct case_entry;
size_t feed_read_cases(struct case_entry *out, size_t max, const json_t *list);

/* A document that came by stick: judged as one from the network, but a lower version is never taken, not even with leave
 * to go back, since anybody may have kept it. Its content must be of its kind. */
enum feed_carried {
    FEED_CARRIED, /* taken and stored */
    FEED_SAME,
    FEED_OLDER,
    FEED_SIGNATURE,
    FEED_OTHER, /* signed, but no such document, or not usable */
    FEED_NOT_NOW,
};
enum feed_carried feed_carry_document(struct feed *f, enum feed_doc doc, const struct bytes *body,
                                      const struct bytes *signature);

/* The platform refuses the certificate: renew at once. */
void feed_identity_refused(struct feed *f);
/* The platform has another history: begin the status feed anew. */
void feed_restart(struct feed *f);
void feed_hurry(struct feed *f);
/* Something happened that the county waits for: the next heartbeat goes now. */
void feed_beat_soon(struct feed *f);
/* Start what is due. */
void feed_tick(struct feed *f);
int64_t feed_next_ms(const struct feed *f); /* boot clock */
