/* An errand with a stick: what it brings goes to kiosk-syncd, what waits there goes onto it. The one who runs it owns the
 * stick and may block; kiosk-syncd never waits for a stick. It may be broken off at any point, by whatever, and begun
 * again, with this stick or another: nothing is lost and nothing counts twice. */
#pragma once

#include "drivers/stick/stick.h"
#include "firmware/base/message.h"
#include "firmware/service/words.h"

/* Documents of the county, in the order in which they are brought. */
enum errand_document { ERRAND_KEYS, ERRAND_CONFIG, ERRAND_CATALOGUE, ERRAND_DOCUMENTS };
struct errand_brought {
    bool is_there;    /* on the stick */
    enum saying said; /* SAY_WELL: new, and in use; SAY_SAME; or why it was not used */
    int64_t version;  /* that holds here now; 0 not known */
};

struct errand_report {
    struct errand_brought brought[ERRAND_DOCUMENTS];
    unsigned documents;                               /* taken: newer than what was here */
    unsigned answers;                                 /* documents with answers for this kiosk */
    unsigned settled, known, refused, strange, cases; /* as in sync/api/stick.md */
    unsigned loads, loads_there; /* written now; written before and still there */
    unsigned items;              /* in both */
    unsigned troubles;           /* files that were not used */
    enum saying trouble;         /* why the first of them was not */
    char trouble_file[STICK_NAME];
};

struct errand_ports {
    /* One question to kiosk-syncd (sync/api/local-socket.md) with an optional body; takes `request`. 0 with the reply, or
     * a fault when there is none. Blocks for at most 30 s. */
    int (*ask)(void *context, json_t *request, const void *body, size_t length,
               struct message *reply);
    /* After each file; may be NULL. */
    void (*progress)(void *context, const struct errand_report *report);
    void *context;
};

/* First in (keys, configuration, catalogue, answers), then out. `kiosk` is this kiosk's id. SAY_WELL when all that was to
 * be done is done, even if single files were not used (report.trouble); else what stopped it. */
enum saying errand_run(struct errand_report *out, struct stick *s, const char *kiosk,
                       const struct errand_ports *ports);
/* Keep what kiosk-syncd has signed (`readiness`: u32 BE signature length, signature, document) on the stick, as
 * log-<kiosk>-<seconds in hex>.json and .sig. SAY_WELL, SAY_FORMAT for a body that is none, or what stopped it. */
enum saying errand_keep(struct stick *s, const char *kiosk, int64_t wall_ms,
                        const struct bytes *body);
/* A document <name>.json and its signature as one body, as the `doc` operation frames them. 0, STICK_E_..., or a fault. */
NODISCARD int errand_read_signed(struct stick *s, struct bytes *body, const char *name);
/* The sentence for what a stick's call returned. */
enum saying saying_of_stick(int outcome);
