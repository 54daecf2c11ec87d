/* What the files of the sender share. Not for other folders. */
#pragma once

#include "sync/uplink/sender.h"
#include "sync/uplink/verdicts.h"

enum {
    REQUEST_LIMIT_MS = 600 * 1000, /* a stalled one ends after 60 s by itself */
    UPLOAD_ANSWER_MAX = 512 * 1024,
    STOP_MS = 15 * 60 * 1000,
    ASIDE_MS = 30 * 60 * 1000,
    ASIDE_TIMES = 3,
    POISON_TIMES = 8,
    BLOBS_MAX = 16,
};

/* A large body on its way: first which parts are there, then the missing ones, one after the other.
 */
struct blob_job {
    struct claim claim;
    bool is_known; /* `state` has been asked for */
    struct blob_state state;
    unsigned part, part_tries;
    struct bytes data;
    char digest[BATCH_DIGEST];
};

struct sender {
    struct store *store;
    struct link *link;
    struct sender_watch watch;
    struct sender_limits limits;
    uint8_t install_id[UUID_BYTES];

    bool is_flying;              /* a request of ours is on the wire: `flying` or the blob's */
    struct batch *flying, *next; /* next: ready to go the moment the line is free */
    struct blob_job *blob;
    bool is_blob_turn;             /* a long blob and the batches take turns */
    struct claim blobs[BLOBS_MAX]; /* items found that need a blob first */
    size_t blob_count;
    int64_t done[BLOBS_MAX]; /* seqs whose blob is complete there */
    size_t done_next;

    int64_t swept;         /* claims go on behind this seq */
    int64_t solo_until;    /* items up to this seq travel alone */
    size_t most;           /* items of one batch, lowered by 413 */
    int64_t shrunk_ms;     /* when */
    unsigned storms, salt; /* 5xx in a row; changes the idempotency key */
    int64_t suspect; /* an item that failed alone with 5xx, until another one passes or fails too */
    int suspect_fails;

    struct backoff backoff;
    int64_t quiet_until_ms, idle_until_ms, attempt_ms, held_look_ms;
};

int64_t sender_now(const struct sender *s);

/* sender_claim.c: fill `next` if it is empty and there is something to send. */
void sender_prepare(struct sender *s);
bool sender_has_blob(const struct sender *s, int64_t seq);

/* sender_judge.c: the answer to `flying`. */
void sender_batch_done(void *context, struct answer *answer);
void sender_store_verdicts(struct sender *s, const struct verdict *verdicts, size_t count);
/* The item failed alone: later, or held once that has happened `limit` times. */
struct verdict sender_fail_verdict(struct sender *s, const struct claim *c, int limit,
                                   int64_t wait_ms, const char *problem);
void sender_back_off(struct sender *s);
void sender_wait_for(struct sender *s, const struct answer *answer);
void sender_stop(struct sender *s);
void sender_block(struct sender *s);
void sender_be_well(struct sender *s);

/* sender_blob.c */
void blob_begin(struct sender *s);
void blob_send(struct sender *s);
void blob_drop(struct sender *s);

/* sender.c: put `next` or the blob on the wire if the line is free. */
void sender_send(struct sender *s);
