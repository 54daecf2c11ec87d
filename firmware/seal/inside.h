/* What the files of this folder share: OpenSSL's objects with cleanups, and its errors turned into
 * ours once. */
#pragma once

#include <openssl/cms.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "firmware/seal/seal.h"

AUTO_DEFINE(BIO, BIO_vfree)
AUTO_DEFINE(X509, X509_free)
AUTO_DEFINE(X509_REQ, X509_REQ_free)
AUTO_DEFINE(X509_STORE, X509_STORE_free)
AUTO_DEFINE(X509_STORE_CTX, X509_STORE_CTX_free)
AUTO_DEFINE(EVP_PKEY, EVP_PKEY_free)
AUTO_DEFINE(CMS_ContentInfo, CMS_ContentInfo_free)

struct trust {
    X509_STORE *sealing, *documents;
};

/* The library failed where only memory or a bug can be the reason: -ENOMEM, its error queue
 * emptied. */
int seal_fault(const char *what);
/* Does the certificate chain to the store? Dates are judged at now_wall_ms, or not at all when it
 * is 0. */
bool seal_chains(X509_STORE *store, X509 *certificate, int64_t now_wall_ms);
/* Validity of a certificate in wall ms. */
bool seal_dates(int64_t *not_before_ms, int64_t *not_after_ms, const X509 *certificate);
X509 *seal_read_certificate(const void *pem, size_t length);
/* What a memory BIO holds, appended; its own copy is wiped. */
NODISCARD int seal_append_bio(struct bytes *out, BIO *bio);

enum { SEAL_PLAIN_MAX = 8 * 1024 * 1024 };

/* zstd and padding around an item's text; see frame.c. */
NODISCARD int seal_frame(struct bytes *out, const void *plain, size_t length);
/* SEAL_E_FORMAT for anything that seal_frame() does not write. */
NODISCARD int seal_unframe(struct bytes *out, const uint8_t *framed, size_t length);

/* Is this the one structure that seal_item() writes? Pure; see structure.c. */
bool seal_structure_is_ours(const uint8_t *der, size_t length);
