/* The county platform in a box: what its parts share. One thread for each connection; the database
 * and everything mutable below is guarded by `lock`. */
#pragma once

#include <jansson.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdbool.h>

#include "firmware/base/bytes.h"
#include "firmware/base/ident.h"
#include "firmware/calendar/calendar.h"
#include "firmware/seal/seal.h"

struct MHD_Connection;

enum {
    BATCH_MAX = 512 * 1024, /* of a batch, as sent and unpacked */
    PART_BYTES = 256 * 1024,
    BLOB_MAX = 64 * 1024 * 1024,
    SMALL_MAX = 128 * 1024, /* of every other body */
    TOKEN_HEX = 33,
    SERIAL_HEX = 2 * 20 + 1,     /* RFC 5280: 20 bytes at most */
    HASH_HEX = 2 * SHA256_BYTES, /* digits of a SHA-256, without a NUL */
    REPLY_HEADERS = 6,
};

/* What the fault switch says (tests). Shares of all kiosk requests, 0 to 1. */
struct faults {
    double drop_answers; /* carried out, then the connection is closed without an answer */
    double cut;          /* closed before anything was done */
    double status_5xx;   /* 503 */
    double garbage;      /* 200 with half a document */
    int delay_ms;
    int crash_after_commit; /* the process ends after that many commits of submissions; 0: never */
    uint64_t state;         /* of the chance */
};

struct signed_document {
    struct bytes body, packed; /* as signed; the same in zstd */
    char *signature;           /* base64 */
    char etag[72];
    int64_t version;
};

enum { DOCUMENT_KEYS, DOCUMENT_CATALOGUE, DOCUMENT_CONFIG, DOCUMENT_COUNT };

struct platform {
    const char *data, *keys, *desk_dir, *catalogue, *config; /* config may be NULL */
    char token[TOKEN_HEX];
    char epoch[UUID_TEXT];
    pthread_mutex_t lock;
    pthread_cond_t news; /* the status feed has grown */
    int waiting;         /* requests that are held until it does */
    sqlite3 *db;
    struct uuid_source ids;
    struct faults faults;
    struct signed_document documents[DOCUMENT_COUNT];
    json_t *catalogue_json;
    struct catalogue *forms; /* the same with its rules; NULL until a phone asks */
    struct calendar calendar;
    int64_t day_shift; /* days that a practice desk has turned on */
    bool is_practice;
    struct fleet *fleet;           /* fleet.h */
    struct issue_rule *issue_rule; /* issue_level.h */
    struct carrier *carrier;       /* carrier.h; NULL: there is none */
    json_t *point;                 /* standing facts of the service point; NULL: none are told */
    int bad_codes; /* enrolment codes guessed wrongly in the minute that began then */
    int64_t bad_codes_since_ms;
    bool is_ending;
};

/* ---- answers ------------------------------------------------------------------------- */
struct reply {
    int status;
    const char *type; /* of the content; NULL: none */
    struct bytes body;
    struct {
        const char *name;
        char *value;
    } headers[REPLY_HEADERS];
    size_t header_count;
    bool is_cut; /* close the connection instead */
};
void reply_clear(struct reply *r);
/* `name` is borrowed, `value` copied. */
void reply_header(struct reply *r, const char *name, const char *value);
/* Takes `value`. */
void reply_json(struct reply *r, int status, json_t *value);
/* RFC 9457. */
void reply_problem(struct reply *r, int status, const char *word, const char *title);

/* ---- requests ------------------------------------------------------------------------ */
struct request_in {
    struct MHD_Connection *connection;
    const char *method, *path;
    char kiosk[KIOSK_ID_MAX + 1]; /* from the client certificate, "" without one of the kiosk CA */
    char serial[SERIAL_HEX];      /* of that certificate */
    bool is_expired;   /* that certificate ran out, not too long ago: good for renewal alone */
    bool is_too_large; /* the body was longer than request_limit(): it is empty */
    struct bytes body; /* as it came */
};
/* The most that may be sent there; a longer body is not kept. */
size_t request_limit(const char *path);
const char *request_header_in(const struct request_in *q, const char *name);
const char *request_argument(const struct request_in *q, const char *name);
/* Does Content-Digest (RFC 9530) fit the content as sent? */
bool request_is_whole(const struct request_in *q);
/* Has this id ever been given out here? Locks. */
bool kiosk_is_enrolled(struct platform *p, const char *kiosk);

/* Each carries out one request; the caller holds no lock. */
void kiosk_api(struct platform *p, const struct request_in *q, struct reply *r);
void desk_api(struct platform *p, const struct request_in *q, struct reply *r);
/* Append what each answers, {"to", "method", "path" with its {parameters}, "is_open"}; without the files of pages. What is
 * described in sync/api is held to it (tests/flow/test_contract.py). */
void kiosk_routes(json_t *out);
void desk_routes(json_t *out);

/* ---- parts --------------------------------------------------------------------------- */
NODISCARD int store_begin(struct platform *p); /* open or create the database, load the epoch */
NODISCARD int documents_begin(struct platform *p);
void documents_end(struct platform *p);
/* A detached signature under the document CA, base64 with its NUL. */
NODISCARD int documents_sign(struct bytes *out, const struct platform *p,
                             const struct bytes *document);
