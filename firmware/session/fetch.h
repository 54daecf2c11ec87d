/* The live question of a visit and what comes of it. Inside firmware/session only. */
#pragma once

#include "firmware/base/json.h"
#include "firmware/seal/reply.h"
#include "firmware/session/fetched.h"

/* What only who asked may know; wiped as soon as the answer is there or not waited for any more. */
struct fetch_secret {
    char id[REPLY_ID]; /* "": nothing is asked */
    uint8_t key[REPLY_KEY];
};

struct session;
struct bytes;

void fetch_wipe(struct fetch_secret *secret);
/* The question's plaintext (sync/api/live-question.md). 0 or -ENOMEM. */
NODISCARD int fetch_write(struct bytes *out, const struct session *s);
/* Ask the county, if this matter asks for anything at once and somebody can be asked. True: its answer is waited for. */
bool fetch_ask(struct session *s);
/* Whoever asked does not wait any longer: a later answer can not even be opened. */
void fetch_drop(struct session *s);
/* The sealed answer to the question of that id; NULL: there is none. False: nobody waits for it. */
bool fetch_take(struct session *s, const char *id, const struct bytes *reply);

/* The place of the paper's certificate in visit.fetched.found, -1: the county showed none. */
int fetch_find(const struct session *s, const char *paper);
enum proof fetch_proof(const struct session *s, const struct material *m);
/* What a confirmed certificate answers to the question; "" none does, or not in a way that fits. */
const char *fetch_value(const struct session *s, const struct field *f);
/* Fill in what the certificate at `i` answers, or take it out again where it still stands. */
void fetch_fill(struct session *s, size_t i);
void fetch_clear(struct session *s, size_t i);
/* What the sealed item says of a paper that was looked up: members of its row (sealed-item.md). */
void fetch_describe(json_t *row, const struct session *s, const struct material *m);
/* How many papers need not be handed in because of what was confirmed (SS-02). */
size_t fetch_spared(const struct session *s);
