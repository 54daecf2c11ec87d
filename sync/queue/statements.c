#include "sync/queue/statements.h"

/* `seq` is given by outbox_reserve() from blocks that a commit made sure of, not by AUTOINCREMENT:
 * a number is shown to its resident before the row exists, and must never come twice, not even
 * across a crash. A receipt text follows from the kiosk and seq, so seq's uniqueness is the
 * receipt's. Tables keep their rowid so that salvage can walk a damaged file row by row. */
static const char schema_1[] =
    "CREATE TABLE meta(k TEXT PRIMARY KEY, v ANY NOT NULL) STRICT;"
    "CREATE TABLE item("
    " seq INTEGER PRIMARY KEY,"
    " id BLOB NOT NULL UNIQUE CHECK(length(id)=16),"
    " token BLOB NOT NULL UNIQUE CHECK(length(token)=16)," /* a double tap hits this */
    " kind INTEGER NOT NULL, chain BLOB, after_id BLOB,"
    " suite INTEGER NOT NULL, key_id TEXT NOT NULL,"
    " size INTEGER NOT NULL, sha256 BLOB NOT NULL,"
    " state INTEGER NOT NULL CHECK(state IN (0,1,2,3))," /* queued held accepted dead */
    " tries INTEGER NOT NULL DEFAULT 0,"
    " fails INTEGER NOT NULL DEFAULT 0,"         /* failed alone, while others passed */
    " not_before_ms INTEGER NOT NULL DEFAULT 0," /* boot clock; cleared at start, since that clock
                                                    restarts */
    " as_blob INTEGER NOT NULL DEFAULT 0,"       /* too large to go inline at this platform */
    " boot_id BLOB NOT NULL, boot_ms INTEGER NOT NULL, wall_ms INTEGER NOT NULL, clock_q INTEGER "
    "NOT NULL,"
    " receipt TEXT NOT NULL,"
    " position INTEGER NOT NULL," /* of its spool record; 0 when the segment is gone */
    " server_ref TEXT, problem TEXT, accepted_ms INTEGER, closed_ms INTEGER) STRICT;"
    "CREATE INDEX item_ready ON item(state, seq);"
    "CREATE TABLE chunk("
    " seq INTEGER NOT NULL REFERENCES item ON DELETE CASCADE, n INTEGER NOT NULL,"
    " data BLOB NOT NULL, PRIMARY KEY(seq,n)) STRICT, WITHOUT ROWID;"
    "CREATE TABLE event("
    " n INTEGER PRIMARY KEY AUTOINCREMENT, boot_id BLOB NOT NULL, boot_ms INTEGER NOT NULL,"
    " wall_ms INTEGER NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL,"
    " is_stored INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE status("
    " receipt_hash BLOB NOT NULL UNIQUE CHECK(length(receipt_hash)=32),"
    " state TEXT NOT NULL, changed TEXT NOT NULL, due TEXT NOT NULL, missing TEXT NOT NULL,"
    " server_ref TEXT NOT NULL, note TEXT NOT NULL, until_ms INTEGER NOT NULL) STRICT;"
    "CREATE TABLE doc("
    " name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL, etag TEXT NOT NULL,"
    " body BLOB NOT NULL, sig BLOB NOT NULL) STRICT;"
    "CREATE TABLE print_attempt("
    " attempt INTEGER PRIMARY KEY AUTOINCREMENT, job BLOB NOT NULL CHECK(length(job)=16),"
    " receipt TEXT NOT NULL, is_reprint INTEGER NOT NULL, kind TEXT NOT NULL,"
    " state INTEGER NOT NULL, level TEXT NOT NULL DEFAULT '', bytes_sent INTEGER NOT NULL DEFAULT "
    "0,"
    " detail TEXT NOT NULL DEFAULT '', is_orphan INTEGER NOT NULL DEFAULT 0,"
    " at_ms INTEGER NOT NULL, changed_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX print_job ON print_attempt(job);"
    "INSERT INTO meta VALUES('min_reader', 1);"
    "PRAGMA application_id=0x31545250;";

