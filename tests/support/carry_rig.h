/* Kiosks' queues and sticks for tests of carrying: real stores on real folders, errands with kiosk-syncd's answers made in
 * this process. */
#pragma once

#include "firmware/service/errand.h"
#include "sync/carry/answer.h"
#include "sync/queue/outbox.h"
#include "tests/support/stick_keys.h"

struct carry_kiosk {
    char id[KIOSK_ID_MAX + 1], folder[512];
    struct folder disk;
    struct fake_clock clock;
    struct store *store;
    const struct bytes *key, *pem;
    struct trust *trust;
    unsigned asked;   /* questions so far */
    unsigned dies_at; /* the n-th question gets no answer, nor any later one; 0: never */
};

/* Opens the store in `folder`, which is made. Fails the test when it cannot. */
void carry_kiosk_open(struct carry_kiosk *k, const char *id, const char *folder,
                      const struct bytes *key, const struct bytes *pem, struct trust *trust);
void carry_kiosk_close(struct carry_kiosk *k);
/* `count` new items of about `size` bytes each, numbered on from `first` so that all bodies differ. */
void carry_kiosk_submit(struct carry_kiosk *k, unsigned first, unsigned count, size_t size);
/* Items by state. */
int64_t carry_kiosk_count(struct carry_kiosk *k, enum item_state state);
/* One errand with the stick at `mount`; `calls` NULL: the machine's. */
enum saying carry_kiosk_errand(struct carry_kiosk *k, struct errand_report *report,
                               const char *mount, const struct stick_calls *calls);
/* An empty stick below the test's folder. Static storage is not used: `out` holds 512 bytes. */
void carry_stick_new(char out[512], const char *name);
