#include "board/common/small_file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/base/json.h"

enum { PATH = 512 };

static int path_of(char out[PATH], const char *folder, const char *name, const char *end)
{
    return snprintf(out, PATH, "%s/%s%s", folder, name, end) < PATH ? 0 : -ENAMETOOLONG;
}

int small_file_read(struct bytes *out, const char *folder, const char *name, size_t most)
{
    char path[PATH];
    struct stat st;
    int r = path_of(path, folder, name, "");
    int fd = r ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return r ? r : -errno;
    r = fstat(fd, &st) ? -errno : !S_ISREG(st.st_mode) ? -EINVAL : 0;
    if (!r)
        r = bytes_reserve(out, out->length + most + 1);
    ssize_t n = r ? 0 : read(fd, out->data + out->length, most + 1);
    if (n < 0)
        r = -errno;
    else if ((size_t)n > most)
        r = -EFBIG;
    else
        out->length += (size_t)n;
    close(fd);
    return r;
}

static int write_whole(const char *path, const char *text)
{
    size_t length = strlen(text);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return -errno;
    ssize_t n = write(fd, text, length);
    int r = n < 0 ? -errno : (size_t)n < length ? -ENOSPC : 0;
    if (!r && fsync(fd))
        r = -errno;
    close(fd);
    return r;
}

static int flush_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int r = fd < 0 || fsync(fd) ? -errno : 0;
    if (fd >= 0)
        close(fd);
    return r;
}

int small_file_put(const char *folder, const char *name, const char *text)
{
    char part[PATH] = "", path[PATH] = "";
    int r = path_of(part, folder, name, ".part");
    if (!r)
        r = path_of(path, folder, name, "");
    if (!r)
        r = write_whole(part, text);
    if (!r && rename(part, path))
        r = -errno;
    return r ? r : flush_folder(folder);
}

int small_file_write(const char *folder, const char *name, json_t *o)
{
    char *text = o ? json_canonical(o) : NULL;
    json_decref(o);
    int r = text ? small_file_put(folder, name, text) : -ENOMEM;
    json_text_free(text);
    return r;
}

int small_file_drop(const char *folder, const char *name)
{
    char path[PATH];
    int r = path_of(path, folder, name, "");
    if (!r && unlink(path) && errno != ENOENT)
        r = -errno;
    return r ? r : flush_folder(folder);
}

bool small_file_is_there(const char *folder, const char *name)
{
    char path[PATH];
    return !path_of(path, folder, name, "") && !access(path, F_OK);
}
