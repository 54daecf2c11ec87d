/* The code that opens an answer (SS-55): whoever said something without a name, or about somebody, reads the answer by it
 * alone. It looks like a receipt number of a kiosk called CODE, so that keys, scanner and queue take it as one, and is
 * looked up by its hash as one; behind the name stand 63 bits of chance. It is on the slip (and on the screen while the
 * visit lasts) and nowhere else: the county gets its hash inside the seal. */
#include <string.h>

#include "firmware/session/internal.h"

/* What may be said without a name is sealed against everybody near, and so is its answer, name or not. */
static bool needs_claim(const struct session *s)
{
    return s->visit.service && s->visit.service->anonymous;
}

void claim_make(struct session *s)
{
    uint64_t chance;
    if (*s->visit.claim || !needs_claim(s))
        return;
    random_bytes(&chance, sizeof(chance));
    receipt_format(s->visit.claim, "CODE", chance | UINT64_C(1) << 63); /* always as long */
    explicit_bzero(&chance, sizeof(chance));
}

json_t *claim_json(const struct session *s)
{
    uint8_t sum[SHA256_BYTES];
    char hash[2 * SHA256_BYTES + 1];
    if (!*s->visit.claim)
        return NULL;
    sha256(sum, s->visit.claim, strlen(s->visit.claim));
    hex_encode(hash, sum, sizeof(sum));
    return json_string(hash);
}
