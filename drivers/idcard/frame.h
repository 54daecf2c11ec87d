/* SDT frames (id-reader document, sections 1.1 to 1.5). Pure: bytes in, frames out; one parser for every transport.
 *
 *   AA AA AA 96 69 LenH LenL CMD Para data... CHK         request
 *   AA AA AA 96 69 LenH LenL SW1 SW2 SW3 data... CHK      reply
 *
 * Len counts everything behind itself; CHK is the XOR of everything from LenH to the last byte of data. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum {
    SDT_LENGTH_MAX = 0x090a, /* reply of 30 10 with two fingerprints */
    SDT_DATA_MAX = SDT_LENGTH_MAX - 4,
    SDT_JUNK_MAX = 4096,
    SDT_REQUEST_MAX = 16,
};

enum sdt_outcome {
    SDT_E_MORE = 1,   /* not all bytes are there yet */
    SDT_E_CHECKSUM,   /* the data must not be used */
    SDT_E_LENGTH,     /* shorter than a reply can be, or longer than this command's */
    SDT_E_PREAMBLE,   /* junk only, until the deadline or over SDT_JUNK_MAX */
    SDT_E_PAYLOAD,    /* a frame whose inner lengths lie */
    SDT_E_UNEXPECTED, /* a status that is no answer to this command: a stale reply */
    SDT_E_TIMEOUT,    /* silence, or a frame cut short */
    SDT_E_GONE,       /* unplugged */
    SDT_E_STATUS,     /* an answer that says no: see sw3 */
};

/* SW3, section 1.3. Those this driver decides on. */
enum sdt_status {
    SDT_OK = 0x90,
    SDT_NOTHING = 0x91, /* no such item on the card */
    SDT_FOUND = 0x9f,
    SDT_BAD_CHECKSUM = 0x10, /* the reader received it broken */
    SDT_BAD_LENGTH = 0x11,
    SDT_SAM_REFUSED = 0x31,  /* the card does not trust the reader */
    SDT_CARD_REFUSED = 0x32, /* the reader does not trust the card */
    SDT_CARD_DOUBTFUL = 0x33,
    SDT_WRONG_CARD = 0x40,
    SDT_READ_FAILED = 0x41,
    SDT_RANDOM_FAILED = 0x47,
    SDT_SAM_SICK = 0x60,
    SDT_SAM_UNAUTHORISED = 0x66,
    SDT_NO_CARD = 0x80,
    SDT_SELECT_FAILED = 0x81,
};

struct sdt_reply {
    uint8_t sw1, sw2, sw3;
    size_t length;
    uint8_t data[SDT_DATA_MAX]; /* may be a card: sdt_reply_wipe() */
};
void sdt_reply_wipe(struct sdt_reply *r);

/* Write the request for command/parameter with `extra` bytes behind (at most 4). Returns its length. */
size_t sdt_request(uint8_t out[SDT_REQUEST_MAX], uint8_t command, uint8_t parameter,
                   const uint8_t *extra, size_t extra_length);

struct sdt_parser {
    size_t most;   /* greatest Len that this command can be answered with */
    size_t used;   /* bytes of the frame so far, preamble included */
    size_t junk;   /* bytes that were no frame */
    size_t length; /* Len, once known */
    uint8_t check; /* XOR so far */
    uint8_t head[7];
    uint8_t body[SDT_LENGTH_MAX];
};
/* `most`: greatest Len of a reply to this command, at most SDT_LENGTH_MAX. */
void sdt_parser_start(struct sdt_parser *p, size_t most);
/* Take bytes until one frame is whole; *taken says how many were used. 0: *out is the reply. SDT_E_MORE: all were used.
 * SDT_E_CHECKSUM, SDT_E_LENGTH, SDT_E_PREAMBLE: the input is to be drained. */
NODISCARD int sdt_parser_feed(struct sdt_parser *p, const uint8_t *data, size_t length,
                              size_t *taken, struct sdt_reply *out);
/* What silence means now: SDT_E_PREAMBLE when only junk came, else SDT_E_TIMEOUT. */
int sdt_parser_silence(const struct sdt_parser *p);
void sdt_parser_wipe(struct sdt_parser *p);

/* ---- commands ------------------------------------------------------------------------ */
enum sdt_command_id {
    SDT_RESET,
    SDT_STATUS,
    SDT_SAM_NUMBER,
    SDT_FIND,
    SDT_SELECT,
    SDT_READ,
    SDT_READ_WITH_PRINTS,
    SDT_NEW_ADDRESS,
    SDT_CARD_NUMBERS,
    SDT_COMMANDS,
};

struct sdt_command {
    uint8_t command, parameter, good; /* good: SW3 of success */
    uint16_t least, most;             /* bytes of data with it */
    uint16_t deadline_ms;             /* section 1.6 */
};
const struct sdt_command *sdt_command(enum sdt_command_id id);
/* Is `r` an answer to this command? 0 (success), SDT_E_STATUS (an answer that says no), SDT_E_UNEXPECTED (of another
 * command), SDT_E_PAYLOAD (too few or too many bytes, or inner lengths that lie). Pure. */
NODISCARD int sdt_judge(enum sdt_command_id id, const struct sdt_reply *r);
/* The 256 text bytes of a judged reply to SDT_READ or SDT_READ_WITH_PRINTS. */
const uint8_t *sdt_text(const struct sdt_reply *r);
/* The picture behind them; *length is 0 to 1024. */
const uint8_t *sdt_photo(const struct sdt_reply *r, size_t *length);
