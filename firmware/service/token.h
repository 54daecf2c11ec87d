/* The token of a service stick: a document signed by the county that says for which kiosks, for whom (a role, never a
 * name), from when to when, and how its PIN is checked. Format: sync/api/stick.md. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "firmware/base/ident.h"
#include "firmware/seal/sign.h"
#include "firmware/service/roles.h"
#include "firmware/service/words.h"

enum {
    TOKEN_MAX = 8 * 1024, /* bytes of the document */
    TOKEN_KIOSKS = 64,
    SERIAL_TEXT = 25,               /* 4 to 24 of 0-9 A-Z - */
    KIOSKS_TEXT = KIOSK_ID_MAX + 2, /* an id, or the beginning of one and '*' */
};

struct token {
    char serial[SERIAL_TEXT];
    enum role role;
    int64_t issued_ms, from_ms, to_ms; /* wall */
    size_t kiosk_count;
    char kiosks[TOKEN_KIOSKS][KIOSKS_TEXT];
    uint8_t pin_salt[PIN_SALT_BYTES], pin_hash[PIN_HASH_BYTES];
};

/* The document alone, without its signature. SAY_WELL, or SAY_FORMAT with the complaint (320 bytes) filled. */
enum saying token_parse(struct token *out, const void *json, size_t length, char complaint[320]);
/* The document as canonical JSON, appended; what `kioskctl stick make` signs. 0 or -ENOMEM. */
NODISCARD int token_write(struct bytes *out, const struct token *t);

/* What a kiosk knows when a stick comes. */
struct token_scene {
    const char *kiosk; /* "" before enrolment: then no stick fits but one for "*" */
    int64_t wall_ms;
    enum clock_quality quality;
    const struct bytes
        *config;         /* the county's configuration, which names revoked serials; may be NULL */
    bool is_list_unread; /* there is one, and it is not the county's any more */
};
/* SAY_WELL; SAY_CLOCK, SAY_LIST: valid as far as can be told without a clock or without knowing who is revoked, and then only
 * role_may_in_doubt() counts; or why not. A clock that stands before the day the stick was issued was never set, whatever it says of itself (unless
 * the county has set it). */
enum saying token_judge(const struct token *t, const struct token_scene *scene);
bool token_is_admitted(enum saying said);
bool token_is_in_doubt(enum saying said);
bool token_names_kiosk(const struct token *t, const char *kiosk);

/* The county's configuration as kiosk-syncd keeps it (op `doc`: length of the signature, signature, document), by its signature; the
 * signer's certificate may have run out since, as that of a token may. Appends the document, nothing when none is kept. 0, or -EBADMSG:
 * it is not the county's, or -ENOMEM. */
NODISCARD int token_list_open(struct bytes *out, const struct trust *trust,
                              const struct bytes *kept);
/* Verify, parse and judge: what comes from a stick. Fills `out` only when token_is_admitted(). */
enum saying token_admit(struct token *out, const struct trust *trust, const struct bytes *document,
                        const struct bytes *signature, const struct token_scene *scene);

/* ---- the PIN ------------------------------------------------------------------------- */
/* SAY_WELL, SAY_PIN_SHAPE or SAY_PIN_WEAK: for whoever chooses one. */
enum saying pin_judge(const char *pin);
/* SAY_WELL, SAY_PIN_SHAPE or SAY_PIN_WRONG; SAY_NOT_NOW without memory. Blocks for pin_hash()'s time, right or wrong. The
 * caller has counted the attempt before (syncd: staff-begin) and wipes `pin`. */
enum saying pin_check(const struct token *t, const char *pin);
/* Salt and hash for a new token whose serial is set. 0 or -ENOMEM. */
NODISCARD int pin_set(struct token *t, const char *pin);
