/* links: drivers/smartcard firmware/base */
#include <stdlib.h>
#include <string.h>

#include "drivers/smartcard/atr.h"
#include "drivers/smartcard/social.h"
#include "drivers/smartcard/tlv.h"

/* A card that answers what it likes: a row of pieces, a byte of length each, then so many bytes as the reply to the next
 * command. The whole input is tried as an answer to reset and as data objects too. */

static const uint8_t *input;
static size_t left;
static unsigned commands;

static int transmit(void *context, const uint8_t *command, size_t length, uint8_t *reply,
                    size_t size, size_t *reply_length)
{
    (void)context;
    if (length < 4 || length > APDU_COMMAND_MAX || size != APDU_REPLY_MAX)
        abort();
    if (command[1] == 0x20 || ++commands > 200) /* VERIFY, or without end */
        abort();
    if (!left)
        return SMARTCARD_E_REMOVED;
    size_t count = *input++;
    left--;
    count = count < left ? count : left;
    memcpy(reply, input, count);
    input += count;
    left -= count;
    *reply_length = count;
    return 0;
}

static bool ends(const char *text, size_t size)
{
    return memchr(text, 0, size) != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct social_card nothing;
    const struct smartcard_port port = { .transmit = transmit };
    struct social_card card;
    struct atr atr;
    struct tlv object;
    struct tlv_walk walk = { data, size };
    input = data;
    left = size;
    commands = 0;
    int r = social_card_read(&card, &port);
    if (r && memcmp(&card, &nothing, sizeof(card)))
        abort();
    if (!r && (!ends(card.name, sizeof(card.name)) || !ends(card.number, sizeof(card.number)) ||
               !ends(card.card_number, sizeof(card.card_number))))
        abort();
    if (!atr_parse(&atr, data, size) && atr.historical_length > ATR_HISTORICAL_MAX)
        abort();
    while (!tlv_next(&object, &walk))
        if (object.value < data || object.length > size - (size_t)(object.value - data))
            abort();
    (void)!tlv_find(&object, 0x5f20, data, size);
    return 0;
}
