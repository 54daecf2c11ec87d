/* The ID reader as a state machine: what happens on its plate, one step at a time (id-reader document, section 1.6).
 *
 * No thread and no sleep of its own: the worker calls idcard_step() and waits as long as it says. A step blocks for at most
 * two deadlines of one command (6 s for a card that answers nothing); typically 1 to 40 ms. */
#pragma once

#include "drivers/idcard/command.h"
#include "firmware/card/person.h"

enum idcard_event {
    IDCARD_NOTHING,
    IDCARD_READY,      /* the reader works; its SAM number is known */
    IDCARD_COMING,     /* a card was laid down: being read */
    IDCARD_PERSON,     /* *person is filled; the caller wipes it */
    IDCARD_AGAIN,      /* could not be read: lift it and lay it down again */
    IDCARD_LIFT,       /* three times in a row: lift it first */
    IDCARD_NOT_ID,     /* not a resident ID card */
    IDCARD_TYPE,       /* a layout this firmware does not know */
    IDCARD_UNVERIFIED, /* reader and card do not trust each other */
    IDCARD_REMOVED,    /* the card that was read, or refused, has gone */
    IDCARD_SICK,       /* SAM self-test failed or not authorised: out of service */
    IDCARD_GONE,       /* unplugged, dead or hung: close, find and open it again */
};

/* How this reader tells a card that lies there from an empty plate. Found out at the first card (section 1.6: readers
 * differ), kept until the reader is opened anew. */
enum idcard_presence {
    IDCARD_PRESENCE_UNKNOWN, /* no card has been read yet */
    IDCARD_PRESENCE_BY_READ, /* it answers 30 03 */
    IDCARD_PRESENCE_BY_FIND, /* it does not, but finds a card again that was read */
    IDCARD_PRESENCE_BY_NEXT, /* neither: that a card has gone shows when the next is laid down */
};

enum { IDCARD_POLL_MS = 300, SAM_NUMBER_BYTES = 16, SAM_NUMBER_TEXT = 48 };

struct idcard; /* body in idcard.c */

/* `port` and `clock` outlive it. */
NODISCARD int idcard_new(struct idcard **out, const struct sdt_port *port,
                         const struct clock *clock);
void idcard_free(struct idcard *c); /* wipes; NULL is fine */
AUTO_DEFINE(struct idcard, idcard_free)
/* One step. *wait_ms: how long until the next one is due. *person is filled with IDCARD_PERSON and wiped otherwise. */
enum idcard_event idcard_step(struct idcard *c, struct person *person, int *wait_ms);
/* The picture of the person that the last step brought, as the chip has it (1024 bytes that only a licensed library decodes), for a mark of the
 * card: copied once and wiped here; the next step wipes it in any case. Returns its bytes, 0 when the reader did not give it. */
size_t idcard_take_photo(struct idcard *c, uint8_t out[CARD_PHOTO_BYTES]);
/* "05.01-20200101-0000000042-0123456789" (section 4), "" before IDCARD_READY. */
const char *idcard_sam_number(const struct idcard *c);
/* Is a card on the plate that is being read, was read or was refused? */
bool idcard_is_occupied(const struct idcard *c);
/* Why the security module does not work, SDT_SAM_SICK or SDT_SAM_UNAUTHORISED; 0: it does. */
uint8_t idcard_sick_status(const struct idcard *c);
enum idcard_presence idcard_presence(const struct idcard *c);
void idcard_format_sam(char out[SAM_NUMBER_TEXT], const uint8_t number[SAM_NUMBER_BYTES]);
