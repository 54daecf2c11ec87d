/* Reading the log: everything at the start, one record when the database has lost it. */
#include "sync/queue/spool.h"

#include <stdlib.h>
#include <string.h>

#include "sync/queue/spool_inside.h"

static bool is_zero(const uint8_t *p, size_t length)
{
    return !length || (!p[0] && !memcmp(p, p + 1, length - 1));
}

enum { WINDOW_BYTES = 64 * SPOOL_SECTOR };

struct scan {
    struct spool *spool;
    int (*each)(void *context, const struct spool_record *record);
    void *context;
    unsigned damaged;
    uint64_t end;        /* behind the last record of this segment */
    bool is_clean;       /* only zeros follow */
    uint64_t from, have; /* what the window holds */
    uint8_t window[WINDOW_BYTES];
};

static const uint8_t unreadable[SPOOL_SECTOR] = { 0xff }; /* neither a record nor zeros */

/* The sector at `at`, or NULL with *r set: 0 at the end of the file. A sector that the medium
 * cannot give is damage like any other. */
static const uint8_t *sector_at(struct scan *scan, uint64_t at, int *r)
{
    const struct spool *s = scan->spool;
    if (at >= scan->from && at + SPOOL_SECTOR <= scan->from + scan->have)
        return scan->window + (at - scan->from);
    int64_t n = s->disk->read(s->file, at, scan->window, WINDOW_BYTES);
    if (n == -EIO)
        n = s->disk->read(s->file, at, scan->window, SPOOL_SECTOR);
    if (n == -EIO)
        return unreadable;
    scan->from = at;
    scan->have = n < 0 ? 0 : (uint64_t)n;
    *r = n < 0 ? (int)n : 0;
    return n < SPOOL_SECTOR ? NULL : scan->window;
}

static int scan_record(struct scan *scan, const struct segment *g, uint64_t *at,
                       struct spool_record *record)
{
    record->item.position = spool_position(g->number, *at);
    *at += spool_record_bytes(&record->item);
    scan->end = *at;
    return scan->each(scan->context, record);
}

/* Walk one segment a window at a time; behind a damaged place look at every sector for the next
 * header. */
static int scan_segment(struct scan *scan, const struct segment *g)
{
    bool was_damaged = false;
    scan->end = scan->have = 0;
    scan->is_clean = true;
    int r = spool_file_get(scan->spool, g->number);
    for (uint64_t at = 0; !r && at + SPOOL_SECTOR <= g->size;) {
        struct spool_record record;
        const uint8_t *sector = sector_at(scan, at, &r);
        if (!sector)
            break;
        if (!spool_header_parse(&record, sector) &&
            at + spool_record_bytes(&record.item) <= g->size) {
            /* Zeros between two records are a lost write too. */
            if (!scan->is_clean || at != scan->end)
                was_damaged = true;
            scan->is_clean = true;
            r = scan_record(scan, g, &at, &record);
            if (!r)
                r = spool_file_get(scan->spool, g->number); /* `each` may have read elsewhere */
            continue;
        }
        if (!is_zero(sector, SPOOL_SECTOR))
            scan->is_clean = false;
        at += SPOOL_SECTOR;
    }
    if (was_damaged || !scan->is_clean)
        scan->damaged++;
    return r;
}

static int scan_all(struct scan *scan)
{
    struct spool *s = scan->spool;
    for (size_t i = 0; i < s->count; i++) {
        unsigned before = scan->damaged;
        int r = s->segments[i].is_unusable ? 0 : scan_segment(scan, &s->segments[i]);
        if (r)
            return r;
        scan->damaged += s->segments[i].is_unusable;
        s->current = i;
        s->end = scan->end;
        /* An empty segment may lack its flush: only a full-sized one with records was surely made
         * whole. */
        s->is_sealed =
            scan->damaged != before || s->segments[i].size < s->segment_bytes || !scan->end;
    }
    return 0;
}

int spool_scan(struct spool *s, int (*each)(void *context, const struct spool_record *record),
               void *context, unsigned *damaged)
{
    struct scan *scan = calloc(1, sizeof(*scan));
    if (!scan)
        return fault_raise(-ENOMEM);
    scan->spool = s;
    scan->each = each;
    scan->context = context;
    s->is_sealed = true;
    s->has_spare = false;
    int r = scan_all(scan);
    *damaged = scan->damaged;
    free(scan);
    return r;
}

static int read_record(struct spool *s, int64_t position, struct bytes *body)
{
    uint8_t header[SPOOL_HEADER] = { 0 }, sum[SHA256_BYTES];
    uint64_t at = (uint64_t)position & UINT32_MAX;
    struct spool_record record;
    int r = spool_file_get(s, (uint32_t)(position >> 32));
    int64_t n = r ? r : s->disk->read(s->file, at, header, sizeof(header));
    if (n < 0)
        return (int)n;
    if (n < SPOOL_HEADER || spool_header_parse(&record, header))
        return SPOOL_E_DAMAGED;
    size_t size = record.item.size, before = body->length;
    r = bytes_reserve(body, before + size);
    if (r)
        return r;
    n = s->disk->read(s->file, at + SPOOL_HEADER, body->data + before, size);
    if (n < 0)
        return (int)n;
    if ((size_t)n < size)
        return SPOOL_E_DAMAGED;
    sha256(sum, body->data + before, size);
    if (memcmp(sum, record.item.sha256, sizeof(sum)) != 0)
        return SPOOL_E_DAMAGED;
    body->length = before + size;
    return 0;
}

int spool_read(struct spool *s, int64_t position, struct bytes *body)
{
    int r = read_record(s, position, body);
    return r == -ENOENT || spool_is_for_good(r) ? SPOOL_E_DAMAGED
                                                : r; /* one lost record is no fault of the rest */
}
