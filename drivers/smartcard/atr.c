#include "drivers/smartcard/atr.h"

#include <string.h>

static bool take(uint8_t *out, const uint8_t *data, size_t length, size_t *at)
{
    if (*at == length)
        return false;
    *out = data[(*at)++];
    return true;
}

/* TAi to TDi, as long as TDi says that there are more. Without any TD1 the card speaks T=0. */
static int take_interface_bytes(struct atr *out, uint8_t t0, const uint8_t *data, size_t length,
                                size_t *at)
{
    uint8_t present = t0 >> 4, byte;
    bool has_td = false;
    while (present) {
        bool has_next = present & 8;
        for (int i = 0; i < 3; i++)
            if (present >> i & 1 && !take(&byte, data, length, at))
                return -EBADMSG;
        if (!has_next)
            break;
        if (!take(&byte, data, length, at))
            return -EBADMSG;
        has_td = true;
        out->protocols = (uint16_t)(out->protocols | 1u << (byte & 0x0f));
        present = byte >> 4;
    }
    if (!has_td)
        out->protocols = 1;
    return 0;
}

int atr_parse(struct atr *out, const uint8_t *data, size_t length)
{
    size_t at = 2;
    memset(out, 0, sizeof(*out));
    if (length < 2 || length > ATR_MAX || (data[0] != 0x3b && data[0] != 0x3f))
        return -EBADMSG;
    struct atr a = { .is_inverse = data[0] == 0x3f, .historical_length = data[1] & 0x0f };
    int r = take_interface_bytes(&a, data[1], data, length, &at);
    if (r || length - at < a.historical_length)
        return -EBADMSG;
    memcpy(a.historical, data + at, a.historical_length);
    at += a.historical_length;
    /* TCK is there unless T=0 is all that is offered (8.2.5). T=15 is no protocol, but wants it too. */
    if (a.protocols != 1) {
        uint8_t check = 0;
        for (size_t i = 1; i <= at && i < length; i++)
            check ^= data[i];
        if (at == length || check)
            return -EBADMSG;
        at++;
    }
    if (at != length)
        return -EBADMSG;
    *out = a;
    return 0;
}
