#include "sync/queue/spool.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/message.h"

/* Header, big endian:
 *    0 magic "1TRP"   4 version   5 kind   6 item kind   7 suite   8 clock quality   9 flags   10
 * zero 12 body length   16 seq   24 id   40 token   56 chain   72 after   88 boot id   104 boot ms
 * 112 wall ms 120 sha256   152 key id (65, NUL-ended)   217 receipt (40, NUL-ended)   257 zeros 316
 * CRC-32C of 0..315 The body follows at 320; the record is filled up to the next multiple of 512.
 */
enum {
    AT_VERSION = 4,
    AT_KIND = 5,
    AT_ITEM_KIND = 6,
    AT_SUITE = 7,
    AT_QUALITY = 8,
    AT_FLAGS = 9,
    AT_LENGTH = 12,
    AT_SEQ = 16,
    AT_ID = 24,
    AT_TOKEN = 40,
    AT_CHAIN = 56,
    AT_AFTER = 72,
    AT_BOOT_ID = 88,
    AT_BOOT_MS = 104,
    AT_WALL_MS = 112,
    AT_SHA256 = 120,
    AT_KEY_ID = 152,
    AT_RECEIPT = 217,
    AT_CRC = 316,
    VERSION = 1,
    HAS_CHAIN = 1,
    HAS_AFTER = 2,
};
static const uint32_t magic = 0x31545250;

/* A position is segment number << 32 | offset, so positions grow with time. */
static int64_t position_of(uint32_t number, uint64_t offset)
{
    return (int64_t)((uint64_t)number << 32 | offset);
}

struct segment {
    uint32_t number;
    uint64_t size;
    bool is_unusable; /* something else has its name, or the medium lost the file: left alone */
};

struct spool {
    const struct disk *disk;
    uint64_t segment_bytes;
    struct segment *segments; /* ascending */
    size_t count;
    struct disk_file *file; /* the last file that was opened, whatever for */
    uint32_t file_number;
    size_t current;   /* index of the segment that is written */
    uint64_t end;     /* where the next record goes in it */
    bool is_sealed;   /* it takes no more records */
    bool has_spare;   /* the last of `segments` is empty and waits */
    bool lacks_floor; /* nothing was appended to it yet */
};

void spool_header_write(uint8_t out[SPOOL_HEADER], const struct spool_record *record)
{
    const struct item *i = &record->item;
    memset(out, 0, SPOOL_HEADER);
    put_be32(out, magic);
    out[AT_VERSION] = VERSION;
    out[AT_KIND] = (uint8_t)record->kind;
    out[AT_ITEM_KIND] = (uint8_t)i->kind;
    out[AT_SUITE] = (uint8_t)i->suite;
    out[AT_QUALITY] = (uint8_t)i->when.quality;
    out[AT_FLAGS] = (uint8_t)((i->has_chain ? HAS_CHAIN : 0) | (i->has_after ? HAS_AFTER : 0));
    put_be32(out + AT_LENGTH, (uint32_t)i->size);
    put_be64(out + AT_SEQ, (uint64_t)i->seq);
    memcpy(out + AT_ID, i->id, UUID_BYTES);
    memcpy(out + AT_TOKEN, i->token, UUID_BYTES);
    memcpy(out + AT_CHAIN, i->chain, UUID_BYTES);
    memcpy(out + AT_AFTER, i->after, UUID_BYTES);
    memcpy(out + AT_BOOT_ID, i->when.boot_id, UUID_BYTES);
    put_be64(out + AT_BOOT_MS, (uint64_t)i->when.boot_ms);
    put_be64(out + AT_WALL_MS, (uint64_t)i->when.wall_ms);
    memcpy(out + AT_SHA256, i->sha256, SHA256_BYTES);
    memcpy(out + AT_KEY_ID, i->key_id, strnlen(i->key_id, SEAL_KEY_ID - 1));
    memcpy(out + AT_RECEIPT, i->receipt, strnlen(i->receipt, RECEIPT_TEXT - 1));
    put_be32(out + AT_CRC, crc32c(0, out, AT_CRC));
}

/* A kiosk does not live long enough to get here; numbers beyond would end in an overflow. */
static const int64_t seq_most = INT64_C(1) << 60;

