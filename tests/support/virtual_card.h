/* A social security card made of memory: command APDUs in, reply APDUs out. The holder is synthetic. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct virtual_card {
    bool needs_pin;      /* the holder's file is refused without one */
    bool lacks_app;      /* another kind of card */
    bool lacks_version;  /* a record that is not there */
    bool is_tlv;         /* records are BER-TLV objects */
    bool speaks_t0;      /* data is fetched by GET RESPONSE, Le is corrected by 6Cxx */
    const uint8_t *name; /* GBK, NULL: the usual one */
    size_t name_length;
    /* state */
    bool has_app;
    uint8_t file; /* 05, 06, or 0 */
    uint8_t kept[256];
    size_t kept_length;
    unsigned commands, pins; /* `pins`: VERIFY commands, which must never come */
};

enum { VIRTUAL_ATR = 9 };
extern const uint8_t virtual_atr[VIRTUAL_ATR];

/* Power up: nothing is selected. */
void virtual_card_reset(struct virtual_card *c);
/* One command; returns the length of the reply, at least 2. `reply` holds 258 bytes. */
size_t virtual_card_answer(struct virtual_card *c, const uint8_t *command, size_t length,
                           uint8_t reply[258]);
