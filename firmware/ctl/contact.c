/* card read --contact: a chip card in a PC/SC reader, which a kiosk itself never asks. For trying the first real one. */
#include <stdio.h>

#include "drivers/smartcard/pcsc.h"
#include "drivers/smartcard/social.h"
#include "firmware/base/json.h"
#include "firmware/ctl/inside.h"

enum { LOOK_MS = 300 };

static int fail_card(const struct ctl *c, int r)
{
    static const struct {
        int result;
        const char *cause, *sentence;
    } rows[] = {
        { SMARTCARD_E_NO_READER, "contact.no-reader",
          "pcscd runs, but sees no reader for chip cards: look at its cable, and whether libccid "
          "knows its model" },
        { SMARTCARD_E_NO_CARD, "contact.no-card", "no card was put into the reader in time" },
        { SMARTCARD_E_MUTE, "contact.mute",
          "the card does not answer: the chip goes in first and upwards; wipe its contacts" },
        { SMARTCARD_E_BUSY, "contact.busy", "another program holds the card" },
        { SMARTCARD_E_REMOVED, "contact.removed",
          "the card was taken out while it was read: leave it in until this has ended" },
        { SOCIAL_E_OTHER_CARD, "contact.other-card", "this is not a social security card" },
        { SOCIAL_E_PAYLOAD, "contact.payload",
          "the card's records are not those that are known; nothing of them is shown" },
    };
    if (r == SMARTCARD_E_NO_SERVICE && !pcsc_is_built())
        return ctl_fail_as(
            c, "contact.not-built",
            "this firmware was built without chip cards (WITH_PCSC=1 builds them in)");
    if (r == SMARTCARD_E_NO_SERVICE)
        return ctl_fail_as(c, "contact.no-service",
                           "the service for chip cards does not run: start pcscd");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (rows[i].result == r)
            return ctl_fail_as(c, rows[i].cause, rows[i].sentence);
    return ctl_fail_as(c, "contact.broken",
                       "the reader or its service failed: plug the reader in anew");
}

/* Until a card is in, for as long as --wait says. */
static int connect_card(const struct ctl *c, const struct smartcard_port *port,
                        char reader[SMARTCARD_READER_NAME])
{
    int64_t end = ctl_now_ms() + c->wait_ms;
    uint8_t atr[ATR_MAX];
    size_t length = 0;
    for (;;) {
        int r = port->connect(port->context, atr, &length, reader);
        if (r != SMARTCARD_E_NO_CARD || ctl_now_ms() >= end)
            return r;
        ctl_pause_ms(LOOK_MS);
    }
}

static void print_card(const struct ctl *c, const char *reader, const struct social_card *card)
{
    if (c->is_json) {
        ctl_print_json(json_pack("{ss, ss, ss, ss, ss, ss, sb}", "reader", reader, "issuer_id",
                                 card->issuer_id, "version", card->version, "card_number",
                                 card->card_number, "number", card->number, "name", card->name,
                                 "needs_pin", card->needs_pin));
        return;
    }
    printf("%s\nversion %s, card %s, issuer %s\n", reader, card->version, card->card_number,
           card->issuer_id);
    if (card->needs_pin)
        puts("name and number only with a PIN, which is never sent from here");
    else
        printf("%s %s\n", card->name, card->number);
}

int ctl_card_contact(const struct ctl *c, const char *argument)
{
    AUTO(pcsc_free) struct pcsc *pcsc = NULL;
    struct social_card card = { 0 };
    char reader[SMARTCARD_READER_NAME] = "";
    (void)argument;
    if (pcsc_new(&pcsc))
        return ctl_fail("no memory for a reader");
    struct smartcard_port port = pcsc_port(pcsc);
    int r = connect_card(c, &port, reader);
    if (!r)
        r = social_card_read(&card, &port);
    port.disconnect(port.context);
    if (!r)
        print_card(c, reader, &card);
    social_card_wipe(&card);
    return r ? fail_card(c, r) : 0;
}
