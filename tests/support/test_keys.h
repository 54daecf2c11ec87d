/* Keys for tests, made when they are needed and never kept: a county with its CAs. */
#pragma once

#include <stdint.h>

#include "firmware/base/bytes.h"

struct test_county; /* body in test_keys.c */

/* Files in `folder`: sealing-ca.pem and document-ca.pem (the trust folder), county.key and
 * county.pem, escrow.key and escrow.pem. Certificates of keys are valid from `from_ms` to `to_ms`.
 * Fails the test when it cannot. */
struct test_county *test_county_new(const char *folder, int64_t from_ms, int64_t to_ms);
void test_county_free(struct test_county *c);
/* The keys document; `with_escrow` false leaves the escrow key out. free() it. */
char *test_county_keys(const struct test_county *c, int version, int with_escrow);
/* Detached CMS signature over a document. */
void test_county_sign(const struct test_county *c, struct bytes *signature, const void *document,
                      size_t length);
/* A certificate for a new key under no CA of this county, as PEM text for a keys document. free()
 * it. */
char *test_foreign_certificate(void);
/* CMS of the given kind for the county's certificate: what an attacker could send instead. `cipher`
 * by OpenSSL's name; AEAD ciphers give authEnvelopedData. */
void test_county_envelop(const struct test_county *c, struct bytes *out, const char *cipher,
                         const void *data, size_t length);
