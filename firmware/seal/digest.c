#include <openssl/err.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/seal/inside.h"

void sha256(uint8_t out[SHA256_BYTES], const void *data, size_t length)
{
    unsigned size = SHA256_BYTES;
    if (!EVP_Digest(data, length, out, &size, EVP_sha256(), NULL))
        abort(); /* a library without SHA-256 is no library */
}

void hmac_sha256(uint8_t out[SHA256_BYTES], const void *key, size_t key_length, const void *data,
                 size_t length)
{
    unsigned size = SHA256_BYTES;
    if (!HMAC(EVP_sha256(), key, (int)key_length, data, length, out, &size))
        abort();
}

int seal_fault(const char *what)
{
    unsigned long code = ERR_peek_last_error();
    log_line(LOG_WARNING, "seal", "%s: %s", what,
             code ? ERR_reason_error_string(code) : "no reason given");
    ERR_clear_error();
    return fault_raise(-ENOMEM);
}
