/* Every SQL text of the queue, in one table: prepared once when the database is opened, indexed by
 * Q_*. Inside sync/queue only. */
#pragma once

enum statement {
    /* meta */
    Q_META_GET,
    Q_META_SET,
    /* item */
    Q_ITEM_INSERT,
    Q_CHUNK_INSERT,
    Q_ITEM_BY_TOKEN,
    Q_ITEM_BY_SEQ,
    Q_ITEM_BY_ID,
    Q_ITEM_CLAIM,
    Q_ITEM_CLAIM_HELD,
    Q_ITEM_NEXT_DUE,
    Q_CHUNKS,
    Q_CHUNKS_DROP,
    Q_ITEM_ACCEPT,
    Q_ITEM_BURY,
    Q_ITEM_HOLD,
    Q_ITEM_LATER,
    Q_ITEM_AS_BLOB,
    Q_ITEM_RELEASE,
    Q_ITEM_CLOSE,
    Q_ITEM_LIST,
    Q_ITEM_COUNTS,
    Q_ITEM_OLDEST,
    Q_ITEM_LAST_SEQ,
    Q_ITEM_REQUEUE,
    Q_ITEM_FORGET_WAITS,
    Q_ITEM_UNDO,
    Q_ITEM_DROP,
    Q_ITEM_MOVE,
    /* retention */
    Q_SCRUB_CHUNKS,
    Q_SEGMENT_NEEDED,
    Q_SEGMENT_GONE,
    Q_ITEM_POSITIONS,
    Q_ITEM_PURGE,
    Q_STATUS_PURGE,
    Q_PRINT_PURGE,
    /* event */
    Q_EVENT_ADD,
    Q_EVENT_ADD_AT,
    Q_EVENT_LIST,
    Q_EVENT_STORED,
    Q_EVENT_TRIM,
    Q_AUDIT_ADD,
    Q_AUDIT_HEAD,
    Q_AUDIT_LIST,
    /* status */
    Q_STATUS_PUT,
    Q_STATUS_GET,
    Q_CASE_LATE,
    Q_CASE_RAISED,
    Q_RAISED_PURGE,
    /* doc */
    Q_DOC_PUT,
    Q_DOC_GET,
    Q_DOC_FACTS,
    /* print_attempt */
    Q_PRINT_BEGIN,
    Q_PRINT_GET,
    Q_PRINT_STATE,
    Q_PRINT_TRIES,
    Q_PRINT_OPEN,
    Q_PRINT_ORPHAN,
    /* figure */
    Q_FIGURE_ADD,
    Q_FIGURE_UNSENT,
    Q_FIGURE_SENT,
    Q_FIGURE_SUMS,
    Q_FIGURE_PURGE,
    /* handover */
    Q_HANDOVER_LEAVE,
    Q_HANDOVER_DONE,
    Q_HANDOVER_LIST,
    /* by stick */
    Q_NOTE_PUT,
    Q_NOTE_LIST,
    Q_NOTE_PURGE,
    Q_CARRY_FIND,
    Q_CARRY_NEXT,
    Q_CARRY_STATUS,
    Q_COUNT,
};

extern const char *const statement_sql[Q_COUNT];
/* Schema steps for db_migrate(). */
extern const char *const schema_steps[];
extern const int schema_version;
