/* What the files of the spool share. Not for others. */
#pragma once

#include "sync/queue/spool.h"

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

/* A position is segment number << 32 | offset, so positions grow with time. */
static inline int64_t spool_position(uint32_t number, uint64_t offset)
{
    return (int64_t)((uint64_t)number << 32 | offset);
}

/* Header, body and filling. */
static inline uint64_t spool_record_bytes(const struct item *i)
{
    return (SPOOL_HEADER + i->size + SPOOL_SECTOR - 1) / SPOOL_SECTOR * SPOOL_SECTOR;
}

enum { SEGMENT_NAME = 16 };
void spool_segment_name(char out[SEGMENT_NAME], uint32_t number);
NODISCARD int spool_segment_note(struct spool *s, uint32_t number, uint64_t size);

/* The segment's file becomes `s->file`. 0 or a fault of the disk. */
NODISCARD int spool_file_get(struct spool *s, uint32_t number);
void spool_file_drop(struct spool *s);

/* Faults that will be there at the next start too: waiting for them to pass would keep the kiosk
 * shut for ever. */
bool spool_is_for_good(int r);
