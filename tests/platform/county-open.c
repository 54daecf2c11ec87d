/* county-open: opens sealed applications with the county's key, in a process without network.
 * Prints them as JSON lines, or serves the desk over a local socket, one question at a time. What
 * does not agree with its envelope is not shown. */
#include <getopt.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/confine.h"
#include "firmware/base/ident.h"
#include "firmware/base/json.h"
#include "firmware/base/locked.h"
#include "firmware/base/log.h"
#include "firmware/seal/reply.h"
#include "firmware/seal/seal.h"
#include "tests/platform/open/cases.h"
#include "tests/platform/open/holdings.h"
#include "tests/platform/open/log.h"
#include "tests/platform/open/parts.h"
#include "tests/platform/open/tally.h"

enum { LINE_BYTES = 16384, CLIENT_S = 5 };

struct county {
    const char *data, *keys, *certificates;
    const char *log; /* only this file is opened, into `data` */
    sqlite3 *db;
    struct seal_opener *opener;
    json_t *holdings;    /* certificates that the county's registers hold; NULL: none */
    struct cases *cases; /* whose each item is */
};

/* ---- one item
 * ------------------------------------------------------------------------------------ */

#define COLUMNS "id, state, kiosk, install_id, seq, kind, receipt, sealed"
enum { C_ID, C_STATE, C_KIOSK, C_INSTALL, C_SEQ, C_KIND, C_RECEIPT, C_SEALED };

static const char *text_at(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

/* Does what is written inside say the same as the envelope? */
static bool agrees(const json_t *manifest, sqlite3_stmt *row)
{
    static const struct {
        const char *member;
        int column;
    } texts[] = { { "id", C_ID },
                  { "kiosk_id", C_KIOSK },
                  { "install_id", C_INSTALL },
                  { "kind", C_KIND },
                  { "receipt", C_RECEIPT } };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *inside = json_string_value(json_object_get(manifest, texts[i].member));
        if (!inside || strcmp(inside, text_at(row, texts[i].column)) != 0)
            return false;
    }
    const json_t *seq = json_object_get(manifest, "seq");
    return json_is_integer(seq) && json_integer_value(seq) == sqlite3_column_int64(row, C_SEQ);
}

/* The item, or NULL and why not. */
static json_t *open_sealed(const struct county *c, sqlite3_stmt *row, const char **why)
{
    struct bytes plain AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    *why = "it cannot be opened with this key";
    if (seal_open(&plain, c->opener, sqlite3_column_blob(row, C_SEALED),
                  (size_t)sqlite3_column_bytes(row, C_SEALED)))
        return NULL;
    *why = "what is in it is not the JSON of an item";
    AUTO(json_release) json_t *item = json_parse(plain.data, plain.length, complaint);
    const json_t *manifest = json_object_get(item, "manifest");
    if (!json_is_object(manifest))
        return NULL;
    *why = "its manifest does not agree with its envelope";
    return agrees(manifest, row) ? json_incref(item) : NULL;
}

/* One row -> one JSON object; has `error` instead of `item` when it cannot be shown. */
static json_t *open_row(const struct county *c, sqlite3_stmt *row)
{
    const char *why;
    json_t *item = open_sealed(c, row, &why);
    json_t *o = json_pack("{ss, ss, sI}", "id", text_at(row, C_ID), "state", text_at(row, C_STATE),
                          "seq", (json_int_t)sqlite3_column_int64(row, C_SEQ));
    if (item)
        json_object_set_new(o, "item", item);
    else
        json_object_set_new(o, "error", json_string(why));
    return o;
}

static sqlite3_stmt *prepare(const struct county *c, const char *text)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(c->db, text, -1, &q, NULL) != SQLITE_OK)
        log_line(LOG_ERROR, "open", "%s", sqlite3_errmsg(c->db));
    return q;
}

/* ---- all of them
 * --------------------------------------------------------------------------------- */

/* The exit code. */
static int print_all(const struct county *c)
{
    sqlite3_stmt *q = prepare(c, "SELECT " COLUMNS " FROM item ORDER BY n");
    int failures = 0, r = SQLITE_ERROR;
    while (q && (r = sqlite3_step(q)) == SQLITE_ROW) {
        AUTO(json_release) json_t *o = open_row(c, q);
        char *text = json_canonical(o);
        if (text)
            puts(text);
        json_text_free(text);
        failures += !text || json_object_get(o, "error");
    }
    sqlite3_finalize(q);
    if (failures)
        log_line(LOG_ERROR, "open", "%d items could not be opened", failures);
    return failures || r != SQLITE_DONE || fflush(stdout) ? 1 : 0;
}

/* ---- for the desk: "open ID", "outline ID,ID,...", "tally ID,ID,...", "children ID", "withdrawal ID";
 * for a kiosk: "answer KIOSK ID SEALED" ------------------------------------------------ */

