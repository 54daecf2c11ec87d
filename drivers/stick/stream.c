/* A file of a stick that is read piece by piece. */
#include "drivers/stick/inside.h"

int stick_stream_open(struct stick_stream *out, struct stick *s, const char *name)
{
    struct stat st = { 0 };
    int fd = -1;
    *out = (struct stick_stream){ .fd = -1 };
    int r = stick_open_regular(s, &fd, &st, name);
    if (r)
        return r;
    if (st.st_size < 0 || (uint64_t)st.st_size > stick_kind_limit(stick_kind_of(name))) {
        s->calls->close(fd);
        return STICK_E_LARGE;
    }
    *out = (struct stick_stream){ s, fd, (int64_t)st.st_size, 0 };
    return 0;
}

static int read_once(struct stick_stream *t, uint8_t *out, size_t length, size_t *got)
{
    int64_t n = t->stick->calls->read(t->fd, out, length);
    if (n < 0)
        return stick_result((int)n);
    *got += (size_t)n;
    t->at += n;
    if (!n && t->at < t->size)
        return STICK_E_GONE;
    return t->at > t->size ? STICK_E_LARGE : 0;
}

int stick_stream_read(struct stick_stream *t, void *out, size_t length, size_t *got)
{
    int r = 0;
    *got = 0;
    for (size_t before = 1; !r && *got < length && before != *got;) {
        before = *got;
        r = read_once(t, (uint8_t *)out + *got, length - *got, got);
    }
    return r;
}

int stick_stream_seek(struct stick_stream *t, int64_t at)
{
    if (at < 0 || at > t->size)
        return fault_raise(-EINVAL);
    int r = t->stick->calls->seek(t->fd, at);
    if (!r)
        t->at = at;
    return r ? stick_result(r) : 0;
}

void stick_stream_close(struct stick_stream *t)
{
    if (t->stick)
        t->stick->calls->close(t->fd);
    *t = (struct stick_stream){ .fd = -1 };
}
