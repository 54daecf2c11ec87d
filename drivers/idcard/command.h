/* One request, one reply: deadlines, draining and the one retry (id-reader document, 1.3 to 1.6) over whatever carries the
 * bytes. One thread. */
#pragma once

#include "drivers/idcard/frame.h"
#include "firmware/base/clock.h"

/* How bytes get to a reader and back. Outcomes are those of SDT: 0, SDT_E_TIMEOUT, SDT_E_GONE. */
struct sdt_port {
    void *context;
    int (*write)(void *context, const uint8_t *frame, size_t length, int wait_ms);
    /* At least one byte into `data`, waiting at most `wait_ms`. */
    int (*read)(void *context, uint8_t *data, size_t size, int wait_ms, size_t *got);
    /* Throw away what is there on every IN pipe; with `quiet_ms` > 0 also what still comes, until nothing came for so
     * long. At most 1 s. */
    void (*drain)(void *context, int quiet_ms);
    unsigned
        bytes_a_second; /* of a slow line: the wire's time is added to every deadline; 0: fast */
};

struct sdt_line {
    struct sdt_port port;
    const struct clock *clock;
    struct sdt_parser parser;
    bool is_in_step; /* the last command was answered by one whole frame */
};

/* Carries out one command; *out is filled whenever a whole frame came (wiped otherwise). Sends again once after a broken
 * or stale reply and after the reader said it received the request broken. 0, SDT_E_STATUS (out->sw3 says no) or what
 * remained wrong: SDT_E_CHECKSUM, _LENGTH, _PREAMBLE, _PAYLOAD, _UNEXPECTED, _TIMEOUT, _GONE. Blocks for at most twice
 * the command's deadline and draining. */
NODISCARD int sdt_carry_out(struct sdt_line *line, enum sdt_command_id id, struct sdt_reply *out);
