/* What lies in <data>/updates: the part that has been fetched and how much of it is surely there, then the whole beside the
 * county's document about it, and last of all ready.json, which tells the installer. Every step survives a power cut at any
 * moment: either the step before stands, or this one. One thread. */
#pragma once

#include "firmware/base/bytes.h"
#include "firmware/update/manifest.h"
#include "sync/queue/disk.h"

#define PLACE_BUNDLE "update.raucb"
#define PLACE_READY "ready.json"
#define PLACE_RESULT "result.json"
#define PLACE_MANIFEST "manifest.json"
#define PLACE_SIGNATURE "manifest.sig"

enum {
    PLACE_SMALL_MAX = 4096,            /* of a small file that somebody else wrote */
    PART_NOTE_BYTES = 4 * 1024 * 1024, /* so much is fetched again after a power cut, at most */
};

/* ---- small files, replaced as a whole ------------------------------------------------ */
NODISCARD int place_put(const struct disk *disk, const char *name, const void *data, size_t length);
/* Appends to `out`. -ENOENT, -EFBIG over `most`, or another fault. */
NODISCARD int place_get(const struct disk *disk, const char *name, struct bytes *out, size_t most);
/* Gone, or was not there. */
NODISCARD int place_drop(const struct disk *disk, const char *name);

/* ---- the part ------------------------------------------------------------------------ */
struct part {
    const struct disk *disk;
    struct disk_file *file;       /* NULL: none is open */
    uint8_t sha256[SHA256_BYTES]; /* of the whole, as wanted */
    int64_t have, noted;          /* bytes; those that the note on the disk tells of */
};
/* Go on where the last one was, or begin: of another file nothing is kept. */
NODISCARD int part_open(struct part *p, const struct disk *disk, const struct update *u);
NODISCARD int part_add(struct part *p, const void *data, size_t length);
/* Flushed, and noted. */
NODISCARD int part_note(struct part *p);
void part_close(struct part *p);
NODISCARD int part_drop(struct part *p, const struct disk *disk);

/* ---- the whole ----------------------------------------------------------------------- */
enum place_how {
    PLACE_DOWNGRADE = 1, /* a way back */
    PLACE_BY_HAND = 2,   /* staff brought it: it need not wait for the county's hours */
};
/* The part becomes the bundle; the document about it goes beside it; then ready.json. `part` is closed. `how`: bits of
 * enum place_how. */
NODISCARD int place_finish(struct part *p, const struct disk *disk, const struct update *u,
                           unsigned how, const struct bytes *manifest,
                           const struct bytes *signature);
/* What lies ready was brought by hand: *out is its version, size and sum. */
bool place_is_by_hand(const struct disk *disk, struct update *out);
/* What ready.json is about; false when there is none, or the bundle is missing. */
bool place_is_ready(const struct disk *disk, uint8_t sha256_of[SHA256_BYTES]);
/* Is ready.json about that version? */
bool place_is_about(const struct disk *disk, const char *version);
/* Nothing is offered any more: ready.json first, so that nobody is sent to what is going. */
NODISCARD int place_withdraw(const struct disk *disk);

/* ---- the installer's answer ---------------------------------------------------------- */
enum install_outcome { INSTALL_DONE, INSTALL_REFUSED, INSTALL_FELL_BACK, INSTALL_END };
struct install_result {
    enum install_outcome outcome;
    char version[UPDATE_VERSION];
    char sha256[2 * SHA256_BYTES + 1]; /* of the bundle, hexadecimal; "": not told */
    char reason[128];                  /* one line of printable text; "" none */
};
/* "installed", "refused", "fell-back" */
const char *install_outcome_word(enum install_outcome outcome);
/* 0 or -EBADMSG: not the installer's, or not to be understood. Pure. */
NODISCARD int install_result_read(struct install_result *out, const void *json, size_t length);
