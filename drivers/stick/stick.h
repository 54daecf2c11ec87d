/* A service stick: the files of one folder on a file system that the machine has mounted somewhere. Everything on it is
 * foreign: only regular files with names of ours are read, and only below the folder; nothing is followed, nothing
 * else is opened. Mounting (nodev, nosuid, noexec) is the system's work.
 *
 * Belongs to the thread that owns the stick. Calls block as long as the medium does; a stick that is pulled ends them
 * with STICK_E_GONE. Reads never take more than a kind of file may have. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"

#define STICK_FOLDER "ONETRIP"

struct stick; /* body in inside.h */

enum stick_outcome {
    STICK_E_NONE = 1,   /* nothing is mounted there */
    STICK_E_NOT_OURS,   /* it has no folder ONETRIP */
    STICK_E_TWO,        /* several sticks with such a folder */
    STICK_E_FILESYSTEM, /* of a kind that no stick has */
    STICK_E_ABSENT,     /* no such file */
    STICK_E_LINK,       /* a link, or a way out of the folder */
    STICK_E_NO_FILE,    /* a folder, pipe, device or socket */
    STICK_E_LARGE,      /* more than this kind of file may have */
    STICK_E_CROWDED,    /* more names in the folder than anybody writes */
    STICK_E_TWINS,      /* two names that differ only in case: which one is meant? */
    STICK_E_GONE,       /* pulled, or its medium fails */
    STICK_E_FULL,
    STICK_E_READ_ONLY,
    STICK_E_END,
};

/* ---- names --------------------------------------------------------------------------- */
enum stick_kind {
    STICK_FOREIGN,   /* not ours: never opened */
    STICK_TOKEN,     /* stick.json */
    STICK_DOCUMENT,  /* keys.json, catalogue.json, config.json, updates.json */
    STICK_BUNDLE,    /* update.raucb: firmware, listed in updates.json */
    STICK_ANSWER,    /* ack-<kiosk>-<8 digits>.json */
    STICK_SIGNATURE, /* the same names with .sig */
    STICK_LOAD,      /* out-<kiosk>-...1tc: sealed items of a kiosk */
    STICK_PART,      /* the beginning of a file that was never finished */
    STICK_REQUEST, /* request-<installation>.json: a kiosk without a county asks for its certificate */
    STICK_JOIN,    /* join-<installation>.json: the county's answer to that */
    STICK_LOG,     /* log-<kiosk>-...json: events or a readiness certificate */
    STICK_KIND_END,
};
#define STICK_BUNDLE_NAME "update.raucb"
enum {
    STICK_NAME = 96,
    STICK_NAMES_MAX = 4096,
    STICK_LOAD_MAX = 16 * 1024 * 1024,
    STICK_BUNDLE_MAX = 1024 * 1024 * 1024,
};
/* Pure. */
enum stick_kind stick_kind_of(const char *name);
size_t stick_kind_limit(enum stick_kind kind); /* bytes */

/* ---- the machine underneath ---------------------------------------------------------- */
enum stick_filesystem {
    STICK_FS_OTHER,
    STICK_FS_FAT,
    STICK_FS_EXFAT,
    STICK_FS_EXT,
    STICK_FS_MEMORY
};
struct stick_space {
    uint64_t free_bytes;
    bool is_read_only;
    enum stick_filesystem filesystem;
};
/* System calls, so that a test can pull the stick. Descriptors or 0, or a negative errno. */
struct stick_calls {
    int (*open)(int folder, const char *name, int flags,
                unsigned mode); /* openat2, nothing followed */
    int (*look)(int fd, struct stat *out);
    int64_t (*read)(int fd, void *out, size_t length);
    int64_t (*write)(int fd, const void *data, size_t length);
    int (*seek)(int fd, int64_t at);
    int (*flush)(int fd);
    int (*rename)(int folder, const char *from, const char *to);
    int (*remove)(int folder, const char *name);
    int (*space)(int fd, struct stick_space *out);
    /* Until `each` returns other than 0, which is then returned. */
    int (*list)(int folder, int (*each)(void *context, const char *name), void *context);
    void (*close)(int fd);
};
extern const struct stick_calls stick_system;

/* ---- a stick ------------------------------------------------------------------------- */
/* `calls` NULL: the machine's. 0, STICK_E_NONE, NOT_OURS, FILESYSTEM, LINK, GONE, or a fault. */
NODISCARD int stick_open(struct stick **out, const char *mount, const struct stick_calls *calls);
/* The one stick among several mount points; *index says which. Also STICK_E_TWO. */
NODISCARD int stick_find(struct stick **out, size_t *index, const char *const *mounts, size_t count,
                         const struct stick_calls *calls);
/* For the county: make the folder, if it is not there. 0, STICK_E_..., or a fault. */
NODISCARD int stick_prepare(const char *mount);
void stick_free(struct stick *s);
AUTO_DEFINE(struct stick, stick_free)
enum stick_filesystem stick_filesystem_of(const struct stick *s);
bool stick_is_read_only(const struct stick *s);

/* The whole of a file, appended to `out`; nothing is appended unless all of it is. 0, STICK_E_..., or a fault. */
NODISCARD int stick_read(struct stick *s, struct bytes *out, const char *name);
/* A file too large for the memory, piece by piece. One that is not closed keeps its descriptor. */
struct stick_stream {
    struct stick *stick; /* NULL: closed */
    int fd;
    int64_t size, at;
};
/* 0, STICK_E_..., or a fault. */
NODISCARD int stick_stream_open(struct stick_stream *out, struct stick *s, const char *name);
/* Up to `length` bytes from where it stands; *got less only at the end. GONE for a file that ends before its size says, LARGE for
 * one that does not end there. */
NODISCARD int stick_stream_read(struct stick_stream *t, void *out, size_t length, size_t *got);
NODISCARD int stick_stream_seek(struct stick_stream *t, int64_t at);
void stick_stream_close(struct stick_stream *t);
/* Names of ours, each with its kind, in no order. `each` returns 0 to go on. 0, STICK_E_CROWDED, GONE, TWINS (of those
 * of ours, after all were told), or a fault. */
NODISCARD int stick_list(struct stick *s,
                         int (*each)(void *context, const char *name, enum stick_kind kind),
                         void *context);
/* Bytes of a regular file, without reading it. */
NODISCARD int stick_size(struct stick *s, int64_t *bytes, const char *name);
/* All or nothing, and durable: written beside under <name>.part, flushed, then renamed, the folder flushed. A file that
 * was there is replaced in the last step. STICK_E_FULL before anything is written when there is no room. */
NODISCARD int stick_write(struct stick *s, const char *name, const void *data, size_t length);
/* A load that is no good gets a name that nobody reads ("bad-" in place of "out-"), so that its kiosk writes it anew and
 * somebody can still look at it. */
NODISCARD int stick_set_aside(struct stick *s, const char *name);
/* A file that is not there is gone already. */
NODISCARD int stick_remove(struct stick *s, const char *name);
