/* links: sync/queue firmware/seal firmware/base */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sync/queue/spool.h"

/* A segment of any bytes, on a disk in memory. The scan must end, stay inside, believe no body that does not fit its
 * hash, and leave a log that takes the next record. Where a header's sum is wrong by its first byte alone, it is put
 * right first, so that what stands behind the sum is looked at too. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES = 8, FILE_BYTES = 64 * 1024 };

struct disk_file {
    char name[16];
    uint8_t *data;
    size_t size;
};

static struct disk_file files[FILES];

static void demand(int claim)
{
    if (!claim)
        abort();
}

static int memory_create(const struct disk *disk, struct disk_file **out, const char *name,
                         uint64_t size)
{
    (void)disk;
    for (size_t i = 0; i < FILES; i++)
        if (!files[i].data) {
            files[i].data = calloc(1, size + 1);
            files[i].size = size;
            snprintf(files[i].name, sizeof(files[i].name), "%s", name);
            *out = &files[i];
            return 0;
        }
    return -ENOSPC;
}

static int memory_open(const struct disk *disk, struct disk_file **out, const char *name)
{
    (void)disk;
    for (size_t i = 0; i < FILES; i++)
        if (files[i].data && !strcmp(files[i].name, name)) {
            *out = &files[i];
            return 0;
        }
    return -ENOENT;
}

static void memory_close(struct disk_file *file)
{
    (void)file;
}

static int memory_write(struct disk_file *f, uint64_t at, const struct iovec *parts, int count)
{
    for (int i = 0; i < count; at += parts[i++].iov_len) {
        demand(at + parts[i].iov_len <= f->size); /* a segment never grows */
        memcpy(f->data + at, parts[i].iov_base, parts[i].iov_len);
    }
    return 0;
}

static int memory_flush(struct disk_file *f)
{
    (void)f;
    return 0;
}

static int64_t memory_read(struct disk_file *f, uint64_t at, void *out, size_t length)
{
    size_t left = at < f->size ? f->size - at : 0, n = length < left ? length : left;
    memcpy(out, f->data + (n ? at : 0), n);
    return (int64_t)n;
}

static int64_t memory_size(struct disk_file *f)
{
    return (int64_t)f->size;
}

static int memory_list(const struct disk *disk, void (*each)(void *context, const char *name),
                       void *context)
{
    (void)disk;
    for (size_t i = 0; i < FILES; i++)
        if (files[i].data)
            each(context, files[i].name);
    return 0;
}

static const struct disk memory = { .create = memory_create,
                                    .open = memory_open,
                                    .close = memory_close,
                                    .write = memory_write,
                                    .flush = memory_flush,
                                    .read = memory_read,
                                    .size = memory_size,
                                    .list = memory_list };

static void put_sums_right(struct disk_file *f)
{
    for (size_t at = 0; at + SPOOL_SECTOR <= f->size; at += SPOOL_SECTOR)
        if (f->data[at + 316] == 0xc5)
            put_be32(f->data + at + 316, crc32c(0, f->data + at, 316));
}

struct walk {
    struct spool *spool;
    int64_t last;
    unsigned items;
};

static int each(void *context, const struct spool_record *record)
{
    struct walk *w = context;
    struct bytes body AUTO_BYTES = { 0 };
    uint8_t sum[SHA256_BYTES];
    const struct item *i = &record->item;
    demand(i->position >= w->last);
    demand(memchr(i->key_id, 0, sizeof(i->key_id)) && memchr(i->receipt, 0, sizeof(i->receipt)));
    w->last = i->position;
    if (record->kind != SPOOL_ITEM)
        return 0;
    demand(i->seq > 0 && *item_kind_word(i->kind) && i->size);
    w->items++;
    int r = spool_read(w->spool, i->position, &body);
    demand(!r || (r == SPOOL_E_DAMAGED && !body.length));
    sha256(sum, body.data, body.length);
    demand(r || (body.length == i->size && !memcmp(sum, i->sha256, sizeof(sum))));
    return 0;
}

static unsigned scan(struct spool *s)
{
    struct walk w = { .spool = s };
    unsigned damaged;
    demand(!spool_scan(s, each, &w, &damaged));
    return w.items;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct spool *s = NULL;
    struct disk_file *f = NULL;
    struct spool_record more = { .kind = SPOOL_ITEM,
                                 .item = { .seq = 7, .kind = ITEM_RATING, .size = 5 },
                                 .body = "hello" };
    if (size > FILE_BYTES)
        return 0;
    sha256(more.item.sha256, "hello", 5);
    demand(!memory_create(&memory, &f, "00000001.seg", size));
    memcpy(f->data, data, size);
    put_sums_right(f);
    demand(!spool_open(&s, &memory, 8192));
    unsigned before = scan(s);
    demand(!spool_append(s, &more, 1, 64));
    spool_free(s);
    s = NULL;
    demand(!spool_open(&s, &memory, 8192));
    demand(scan(s) == before + 1);
    spool_free(s);
    for (size_t i = 0; i < FILES; i++) {
        free(files[i].data);
        files[i].data = NULL;
    }
    return 0;
}
