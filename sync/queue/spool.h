/* The spool log: every sealed submission, appended and flushed before the database hears of it, so
 * that the queue can be rebuilt whole when the database cannot (design: a damaged SQLite file gives
 * back nothing).
 *
 * Segments "00000001.seg", ... are preallocated zeros that records overwrite. A record starts on a
 * multiple of 512 bytes, so its header never straddles two sectors and a scan finds the next record
 * behind a damaged one. The header carries everything the queue needs and a CRC-32C of itself; the
 * body is judged by the SHA-256 in the header, the one that the wire uses too. Layout: spool.c.
 *
 * A segment that is not clean after its last record is never written again, so a torn tail is cut
 * for good. Belongs to the queue; one thread. */
#pragma once

#include "firmware/base/bytes.h"
#include "sync/queue/disk.h"
#include "sync/queue/item.h"

enum spool_kind {
    SPOOL_ITEM = 1, /* a submission */
    SPOOL_VOID,  /* earlier records of this id do not count: their sender was told "not stored" */
    SPOOL_FLOOR, /* sequence numbers up to this one may have been given away */
};

struct spool_record {
    enum spool_kind kind;
    struct item item; /* VOID: id; FLOOR: seq; position is filled by append and scan */
    const void *body; /* item.size bytes; append only */
};

enum spool_outcome {
    SPOOL_E_FULL = 1, /* no room for a new segment; no record was written */
    SPOOL_E_DOUBT, /* something went wrong while writing: the records may or may not be found later
                    */
    SPOOL_E_DAMAGED, /* the body does not fit its hash */
};

struct spool; /* body in spool_inside.h */

enum { SPOOL_SEGMENT_BYTES = 4 * 1024 * 1024 };

/* Find the segments of `disk` (borrowed). Nothing is written before the first append. 0 or a fault.
 */
NODISCARD int spool_open(struct spool **out, const struct disk *disk, uint64_t segment_bytes);
void spool_free(struct spool *s);
AUTO_DEFINE(struct spool, spool_free)

/* Call `each` with every readable record, oldest first; the headers only. `each` may call
 * spool_read(). A fault from `each` ends the scan. *damaged counts places that hold neither a
 * record nor zeros. Must run once before the first append: it finds the end. */
NODISCARD int spool_scan(struct spool *s,
                         int (*each)(void *context, const struct spool_record *record),
                         void *context, unsigned *damaged);
/* The body of the record at `position`, appended to `body` and checked. 0, SPOOL_E_DAMAGED (also
 * when the medium cannot give it) or a fault. */
NODISCARD int spool_read(struct spool *s, int64_t position, struct bytes *body);

/* Append all records with one write and one flush, and fill in their positions. `floor` goes along
 * whenever a new segment begins. 0, SPOOL_E_FULL, SPOOL_E_DOUBT (the next append then starts a new
 * segment), or a fault (no record was written). */
NODISCARD int spool_append(struct spool *s, struct spool_record *records, size_t count,
                           int64_t floor);
/* Make the next segment ready while nobody waits. A failure is only a lost head start. */
void spool_prepare(struct spool *s);

/* Segments that may be retired: older than the one being written. Call `is_done` with the first and
 * last position of each; those for which it returns 1 are deleted. 0 or a fault (also from
 * `is_done`). */
NODISCARD int spool_retire(struct spool *s, int (*is_done)(void *context, int64_t from, int64_t to),
                           void *context, unsigned *retired);
/* Is there still a segment that holds this position? */
bool spool_has(const struct spool *s, int64_t position);
size_t spool_segment_count(const struct spool *s);

/* One header, 512-byte aligned `sector` of at least SPOOL_HEADER bytes. Pure; for the scan, tests
 * and fuzzing. Returns 0, or -EINVAL when it is no intact header. */
enum { SPOOL_SECTOR = 512, SPOOL_HEADER = 320 };
NODISCARD int spool_header_parse(struct spool_record *out, const uint8_t *sector);
void spool_header_write(uint8_t out[SPOOL_HEADER], const struct spool_record *record);
