/* What the files of sync/queue share about a store. Not for other folders. */
#pragma once

#include "sync/queue/db.h"
#include "sync/queue/spool.h"
#include "sync/queue/store.h"

enum { RESERVATIONS = 256, SEQ_BLOCK = 64, STORE_PATH = 4096 };

#define DATABASE_NAME "queue.db"
#define COPY_NAME "queue.copy"
#define BALLAST_NAME "ballast"

/* A number given away for a form that is open; nothing of it is on the disk. */
struct reservation {
    bool is_used;
    bool is_tried; /* its submission has gone to the disk: stored, or nobody knows */
    uint8_t token[UUID_BYTES];
    uint8_t id[UUID_BYTES];
    int64_t seq;
    int64_t ticket; /* number in the queue of people, 0: none was asked for */
    char receipt[RECEIPT_TEXT];
    struct moment when;
};

struct store {
    struct store_options options;
    struct db *db;       /* NULL while down */
    struct spool *spool; /* NULL while down */
    bool was_up;
    bool is_new;      /* neither a database nor a log was found at the start */
    bool replay_due;  /* the disk was full before all of the log was back in the database */
    int64_t retry_ms; /* boot clock */

    char kiosk_id[KIOSK_ID_MAX + 1];
    struct uuid_source ids;
    int64_t seq_last;  /* last one given away */
    int64_t seq_floor; /* last one that may be: durable in the database and the log */
    struct reservation reserved[RESERVATIONS];
    size_t reserved_next;

    bool has_ballast, was_full;
    int free_space; /* hundredths of a percent */
    enum disk_level level;
    int64_t looked_ms; /* boot clock of the last look at the disk */

    int64_t replay_window_ms;
    int64_t kept_ms, copied_ms; /* county time: last retention run and last copy */
};

/* Turn what db.h returned into what the store's users get, and react: space lost releases the
 * ballast, a poisoned connection takes the store down. */
NODISCARD int store_result(struct store *s, int r);
/* The same for the spool's faults. */
void store_take_down(struct store *s);
void store_release_ballast(struct store *s);
/* STORE_E_DOWN when there is no database to ask. */
NODISCARD int store_need(const struct store *s);

/* Insert one item and its bytes; inside a transaction. db.h results. */
NODISCARD int store_insert(struct store *s, const struct item *item, const void *body);

/* The body in parts of PART_BYTES, beside item `seq`; inside a transaction. db.h results. */
NODISCARD int store_insert_chunks(struct db *db, int64_t seq, const uint8_t *body, size_t size);

/* Columns 0 to 15 of a query over ITEM_COLUMNS. */
void store_read_item(struct item *i, sqlite3_stmt *q);

/* recover.c: open what is on the disk or rebuild it. 0, STORE_OPEN_E_..., or a fault: still down.
 */
NODISCARD int store_bring_up(struct store *s);
/* Put back what the log has and the database lacks. Sets or clears replay_due. db.h results. */
NODISCARD int store_replay(struct store *s);
/* Rows that point at segments which are no more. db.h results. */
NODISCARD int store_forget_lost_segments(struct store *s);
/* salvage.c: copy the rows that can still be read. */
NODISCARD int salvage_file(struct db *to, const char *path, const char *vfs, int64_t *seq_floor,
                           unsigned *rows);
/* upkeep.c */
void upkeep_run(struct store *s, int64_t county_ms);
