/* What a social security card says without a PIN: second-hand knowledge (id-reader document, 5.3), to be checked with a real
 * test card before anybody relies on it. It is no proof of identity, and it is off unless somebody asks for it.
 *
 * No PIN is ever sent: a wrong one would bring the card nearer to being locked. What the card does not give freely stays
 * empty. */
#pragma once

#include "drivers/smartcard/smartcard.h"

/* Person data: wiped by whoever holds it. Texts in UTF-8; "" when the card did not say. */
struct social_card {
    char issuer_id[40];   /* EF05, record 1, as hexadecimal digits */
    char version[8];      /* EF05, record 3 */
    char card_number[24]; /* EF05, record 7 */
    char number[24];      /* EF06, record 1: the social number */
    char name[100];       /* EF06, record 2 */
    bool needs_pin;       /* EF06 refuses without one */
};
void social_card_wipe(struct social_card *c);

enum social_outcome {
    SOCIAL_E_OTHER_CARD = 100, /* no application of this kind on it */
    SOCIAL_E_PAYLOAD,          /* records that are longer than they can be, or no text */
};

/* Reads the connected card; at most eight commands. 0, SOCIAL_E_..., SMARTCARD_E_... or a fault; *out is wiped on anything
 * but 0. */
NODISCARD int social_card_read(struct social_card *out, const struct smartcard_port *port);
/* Pure: the value of one record: bare, or as one BER-TLV object that fills it. Trailing 00, FF and spaces are padding. False:
 * it is longer than `size`. */
bool social_record_value(const uint8_t **value, size_t *length, const uint8_t *record, size_t size);