static bool is_item_sound(const struct item *i)
{
    return i->seq > 0 && i->seq <= seq_most && i->kind >= ITEM_APPLICATION &&
           i->kind < ITEM_KIND_END && i->size > 0 && i->size <= MESSAGE_BODY_MAX &&
           i->when.quality <= CLOCK_NTP;
}

int spool_header_parse(struct spool_record *out, const uint8_t *p)
{
    memset(out, 0, sizeof(*out));
    if (get_be32(p) != magic || p[AT_VERSION] != VERSION ||
        get_be32(p + AT_CRC) != crc32c(0, p, AT_CRC))
        return -EINVAL;
    struct item *i = &out->item;
    out->kind = (enum spool_kind)p[AT_KIND];
    i->kind = (enum item_kind)p[AT_ITEM_KIND];
    i->suite = p[AT_SUITE];
    i->when.quality = (enum clock_quality)p[AT_QUALITY];
    i->has_chain = p[AT_FLAGS] & HAS_CHAIN;
    i->has_after = p[AT_FLAGS] & HAS_AFTER;
    i->size = get_be32(p + AT_LENGTH);
    i->seq = (int64_t)get_be64(p + AT_SEQ);
    memcpy(i->id, p + AT_ID, UUID_BYTES);
    memcpy(i->token, p + AT_TOKEN, UUID_BYTES);
    memcpy(i->chain, p + AT_CHAIN, UUID_BYTES);
    memcpy(i->after, p + AT_AFTER, UUID_BYTES);
    memcpy(i->when.boot_id, p + AT_BOOT_ID, UUID_BYTES);
    i->when.boot_ms = (int64_t)get_be64(p + AT_BOOT_MS);
    i->when.wall_ms = (int64_t)get_be64(p + AT_WALL_MS);
    memcpy(i->sha256, p + AT_SHA256, SHA256_BYTES);
    memcpy(i->key_id, p + AT_KEY_ID, SEAL_KEY_ID - 1);
    memcpy(i->receipt, p + AT_RECEIPT, RECEIPT_TEXT - 1);
    switch (out->kind) {
    case SPOOL_ITEM:
        return is_item_sound(i) ? 0 : -EINVAL;
    case SPOOL_VOID:
    case SPOOL_FLOOR:
        return i->size || i->seq < 0 || i->seq > seq_most ? -EINVAL : 0;
    }
    return -EINVAL;
}

static uint64_t record_bytes(const struct item *i)
{
    return (SPOOL_HEADER + i->size + SPOOL_SECTOR - 1) / SPOOL_SECTOR * SPOOL_SECTOR;
}

/* ---- segments ------------------------------------------------------------------------ */
static void segment_name(char out[16], uint32_t number)
{
    snprintf(out, 16, "%08x.seg", number);
}

struct listing {
    struct spool *spool;
    int result;
};

static int compare_segments(const void *a, const void *b)
{
    uint32_t x = ((const struct segment *)a)->number, y = ((const struct segment *)b)->number;
    return x < y ? -1 : x > y;
}

static int segment_note(struct spool *s, uint32_t number, uint64_t size)
{
    struct segment *grown = realloc(s->segments, (s->count + 1) * sizeof(*grown));
    if (!grown)
        return fault_raise(-ENOMEM);
    s->segments = grown;
    s->segments[s->count++] = (struct segment){ number, size, false };
    qsort(s->segments, s->count, sizeof(*s->segments), compare_segments);
    return 0;
}

static void list_segment(void *context, const char *name)
{
    struct listing *l = context;
    char again[16];
    char *end;
    unsigned long number = strtoul(name, &end, 16);
    if (l->result || strcmp(end, ".seg") != 0 || !number || number >= INT32_MAX)
        return;
    segment_name(again, (unsigned)number);
    if (!strcmp(again, name))
        l->result = segment_note(l->spool, (uint32_t)number, 0);
}

static void file_drop(struct spool *s)
{
    if (s->file)
        s->disk->close(s->file);
    s->file = NULL;
    s->file_number = 0;
}

static int file_get(struct spool *s, uint32_t number)
{
    char name[16];
    if (s->file && s->file_number == number)
        return 0;
    file_drop(s);
    segment_name(name, number);
    int r = s->disk->open(s->disk, &s->file, name);
    if (!r)
        s->file_number = number;
    return r;
}

