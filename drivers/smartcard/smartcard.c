#include "drivers/smartcard/smartcard.h"

#include <string.h>

enum { PARTS_MAX = 8, GET_RESPONSE = 0xc0 };

static int once(const struct smartcard_port *port, const struct apdu_command *command,
                struct apdu_reply *out)
{
    uint8_t request[APDU_COMMAND_MAX], reply[APDU_REPLY_MAX];
    size_t length = apdu_encode(request, command), got = 0;
    if (!length)
        return fault_raise(-EINVAL);
    int r = port->transmit(port->context, request, length, reply, sizeof(reply), &got);
    if (!r)
        r = got <= sizeof(reply) ? apdu_parse(out, reply, got) : -EBADMSG;
    explicit_bzero(reply, sizeof(reply));
    return r;
}

/* Fetch what the card still has, as long as it says so. */
static int fetch_rest(const struct smartcard_port *port, uint8_t cla, struct apdu_reply *out)
{
    struct apdu_reply part = { 0 };
    int r = 0;
    for (int i = 0; i < PARTS_MAX && !r && apdu_judge(out->sw) == APDU_MORE; i++) {
        const struct apdu_command more = { .cla = cla, .ins = GET_RESPONSE, .le = out->sw & 0xff };
        r = once(port, &more, &part);
        if (!r && part.length > APDU_DATA_MAX - out->length)
            r = -EBADMSG;
        if (r)
            break;
        memcpy(out->data + out->length, part.data, part.length);
        out->length += part.length;
        out->sw = part.sw;
    }
    apdu_reply_wipe(&part);
    return !r && apdu_judge(out->sw) == APDU_MORE ? -EBADMSG : r;
}

int smartcard_do(const struct smartcard_port *port, const struct apdu_command *command,
                 struct apdu_reply *out)
{
    struct apdu_command again = *command;
    apdu_reply_wipe(out);
    int r = once(port, command, out);
    if (!r && apdu_judge(out->sw) == APDU_WRONG_LE) {
        again.le = out->sw & 0xff;
        r = once(port, &again, out);
    }
    if (!r)
        r = fetch_rest(port, command->cla, out);
    if (r)
        apdu_reply_wipe(out);
    return r;
}
