/* A scanned code as text: bytes to one message, and what kind of message it is. Pure; the caller says what time it is.
 *
 * A scanner reads whatever is held before it. Its text is a stranger's: limited in length, printable, never logged, and
 * never a key press. It may hold person data: whoever has one wipes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum { SCAN_TEXT_MAX = 512, SCAN_TEXT = SCAN_TEXT_MAX + 1, SCAN_GAP_MS = 500 };

/* For the main thread; the order is part of the interface of posts (worker/post.h). */
enum scan_event {
    SCAN_NOTHING,
    SCAN_READ,    /* a text */
    SCAN_REFUSED, /* a code was scanned that cannot be used: say so, without its contents */
    SCAN_READY,   /* a scanner works */
    SCAN_GONE,    /* none does, or not any more */
};

enum scan_refusal {
    SCAN_TOO_LONG = 1,
    SCAN_BINARY, /* control characters, or no UTF-8 */
    SCAN_HALF,   /* it broke off: unplugged, or silent for SCAN_GAP_MS in the middle */
    SCAN_FLOOD,  /* it never ends */
};
const char *scan_refusal_words(enum scan_refusal refusal);

/* What a text is for. */
enum scan_kind {
    SCAN_OTHER,
    SCAN_RECEIPT, /* a receipt number, alone or at the end of an address as on our slips */
    SCAN_HAND_OFF, /* the code with which a matter begun on a phone goes on here (firmware/base/handoff.h) */
};
/* `out` gets the receipt number in its canonical form, the digits, or the text as it is. `text` is at most SCAN_TEXT_MAX
 * bytes. */
enum scan_kind scan_classify(char out[SCAN_TEXT], const char *text);

/* ---- gathering ----------------------------------------------------------------------- */
struct scan_line {
    size_t length;
    enum scan_refusal refusal; /* 0: good so far; the rest of a refused one is thrown away */
    size_t thrown;
    int64_t last_ms;
    char text[SCAN_TEXT];
};

void scan_line_start(struct scan_line *l); /* wipes */
/* One byte. False: so much without an end that the device is broken (SCAN_FLOOD). */
bool scan_line_put(struct scan_line *l, uint8_t byte, int64_t now_ms);
/* Something was typed that is no text: the message is refused. */
void scan_line_spoil(struct scan_line *l, enum scan_refusal refusal, int64_t now_ms);
/* The end of the message. SCAN_READ: *out is NUL-terminated text; SCAN_REFUSED: *why says why; SCAN_NOTHING: it was empty.
 * The line is wiped. */
enum scan_event scan_line_end(struct scan_line *l, char out[SCAN_TEXT], enum scan_refusal *why);
bool scan_line_is_begun(const struct scan_line *l);
/* Is it silent for too long? Then it is to be ended with SCAN_HALF. */
bool scan_line_is_late(const struct scan_line *l, int64_t now_ms);
