/* The clerk's desk: what has come, opened by county-open in a process of its own, and what is decided. Loopback, one token. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "tests/platform/platform.h"

enum { LIST_MAX = 500, OPEN_LINE = 4 * 1024 * 1024 };

/* ---- asking county-open ---------------------------------------------------------------- */

static int connect_opener(const struct platform *p)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct timeval limit = { 5, 0 };
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/open.sock", p->data);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -errno;
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
    if (!connect(fd, (struct sockaddr *)&address, sizeof(address)))
        return fd;
    close(fd);
    return -ECONNREFUSED;
}

/* The opened item, or NULL. One line there, one line back. */
static json_t *open_item(const struct platform *p, const char *id)
{
    struct bytes line AUTO_BYTES = { 0 };
    char piece[16384], complaint[JSON_COMPLAINT];
    ssize_t n;
    int fd = connect_opener(p);
    if (fd < 0)
        return NULL;
    int length = snprintf(piece, sizeof(piece), "%s\n", id);
    bool is_asked = send(fd, piece, (size_t)length, MSG_NOSIGNAL) == length;
    while (is_asked && line.length < OPEN_LINE && (n = recv(fd, piece, sizeof(piece), 0)) > 0)
        if (bytes_append(&line, piece, (size_t)n) || memchr(piece, '\n', (size_t)n))
            break;
    close(fd);
    explicit_bzero(piece, sizeof(piece));
    return line.length ? json_parse(line.data, line.length, complaint) : NULL;
}

/* ---- what the page asks ----------------------------------------------------------------- */

static void get_items(struct platform *p, const struct request_in *q, struct reply *r)
{
    json_t *list = json_array();
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT id, receipt, kind, received_at, state, kiosk FROM item ORDER BY n DESC LIMIT ?", "i", (int64_t)LIST_MAX);
    while (s && sqlite3_step(s) == SQLITE_ROW)
        json_array_append_new(list, json_pack("{ss, ss, ss, ss, ss, ss}", "id", sql_text(s, 0), "receipt", sql_text(s, 1), "kind",
                                              sql_text(s, 2), "received_at", sql_text(s, 3), "state", sql_text(s, 4), "kiosk",
                                              sql_text(s, 5)));
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{so}", "items", list));
}

static void get_item(struct platform *p, const struct request_in *q, struct reply *r)
{
    uint8_t id[UUID_BYTES];
    const char *text = request_argument(q, "id");
    if (uuid_parse(id, text)) {
        reply_problem(r, 400, "bad-id", "id is no UUID");
        return;
    }
    json_t *opened = open_item(p, text);
    if (opened)
        reply_json(r, 200, opened);
    else
        reply_problem(r, 503, "opener", "county-open does not answer: the application cannot be shown");
}

static void get_catalogue(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    reply_json(r, 200, json_incref(p->catalogue_json));
}

static void get_count(struct platform *p, const struct request_in *q, struct reply *r)
{
    int64_t count = 0;
    (void)q;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *s = sql(p, "SELECT count(*) FROM item", "");
    if (s && sqlite3_step(s) == SQLITE_ROW)
        count = sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    pthread_mutex_unlock(&p->lock);
    reply_json(r, 200, json_pack("{sI}", "items", (json_int_t)count));
}

/* ---- deciding --------------------------------------------------------------------------- */

/* From which states a clerk may go where. */
static const struct {
    const char *to, *from;
} steps[] = {
    { "correction_requested", "received correction_requested in_review accepted" },
    { "accepted", "received correction_requested" },
    { "not_accepted", "received correction_requested" },
    { "in_review", "accepted suspended" },
    { "suspended", "accepted in_review" },
    { "granted", "accepted in_review" },
    { "denied", "accepted in_review" },
};

static bool is_step(const char *from, const char *to)
{
    for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
        if (!strcmp(steps[i].to, to))
            return strstr(steps[i].from, from) != NULL;
    return false;
}