static json_t *open_one(const struct county *c, const char *id)
{
    json_t *o = NULL;
    sqlite3_stmt *q = prepare(c, "SELECT " COLUMNS " FROM item WHERE id=?");
    if (q && sqlite3_bind_text(q, 1, id, -1, SQLITE_TRANSIENT) == SQLITE_OK &&
        sqlite3_step(q) == SQLITE_ROW)
        o = open_row(c, q);
    sqlite3_finalize(q);
    return o;
}

/* Which service, and nothing about the person. */
static json_t *outline(const struct county *c, char *ids)
{
    json_t *all = json_object();
    char *rest = ids, *id;
    while ((id = strsep(&rest, ","))) {
        AUTO(json_release) json_t *o = open_one(c, id);
        const json_t *manifest = json_object_get(json_object_get(o, "item"), "manifest");
        const char *code = json_string_value(json_object_get(manifest, "item_code"));
        if (o)
            json_object_set_new(all, id, json_string(code ? code : ""));
    }
    return all;
}

static json_t *open_item(const void *context, const char *id)
{
    AUTO(json_release) json_t *o = open_one(context, id);
    return json_incref(json_object_get(o, "item"));
}

/* A live question: what is held for that person goes back under the key that the question brought. */
static json_t *answer_kiosk(const struct county *c, char *rest)
{
    const char *kiosk = strsep(&rest, " "), *id = strsep(&rest, " ");
    struct bytes sealed AUTO_BYTES = { 0 }, plain AUTO_BYTES = { 0 }, reply AUTO_BYTES = { 0 };
    struct bytes text AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    if (!id || !rest || base64_decode(&sealed, rest, strlen(rest)) ||
        seal_open(&plain, c->opener, sealed.data, sealed.length))
        return json_pack("{ss}", "error", "it cannot be opened with this key");
    AUTO(json_release) json_t *question = json_parse(plain.data, plain.length, complaint);
    int r = cases_is_asked(question)
                ? cases_answer(c->cases, &reply, c->db, open_item, c, question, kiosk, id)
                : holdings_answer(&reply, c->holdings, question, kiosk, id);
    if (r || base64_encode(&text, reply.data, reply.length) || bytes_append_byte(&text, 0))
        return json_pack("{ss}", "error", "it is no question of this kiosk");
    return json_pack("{ss}", "reply", (const char *)text.data);
}

/* What of each counts; of one that cannot be opened, nothing. */
static json_t *tally(const struct county *c, char *ids)
{
    json_t *all = json_object();
    char *rest = ids, *id;
    while ((id = strsep(&rest, ","))) {
        AUTO(json_release) json_t *o = open_one(c, id);
        if (o)
            json_object_set_new(all, id, tally_of(json_object_get(o, "item")));
    }
    return all;
}

static json_t *children(const struct county *c, const char *id)
{
    AUTO(json_release) json_t *o = open_one(c, id);
    return parts_told(json_object_get(o, "item"));
}

/* Which application it takes back, and whether it is the applicant who does: nothing else of either. */
static json_t *withdrawal(const struct county *c, const char *id)
{
    AUTO(json_release) json_t *item = open_item(c, id);
    const char *about = json_text_at(json_object_get(item, "withdraw"), "receipt");
    char application[UUID_TEXT];
    size_t known;
    if (!item)
        return json_pack("{ss}", "error", "it cannot be opened with this key");
    if (cases_whose(c->cases, application, &known, c->db, open_item, c, about,
                    json_object_get(item, "resident")))
        return NULL;
    return json_pack("{ss, ss, sb}", "about", about, "application", application, "is_known",
                     known > 0);
}

static json_t *answer_question(const struct county *c, char *question)
{
    char *rest = question, *word = strsep(&rest, " ");
    if (rest && !strcmp(word, "open"))
        return open_one(c, rest);
    if (rest && !strcmp(word, "children"))
        return children(c, rest);
    if (rest && !strcmp(word, "withdrawal"))
        return withdrawal(c, rest);
    if (rest && !strcmp(word, "outline"))
        return outline(c, rest);
    if (rest && !strcmp(word, "answer"))
        return answer_kiosk(c, rest);
    if (rest && !strcmp(word, "tally"))
        return tally(c, rest);
    return NULL;
}

static bool read_question(int fd, char question[LINE_BYTES])
{
    size_t used = 0;
    ssize_t n;
    while (used < LINE_BYTES - 1 && (n = read(fd, question + used, LINE_BYTES - 1 - used)) > 0) {
        used += (size_t)n;
        question[used] = 0;
        char *end = strchr(question, '\n');
        if (end) {
            *end = 0;
            return true;
        }
    }
    return false;
}

