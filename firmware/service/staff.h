/* What staff screens show of kiosk-syncd's replies, and what they ask of it: figures, slips nobody is sure of, items that
 * were set aside. Numbers and sentences, never who or what about. Pure; any thread. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/ident.h"

/* ---- figures ------------------------------------------------------------------------- */
struct staff_counters {
    int64_t queued, held, dead, accepted, last_seq, oldest_s;
    int64_t last_contact_ms;
    int64_t keys, catalogue, config;                       /* versions */
    int64_t key_days, certificate_days, disk_free_percent; /* left; -1: none, or not known */
    bool is_accepting;
};
/* From the reply to `status`; false when it is none, and everything is 0. */
bool staff_counters_read(struct staff_counters *out, const json_t *status);

/* ---- firmware that is on its way ------------------------------------------------------ */
enum staff_update_state {
    STAFF_UPDATE_NONE,
    STAFF_UPDATE_COMING, /* fetched by the network, or waiting for that */
    STAFF_UPDATE_CHECKING,
    STAFF_UPDATE_READY, /* the installer's turn */
    STAFF_UPDATE_STUCK,
};
enum staff_update_end {
    STAFF_UPDATE_NEVER,
    STAFF_UPDATE_INSTALLED,
    STAFF_UPDATE_REFUSED,
    STAFF_UPDATE_FELL_BACK
};
struct staff_update {
    enum staff_update_state state;
    char version[24]; /* "" none */
    int percent;
    enum staff_update_end last; /* how the last one ended here */
    char last_version[24], last_reason[128];
};
/* From the reply to `status`. */
void staff_update_read(struct staff_update *out, const json_t *status);

/* ---- slips that may or may not have come out ----------------------------------------- */
enum { STAFF_SLIPS = 64, STAFF_ITEMS = 200 };
struct staff_slip {
    int64_t attempt, at_ms;
    char receipt[RECEIPT_TEXT]; /* "" for one that is no receipt */
};
/* From the reply to `print-open`; rows that are not well formed are left out. */
size_t staff_slips_read(struct staff_slip *out, size_t max, const json_t *reply);

enum settle_answer {
    SETTLE_CAME_OUT, /* somebody has seen it: the matter is closed */
    SETTLE_NOT_OUT,  /* it did not: closed, and a marked copy may be printed */
    SETTLE_NOT_SURE, /* stays open */
    SETTLE_END,
};
/* The request for kiosk-syncd (`print-state`); NULL when nothing is to be asked, or without memory. */
json_t *staff_settle_request(int64_t attempt, enum settle_answer answer);
/* May a copy, marked as such, be offered now? */
bool staff_settle_offers_copy(enum settle_answer answer);

/* ---- items that were set aside ------------------------------------------------------- */
enum parked_do {
    PARKED_RELEASE, /* queueing it again can help */
    PARKED_COUNTY,  /* only the county can */
    PARKED_WAIT,    /* it is tried again by itself */
};
struct staff_parked {
    int64_t seq;
    char receipt[RECEIPT_TEXT];
    bool is_dead; /* the county will not have it */
    enum parked_do what_to_do;
    const char *zh, *en; /* constants */
};
/* From the reply to `queue-list`: held and dead items, newest first. */
size_t staff_parked_read(struct staff_parked *out, size_t max, const json_t *reply);
/* The sentence for a problem as the queue notes it. */
void staff_parked_judge(struct staff_parked *out, const char *problem);
