/* The outbox: numbers given away, submissions kept, claimed for sending, judged. Operations on a
 * store; results are those of enum store_outcome unless said otherwise. */
#pragma once

#include "firmware/base/bytes.h"
#include "sync/queue/store.h"

/* ---- taking in ----------------------------------------------------------------------- */
struct reservation_given {
    uint8_t id[UUID_BYTES];
    int64_t seq;
    char receipt[RECEIPT_TEXT];
    struct moment when;
};
/* A number for the form `token`; the same token gets the same answer. Nothing of the form is
 * stored, but the number is never given again, whatever happens (blocks of numbers are made durable
 * first). */
NODISCARD int outbox_reserve(struct store *s, struct reservation_given *out,
                             const uint8_t token[UUID_BYTES], enum clock_quality quality);

enum submit_result {
    SUBMIT_STORED,
    SUBMIT_AGAIN,         /* this token was stored before; the receipt is the same */
    SUBMIT_UNKNOWN_TOKEN, /* never reserved, or this process has restarted since: reserve and seal
                             again */
    SUBMIT_HASH,          /* the bytes do not fit their SHA-256 */
    SUBMIT_FULL,          /* nothing was stored, and that is certain */
    SUBMIT_STORAGE,       /* the same, for another reason */
    SUBMIT_DOUBT,         /* the record may have reached the disk */
    SUBMIT_REFUSED,       /* `only_again`, and this token was never stored */
};

struct submission {
    uint8_t token[UUID_BYTES], id[UUID_BYTES];
    enum item_kind kind;
    int suite;
    char key_id[SEAL_KEY_ID];
    uint8_t sha256[SHA256_BYTES];
    bool has_chain, has_after;
    uint8_t chain[UUID_BYTES], after[UUID_BYTES];
    struct bytes body; /* the caller's */
    bool only_again;   /* nothing new is taken now; but what was stored before must not be denied */
    enum submit_result result;
    char receipt[RECEIPT_TEXT];
    int64_t seq;
};
/* Store all of them: one flush of the spool log, then one commit. Each gets its own result, and
 * only after both; a group that fails half way is taken back by VOID records. */
void outbox_submit(struct store *s, struct submission *group, size_t count);

/* ---- sending ------------------------------------------------------------------------- */
struct claim {
    struct item item;
    int tries, fails;
    bool as_blob;      /* never inline */
    struct bytes body; /* sealed bytes; empty for items over `inline_max` */
};
void claim_clear(struct claim *c);

struct claim_limits {
    size_t items, inline_max, bytes; /* bytes: sum of inline bodies; the first item always fits */
};
/* Queued items behind `after` that are due, in order of seq; `is_taken` says which are being sent
 * now. An item that has failed alone comes alone. The caller clears each claim. *count may be 0. */
NODISCARD int outbox_claim(struct store *s, struct claim *out, size_t *count, int64_t after,
                           const struct claim_limits *limits,
                           bool (*is_taken)(void *context, int64_t seq), void *context);
/* A held item whose long wait is over; STORE_E_NONE. */
NODISCARD int outbox_claim_held(struct store *s, struct claim *out, size_t inline_max);
/* Boot time at which the next queued item is due; STORE_E_NONE when none is queued. */
NODISCARD int outbox_next_due(struct store *s, int64_t *due_ms);
/* ---- by stick: the next item behind `after` that the county has neither accepted nor refused, held or waiting or not,
 * with its bytes (empty when they are gone). STORE_E_NONE: there is none. */
NODISCARD int outbox_next_open(struct store *s, struct claim *out, int64_t after);
struct outbox_known {
    int64_t seq;
    enum item_state state;
    uint8_t sha256[SHA256_BYTES];
};
/* By its id. STORE_E_NONE: no such item here. */
NODISCARD int outbox_by_id(struct store *s, struct outbox_known *out, const uint8_t id[UUID_BYTES]);
/* Make sure that the bytes of an item are all here and fit their hash, from the spool log if the
 * database has lost some; once before its parts are sent. Holds them in memory meanwhile (at most
 * MESSAGE_BODY_MAX). STORE_E_NONE: they are gone. */
NODISCARD int outbox_mend(struct store *s, const struct item *item);
/* Part n (256 KiB) of the sealed bytes, appended to `part`. STORE_E_NONE: no such part. */
enum { PART_BYTES = 256 * 1024 };
NODISCARD int outbox_part(struct store *s, int64_t seq, unsigned n, struct bytes *part);

enum verdict_kind {
    VERDICT_ACCEPTED, /* or known already */
    VERDICT_DEAD,     /* the county will not have it: staff */
    VERDICT_HELD,     /* cannot be delivered as it is: staff; `wait_ms` > 0: tried again then */
    VERDICT_LATER,    /* stays queued, not before `wait_ms` from now */
    VERDICT_FAILED,   /* the same, and it failed alone */
    VERDICT_AS_BLOB,  /* stays queued, goes as a blob from now on */
};
enum { PROBLEM_TEXT = 200, SERVER_REF_TEXT = 64 };
struct verdict {
    int64_t seq;
    enum verdict_kind kind;
    int64_t wait_ms;
    char server_ref[SERVER_REF_TEXT]; /* "" none */
    char problem[PROBLEM_TEXT];
};
/* All in one commit. `county_ms`: when they were accepted. */
NODISCARD int outbox_judge(struct store *s, const struct verdict *verdicts, size_t count,
                           int64_t county_ms);

/* Accepted items since `from_ms` (county time) whose bytes are still here go again: the platform
 * was restored. Stores `epoch` and forgets the feed's cursor in the same commit. */
NODISCARD int outbox_new_epoch(struct store *s, const char *epoch, int64_t from_ms, int *requeued);

/* ---- looking ------------------------------------------------------------------------- */
struct outbox_counts {
    int64_t by_state[ITEM_STATE_END];
    int64_t last_seq, oldest_s;
};
NODISCARD int outbox_count(struct store *s, struct outbox_counts *out);

struct outbox_row {
    int64_t seq, size, tries, accepted_ms;
    uint8_t id[UUID_BYTES];
    char receipt[RECEIPT_TEXT];
    enum item_kind kind;
    enum item_state state;
    char problem[PROBLEM_TEXT];
};
/* Newest first; `state` ITEM_STATE_END: all. */
NODISCARD int outbox_list(struct store *s, struct outbox_row *out, size_t max, size_t *count,
                          enum item_state state);
/* The state of the item with this (canonical) receipt. */
NODISCARD int outbox_find(struct store *s, const char *receipt, enum item_state *state,
                          char server_ref[SERVER_REF_TEXT]);
/* What kind of item it is. STORE_E_NONE: none of this kiosk's. */
NODISCARD int outbox_kind(struct store *s, const char *receipt, enum item_kind *kind);
/* Staff: a held item is queued again; a dead letter is closed and its bytes go. STORE_E_NONE: no
 * such item.
 */
NODISCARD int outbox_release(struct store *s, int64_t seq);
NODISCARD int outbox_close(struct store *s, int64_t seq, int64_t county_ms);