static void serve_one(const struct county *c, int fd)
{
    char question[LINE_BYTES];
    AUTO(json_release)
    json_t *o = read_question(fd, question) ? answer_question(c, question) : NULL;
    char *text = o ? json_canonical(o) : NULL;
    size_t length = text ? strlen(text) : 0;
    ssize_t n;
    for (size_t at = 0; at < length; at += (size_t)n)
        if ((n = send(fd, text + at, length - at, MSG_NOSIGNAL)) <= 0)
            break;
    json_text_free(text);
}

static int listen_at(const char *folder)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    int n = snprintf(address.sun_path, sizeof(address.sun_path), "%s/open.sock", folder);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || n < 0 || (size_t)n >= sizeof(address.sun_path)) {
        log_line(LOG_ERROR, "open", "%s/open.sock: no socket can be made there", folder);
        return -1;
    }
    unlink(address.sun_path);
    umask(0177);
    if (!bind(fd, (struct sockaddr *)&address, sizeof(address)) && !listen(fd, 16))
        return fd;
    log_line(LOG_ERROR, "open", "%s: %s", address.sun_path, strerrorname_np(errno));
    return -1;
}

static int serve(const struct county *c)
{
    struct timeval limit = { CLIENT_S, 0 };
    int fd = listen_at(c->data);
    while (fd >= 0) {
        int client = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
        if (client < 0 && errno != EINTR && errno != ECONNABORTED)
            break;
        if (client < 0)
            continue;
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof(limit));
        serve_one(c, client);
        close(client);
    }
    return 1;
}

/* ---- start
 * --------------------------------------------------------------------------------------- */

/* The registers are read before the cage closes. */
static int read_holdings(struct county *c)
{
    char complaint[JSON_COMPLAINT];
    if (!c->certificates)
        return 0;
    c->holdings = json_parse_file(c->certificates, HOLDINGS_BYTES, complaint);
    if (c->holdings)
        return 0;
    log_line(LOG_ERROR, "open", "%s: %s", c->certificates, complaint);
    return -EINVAL;
}

static int begin(struct county *c)
{
    char key[4096], certificate[4096], path[4096];
    snprintf(key, sizeof(key), "%s/county.key", c->keys);
    snprintf(certificate, sizeof(certificate), "%s/county.pem", c->keys);
    snprintf(path, sizeof(path), "%s/county.db", c->data);
    locked_process();
    locked_json();
    int r = read_holdings(c);
    if (r)
        return r;
    r = confine_offline();
    if (!r)
        r = seal_opener_load(&c->opener, key, certificate);
    if (r) {
        log_line(LOG_ERROR, "open", "the key in %s cannot be used", c->keys);
        return r;
    }
    if (c->log)
        return 0;
    if (sqlite3_open_v2(path, &c->db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK) {
        log_line(LOG_ERROR, "open", "%s: %s", path, sqlite3_errmsg(c->db));
        return -EIO;
    }
    sqlite3_busy_timeout(c->db, 5000);
    return 0;
}

int main(int argc, char **argv)
{
    static const struct option longs[] = {
        { "dir", 1, NULL, 'd' },   { "keys", 1, NULL, 'k' }, { "certificates", 1, NULL, 'c' },
        { "serve", 0, NULL, 's' }, { "log", 1, NULL, 'l' },  { "help", 0, NULL, 'h' },
        { NULL, 0, NULL, 0 }
    };
    struct cases cases = { 0 };
    struct county c = { .cases = &cases };
    bool is_server = false, is_wrong = false;
    for (int id; (id = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
        c.data = id == 'd' ? optarg : c.data;
        c.keys = id == 'k' ? optarg : c.keys;
        c.certificates = id == 'c' ? optarg : c.certificates;
        is_server |= id == 's';
        c.log = id == 'l' ? optarg : c.log;
        is_wrong |= !strchr("dkcsl", id);
    }
    if (is_wrong || !c.data || !c.keys || optind < argc) {
        fputs(
            "usage: county-open --dir DIR --keys DIR [--certificates FILE] [--serve | --log FILE]\n"
            "  --dir DIR   data of county-platform\n"
            "  --keys DIR  county.key and county.pem\n"
            "  --certificates FILE  what the registers hold, to answer kiosks with\n"
            "  --serve     answer the desk instead of printing\n"
            "  --log FILE  open a kiosk's sealed log, and write what is in it to DIR\n",
            stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int r = begin(&c)   ? 1
            : c.log     ? open_log(c.opener, c.log, c.data)
            : is_server ? serve(&c)
                        : print_all(&c);
    json_decref(c.holdings);
    cases_free(&cases);
    seal_opener_free(c.opener);
    sqlite3_close(c.db);
    return r;
}
