#include "firmware/session/trips.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/ident.h"
#include "firmware/seal/seal.h"

void trips_begin(struct trips *t)
{
    memset(t, 0, sizeof(*t));
    random_bytes(t->key, sizeof(t->key));
}

static uint16_t tag_of(const struct trips *t, const char *id_number, const char *item_code)
{
    char text[96];
    uint8_t sum[SHA256_BYTES];
    int n = snprintf(text, sizeof(text), "%s|%s", id_number, item_code);
    hmac_sha256(sum, t->key, sizeof(t->key), text, n > 0 ? strlen(text) : 0);
    uint16_t tag = (uint16_t)(sum[0] << 8 | sum[1]);
    explicit_bzero(text, sizeof(text));
    explicit_bzero(sum, sizeof(sum));
    return tag;
}

int trips_note(struct trips *t, const char *id_number, const char *item_code, int32_t today)
{
    uint16_t tag = tag_of(t, id_number, item_code);
    size_t kept = t->count < TRIPS_KEPT ? t->count : TRIPS_KEPT;
    int before = 0;
    for (size_t i = 0; i < kept; i++)
        before += t->list[i].tag == tag && today - t->list[i].on <= TRIPS_DAYS;
    t->list[t->count++ % TRIPS_KEPT] = (struct trip){ tag, today };
    return before;
}
