/* What a printer answers, told apart byte by byte (receipt-printer document, 2.5 to 2.9, vectors in 6).
 *
 * Pure, bounded, no memory of its own: bytes and times in, replies out. Belongs to the thread of its printer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    REPLY_BLOCK_MAX = 80,  /* bytes of a block between its first byte and its 00 */
    REPLY_LIMIT_MS = 500,  /* to finish a block or a group of four */
    REPLY_OPEN_MAX = 8,    /* requests without an answer yet */
    REPLY_STRAYS_MAX = 64, /* more of them within REPLY_STRAY_MS: the line talks nonsense */
    REPLY_STRAY_MS = 10000,
};

/* What was asked. DLE EOT n is its n, 1 to 4. */
enum reply_request {
    REPLY_ASKED_NOTHING = 0,
    REPLY_ASKED_PAPER = 16, /* GS r, or GS I with a one-byte answer */
    REPLY_ASKED_LEFT = 17   /* Custom 1D E1 */
};

enum reply_kind {
    REPLY_STATUS,     /* DLE EOT: request = n, bytes[0] */
    REPLY_UNASKED,    /* GS a: four bytes */
    REPLY_PROCESS_ID, /* bytes = the four bytes of the id */
    REPLY_OFFLINE,    /* GS ( H function 49: bytes = causes, each 40..7F */
    REPLY_CLEARED,    /* the buffers are clear: answer to DLE DC4 8 */
    REPLY_TEXT,       /* GS I: bytes, not terminated */
    REPLY_BYTE,       /* the answer to REPLY_ASKED_PAPER: bytes[0] */
    REPLY_FULL,       /* Custom: paper, user, recoverable, unrecoverable */
    REPLY_LENGTH,     /* Custom 1D E1: bytes = digits, the centimetres of paper left */
    REPLY_OTHER,      /* a well-formed block nobody here needs */
};

struct reply {
    enum reply_kind kind;
    uint8_t request;
    size_t length;
    uint8_t bytes[REPLY_BLOCK_MAX];
};

struct reply_reader {
    bool has_full_status; /* Custom profile: 10 0F starts a full status, whose bits are free */
    uint8_t open[REPLY_OPEN_MAX];
    size_t open_count;
    enum reply_reading {
        READING_NOTHING,
        READING_BLOCK,
        READING_FOUR,
        READING_FULL,
        READING_LENGTH
    } reading;
    uint8_t held[REPLY_BLOCK_MAX + 1];
    size_t held_count;
    int64_t began_ms;
    /* counted since reply_init(): what fits nothing, bit 7, groups broken off, blocks too long or malformed, flow control */
    uint32_t strays, noise, broken, overflows, rejected, flow;
    uint32_t recent_strays;
    int64_t recent_ms;
};

void reply_init(struct reply_reader *r, bool has_full_status);
/* A request has been sent; false when REPLY_OPEN_MAX are open already (it is then not noted). */
bool reply_expect(struct reply_reader *r, uint8_t request);
bool reply_is_open(const struct reply_reader *r, uint8_t request);
/* Nothing asked so far will be answered any more; a half-read group is dropped. */
void reply_forget(struct reply_reader *r);
/* The same for DLE EOT alone. */
void reply_forget_status(struct reply_reader *r);
/* One byte from the printer. True: `*out` is filled. */
bool reply_take(struct reply_reader *r, uint8_t byte, int64_t now_ms, struct reply *out);
/* Drop a group whose time is over. Called whenever nothing came. */
void reply_tick(struct reply_reader *r, int64_t now_ms);
/* Strays, noise, broken and rejected groups came faster than REPLY_STRAYS_MAX in REPLY_STRAY_MS. */
bool reply_is_nonsense(const struct reply_reader *r);
/* `count` more bytes were lost or mean nothing. */
void reply_count_stray(struct reply_reader *r, uint32_t count, int64_t now_ms);
