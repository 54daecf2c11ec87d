/* A smart card in a reader, whoever speaks to the reader: pcscd (pcsc.c) or a script (tests). One thread. */
#pragma once

#include "drivers/smartcard/apdu.h"
#include "drivers/smartcard/atr.h"

enum smartcard_outcome {
    SMARTCARD_E_NO_SERVICE = 1, /* pcscd does not run, or this firmware was built without it */
    SMARTCARD_E_NO_READER,      /* it runs, but no reader is plugged in */
    SMARTCARD_E_NO_CARD,        /* a reader, but no card in it */
    SMARTCARD_E_MUTE,           /* a card that gives no answer to reset: upside down, or broken */
    SMARTCARD_E_BUSY,           /* another program holds the card */
    SMARTCARD_E_REMOVED,        /* taken out while it was asked */
    SMARTCARD_E_BROKEN,         /* reader or service failed: close everything and start again */
};

enum { SMARTCARD_READER_NAME = 128 };

/* How to reach cards. Outcomes are those above; faults as ever. */
struct smartcard_port {
    void *context;
    /* Power up the card of the first reader that has one. `atr` holds ATR_MAX bytes. At most 2 s. */
    int (*connect)(void *context, uint8_t *atr, size_t *atr_length,
                   char reader[SMARTCARD_READER_NAME]);
    /* One command, one reply, of at most APDU_REPLY_MAX bytes. At most 5 s. */
    int (*transmit)(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                    size_t size, size_t *reply_length);
    void (*disconnect)(void *context); /* powers the card down; twice is fine */
};

/* One command with what the card asks for in return: GET RESPONSE after 61xx, once more with Le after 6Cxx (7816-4, 7.6.1).
 * The data of all parts is in *out, at most 256 bytes. 0 (whatever out->sw says), an outcome, or -EBADMSG. */
NODISCARD int smartcard_do(const struct smartcard_port *port, const struct apdu_command *command,
                           struct apdu_reply *out);