/* opener.c: one line to county-open, one JSON document back; NULL when it does not answer within 5
 * s. Never inside the lock. */
json_t *opener_ask(const struct platform *p, const char *line);
void submissions_post(struct platform *p, const struct request_in *q, struct reply *r);
/* A live question (questions.c): answered by county-open while the resident waits, kept nowhere. */
void questions_post(struct platform *p, const struct request_in *q, struct reply *r);
void submissions_get(struct platform *p, const struct request_in *q, struct reply *r,
                     const char *id);
void blobs_get(struct platform *p, const struct request_in *q, struct reply *r, const char *sha256);
void blobs_put(struct platform *p, const struct request_in *q, struct reply *r, const char *rest);
/* A certificate for the request's key, as PEM appended to `out`; `key_hash` is of that key. 0,
 * CERTIFICATE_E_REQUEST when the request is not signed by a P-256 key of its own, or a fault. */
enum certificate_outcome { CERTIFICATE_E_REQUEST = 1 };
NODISCARD int certificate_issue(const struct platform *p, struct bytes *out,
                                char key_hash[HASH_HEX + 1], const char *csr_pem,
                                const char *kiosk);
/* The serial of a PEM certificate in hex; false when it is none. */
bool certificate_serial(char out[SERIAL_HEX], const char *pem);
/* The kiosk CA's own certificate, as PEM appended to `out`. */
NODISCARD int certificate_ca(const struct platform *p, struct bytes *out);
void enrolments_post(struct platform *p, const struct request_in *q, struct reply *r);
void renewals_post(struct platform *p, const struct request_in *q, struct reply *r);
void feed_get(struct platform *p, const struct request_in *q, struct reply *r);
/* The day that is kept: see matter.h. */
NODISCARD int days_begin(struct platform *p);
/* What the feed says of a matter. Texts may be NULL for none; `missing` is a JSON array, `facts` an object of texts,
 * `timeline` that of a case (matter.h); all borrowed or NULL. */
struct feed_news {
    const char *state, *due, *server_ref, *note;
    const json_t *missing, *facts, *timeline;
};
/* Append to the feed; inside the lock and a transaction. */
NODISCARD int feed_add(struct platform *p, const char *kiosk, const char *receipt,
                       const struct feed_news *news);
/* The same under a hash instead of a number, at every kiosk of the county: whoever has the code reads it at any of them. */
NODISCARD int feed_add_claim(struct platform *p, const char *hash, const struct feed_news *news);
/* The hash under which the answer to an item is read (claims.c); false: under its number. Inside the lock. */
bool claim_find(struct platform *p, char out[HASH_HEX + 1], const char *item);
/* What could not be done comes in: it has an owner from now on. Inside the lock and a transaction. */
NODISCARD int escalation_open(struct platform *p, const char *kiosk, const char *id,
                              const char *receipt, const char *server_ref);
/* Is it registered, and not answered yet? Inside the lock, as the next. */
bool escalation_is_open(struct platform *p, const char *id);
/* Its kiosk hears how it stands now. */
NODISCARD int escalation_tell(struct platform *p, const char *id);
/* A row of state, changed_at, due, missing, server_ref, note, facts, timeline from column `at` on, as the interface has it. */
json_t *feed_entry(sqlite3_stmt *q, int at, const char *receipt_hash);
void heartbeats_post(struct platform *p, const struct request_in *q, struct reply *r);
void documents_get(struct platform *p, const struct request_in *q, struct reply *r, int which);
/* One-time codes: "CODE=KIOSK". */
bool enrol_is_kiosk_id(const char *text);
/* No number may be given out twice: a kiosk that begins anew counts on from here. Inside the lock. */
int64_t enrol_seq_floor(struct platform *p, const char *kiosk);
NODISCARD int enrol_add_code(struct platform *p, const char *code_and_kiosk);

/* ---- SQL ----------------------------------------------------------------------------- */
/* Prepare, bind by a format ("t" text, "i" int64, "b" bytes and length, "n" null) and return the
 * statement, NULL with a log line when SQLite refuses. The caller finalizes. */
sqlite3_stmt *sql(struct platform *p, const char *text, const char *format, ...);
/* The same for a change: 0 or -EIO. */
NODISCARD int sql_do(struct platform *p, const char *text, const char *format, ...);
const char *sql_text(sqlite3_stmt *q, int column); /* never NULL */
void now_utc(char out[21]);
/* A copy of the request's JSON, decompressed when it says so; NULL after filling in `r`. */
json_t *request_json(const struct request_in *q, struct reply *r);

/* ---- faults -------------------------------------------------------------------------- */
enum fault_move { FAULT_PASS, FAULT_DONE }; /* DONE: `r` holds what to do instead */
enum fault_move faults_before(struct platform *p, struct reply *r);
void faults_after(struct platform *p, struct reply *r);
void faults_committed(struct platform *p);
void faults_set(struct platform *p, const json_t *wish);
