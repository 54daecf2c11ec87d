/* county-open: opens sealed applications with the county's key, in a process without network. Prints them as JSON lines, or
 * serves the desk over a local socket, one at a time. What does not agree with its envelope is not shown. */
#include <getopt.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/ident.h"
#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/seal/seal.h"

struct county {
    const char *data, *keys;
    sqlite3 *db;
    struct seal_opener *opener;
};

/* Says in one word why an item is not shown, or NULL. */
static const char *disagreement(const json_t *item, sqlite3_stmt *row)
{
    const json_t *m = json_object_get(item, "manifest");
    static const struct {
        const char *member;
        int column;
    } texts[] = { { "id", 0 }, { "kiosk_id", 2 }, { "install_id", 3 }, { "kind", 5 }, { "receipt", 6 } };
    if (!json_is_object(m))
        return "it has no manifest";
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const char *inside = json_string_value(json_object_get(m, texts[i].member));
        const char *outside = (const char *)sqlite3_column_text(row, texts[i].column);
        if (!inside || !outside || strcmp(inside, outside) != 0)
            return "its manifest does not agree with its envelope";
    }
    return json_integer_value(json_object_get(m, "seq")) == sqlite3_column_int64(row, 4) ? NULL
                                                                                         : "its manifest does not agree with its envelope";
}

/* One row -> one JSON object; has `error` instead of `item` when it cannot be shown. */
static json_t *open_row(const struct county *c, sqlite3_stmt *row)
{
    struct bytes plain AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    json_t *o = json_pack("{ss, ss, sI}", "id", sqlite3_column_text(row, 0), "state", sqlite3_column_text(row, 1), "seq",
                          (json_int_t)sqlite3_column_int64(row, 4));
    int r = seal_open(&plain, c->opener, sqlite3_column_blob(row, 7), (size_t)sqlite3_column_bytes(row, 7));
    json_t *item = r ? NULL : json_parse(plain.data, plain.length, complaint);
    const char *why = r ? "it cannot be opened with this key" : !item ? "its content is no JSON" : disagreement(item, row);
    if (why) {
        json_object_set_new(o, "error", json_string(why));
        json_decref(item);
    } else {
        json_object_set_new(o, "item", item);
    }
    return o;
}

static const char query_all[] = "SELECT id, state, kiosk, install_id, seq, kind, receipt, sealed FROM item ORDER BY n";
static const char query_one[] = "SELECT id, state, kiosk, install_id, seq, kind, receipt, sealed FROM item WHERE id=?";

static int print_all(const struct county *c)
{
    sqlite3_stmt *q = NULL;
    int failures = 0, r;
    if (sqlite3_prepare_v2(c->db, query_all, -1, &q, NULL) != SQLITE_OK) {
        log_line(LOG_ERROR, "open", "%s", sqlite3_errmsg(c->db));
        return 1;
    }
    while ((r = sqlite3_step(q)) == SQLITE_ROW) {
        AUTO(json_release) json_t *o = open_row(c, q);
        char *text = json_canonical(o);
        if (text)
            puts(text);
        json_text_free(text);
        failures += json_object_get(o, "error") != NULL;
    }
    sqlite3_finalize(q);
    if (failures)
        log_line(LOG_ERROR, "open", "%d items could not be opened", failures);
    return failures || r != SQLITE_DONE;
}

/* ---- for the desk --------------------------------------------------------------------------- */

static char *open_one(const struct county *c, const char *id)
{
    sqlite3_stmt *q = NULL;
    char *text = NULL;
    if (sqlite3_prepare_v2(c->db, query_one, -1, &q, NULL) == SQLITE_OK &&
        sqlite3_bind_text(q, 1, id, -1, SQLITE_TRANSIENT) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW) {
        AUTO(json_release) json_t *o = open_row(c, q);
        text = json_canonical(o);
    }
    sqlite3_finalize(q);
    return text;
}

static void serve_one(const struct county *c, int fd)
{
    char id[UUID_TEXT + 1] = "";
    size_t used = 0;
    ssize_t n;
    while (used < sizeof(id) - 1 && (n = read(fd, id + used, sizeof(id) - 1 - used)) > 0) {
        used += (size_t)n;
        if (memchr(id, '\n', used))
            break;
    }
    id[strcspn(id, "\n")] = 0;
    char *text = open_one(c, id);
    if (text) {
        size_t length = strlen(text);
        for (size_t at = 0; at < length && (n = send(fd, text + at, length - at, MSG_NOSIGNAL)) > 0;)
            at += (size_t)n;
        (void)!send(fd, "\n", 1, MSG_NOSIGNAL);
        explicit_bzero(text, length);
    }
    json_text_free(text);
}

static int serve(const struct county *c)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    struct timeval limit = { 5, 0 };
    snprintf(address.sun_path, sizeof(address.sun_path), "%s/open.sock", c->data);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0), client;
    unlink(address.sun_path);
    umask(0177);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof(address)) || listen(fd, 8)) {
        log_line(LOG_ERROR, "open", "%s: %s", address.sun_path, strerror(errno));
        return 1;
    }
    while ((client = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
        serve_one(c, client);
        close(client);
    }
    return 1;
}

/* ---- start ------------------------------------------------------------------------------------ */

static int begin(struct county *c)
{
    char key[4096], certificate[4096], path[4096];
    snprintf(key, sizeof(key), "%s/county.key", c->keys);
    snprintf(certificate, sizeof(certificate), "%s/county.pem", c->keys);
    snprintf(path, sizeof(path), "%s/county.db", c->data);
    int r = seal_opener_load(&c->opener, key, certificate);
    if (r) {
        log_line(LOG_ERROR, "open", "the key in %s cannot be used", c->keys);
        return r;
    }
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
        { "dir", 1, NULL, 'd' }, { "keys", 1, NULL, 'k' }, { "serve", 0, NULL, 's' }, { "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 }
    };
    struct county c = { 0 };
    bool is_server = false, is_wrong = false;
    int id;
    while ((id = getopt_long(argc, argv, "", longs, NULL)) != -1) {
        if (id == 'd')
            c.data = optarg;
        else if (id == 'k')
            c.keys = optarg;
        else if (id == 's')
            is_server = true;
        else
            is_wrong = true;
    }
    if (is_wrong || !c.data || !c.keys || optind < argc) {
        fputs("usage: county-open --dir DIR --keys DIR [--serve]\n"
              "  --dir DIR   data of county-platform\n"
              "  --keys DIR  county.key and county.pem\n"
              "  --serve     answer the desk instead of printing\n",
              stderr);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    int r = begin(&c) ? 1 : is_server ? serve(&c) : print_all(&c);
    seal_opener_free(c.opener);
    sqlite3_close(c.db);
    return r;
}