/* Faults that will be there at the next start too: waiting for them to pass would keep the kiosk
 * shut for ever. */
static bool is_for_good(int r)
{
    return r == -EISDIR || r == -ELOOP || r == -EACCES || r == -EPERM || r == -EIO || r == -ENXIO ||
           r == -EUCLEAN;
}

static int measure_segment(struct spool *s, struct segment *g)
{
    char name[16];
    int r = file_get(s, g->number);
    int64_t size = r ? r : s->disk->size(s->file);
    if (size >= 0) {
        g->size = (uint64_t)size < UINT32_MAX ? (uint64_t)size : UINT32_MAX; /* as positions go */
        return 0;
    }
    if (!is_for_good((int)size))
        return (int)size;
    segment_name(name, g->number);
    log_line(LOG_ERROR, "spool", "%s cannot be opened and is left alone: %s", name,
             strerrorname_np((int)-size));
    g->is_unusable = true;
    return 0;
}

static int measure_segments(struct spool *s)
{
    int r = 0;
    for (size_t i = 0; !r && i < s->count; i++)
        r = measure_segment(s, &s->segments[i]);
    return r;
}

int spool_open(struct spool **out, const struct disk *disk, uint64_t segment_bytes)
{
    AUTO(spool_free) struct spool *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    *s = (struct spool){ .disk = disk, .segment_bytes = segment_bytes, .is_sealed = true };
    struct listing listing = { .spool = s };
    int r = disk->list(disk, list_segment, &listing);
    if (!r)
        r = listing.result;
    if (!r)
        r = measure_segments(s);
    if (!r)
        *out = TAKE(s);
    return r;
}

void spool_free(struct spool *s)
{
    if (!s)
        return;
    file_drop(s);
    free(s->segments);
    free(s);
}

bool spool_has(const struct spool *s, int64_t position)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->segments[i].number == (uint32_t)(position >> 32))
            return true;
    return false;
}

size_t spool_segment_count(const struct spool *s)
{
    return s->count;
}

