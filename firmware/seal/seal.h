/* Sealing: what a resident says, readable by the county alone.
 *
 * CMS AuthEnvelopedData (RFC 5083), ephemeral-static ECDH on P-256, KDF SHA-256, AES-256 key wrap,
 * AES-256-GCM with a 16-byte tag; two recipients: the current county key and the escrow key.
 * Content: zstd, padded to a size bucket. Runs in the process that holds the plaintext. One thread
 * at a time for each object. The only user of OpenSSL here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "firmware/base/bytes.h"
#include "firmware/base/fault.h"

enum { SHA256_BYTES = 32, SEAL_SUITE_CMS_P256 = 1, SEAL_KEY_ID = 65 };

void sha256(uint8_t out[SHA256_BYTES], const void *data, size_t length);
/* The same over pieces, for what does not fit into memory: add, add, ..., end. */
struct sha256_sum;
struct sha256_sum *sha256_begin(void); /* aborts without memory, as sha256() does */
void sha256_add(struct sha256_sum *sum, const void *data, size_t length);
/* `out` may be NULL: given up. NULL for `sum` is fine then. */
void sha256_end(struct sha256_sum *sum, uint8_t *out);
/* HMAC-SHA-256. */
void hmac_sha256(uint8_t out[SHA256_BYTES], const void *key, size_t key_length, const void *data,
                 size_t length);

/* ---- signed documents (keys, catalogue, config) -------------------------------------- */
struct trust; /* the CA certificates pinned in the image */
/* `folder` holds sealing-ca.pem and document-ca.pem. Blocks for file reads. */
NODISCARD int trust_load(struct trust **out, const char *folder);
void trust_free(struct trust *t);
AUTO_DEFINE(struct trust, trust_free)

enum seal_outcome {
    SEAL_E_SIGNATURE =
        1, /* the detached CMS signature does not fit the bytes or its certificate not the CA */
    SEAL_E_FORMAT,   /* bytes are no such document */
    SEAL_E_NO_KEY,   /* no county key valid now, or no escrow key: refuse submissions, never clear
                        text */
    SEAL_E_TAMPERED, /* opening failed; one outcome for every reason */
};
/* Detached CMS signature (DER) over `document`; certificates' dates are judged at `now_wall_ms` (0:
 * not judged). 0, SEAL_E_SIGNATURE or a fault. */
NODISCARD int document_verify(const struct trust *t, const void *document, size_t length,
                              const uint8_t *signature, size_t signature_length,
                              int64_t now_wall_ms);

/* ---- keys ---------------------------------------------------------------------------- */
struct seal_keys; /* parsed keys document */
/* From the document's JSON (see sync/api/county-platform.yaml, SealingKeys). Every certificate must
 * chain to the sealing CA. 0, SEAL_E_FORMAT (complaint filled, 320 bytes), SEAL_E_SIGNATURE
 * (chain), or a fault. */
NODISCARD int seal_keys_parse(struct seal_keys **out, const struct trust *t, const void *json,
                              size_t length, char complaint[320]);
void seal_keys_free(struct seal_keys *k);
AUTO_DEFINE(struct seal_keys, seal_keys_free)
int64_t seal_keys_version(const struct seal_keys *k);
/* Is there a county key valid at `now_wall_ms` and an escrow key? */
bool seal_keys_are_usable(const struct seal_keys *k, int64_t now_wall_ms);
/* How long things can be sealed from now on: when the last county key runs out, or the last escrow key, whichever is first;
 * 0 when one is missing already. */
int64_t seal_keys_until_ms(const struct seal_keys *k, int64_t now_wall_ms);

/* Seal `plain` (the item's JSON text: manifest, form, attachments) for the county key valid now and
 * the escrow key. `sealed` is appended to; key_id names the county key used. 0, SEAL_E_NO_KEY or a
 * fault. About 0.2 ms for 8 KiB on a PC. */
NODISCARD int seal_item(struct bytes *sealed, char key_id[SEAL_KEY_ID], const struct seal_keys *k,
                        const void *plain, size_t length, int64_t now_wall_ms);

/* ---- opening (county side, in a process of its own without network) ------------------ */
struct seal_opener;
/* Private key and certificate in PEM files. */
NODISCARD int seal_opener_load(struct seal_opener **out, const char *key_file,
                               const char *certificate_file);
void seal_opener_free(struct seal_opener *o);
AUTO_DEFINE(struct seal_opener, seal_opener_free)
/* Refuses anything but authEnvelopedData + EC key agreement + aes-256-gcm + 16-byte tag before the
 * library sees it. 0, SEAL_E_TAMPERED or -ENOMEM. */
NODISCARD int seal_open(struct bytes *plain, const struct seal_opener *o, const void *sealed,
                        size_t length);

/* ---- the kiosk's own identity (P-256, PKCS#10) --------------------------------------- */
/* A new private key as PEM, and a certificate request for `common_name` as PEM. */
NODISCARD int identity_create(struct bytes *key_pem, struct bytes *csr_pem,
                              const char *common_name);
/* A request for an existing key (renewal). */
NODISCARD int identity_request(struct bytes *csr_pem, const void *key_pem, size_t length,
                               const char *common_name);
/* notBefore / notAfter of a PEM certificate, wall ms. 0 or SEAL_E_FORMAT. */
NODISCARD int identity_dates(int64_t *not_before_ms, int64_t *not_after_ms,
                             const void *certificate_pem, size_t length);
/* SHA-256 of the public key (SubjectPublicKeyInfo, DER): of a private key in PEM, and of a certificate in PEM. Equal ones belong
 * together. 0 or SEAL_E_FORMAT. */
NODISCARD int identity_key_hash(uint8_t out[SHA256_BYTES], const void *key_pem, size_t length);
NODISCARD int identity_certificate_hash(uint8_t out[SHA256_BYTES], const void *certificate_pem,
                                        size_t length);

/* ---- that key under a secret of this device (lock.c) --------------------------------- */
enum { KEY_SECRET_BYTES = 32 };
/* A key in clear as PEM that only the secret opens. 0, SEAL_E_FORMAT (no private key in clear) or -ENOMEM. */
NODISCARD int identity_lock(struct bytes *locked_pem, const void *key_pem, size_t length,
                            const uint8_t secret[KEY_SECRET_BYTES]);
/* The key in clear, from either form; `secret` may be NULL: there is none. 0, SEAL_E_TAMPERED (no key, or another secret's) or
 * -ENOMEM. */
NODISCARD int identity_unlock(struct bytes *key_pem, const void *pem, size_t length,
                              const uint8_t *secret);
bool identity_is_locked(const void *pem, size_t length);
