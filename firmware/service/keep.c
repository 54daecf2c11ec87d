/* A signed document of this kiosk onto the stick: the readiness certificate. */
#include <stdio.h>

#include "firmware/base/bytes.h"
#include "firmware/service/errand.h"

enum saying errand_keep(struct stick *s, const char *kiosk, int64_t wall_ms,
                        const struct bytes *body)
{
    char name[STICK_NAME];
    uint32_t cut = body->length > 4 ? get_be32(body->data) : 0;
    if (!cut || cut >= body->length - 4)
        return SAY_FORMAT;
    unsigned long long seconds = (unsigned long long)(wall_ms > 0 ? wall_ms / 1000 : 0);
    snprintf(name, sizeof(name), "log-%s-%llx.sig", kiosk, seconds);
    if (stick_kind_of(name) != STICK_SIGNATURE)
        return SAY_FORMAT; /* no kiosk's id */
    /* The signature first: a document is never there without it. */
    int r = stick_write(s, name, body->data + 4, cut);
    snprintf(name, sizeof(name), "log-%s-%llx.json", kiosk, seconds);
    if (!r)
        r = stick_write(s, name, body->data + 4 + cut, body->length - 4 - cut);
    return saying_of_stick(r);
}
