/* A load: sealed items of one kiosk in one file, as they travel on a stick (sync/api/stick.md). Records are those of the
 * spool log, each with a CRC-32C of its header and the SHA-256 of its body; the whole is signed by the kiosk's own key, as
 * its TLS connection would be. Pure; any thread. */
#pragma once

#include "firmware/base/bytes.h"
#include "firmware/base/message.h"
#include "firmware/seal/sign.h"
#include "sync/queue/spool.h"

enum {
    LOAD_HEADER = 512,
    LOAD_SIGNATURE = 4096, /* at the end: length, signature, zeros */
    LOAD_NAME = 80,
    LOAD_ITEMS_MAX = 500,
    LOAD_BYTES =
        4 * 1024 * 1024, /* a further item goes into the next one; a larger item comes alone */
    LOAD_MAX = MESSAGE_BODY_MAX,
};

struct load_facts {
    char kiosk[KIOSK_ID_MAX + 1];
    uint8_t install_id[UUID_BYTES];
    struct moment sent; /* when it was written, by the kiosk */
    unsigned count;
    int64_t first, last; /* seq */
    uint64_t record_bytes;
    uint8_t
        gist[SHA256_BYTES]; /* SHA-256 over the headers of all records: equal items, equal gist */
};

/* ---- writing ------------------------------------------------------------------------- */
/* Appends one record to `records`, whose length is a multiple of 512. The submit token, which is between kiosk and
 * syncd, is left out. 0 or -ENOMEM. */
NODISCARD int load_add(struct bytes *records, const struct item *item, const void *body);
/* Bytes that load_add() would append. */
size_t load_record_bytes(const struct item *item);
/* Fills count, first, last, record_bytes and gist. */
void load_measure(struct load_facts *facts, const struct bytes *records);
/* "out-<kiosk>-<first>-<last>-<gist>.1tc", numbers in ten hex digits, 16 digits of the gist. */
void load_name(char out[LOAD_NAME], const struct load_facts *facts);
size_t load_file_bytes(const struct load_facts *facts);
/* The whole file, appended to `file`. 0, SEAL_E_FORMAT (no usable identity), or a fault. */
NODISCARD int load_write(struct bytes *file, const struct load_facts *facts,
                         const struct bytes *records, const struct bytes *key_pem,
                         const struct bytes *certificate_pem);

/* ---- reading ------------------------------------------------------------------------- */
enum load_outcome {
    LOAD_E_FORMAT = 1, /* no load */
    LOAD_E_DAMAGED,    /* cut short, or bytes changed */
    LOAD_E_SIGNATURE,  /* not signed by a kiosk of this county, or by another one than it says */
    LOAD_E_END,        /* no further record */
};
/* Header, size and every record are checked, nothing is believed before load_verify(). 0, LOAD_E_FORMAT or
 * LOAD_E_DAMAGED. */
NODISCARD int load_read(struct load_facts *out, const uint8_t *file, size_t length);
/* Of a file that load_read() has passed: is it signed by the kiosk it names, under `kiosk_ca_pem`? Dates as in
 * document_signer(). 0, LOAD_E_SIGNATURE or a fault. */
NODISCARD int load_verify(const struct load_facts *facts, const uint8_t *file,
                          const struct bytes *kiosk_ca_pem, int64_t now_wall_ms);
/* The next record of such a file; *at begins at 0. Body borrowed from `file`. 0 or LOAD_E_END. */
NODISCARD int load_next(struct spool_record *out, size_t *at, const struct load_facts *facts,
                        const uint8_t *file);
