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

struct sha256_sum {
    EVP_MD_CTX *context;
};

struct sha256_sum *sha256_begin(void)
{
    struct sha256_sum *sum = calloc(1, sizeof(*sum));
    if (!sum || !(sum->context = EVP_MD_CTX_new()) ||
        !EVP_DigestInit_ex(sum->context, EVP_sha256(), NULL))
        abort();
    return sum;
}

void sha256_add(struct sha256_sum *sum, const void *data, size_t length)
{
    if (!EVP_DigestUpdate(sum->context, data, length))
        abort();
}

void sha256_end(struct sha256_sum *sum, uint8_t *out)
{
    unsigned size = SHA256_BYTES;
    if (!sum)
        return;
    if (out && !EVP_DigestFinal_ex(sum->context, out, &size))
        abort();
    EVP_MD_CTX_free(sum->context);
    free(sum);
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
