/* Has this person been here before for the same matter (SS-58)? Answered without knowing anybody.
 *
 * Each submission leaves a tag: the first 16 bits of an HMAC of ID number and matter. The key is drawn when the process
 * starts, lies in locked memory and dies with it; tags never leave this memory either. 16 bits are too few to tell
 * people apart (in a county of a million some fifteen fit each tag, and as many again for every other matter), and
 * enough to be right: with 2000 tags kept, three first visits in a hundred are taken for repeats, which the page takes
 * for an answer ("this is my first time"). A restart forgets: the count is a lower bound.
 *
 * Plain struct of the session, outside the visit; main thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { TRIPS_KEPT = 2048, TRIPS_DAYS = 30, TRIPS_KEY_BYTES = 32 };

struct trips {
    uint8_t key[TRIPS_KEY_BYTES];
    size_t count; /* ever noted; the oldest make room */
    struct trip {
        uint16_t tag;
        int32_t on; /* days since 1 January 1970 */
    } list[TRIPS_KEPT];
};

void trips_begin(struct trips *t);
/* Note a trip and return how many came before it in the last TRIPS_DAYS days. */
int trips_note(struct trips *t, const char *id_number, const char *item_code, int32_t today);