/* Inside the lock. */
static void decide(struct platform *p, struct reply *r, const char *id, const char *state, const char *note, const json_t *missing,
                   const char *due)
{
    char kiosk[KIOSK_ID_MAX + 1] = "", receipt[RECEIPT_TEXT] = "", now_state[32] = "", server_ref[64] = "";
    sqlite3_stmt *q = sql(p, "SELECT kiosk, receipt, state, server_ref FROM item WHERE id=?", "t", id);
    if (q && sqlite3_step(q) == SQLITE_ROW) {
        snprintf(kiosk, sizeof(kiosk), "%s", sql_text(q, 0));
        snprintf(receipt, sizeof(receipt), "%s", sql_text(q, 1));
        snprintf(now_state, sizeof(now_state), "%s", sql_text(q, 2));
        snprintf(server_ref, sizeof(server_ref), "%s", sql_text(q, 3));
    }
    sqlite3_finalize(q);
    if (!*kiosk) {
        reply_problem(r, 404, "not-found", "no such application");
        return;
    }
    if (!is_step(now_state, state)) {
        reply_problem(r, 409, "step", "this decision does not follow from the application's state");
        return;
    }
    int failed = sql_do(p, "BEGIN IMMEDIATE", "");
    if (!failed)
        failed = sql_do(p, "UPDATE item SET state=? WHERE id=?", "tt", state, id);
    if (!failed)
        failed = feed_add(p, kiosk, receipt, state, due, missing, server_ref, note);
    if (!failed)
        failed = sql_do(p, "COMMIT", "");
    if (failed) {
        sqlite3_exec(p->db, "ROLLBACK", NULL, NULL, NULL);
        reply_problem(r, 503, "storage", "the decision could not be stored");
        return;
    }
    pthread_cond_broadcast(&p->news);
    reply_json(r, 200, json_pack("{ss, ss}", "id", id, "state", state));
}

static void post_decision(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    struct json_reader reader = { 0 };
    const char *id = json_need_string(&reader, o, "id", UUID_TEXT - 1);
    const char *state = json_need_string(&reader, o, "state", 24);
    const json_t *missing = json_want_array(&reader, o, "missing", 32);
    const char *note = json_string_value(json_object_get(o, "note")), *due = json_string_value(json_object_get(o, "due"));
    if (json_is_clean(&reader) && note && strlen(note) > 800)
        json_complain(&reader, "note must have at most 800 bytes");
    if (!json_is_clean(&reader)) {
        reply_problem(r, 400, "bad-decision", reader.complaint);
        return;
    }
    pthread_mutex_lock(&p->lock);
    decide(p, r, id, state, note ? note : "", missing, due ? due : "");
    pthread_mutex_unlock(&p->lock);
}

static void post_faults(struct platform *p, const struct request_in *q, struct reply *r)
{
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o)
        return;
    faults_set(p, o);
    reply_json(r, 200, json_object());
}

/* ---- files -------------------------------------------------------------------------------- */

static void send_file(struct platform *p, struct reply *r, const char *name, const char *type)
{
    char path[4096], piece[65536];
    size_t n;
    snprintf(path, sizeof(path), "%s/%s", p->desk_dir, name);
    FILE *f = fopen(path, "re");
    if (!f) {
        reply_problem(r, 404, "not-found", "there is nothing here");
        return;
    }
    r->status = 200;
    r->type = type;
    while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
        if (bytes_append(&r->body, piece, n))
            break;
    fclose(f);
}

static void get_page(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    send_file(p, r, "index.html", "text/html; charset=utf-8");
}

static void get_script(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    send_file(p, r, "desk.js", "text/javascript; charset=utf-8");
}

static void get_style(struct platform *p, const struct request_in *q, struct reply *r)
{
    (void)q;
    send_file(p, r, "desk.css", "text/css; charset=utf-8");
}

/* In constant time, as a habit. */
static bool has_token(const struct platform *p, const struct request_in *q)
{
    const char *given = request_argument(q, "token");
    unsigned difference = strlen(given) != TOKEN_HEX - 1;
    for (size_t i = 0; !difference && i < TOKEN_HEX - 1; i++)
        difference |= (unsigned char)(given[i] ^ p->token[i]);
    return !difference;
}

void desk_api(struct platform *p, const struct request_in *q, struct reply *r)
{
    static const struct {
        const char *method, *path;
        bool is_open;
        void (*run)(struct platform *p, const struct request_in *q, struct reply *r);
    } routes[] = {
        { "GET", "/", false, get_page },          { "GET", "/desk.js", true, get_script },
        { "GET", "/desk.css", true, get_style },  { "GET", "/items", false, get_items },
        { "GET", "/item", false, get_item },      { "GET", "/catalogue", false, get_catalogue },
        { "GET", "/count", false, get_count },    { "POST", "/decide", false, post_decision },
        { "POST", "/faults", false, post_faults },
    };
    reply_header(r, "Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    reply_header(r, "X-Content-Type-Options", "nosniff");
    reply_header(r, "Cache-Control", "no-store");
    for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
        if (strcmp(routes[i].path, q->path) != 0 || strcmp(routes[i].method, q->method) != 0)
            continue;
        if (routes[i].is_open || has_token(p, q))
            routes[i].run(p, q, r);
        else
            reply_problem(r, 403, "token", "open the page by the address that county-platform has printed");
        return;
    }
    reply_problem(r, 404, "not-found", "there is nothing here");
}
