/* Reading, listing and writing the files of a stick. */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers/stick/inside.h"

enum { PIECE = 64 * 1024, ROOM_LEFT = 256 * 1024 };

/* ---- reading ------------------------------------------------------------------------- */

/* What it is, found out without opening it for reading: opening a device or a pipe may already do something. */
static int look_before(struct stick *s, struct stat *out, const char *name)
{
    int fd = s->calls->open(s->folder, name, O_PATH, 0);
    if (fd < 0)
        return stick_result(fd);
    int r = stick_result(s->calls->look(fd, out));
    s->calls->close(fd);
    if (r)
        return r;
    return S_ISLNK(out->st_mode) ? STICK_E_LINK : S_ISREG(out->st_mode) ? 0 : STICK_E_NO_FILE;
}

int stick_open_regular(struct stick *s, int *fd, struct stat *st, const char *name)
{
    struct stat before = { 0 };
    if (stick_kind_of(name) == STICK_FOREIGN)
        return STICK_E_ABSENT;
    int r = look_before(s, &before, name);
    if (r)
        return r;
    *fd = s->calls->open(s->folder, name, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (*fd < 0)
        return stick_result(*fd);
    r = stick_result(s->calls->look(*fd, st));
    if (!r && (!S_ISREG(st->st_mode) || st->st_ino != before.st_ino || st->st_dev != before.st_dev))
        r = STICK_E_NO_FILE; /* changed between the two looks */
    if (r)
        s->calls->close(*fd);
    return r;
}

/* Up to `limit` bytes, however short the reads are. */
static int read_all(struct stick *s, struct bytes *out, int fd, size_t limit)
{
    size_t before = out->length;
    int r = 0;
    for (int64_t n = 1; !r && n;) {
        r = bytes_reserve(out, out->length + PIECE);
        if (r)
            break;
        n = s->calls->read(fd, out->data + out->length, PIECE);
        if (n < 0)
            r = stick_result((int)n);
        else
            out->length += (size_t)n;
        if (!r && out->length - before > limit)
            r = STICK_E_LARGE; /* it grew, or its size was a lie */
    }
    return r;
}

int stick_read(struct stick *s, struct bytes *out, const char *name)
{
    struct stat st = { 0 };
    int fd = -1;
    size_t limit = stick_kind_limit(stick_kind_of(name)), before = out->length;
    int r = stick_open_regular(s, &fd, &st, name);
    if (r)
        return r;
    r = st.st_size < 0 || (uint64_t)st.st_size > limit ? STICK_E_LARGE
                                                       : read_all(s, out, fd, limit);
    s->calls->close(fd);
    /* Fewer bytes than its size: the medium gave up in the middle. */
    if (!r && out->length - before < (uint64_t)st.st_size)
        r = STICK_E_GONE;
    if (r) {
        if (out->length > before)
            explicit_bzero(out->data + before, out->length - before);
        out->length = before;
    }
    return r;
}

int stick_size(struct stick *s, int64_t *bytes, const char *name)
{
    struct stat st = { 0 };
    if (stick_kind_of(name) == STICK_FOREIGN)
        return STICK_E_ABSENT;
    int r = look_before(s, &st, name);
    *bytes = r ? 0 : (int64_t)st.st_size;
    return r;
}

/* ---- listing ------------------------------------------------------------------------- */

struct listing {
    size_t all, kept, capacity;
    char (*names)[STICK_NAME];
};

/* Folded to lower case, what is ours only but for case is remembered too: it may be somebody's twin. */
static bool is_ours_but_for_case(const char *name)
{
    char lower[STICK_NAME], upper_id[STICK_NAME];
    size_t length = strlen(name);
    if (length >= STICK_NAME)
        return false;
    for (size_t i = 0; i <= length; i++)
        lower[i] = (char)tolower((unsigned char)name[i]);
    if (stick_kind_of(lower) != STICK_FOREIGN)
        return true;
    /* Names with a kiosk's id bear it in capitals. */
    memcpy(upper_id, lower, length + 1);
    char *from = strchr(upper_id, '-'), *to = from ? strchr(from + 1, '-') : NULL;
    for (char *c = from; to && c < to; c++)
        *c = (char)toupper((unsigned char)*c);
    return stick_kind_of(upper_id) != STICK_FOREIGN;
}

static int note_name(void *context, const char *name)
{
    struct listing *l = context;
    if (++l->all > STICK_NAMES_MAX)
        return STICK_E_CROWDED;
    if (!is_ours_but_for_case(name))
        return 0;
    if (l->kept == l->capacity) {
        size_t more = l->capacity ? l->capacity * 2 : 64;
        void *grown = realloc(l->names, more * sizeof(*l->names));
        if (!grown)
            return fault_raise(-ENOMEM);
        l->names = grown;
        l->capacity = more;
    }
    snprintf(l->names[l->kept++], STICK_NAME, "%s", name);
    return 0;
}

static int compare_folded(const void *a, const void *b)
{
    int r = strcasecmp(a, b);
    return r ? r : strcmp(a, b);
}

static int tell_names(const struct listing *l,
                      int (*each)(void *context, const char *name, enum stick_kind kind),
                      void *context)
{
    bool has_twins = false;
    int r = 0;
    for (size_t i = 0; !r && i < l->kept; i++) {
        has_twins |= i && !strcasecmp(l->names[i - 1], l->names[i]);
        enum stick_kind kind = stick_kind_of(l->names[i]);
        if (kind != STICK_FOREIGN)
            r = each(context, l->names[i], kind);
    }
    return r ? r : has_twins ? STICK_E_TWINS : 0;
}

int stick_list(struct stick *s, int (*each)(void *context, const char *name, enum stick_kind kind),
               void *context)
{
    struct listing l = { 0 };
    int r = s->calls->list(s->folder, note_name, &l);
    if (r < 0)
        r = stick_result(r);
    if (!r && l.kept)
        qsort(l.names, l.kept, sizeof(*l.names), compare_folded);
    if (!r)
        r = tell_names(&l, each, context);
    free(l.names);
    return r;
}

/* ---- writing ------------------------------------------------------------------------- */

static int write_all(struct stick *s, int fd, const uint8_t *data, size_t length)
{
    while (length) {
        int64_t n = s->calls->write(fd, data, length < PIECE ? length : PIECE);
        if (n <= 0)
            return n ? stick_result((int)n) : STICK_E_FULL;
        data += n;
        length -= (size_t)n;
    }
    return 0;
}

static int write_part(struct stick *s, const char *part, const void *data, size_t length)
{
    int r = s->calls->remove(s->folder, part); /* what an earlier try left */
    if (r && r != -ENOENT)
        return stick_result(r);
    int fd = s->calls->open(s->folder, part, O_WRONLY | O_CREAT | O_EXCL, 0644);
    if (fd < 0)
        return stick_result(fd);
    r = write_all(s, fd, data, length);
    if (!r)
        r = stick_result(s->calls->flush(fd));
    s->calls->close(fd);
    return r;
}

static int check_room(struct stick *s, size_t length)
{
    int r = s->calls->space(s->folder, &s->space);
    if (r)
        return stick_result(r);
    if (s->space.is_read_only)
        return STICK_E_READ_ONLY;
    return s->space.free_bytes < length + ROOM_LEFT ? STICK_E_FULL : 0;
}

int stick_write(struct stick *s, const char *name, const void *data, size_t length)
{
    char part[STICK_NAME + 8];
    enum stick_kind kind = stick_kind_of(name);
    if (kind == STICK_FOREIGN || kind == STICK_PART || length > stick_kind_limit(kind))
        return fault_raise(-EINVAL);
    snprintf(part, sizeof(part), "%s.part", name);
    int r = check_room(s, length);
    if (r)
        return r;
    r = write_part(s, part, data, length);
    if (!r)
        r = stick_result(s->calls->rename(s->folder, part, name));
    if (!r)
        r = stick_result(s->calls->flush(s->folder));
    if (r && r != STICK_E_GONE)
        (void)s->calls->remove(s->folder, part);
    return r;
}

int stick_set_aside(struct stick *s, const char *name)
{
    char other[STICK_NAME];
    if (stick_kind_of(name) != STICK_LOAD)
        return fault_raise(-EINVAL);
    snprintf(other, sizeof(other), "bad-%s", name + strlen("out-"));
    int r = stick_result(s->calls->rename(s->folder, name, other));
    return r ? r : stick_result(s->calls->flush(s->folder));
}

int stick_remove(struct stick *s, const char *name)
{
    if (stick_kind_of(name) == STICK_FOREIGN)
        return fault_raise(-EINVAL);
    int r = s->calls->remove(s->folder, name);
    if (r == -ENOENT)
        return 0;
    return r ? stick_result(r) : stick_result(s->calls->flush(s->folder));
}
