/* Writing the log: one write and one flush for a group of records. */
#include "sync/queue/spool.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "sync/queue/spool_inside.h"

static struct segment *last_segment(struct spool *s)
{
    return s->count ? &s->segments[s->count - 1] : NULL;
}

static int create_segment(struct spool *s, uint64_t size)
{
    char name[SEGMENT_NAME];
    uint32_t number = s->count ? last_segment(s)->number + 1 : 1;
    spool_segment_name(name, number);
    spool_file_drop(s);
    int r = s->disk->create(s->disk, &s->file, name, size);
    if (r)
        return r;
    s->file_number = number;
    r = spool_segment_note(s, number, size);
    if (!r)
        return 0;
    spool_file_drop(s);
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
    return spool_file_get(s, s->segments[s->current].number);
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
    uint64_t whole = spool_record_bytes(&record->item);
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
        records[i].item.position =
            spool_position(s->segments[s->current].number, s->end + g->length);
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
        need += spool_record_bytes(&records[i].item);
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
        r = spool_file_get(s, s->segments[s->current].number);
    if (!r)
        r = append_gathered(s, &g, records, count, floor);
    free(headers);
    free(g.parts);
    return r == -ENOSPC || r == -EDQUOT ? SPOOL_E_FULL : r;
}
