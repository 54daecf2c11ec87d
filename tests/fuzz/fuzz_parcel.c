/* links: firmware/seal firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/seal/parcel.h"
#include "firmware/seal/seal.h"

/* A parcel as the county's relay gives it, and the text of a code before the scanner. The first byte says which: 0 bytes as they are,
 * 1 with a good stamp behind them, so that the seal is reached; anything else a code. None of them ever opens. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void open_it(const uint8_t *data, size_t size, int is_stamped)
{
    static struct parcel_keys keys = { .seal = { 1 }, .stamp = { 2 } };
    struct bytes parcel AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 };
    uint8_t stamp[SHA256_BYTES];
    demand(!bytes_append(&parcel, data, size));
    hmac_sha256(stamp, keys.stamp, PARCEL_KEY, data, size);
    if (is_stamped)
        demand(!bytes_append(&parcel, stamp, sizeof(stamp)));
    /* No owner is slow: each would cost a hundred thousand rounds. */
    int r = parcel_open(&plain, &keys, "", parcel.data, parcel.length);
    demand(r == PARCEL_E_DAMAGED || r == PARCEL_E_OWNER);
    demand(is_stamped || r == PARCEL_E_DAMAGED);
    demand(!plain.length);
}

static void read_code(const uint8_t *data, size_t size)
{
    char text[600], code[HANDOFF_CODE], again[HANDOFF_CODE], shown[HANDOFF_SHOWN];
    size_t length = size < sizeof(text) - 1 ? size : sizeof(text) - 1;
    memcpy(text, data, length);
    text[length] = 0;
    if (handoff_parse(code, text)) {
        demand(!*code);
        return;
    }
    handoff_show(shown, code);
    demand(strlen(code) == HANDOFF_DIGITS && !handoff_parse(again, shown));
    demand(!memcmp(code, again, sizeof(code)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > PARCEL_MAX)
        return 0;
    if (data[0] < 2)
        open_it(data + 1, size - 1, data[0]);
    else
        read_code(data + 1, size - 1);
    return 0;
}
