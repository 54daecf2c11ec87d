/* Identifiers: random bytes, UUIDs, receipt numbers. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/clock.h"
#include "firmware/base/fault.h"

enum { UUID_BYTES = 16, UUID_TEXT = 37, KIOSK_ID_MAX = 16, RECEIPT_TEXT = 40 };

/* From the kernel (getrandom(2)); aborts the process if the kernel cannot, since nothing is safe
 * then. */
void random_bytes(void *out, size_t length);

/* UUIDv7, RFC 9562 5.7: ms, 12-bit counter within the ms, 62 random bits. Time never runs backwards
 * inside one generator, nor below the build date. */
struct uuid_source {
    const struct clock *clock;
    int64_t last_ms;
    uint16_t counter;
};
void uuid_v7(uint8_t out[UUID_BYTES], struct uuid_source *source);
void uuid_format(char out[UUID_TEXT], const uint8_t id[UUID_BYTES]);
/* Lower-case canonical form only. 0 or -EINVAL. */
int uuid_parse(uint8_t out[UUID_BYTES], const char *text);

/* Receipt number: "<kiosk>-<seq>-<check>", e.g. "K0012-000042-7": kiosk id (4 to 16 of 0-9A-Z), seq
 * in Crockford base32, at least 6 digits, and one ISO 7064 MOD 37,36 check character over kiosk and
 * seq. */
void receipt_format(char out[RECEIPT_TEXT], const char *kiosk_id, uint64_t seq);
/* Normalise what a person typed: spaces and dashes may be missing or extra, lower case, O for 0, I
 * or L for 1 in seq and check character. Writes the canonical form; -EINVAL if the check character does not fit. */
NODISCARD int receipt_parse(char out[RECEIPT_TEXT], const char *typed);
