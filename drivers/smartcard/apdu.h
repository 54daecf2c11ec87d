/* Command and reply APDUs (ISO/IEC 7816-4, 5.1), short form only. Pure: bytes in, bytes out. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    APDU_COMMAND_MAX = 5 + 255 + 1,
    APDU_DATA_MAX = 256,
    APDU_REPLY_MAX = APDU_DATA_MAX + 2,
    APDU_NO_LE = -1,
};

struct apdu_command {
    uint8_t cla, ins, p1, p2;
    const uint8_t *data; /* at most 255 bytes; NULL with length 0 */
    size_t length;
    int le; /* bytes expected, 0 = up to 256; APDU_NO_LE: none are */
};

struct apdu_reply {
    uint16_t sw; /* SW1 SW2 */
    size_t length;
    uint8_t data[APDU_DATA_MAX]; /* may be personal: apdu_reply_wipe() */
};
void apdu_reply_wipe(struct apdu_reply *r);

/* What SW1 SW2 asks for (7816-4, table 5). */
enum apdu_meaning {
    APDU_OK = 0,        /* 9000 */
    APDU_WARNING,       /* 62xx, 63xx: carried out, but */
    APDU_MORE,          /* 61xx: GET RESPONSE fetches xx more bytes */
    APDU_WRONG_LE,      /* 6Cxx: the same command again, with Le = xx */
    APDU_NOT_ALLOWED,   /* 6982, 6985 and their like: access conditions are not met */
    APDU_NOT_FOUND,     /* 6A82, 6A83, 6A88: no such file, record or object */
    APDU_NOT_SUPPORTED, /* 6D00, 6E00, 6A81 */
    APDU_FAILED,        /* everything else */
};

/* Returns the length in `out`, 0 when the command cannot be said in short form. */
size_t apdu_encode(uint8_t out[APDU_COMMAND_MAX], const struct apdu_command *c);
/* 0, or -EBADMSG: shorter than SW1 SW2, or longer than a short reply can be. */
NODISCARD int apdu_parse(struct apdu_reply *out, const uint8_t *data, size_t length);
enum apdu_meaning apdu_judge(uint16_t sw);
