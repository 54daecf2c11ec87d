/* The segments of the log: found, named, retired. */
#include "sync/queue/spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/spool_inside.h"

void spool_segment_name(char out[SEGMENT_NAME], uint32_t number)
{
    snprintf(out, SEGMENT_NAME, "%08x.seg", number);
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

int spool_segment_note(struct spool *s, uint32_t number, uint64_t size)
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
    char again[SEGMENT_NAME];
    char *end;
    unsigned long number = strtoul(name, &end, 16);
    if (l->result || strcmp(end, ".seg") != 0 || !number || number >= INT32_MAX)
        return;
    spool_segment_name(again, (unsigned)number);
    if (!strcmp(again, name))
        l->result = spool_segment_note(l->spool, (uint32_t)number, 0);
}

void spool_file_drop(struct spool *s)
{
    if (s->file)
        s->disk->close(s->file);
    s->file = NULL;
    s->file_number = 0;
}

int spool_file_get(struct spool *s, uint32_t number)
{
    char name[SEGMENT_NAME];
    if (s->file && s->file_number == number)
        return 0;
    spool_file_drop(s);
    spool_segment_name(name, number);
    int r = s->disk->open(s->disk, &s->file, name);
    if (!r)
        s->file_number = number;
    return r;
}

/* Faults that will be there at the next start too: waiting for them to pass would keep the kiosk
 * shut for ever. */
bool spool_is_for_good(int r)
{
    return r == -EISDIR || r == -ELOOP || r == -EACCES || r == -EPERM || r == -EIO || r == -ENXIO ||
           r == -EUCLEAN;
}

static int measure_segment(struct spool *s, struct segment *g)
{
    char name[SEGMENT_NAME];
    int r = spool_file_get(s, g->number);
    int64_t size = r ? r : s->disk->size(s->file);
    if (size >= 0) {
        g->size = (uint64_t)size < UINT32_MAX ? (uint64_t)size : UINT32_MAX; /* as positions go */
        return 0;
    }
    if (!spool_is_for_good((int)size))
        return (int)size;
    spool_segment_name(name, g->number);
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
    spool_file_drop(s);
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

int spool_retire(struct spool *s, int (*is_done)(void *context, int64_t from, int64_t to),
                 void *context, unsigned *retired)
{
    *retired = 0;
    /* The floor must stand in a newer segment before the one that also names it goes. */
    if (s->is_sealed || s->lacks_floor)
        return 0;
    for (size_t i = 0; i < s->current;) {
        char name[SEGMENT_NAME];
        uint32_t number = s->segments[i].number;
        int r = s->segments[i].is_unusable ? 0
                                           : is_done(context, spool_position(number, 0),
                                                     spool_position(number, UINT32_MAX));
        if (r < 0)
            return r;
        if (!r) {
            i++;
            continue;
        }
        if (s->file_number == number)
            spool_file_drop(s);
        spool_segment_name(name, number);
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
