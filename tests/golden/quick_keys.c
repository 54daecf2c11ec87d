/* Linked in place of PKCS5_PBKDF2_HMAC(): one round is as good as two hundred thousand to look at, and a third of the time of all
 * pictures went into the keys of parcels. */
#include <openssl/evp.h>

int __real_PKCS5_PBKDF2_HMAC(const char *secret, int length, const unsigned char *salt,
                             int salt_length, int rounds, const EVP_MD *digest, int out_length,
                             unsigned char *out);
int __wrap_PKCS5_PBKDF2_HMAC(const char *secret, int length, const unsigned char *salt,
                             int salt_length, int rounds, const EVP_MD *digest, int out_length,
                             unsigned char *out);
int __wrap_PKCS5_PBKDF2_HMAC(const char *secret, int length, const unsigned char *salt,
                             int salt_length, int rounds, const EVP_MD *digest, int out_length,
                             unsigned char *out)
{
    (void)rounds;
    return __real_PKCS5_PBKDF2_HMAC(secret, length, salt, salt_length, 1, digest, out_length, out);
}
