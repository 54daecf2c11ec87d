#include "drivers/stick/stick.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "drivers/stick/inside.h"

int stick_result(int r)
{
    switch (r) {
    case -ENOENT:
        return STICK_E_ABSENT;
    case -ELOOP: /* a link */
    case -EXDEV: /* another mount, or out of the folder */
        return STICK_E_LINK;
    case -ENOTDIR:
    case -EISDIR:
    case -ENXIO: /* a pipe without a writer; a pulled stick says EIO before it */
        return STICK_E_NO_FILE;
    case -EIO:
    case -ENODEV:
    case -ESTALE:
    case -ENOTCONN:
    case -EUCLEAN:
        return STICK_E_GONE;
    case -ENOSPC:
    case -EDQUOT:
    case -EFBIG:
        return STICK_E_FULL;
    case -EROFS:
    case -EACCES:
    case -EPERM:
        return STICK_E_READ_ONLY;
    }
    return r;
}

/* ---- opening ------------------------------------------------------------------------- */

static int open_mount(int *out, const char *mount)
{
    *out = open(mount, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (*out >= 0)
        return 0;
    int r = stick_result(-errno);
    return r == STICK_E_ABSENT || r == STICK_E_NO_FILE ? STICK_E_NONE : r;
}

/* Why it cannot be opened as a folder. */
static int tell_link(const struct stick *s, int mount, int r)
{
    struct stat st = { 0 };
    int fd = r == STICK_E_NO_FILE ? s->calls->open(mount, STICK_FOLDER, O_PATH, 0) : -1;
    if (fd < 0)
        return r;
    bool is_link = !s->calls->look(fd, &st) && S_ISLNK(st.st_mode);
    s->calls->close(fd);
    return is_link ? STICK_E_LINK : r;
}

static int open_folder(struct stick *s, int mount)
{
    int fd = s->calls->open(mount, STICK_FOLDER, O_RDONLY | O_DIRECTORY, 0);
    int r = fd < 0 ? tell_link(s, mount, stick_result(fd)) : 0;
    if (r)
        return r == STICK_E_ABSENT || r == STICK_E_NO_FILE ? STICK_E_NOT_OURS : r;
    s->folder = fd;
    r = s->calls->space(fd, &s->space);
    if (r)
        return stick_result(r);
    return s->space.filesystem == STICK_FS_OTHER ? STICK_E_FILESYSTEM : 0;
}

int stick_open(struct stick **out, const char *mount, const struct stick_calls *calls)
{
    int fd = -1;
    AUTO(stick_free) struct stick *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    *s = (struct stick){ .calls = calls ? calls : &stick_system, .folder = -1 };
    int r = open_mount(&fd, mount);
    if (!r)
        r = open_folder(s, fd);
    if (fd >= 0)
        close(fd);
    if (!r)
        *out = TAKE(s);
    return r;
}

int stick_find(struct stick **out, size_t *index, const char *const *mounts, size_t count,
               const struct stick_calls *calls)
{
    AUTO(stick_free) struct stick *found = NULL;
    int why = STICK_E_NONE;
    for (size_t i = 0; i < count; i++) {
        AUTO(stick_free) struct stick *s = NULL;
        int r = stick_open(&s, mounts[i], calls);
        if (r < 0)
            return r;
        if (!r && found)
            return STICK_E_TWO;
        if (!r) {
            found = TAKE(s);
            *index = i;
        } else if (r > why) {
            why = r; /* the most telling reason: something is there, but ... */
        }
    }
    if (!found)
        return why;
    *out = TAKE(found);
    return 0;
}

int stick_prepare(const char *mount)
{
    int fd = -1;
    int r = open_mount(&fd, mount);
    if (r)
        return r;
    if (mkdirat(fd, STICK_FOLDER, 0755) && errno != EEXIST)
        r = stick_result(-errno);
    if (!r && fsync(fd))
        r = stick_result(-errno);
    close(fd);
    return r;
}

void stick_free(struct stick *s)
{
    if (!s)
        return;
    if (s->folder >= 0)
        s->calls->close(s->folder);
    free(s);
}

enum stick_filesystem stick_filesystem_of(const struct stick *s)
{
    return s->space.filesystem;
}

bool stick_is_read_only(const struct stick *s)
{
    return s->space.is_read_only;
}
