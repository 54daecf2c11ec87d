/* A signed document of this kiosk onto the stick: the readiness certificate, events. */
#include <stdio.h>

#include "firmware/base/bytes.h"
#include "firmware/service/errand.h"

enum { NAMES_TRIED = 60 };

/* Two in one second are two files: the later one gets the next second that is free. */
static int find_name(char base[STICK_NAME], struct stick *s, const char *kiosk,
                     unsigned long long seconds)
{
    char name[STICK_NAME];
    int r = 0;
    for (unsigned i = 0; !r && i < NAMES_TRIED; i++) {
        int64_t bytes;
        snprintf(base, STICK_NAME, "log-%s-%llx", kiosk, seconds + i);
        snprintf(name, sizeof(name), "%.80s.json", base);
        if (stick_kind_of(name) != STICK_LOG)
            return -EINVAL;
        r = stick_size(s, &bytes, name);
    }
    return r == STICK_E_ABSENT ? 0 : r ? r : STICK_E_CROWDED;
}

enum saying errand_keep(struct stick *s, const char *kiosk, int64_t wall_ms,
                        const struct bytes *body)
{
    char base[STICK_NAME], name[STICK_NAME];
    uint32_t cut = body->length > 4 ? get_be32(body->data) : 0;
    if (!cut || cut >= body->length - 4)
        return SAY_FORMAT;
    int r = find_name(base, s, kiosk, (unsigned long long)(wall_ms > 0 ? wall_ms / 1000 : 0));
    if (r == -EINVAL)
        return SAY_FORMAT; /* no kiosk's id */
    /* The signature first: a document is never there without it. */
    snprintf(name, sizeof(name), "%.80s.sig", base);
    if (!r)
        r = stick_write(s, name, body->data + 4, cut);
    snprintf(name, sizeof(name), "%.80s.json", base);
    if (!r)
        r = stick_write(s, name, body->data + 4 + cut, body->length - 4 - cut);
    return saying_of_stick(r);
}
