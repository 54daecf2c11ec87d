/* The readiness certificate: what was looked at in the morning, how it stands, and whether the kiosk may open. Judged from
 * plain facts; kiosk-syncd signs it with the kiosk's key (op `readiness`). Pure; any thread. No person data. */
#pragma once

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/clock.h"
#include "firmware/service/words.h"

enum ready_id {
    READY_READER,
    READY_PRINTER,
    READY_PAPER,
    READY_SLIPS,
    READY_SCREEN,
    READY_FONTS,
    READY_SOUND,
    READY_KEYPAD,
    READY_SCANNER,
    READY_COUNTY,
    READY_KEYS,
    READY_CERTIFICATE,
    READY_CATALOGUE,
    READY_HOLIDAYS,
    READY_QUEUE,
    READY_PARKED,
    READY_DISK,
    READY_MEDIUM,
    READY_CLOCK,
    READY_END,
};

enum ready_state {
    READY_WELL,
    READY_LOOK,   /* works; somebody should look after it */
    READY_FAILED, /* the kiosk may open without it, and says what it cannot do */
    READY_STOPS,  /* the kiosk cannot take anything in */
    READY_NONE,   /* this kiosk has none */
};

enum ready_device { DEVICE_ABSENT, DEVICE_WELL, DEVICE_TROUBLE, DEVICE_NOT_FITTED };

/* A device that answers need not work: whoever looks in the morning has tried it, or has not. */
enum ready_tried { TRIED_NOT, TRIED_WELL, TRIED_BAD };
/* By device: READY_READER, _PRINTER, _SCREEN, _SOUND, _KEYPAD, _SCANNER. */
enum { READY_DEVICES = READY_SCANNER + 1 };

/* What the kernel says of the medium that the queue lies on. -1: it does not say. */
struct ready_medium {
    int errors;       /* of the file system, since it was made */
    int worn_percent; /* of its life; of flash that counts it (JEDEC eMMC 5.0, 7.4.46) */
};

/* As the workers and kiosk-syncd know it. */
struct ready_facts {
    enum ready_tried tried[READY_DEVICES];
    bool has_fonts, has_rare_fonts;
    struct ready_medium medium;
    int64_t key_days, certificate_days; /* left; -1 none, or not known */
    int64_t disk_free_percent;          /* -1 not known */
    bool has_holidays, needs_next_holidays;
    enum ready_device reader, printer, screen, sound, keypad, scanner;
    int64_t paper_mm;      /* left; negative: not known */
    int64_t paper_need_mm; /* of an ordinary day */
    int uncertain_slips;
    bool is_joined, is_link_up, has_keys;
    int64_t last_contact_ms; /* wall; 0 never */
    int64_t catalogue_version;
    int64_t queued, parked, oldest_s;
    bool is_disk_full, is_store_up;
    enum clock_quality clock_quality;
    int64_t wall_ms;
};

struct ready_check {
    enum ready_id id;
    enum ready_state state;
    int64_t figure;         /* what is counted or measured there; negative: nothing is */
    enum ready_tried tried; /* of devices */
    const char *what_zh, *what_en, *says_zh, *says_en; /* constants */
};
struct readiness {
    size_t count;
    struct ready_check checks[READY_END];
    bool may_open; /* nothing stops it */
    int to_look_after;
};

void readiness_judge(struct readiness *out, const struct ready_facts *f);
/* "reader"; "well". For programs. */
const char *ready_id_word(enum ready_id id);
const char *ready_state_word(enum ready_state state);
/* The report for op `readiness`, NULL without memory. `serial`: of the stick whose bearer looked ("" none). */
json_t *readiness_json(const struct readiness *r, const char *serial);
/* A signed certificate: does it hold, under the kiosk CA, and does it name its signer? SAY_WELL with the kiosk's id,
 * SAY_SIGNATURE or SAY_FORMAT. */
enum saying readiness_verify(char kiosk[65], const struct bytes *kiosk_ca_pem,
                             const struct bytes *document, const struct bytes *signature);
