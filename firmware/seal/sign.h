/* Signing documents, finding out who signed one, and a slow hash for PINs. Beside seal.h, for what travels by stick.
 * Stateless; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/seal/seal.h"

/* ---- PINs ---------------------------------------------------------------------------- */
/* scrypt (RFC 7914) with these parameters: 32 MiB, half a second on a slow PC. A verifier that names others is not
 * used. */
enum {
    PIN_SCRYPT_N = 32768,
    PIN_SCRYPT_R = 8,
    PIN_SCRYPT_P = 3,
    PIN_SALT_BYTES = 16,
    PIN_HASH_BYTES = 32,
    PIN_TEXT = 13, /* 6 to 12 digits and a NUL */
};
/* The hash is bound to the serial, so a verifier fits one stick only. Blocks for its whole time. 0 or -ENOMEM. */
NODISCARD int pin_hash(uint8_t out[PIN_HASH_BYTES], const char *pin,
                       const uint8_t salt[PIN_SALT_BYTES], const char *serial);
/* Takes as long for a wrong byte at the front as for one at the end. */
bool is_equal_slowly(const void *a, const void *b, size_t length);

/* ---- signatures ---------------------------------------------------------------------- */
enum { SIGNATURE_MAX = 16 * 1024, SIGNER_TEXT = 65 };
/* Detached CMS signature (DER), appended to `signature`; key and certificate as PEM. 0, SEAL_E_FORMAT when they are
 * none or do not belong together, or a fault. */
NODISCARD int document_sign(struct bytes *signature, const void *document, size_t length,
                            const struct bytes *key_pem, const struct bytes *certificate_pem);
/* Does the signature hold, by a certificate of the CA `ca_pem`? `signer` becomes its common name. Dates are judged at
 * `now_wall_ms` (0: not judged). 0, SEAL_E_SIGNATURE, or a fault. */
NODISCARD int document_signer(char signer[SIGNER_TEXT], const struct bytes *ca_pem,
                              const void *document, size_t length, const uint8_t *signature,
                              size_t signature_length, int64_t now_wall_ms);