/* An older firmware writes rows without them: they are empty then. */
static const char schema_2[] = "ALTER TABLE status ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';";

static const char schema_3[] = "ALTER TABLE status ADD COLUMN timeline TEXT NOT NULL DEFAULT '{}';";

/* What agents of the village brought from here; labels and notes are opaque. */
static const char schema_4[] =
    "CREATE TABLE note(label BLOB NOT NULL CHECK(length(label)=16), receipt TEXT NOT NULL UNIQUE,"
    " sealed BLOB NOT NULL, at_ms INTEGER NOT NULL) STRICT;"
    "CREATE INDEX note_label ON note(label, at_ms);";

/* Sums of months, and which cases were said to be late. An older firmware leaves both alone. */
static const char schema_5[] =
    "CREATE TABLE raised(server_ref TEXT NOT NULL, day TEXT NOT NULL, at_ms INTEGER NOT NULL,"
    " UNIQUE(server_ref, day)) STRICT;"
    "CREATE TABLE figure(month TEXT NOT NULL, what TEXT NOT NULL, about TEXT NOT NULL,"
    " detail TEXT NOT NULL, n INTEGER NOT NULL, sent INTEGER NOT NULL DEFAULT 0,"
    " UNIQUE(month, what, about, detail)) STRICT;";

/* One number may be in an agent's list and in its resident's own. An older firmware finds its table empty. */
static const char schema_6[] =
    "CREATE TABLE reminder(label BLOB NOT NULL CHECK(length(label)=16), receipt TEXT NOT NULL,"
    " sealed BLOB NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY(label, receipt)) STRICT;"
    "INSERT INTO reminder SELECT label, receipt, sealed, at_ms FROM note;"
    "DELETE FROM note;";

/* What staff did, each record's hash over the one before. Their text is part of the hash: nothing here is ever changed. */
static const char schema_7[] =
    "CREATE TABLE audit(n INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, what TEXT NOT NULL,"
    " detail TEXT NOT NULL, hash BLOB NOT NULL CHECK(length(hash)=32)) STRICT;";

/* What one shift leaves for the next; a note that is done is gone. */
static const char schema_8[] =
    "CREATE TABLE handover(n INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT NOT NULL UNIQUE,"
    " serial TEXT NOT NULL, at_ms INTEGER NOT NULL) STRICT;";

const char *const schema_steps[] = { schema_1, schema_2, schema_3, schema_4,
                                     schema_5, schema_6, schema_7, schema_8 };
const int schema_version = sizeof(schema_steps) / sizeof(*schema_steps);

#define ITEM_COLUMNS                                                                             \
    "seq,id,token,kind,chain,after_id,suite,key_id,size,sha256,boot_id,boot_ms,wall_ms,clock_q," \
    "receipt,"                                                                                   \
    "position"

