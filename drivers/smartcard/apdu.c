#include "drivers/smartcard/apdu.h"

#include <string.h>

void apdu_reply_wipe(struct apdu_reply *r)
{
    explicit_bzero(r, sizeof(*r));
}

size_t apdu_encode(uint8_t out[APDU_COMMAND_MAX], const struct apdu_command *c)
{
    size_t at = 4;
    if (c->length > 255 || (c->length && !c->data) || c->le > 256 || c->le < APDU_NO_LE)
        return 0;
    memcpy(out, (const uint8_t[]){ c->cla, c->ins, c->p1, c->p2 }, at);
    if (c->length) {
        out[at++] = (uint8_t)c->length;
        memcpy(out + at, c->data, c->length);
        at += c->length;
    }
    if (c->le != APDU_NO_LE)
        out[at++] = (uint8_t)c->le; /* 256 is said as 00 */
    return at;
}

int apdu_parse(struct apdu_reply *out, const uint8_t *data, size_t length)
{
    apdu_reply_wipe(out);
    if (length < 2 || length > APDU_REPLY_MAX)
        return -EBADMSG;
    out->length = length - 2;
    memcpy(out->data, data, out->length);
    out->sw = (uint16_t)(data[length - 2] << 8 | data[length - 1]);
    return 0;
}

enum apdu_meaning apdu_judge(uint16_t sw)
{
    static const struct {
        uint16_t sw, mask;
        enum apdu_meaning meaning;
    } rows[] = {
        { 0x9000, 0xffff, APDU_OK },
        { 0x6100, 0xff00, APDU_MORE },
        { 0x6200, 0xfe00, APDU_WARNING }, /* 62xx and 63xx */
        { 0x6c00, 0xff00, APDU_WRONG_LE },
        { 0x6981, 0xffff, APDU_NOT_ALLOWED },
        { 0x6982, 0xffff, APDU_NOT_ALLOWED },
        { 0x6983, 0xffff, APDU_NOT_ALLOWED },
        { 0x6985, 0xffff, APDU_NOT_ALLOWED },
        { 0x6a82, 0xffff, APDU_NOT_FOUND },
        { 0x6a83, 0xffff, APDU_NOT_FOUND },
        { 0x6a88, 0xffff, APDU_NOT_FOUND },
        { 0x6a81, 0xffff, APDU_NOT_SUPPORTED },
        { 0x6d00, 0xffff, APDU_NOT_SUPPORTED },
        { 0x6e00, 0xffff, APDU_NOT_SUPPORTED },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if ((sw & rows[i].mask) == rows[i].sw)
            return rows[i].meaning;
    return APDU_FAILED;
}