/* ---- reading ------------------------------------------------------------------------- */
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
    record->item.position = position_of(g->number, *at);
    *at += record_bytes(&record->item);
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
    int r = file_get(scan->spool, g->number);
    for (uint64_t at = 0; !r && at + SPOOL_SECTOR <= g->size;) {
        struct spool_record record;
        const uint8_t *sector = sector_at(scan, at, &r);
        if (!sector)
            break;
        if (!spool_header_parse(&record, sector) && at + record_bytes(&record.item) <= g->size) {
            /* Zeros between two records are a lost write too. */
            if (!scan->is_clean || at != scan->end)
                was_damaged = true;
            scan->is_clean = true;
            r = scan_record(scan, g, &at, &record);
            if (!r)
                r = file_get(scan->spool, g->number); /* `each` may have read elsewhere */
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
    int r = file_get(s, (uint32_t)(position >> 32));
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
    return r == -ENOENT || is_for_good(r) ? SPOOL_E_DAMAGED
                                          : r; /* one lost record is no fault of the rest */
}

/* ---- writing ------------------------------------------------------------------------- */
static struct segment *last_segment(struct spool *s)
{
    return s->count ? &s->segments[s->count - 1] : NULL;
}

static int create_segment(struct spool *s, uint64_t size)
{
    char name[16];
    uint32_t number = s->count ? last_segment(s)->number + 1 : 1;
    segment_name(name, number);
    file_drop(s);
    int r = s->disk->create(s->disk, &s->file, name, size);
    if (r)
        return r;
    s->file_number = number;
    r = segment_note(s, number, size);
    if (!r)
        return 0;
    file_drop(s);
    int removed = s->disk->remove(s->disk, name);
    return removed ? removed : r;
}

/* Make the current segment one with room for `need` bytes. */
static int make_room(struct spool *s, uint64_t need)
{
    if (!s->is_sealed && s->end + need <= s->segments[s->current].size)
        return 0;
    if (!s->has_spare || last_segment(s)->size < need) {
        int r = create_segment(s, need > s->segment_bytes ? need : s->segment_bytes);
        if (r)
            return r;
    }
    s->current = s->count - 1;
    s->end = 0;
    s->is_sealed = s->has_spare = false;
    s->lacks_floor = true;
    return file_get(s, s->segments[s->current].number);
}

void spool_prepare(struct spool *s)
{
    if (s->is_sealed || s->has_spare || s->end < s->segments[s->current].size / 4 * 3)
        return;
    s->has_spare = !create_segment(s, s->segment_bytes);
}

/* What one append hands to the disk: for each record header, body, filling. */
struct gather {
    uint8_t *headers;
    struct iovec *parts;
    int count;
    uint64_t length;
};

static const uint8_t filling[SPOOL_SECTOR];

static void gather_part(struct gather *g, const void *data, size_t length)
{
    if (length)
        g->parts[g->count++] =
            (struct iovec){ .iov_base = (void *)(uintptr_t)data, .iov_len = length };
}

static void gather_record(struct gather *g, const struct spool_record *record)
{
    uint64_t whole = record_bytes(&record->item);
    spool_header_write(g->headers, record);
    gather_part(g, g->headers, SPOOL_HEADER);
    gather_part(g, record->body, record->item.size);
    gather_part(g, filling, (size_t)(whole - SPOOL_HEADER - record->item.size));
    g->headers += SPOOL_HEADER;
    g->length += whole;
}

/* Write and flush what was gathered at the end of the current segment. */
static int write_gathered(struct spool *s, const struct gather *g)
{
    int r = 0;
    uint64_t at = s->end;
    for (int i = 0; !r && i < g->count;) {
        int n = g->count - i < IOV_MAX ? g->count - i : IOV_MAX;
        r = s->disk->write(s->file, at, g->parts + i, n);
        for (; n; n--)
            at += g->parts[i++].iov_len;
    }
    return r ? r : s->disk->flush(s->file);
}

static int append_gathered(struct spool *s, struct gather *g, struct spool_record *records,
                           size_t count, int64_t floor)
{
    if (s->lacks_floor)
        gather_record(g, &(struct spool_record){ .kind = SPOOL_FLOOR, .item = { .seq = floor } });
    for (size_t i = 0; i < count; i++) {
        records[i].item.position = position_of(s->segments[s->current].number, s->end + g->length);
        gather_record(g, &records[i]);
    }
    if (write_gathered(s, g)) {
        s->is_sealed = true;
        return SPOOL_E_DOUBT;
    }
    s->end += g->length;
    s->lacks_floor = false;
    return 0;
}

int spool_append(struct spool *s, struct spool_record *records, size_t count, int64_t floor)
{
    uint64_t need = SPOOL_SECTOR;
    for (size_t i = 0; i < count; i++)
        need += record_bytes(&records[i].item);
    uint8_t *headers = malloc((count + 1) * SPOOL_HEADER);
    struct gather g = { .headers = headers,
                        .parts = calloc((count + 1) * 3, sizeof(struct iovec)) };
    if (!headers || !g.parts) {
        free(headers);
        free(g.parts);
        return fault_raise(-ENOMEM);
    }
    int r = make_room(s, need);
    if (!r)
        r = file_get(s, s->segments[s->current].number);
    if (!r)
        r = append_gathered(s, &g, records, count, floor);
    free(headers);
    free(g.parts);
    return r == -ENOSPC || r == -EDQUOT ? SPOOL_E_FULL : r;
}

int spool_retire(struct spool *s, int (*is_done)(void *context, int64_t from, int64_t to),
                 void *context, unsigned *retired)
{
    *retired = 0;
    /* The floor must stand in a newer segment before the one that also names it goes. */
    if (s->is_sealed || s->lacks_floor)
        return 0;
    for (size_t i = 0; i < s->current;) {
        char name[16];
        uint32_t number = s->segments[i].number;
        int r = s->segments[i].is_unusable
                    ? 0
                    : is_done(context, position_of(number, 0), position_of(number, UINT32_MAX));
        if (r < 0)
            return r;
        if (!r) {
            i++;
            continue;
        }
        if (s->file_number == number)
            file_drop(s);
        segment_name(name, number);
        r = s->disk->remove(s->disk, name);
        if (r)
            return r;
        memmove(s->segments + i, s->segments + i + 1, (s->count - i - 1) * sizeof(*s->segments));
        s->count--;
        s->current--;
        ++*retired;
    }
    return 0;
}
