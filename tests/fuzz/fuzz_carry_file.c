/* links: sync/carry sync/queue firmware/seal firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sync/carry/load.h"

/* A file from a stick that calls itself a load. Sums that are wrong by their first byte alone are put right first, so that
 * what stands behind them is looked at too. Whatever passes is whole: every record inside the file, every body of its
 * hash, numbers rising, the name its own. Nothing passes as signed. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void put_sums_right(uint8_t *file, size_t size)
{
    if (size >= LOAD_HEADER && file[508] == 0xc5)
        put_be32(file + 508, crc32c(0, file, 508));
    for (size_t at = LOAD_HEADER; at + SPOOL_SECTOR <= size; at += SPOOL_SECTOR)
        if (file[at + 316] == 0xc5)
            put_be32(file + at + 316, crc32c(0, file + at, 316));
}

static void walk(const struct load_facts *f, const uint8_t *file)
{
    struct spool_record record;
    uint8_t sum[SHA256_BYTES];
    unsigned count = 0;
    int64_t last = 0;
    for (size_t at = 0; !load_next(&record, &at, f, file); count++) {
        const uint8_t *body = record.body;
        demand(at <= f->record_bytes && record.item.seq > last);
        demand(body >= file + LOAD_HEADER &&
               body + record.item.size <= file + LOAD_HEADER + f->record_bytes);
        sha256(sum, body, record.item.size);
        demand(!memcmp(sum, record.item.sha256, sizeof(sum)));
        last = record.item.seq;
    }
    demand(count == f->count && last == f->last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct load_facts f;
    struct bytes file AUTO_BYTES = { 0 }, ca AUTO_BYTES = { 0 };
    char name[LOAD_NAME];
    if (bytes_append(&file, data, size) || bytes_append_text(&ca, "none"))
        return 0;
    put_sums_right(file.data, file.length);
    if (load_read(&f, file.data, file.length))
        return 0;
    walk(&f, file.data);
    load_name(name, &f);
    demand(strlen(name) < LOAD_NAME && load_file_bytes(&f) == file.length);
    demand(load_verify(&f, file.data, &ca, 0) == LOAD_E_SIGNATURE);
    return 0;
}
