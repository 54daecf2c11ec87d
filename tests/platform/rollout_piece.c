/* A bundle's bytes, piece by piece. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/platform/rollouts_inside.h"

enum { PIECE_MAX = 1024 * 1024 };

static bool read_number(int64_t *out, const char **at)
{
    const char *from = *at;
    for (*out = 0; **at >= '0' && **at <= '9' && *at - from < 15; (*at)++)
        *out = *out * 10 + (**at - '0');
    return *at > from;
}

/* "bytes=FROM-TO" and nothing else. */
static bool read_range(int64_t *from, int64_t *to, const char *text)
{
    const char *at = text + 6;
    if (strncmp(text, "bytes=", 6) != 0 || !read_number(from, &at) || *at++ != '-')
        return false;
    return read_number(to, &at) && !*at && *to >= *from;
}

static void send_piece(struct reply *r, const char *path, int64_t size, const char *range)
{
    int64_t from, to;
    char said[80];
    if (!read_range(&from, &to, range) || from >= size) {
        snprintf(said, sizeof(said), "bytes */%lld", (long long)size);
        reply_problem(r, 416, "range", "ask for bytes=FROM-TO, 1 MiB at most");
        reply_header(r, "Content-Range", said);
        return;
    }
    to = to < size ? to : size - 1;
    to = to - from < PIECE_MAX ? to : from + PIECE_MAX - 1;
    size_t length = (size_t)(to - from + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_read = fd >= 0 && !bytes_reserve(&r->body, length) &&
                   pread(fd, r->body.data, length, (off_t)from) == (ssize_t)length;
    if (fd >= 0)
        close(fd);
    if (!is_read) {
        reply_problem(r, 503, "storage", "the bundle cannot be read");
        return;
    }
    r->body.length = length;
    r->status = 206;
    r->type = "application/octet-stream";
    snprintf(said, sizeof(said), "bytes %lld-%lld/%lld", (long long)from, (long long)to,
             (long long)size);
    reply_header(r, "Content-Range", said);
    reply_header(r, "Accept-Ranges", "bytes");
}

void rollouts_piece(struct platform *p, const struct request_in *q, struct reply *r,
                    const char *sha256_text)
{
    char path[4096] = "";
    int64_t size = 0;
    pthread_mutex_lock(&p->lock);
    sqlite3_stmt *row = sql(p, "SELECT file, size FROM rollout WHERE sha256=? AND state<>'stopped'",
                            "t", sha256_text);
    if (row && sqlite3_step(row) == SQLITE_ROW) {
        snprintf(path, sizeof(path), "%s/%s", p->fleet->dir, sql_text(row, 0));
        size = sqlite3_column_int64(row, 1);
    }
    sqlite3_finalize(row);
    pthread_mutex_unlock(&p->lock);
    if (*path)
        send_piece(r, path, size, request_header_in(q, "Range"));
    else
        reply_problem(r, 404, "not-found", "no such bundle is rolled out");
}