const char *const statement_sql[Q_COUNT] = {
    [Q_META_GET] = "SELECT v FROM meta WHERE k=?",
    [Q_META_SET] = "INSERT INTO meta(k,v) VALUES(?,?) ON CONFLICT(k) DO UPDATE SET v=excluded.v",

    [Q_ITEM_INSERT] =
        "INSERT INTO item(" ITEM_COLUMNS ",state) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0)",
    [Q_CHUNK_INSERT] = "INSERT INTO chunk(seq,n,data) VALUES(?,?,?)",
    [Q_ITEM_BY_TOKEN] = "SELECT " ITEM_COLUMNS " FROM item WHERE token=?",
    [Q_ITEM_BY_SEQ] = "SELECT receipt,state,accepted_ms,server_ref,position,kind"
                      " FROM item WHERE seq=?",
    [Q_ITEM_BY_ID] = "SELECT seq,state,position,token,receipt,sha256,size FROM item WHERE id=?",
    /* The columns behind the common ones: tries, fails, as_blob. */
    [Q_ITEM_CLAIM] = "SELECT " ITEM_COLUMNS ",tries,fails,as_blob FROM item"
                     " WHERE state=0 AND seq>? AND not_before_ms<=? ORDER BY seq",
    [Q_ITEM_CLAIM_HELD] =
        "SELECT " ITEM_COLUMNS ",tries,fails,as_blob FROM item"
        " WHERE state=1 AND not_before_ms>0 AND not_before_ms<=? ORDER BY seq LIMIT 1",
    [Q_ITEM_NEXT_DUE] =
        "SELECT min(not_before_ms) FROM item WHERE state=0 OR (state=1 AND not_before_ms>0)",
    [Q_CHUNKS] = "SELECT data FROM chunk WHERE seq=? AND n>=? ORDER BY n",
    [Q_CHUNKS_DROP] = "DELETE FROM chunk WHERE seq=?",
    [Q_ITEM_ACCEPT] = "UPDATE item SET state=2, accepted_ms=?2, problem=NULL,"
                      " server_ref=coalesce(?3,server_ref) WHERE seq=?1 AND state<>2",
    [Q_ITEM_BURY] = "UPDATE item SET state=3, problem=?2 WHERE seq=?1 AND state IN (0,1)",
    [Q_ITEM_HOLD] =
        "UPDATE item SET state=1, problem=?2, not_before_ms=?3 WHERE seq=?1 AND state IN (0,1)",
    [Q_ITEM_LATER] = "UPDATE item SET not_before_ms=?2, tries=tries+1, fails=fails+?3 WHERE seq=?1",
    [Q_ITEM_AS_BLOB] = "UPDATE item SET as_blob=1, tries=tries+1, not_before_ms=?2 WHERE seq=?1",
    [Q_ITEM_RELEASE] = "UPDATE item SET state=0, fails=0, not_before_ms=0, problem=NULL"
                       " WHERE seq=? AND state=1 RETURNING seq",
    [Q_ITEM_CLOSE] = "UPDATE item SET closed_ms=?2 WHERE seq=?1 AND state=3 RETURNING seq",
    [Q_ITEM_LIST] = "SELECT seq,id,receipt,kind,state,size,tries,problem,accepted_ms FROM item"
                    " WHERE ?1<0 OR state=?1 ORDER BY seq DESC LIMIT ?2",
    [Q_ITEM_COUNTS] = "SELECT state,count(*) FROM item GROUP BY state",
    [Q_ITEM_OLDEST] = "SELECT boot_id,boot_ms,wall_ms FROM item WHERE state=0 ORDER BY seq LIMIT 1",
    [Q_ITEM_LAST_SEQ] = "SELECT max(seq) FROM item",
    [Q_ITEM_REQUEUE] =
        "UPDATE item SET state=0, tries=0, not_before_ms=0 WHERE state=2 AND accepted_ms>=?"
        " AND EXISTS(SELECT 1 FROM chunk WHERE chunk.seq=item.seq)",
    /* A held item that is tried again by itself keeps its long wait. */
    [Q_ITEM_FORGET_WAITS] = "UPDATE item SET not_before_ms=CASE state WHEN 1 THEN ? ELSE 0 END"
                            " WHERE not_before_ms>0 AND state IN (0,1)",
    [Q_ITEM_UNDO] = "DELETE FROM item WHERE id=?1 AND position<?2 AND state=0",
    [Q_ITEM_DROP] = "DELETE FROM item WHERE id=?",
    [Q_ITEM_MOVE] = "UPDATE item SET position=?2 WHERE id=?1",

    [Q_SCRUB_CHUNKS] = "DELETE FROM chunk WHERE seq IN (SELECT seq FROM item WHERE"
                       " (state=2 AND accepted_ms<?1) OR (state=3 AND closed_ms IS NOT NULL))",
    [Q_SEGMENT_NEEDED] =
        "SELECT 1 FROM item WHERE position BETWEEN ?1 AND ?2 AND NOT"
        " ((state=2 AND accepted_ms<?3) OR (state=3 AND closed_ms IS NOT NULL)) LIMIT 1",
    [Q_SEGMENT_GONE] = "UPDATE item SET position=0 WHERE position BETWEEN ? AND ?",
    [Q_ITEM_POSITIONS] = "SELECT DISTINCT position>>32 FROM item WHERE position>0",
    [Q_ITEM_PURGE] = "DELETE FROM item WHERE position=0 AND ((state=2 AND accepted_ms<?1) OR"
                     " (state=3 AND closed_ms<?1))",
    [Q_STATUS_PURGE] = "DELETE FROM status WHERE until_ms>0 AND until_ms<?",
    [Q_PRINT_PURGE] = "DELETE FROM print_attempt WHERE changed_ms<? AND state>1",

    [Q_EVENT_ADD] = "INSERT INTO event(boot_id,boot_ms,wall_ms,what,detail) VALUES(?,?,?,?,?)",
    [Q_EVENT_ADD_AT] =
        "INSERT OR IGNORE INTO event(n,boot_id,boot_ms,wall_ms,what,detail) VALUES(?,?,?,?,?,?)",
    [Q_EVENT_LIST] =
        "SELECT n,what,detail,wall_ms FROM event WHERE n>=? AND is_stored<=? ORDER BY n LIMIT ?",
    [Q_EVENT_STORED] = "UPDATE event SET is_stored=1 WHERE n<=? AND is_stored=0",
    [Q_EVENT_TRIM] = "DELETE FROM event WHERE n<=(SELECT max(n) FROM event)-?",
    [Q_AUDIT_ADD] = "INSERT INTO audit(n,at_ms,what,detail,hash) VALUES(?,?,?,?,?)",
    [Q_AUDIT_HEAD] = "SELECT n,hash FROM audit WHERE n<=? ORDER BY n DESC LIMIT 1",
    [Q_AUDIT_LIST] = "SELECT n,at_ms,what,detail,hash FROM audit WHERE n>? ORDER BY n",

    [Q_STATUS_PUT] =
        "INSERT INTO status(receipt_hash,state,changed,due,missing,server_ref,note,until_ms,facts,"
        "timeline) VALUES(?,?,?,?,?,?,?,?,?,?) ON CONFLICT(receipt_hash) DO UPDATE SET "
        "state=excluded.state,"
        " changed=excluded.changed, due=excluded.due, missing=excluded.missing,"
        " server_ref=excluded.server_ref, note=excluded.note, until_ms=excluded.until_ms,"
        " facts=excluded.facts, timeline=excluded.timeline",
    [Q_STATUS_GET] = "SELECT state,changed,due,missing,server_ref,note,facts,timeline FROM status"
                     " WHERE receipt_hash=?",

    /* What was handed in here, is the county's to answer, and was promised by a day that is over: by its moment, or (what
     * could not be done) by its last day. */
    [Q_CASE_LATE] =
        "SELECT server_ref, day FROM (SELECT s.server_ref AS server_ref, CASE"
        " WHEN s.state='open' AND json_valid(s.facts) THEN json_extract(s.facts,'$.answer_by')"
        " WHEN s.state IN ('received','accepted','in_review') AND s.due<>'' AND s.due<?1"
        " THEN substr(s.due,1,4)||substr(s.due,6,2)||substr(s.due,9,2) END AS day FROM status s"
        " WHERE s.server_ref IN (SELECT server_ref FROM item WHERE server_ref IS NOT NULL)) l"
        " WHERE day<?2 AND NOT EXISTS(SELECT 1 FROM raised r WHERE r.server_ref=l.server_ref"
        " AND r.day=l.day) LIMIT 1",
    [Q_CASE_RAISED] = "INSERT INTO raised(server_ref,day,at_ms) VALUES(?,?,?)",
    [Q_RAISED_PURGE] = "DELETE FROM raised WHERE at_ms<?",
    [Q_DOC_PUT] =
        "INSERT INTO doc(name,version,etag,body,sig) VALUES(?,?,?,?,?) ON CONFLICT(name) DO UPDATE"
        " SET version=excluded.version, etag=excluded.etag, body=excluded.body, sig=excluded.sig",
    [Q_DOC_GET] = "SELECT sig,body,version FROM doc WHERE name=?",
    [Q_DOC_FACTS] = "SELECT version,etag FROM doc WHERE name=?",

    [Q_PRINT_BEGIN] =
        "INSERT INTO print_attempt(job,receipt,is_reprint,kind,state,at_ms,changed_ms)"
        " VALUES(?,?,?,?,?,?6,?6)",
    [Q_PRINT_GET] = "SELECT state,bytes_sent FROM print_attempt WHERE attempt=?",
    [Q_PRINT_STATE] =
        "UPDATE print_attempt SET state=?2, level=?3, bytes_sent=?4, detail=?5, changed_ms=?6,"
        " is_orphan=0 WHERE attempt=?1",
    /* Automatic attempts of a job, and those of all kinds that may have left something on paper. */
    [Q_PRINT_TRIES] = "SELECT coalesce(sum(is_reprint=0),0), coalesce(sum(state<>?2),0)"
                      " FROM print_attempt WHERE job=?1",
    [Q_PRINT_OPEN] = "SELECT attempt,job,receipt,at_ms FROM print_attempt WHERE is_orphan=1"
                     " ORDER BY attempt LIMIT ?",
    [Q_NOTE_PUT] = "INSERT INTO reminder(label,receipt,sealed,at_ms) VALUES(?,?,?,?) ON "
                   "CONFLICT(label,receipt)"
                   " DO UPDATE SET sealed=excluded.sealed, at_ms=excluded.at_ms",
    [Q_NOTE_LIST] = "SELECT receipt,sealed FROM reminder WHERE label=? ORDER BY at_ms DESC LIMIT ?",
    [Q_NOTE_PURGE] = "DELETE FROM reminder WHERE at_ms<?",
    [Q_FIGURE_ADD] = "INSERT INTO figure(month,what,about,detail,n) VALUES(?,?,?,?,?5)"
                     " ON CONFLICT(month,what,about,detail) DO UPDATE SET n=n+?5",
    [Q_FIGURE_UNSENT] = "SELECT month,what,about,detail,n FROM figure WHERE sent<>n"
                        " ORDER BY rowid LIMIT ?",
    [Q_FIGURE_SENT] = "UPDATE figure SET sent=?5 WHERE month=?1 AND what=?2 AND about=?3 AND"
                      " detail=?4",
    [Q_FIGURE_SUMS] = "SELECT month,what,'',detail,sum(n) FROM figure WHERE month=?"
                      " GROUP BY what,detail ORDER BY what,detail LIMIT ?",
    [Q_FIGURE_PURGE] = "DELETE FROM figure WHERE month<? AND sent=n",
    [Q_HANDOVER_LEAVE] = "INSERT INTO handover(what,serial,at_ms) VALUES(?,?,?)"
                         " ON CONFLICT(what) DO NOTHING",
    [Q_HANDOVER_DONE] = "DELETE FROM handover WHERE n=?",
    [Q_HANDOVER_LIST] = "SELECT n,what,serial,at_ms FROM handover ORDER BY n LIMIT ?",
    [Q_CARRY_FIND] = "SELECT seq,state,sha256 FROM item WHERE id=?",
    /* Whatever the county has not accepted or refused, waiting or not. */
    [Q_CARRY_NEXT] = "SELECT " ITEM_COLUMNS ",tries,fails,as_blob FROM item"
                     " WHERE state IN (0,1) AND seq>? ORDER BY seq LIMIT 1",
    /* A stick may be older than what the network brought: of two entries the later one stays. */
    [Q_CARRY_STATUS] =
        "INSERT INTO status(receipt_hash,state,changed,due,missing,server_ref,note,until_ms,facts,"
        "timeline) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?11) ON CONFLICT(receipt_hash) DO UPDATE SET"
        " state=excluded.state, changed=excluded.changed, due=excluded.due,"
        " missing=excluded.missing, server_ref=excluded.server_ref, note=excluded.note,"
        " until_ms=excluded.until_ms, facts=excluded.facts, timeline=excluded.timeline"
        " WHERE excluded.changed>status.changed OR (?10 AND excluded.changed=status.changed)",
    [Q_PRINT_ORPHAN] = "UPDATE print_attempt SET state=?1, is_orphan=1, changed_ms=?2"
                       " WHERE state=?3 OR (state=?4 AND level<>'N')",
};
