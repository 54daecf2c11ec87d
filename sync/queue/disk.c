#include "sync/queue/disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

struct disk_file {
    int fd;
};

static const char *folder_path(const struct disk *disk)
{
    return ((const struct folder *)disk)->path;
}

static int path_of(char out[PATH_MAX], const struct disk *disk, const char *name)
{
    int n = snprintf(out, PATH_MAX, "%s/%s", folder_path(disk), name);
    return n < 0 || n >= PATH_MAX ? fault_raise(-ENAMETOOLONG) : 0;
}

static int flush_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return fault_raise(-errno);
    int r = fsync(fd) ? fault_raise(-errno) : 0;
    close(fd);
    return r;
}

static int flush_folder(const struct disk *disk)
{
    return flush_path(folder_path(disk));
}

static int open_as(const struct disk *disk, struct disk_file **out, const char *name, int flags)
{
    char path[PATH_MAX];
    int r = path_of(path, disk, name);
    if (r)
        return r;
    struct disk_file *f = calloc(1, sizeof(*f));
    if (!f)
        return fault_raise(-ENOMEM);
    f->fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
    if (f->fd < 0) {
        r = -errno;
        free(f);
        return r == -ENOENT || r == -EEXIST ? r : fault_raise(r); /* those are answers */
    }
    *out = f;
    return 0;
}

static void file_close(struct disk_file *f)
{
    if (!f)
        return;
    close(f->fd);
    free(f);
}

static int write_all(int fd, const void *data, size_t length, uint64_t at)
{
    const char *p = data;
    while (length) {
        ssize_t n = pwrite(fd, p, length, (off_t)at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fault_raise(n ? -errno : -EIO);
        p += n;
        at += (uint64_t)n;
        length -= (size_t)n;
    }
    return 0;
}

static int file_write(struct disk_file *f, uint64_t at, const struct iovec *parts, int count)
{
    size_t total = 0;
    for (int i = 0; i < count; i++)
        total += parts[i].iov_len;
    ssize_t n = count <= IOV_MAX ? pwritev(f->fd, parts, count, (off_t)at) : -1;
    if (n == (ssize_t)total)
        return 0;
    /* Cut short (signal, nearly full disk): say exactly what goes wrong by writing piece by piece.
     */
    int r = 0;
    for (int i = 0; !r && i < count; at += parts[i].iov_len, i++)
        r = write_all(f->fd, parts[i].iov_base, parts[i].iov_len, at);
    return r;
}

static int file_flush(struct disk_file *f)
{
    return fdatasync(f->fd) ? fault_raise(-errno) : 0;
}

static int fill_with_zeros(struct disk_file *f, uint64_t size)
{
    static const char zeros[256 * 1024];
    int r = 0;
    for (uint64_t at = 0; !r && at < size; at += sizeof(zeros))
        r = write_all(f->fd, zeros, size - at < sizeof(zeros) ? (size_t)(size - at) : sizeof(zeros),
                      at);
    return r;
}

static int folder_create(const struct disk *disk, struct disk_file **out, const char *name,
                         uint64_t size)
{
    struct disk_file *f = NULL;
    int r = open_as(disk, &f, name, O_CREAT | O_EXCL);
    if (r || !f)
        return r;
    /* Reserve first, so that a full disk says so before 4 MiB were written. */
    if (size && fallocate(f->fd, 0, 0, (off_t)size) && errno != EOPNOTSUPP)
        r = fault_raise(-errno);
    if (!r)
        r = fill_with_zeros(f, size);
    if (!r && fsync(f->fd))
        r = fault_raise(-errno);
    if (!r)
        r = flush_folder(disk);
    if (!r) {
        *out = f;
        return 0;
    }
    char path[PATH_MAX];
    file_close(f);
    if (!path_of(path, disk, name))
        unlink(path);
    return r;
}

static int folder_open_file(const struct disk *disk, struct disk_file **out, const char *name)
{
    return open_as(disk, out, name, 0);
}

static int64_t file_read(struct disk_file *f, uint64_t at, void *out, size_t length)
{
    size_t got = 0;
    while (got < length) {
        ssize_t n = pread(f->fd, (char *)out + got, length - got, (off_t)(at + got));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fault_raise(-errno);
        if (!n)
            break;
        got += (size_t)n;
    }
    return (int64_t)got;
}

static int64_t file_size(struct disk_file *f)
{
    struct stat st;
    return fstat(f->fd, &st) ? fault_raise(-errno) : (int64_t)st.st_size;
}

static int folder_remove(const struct disk *disk, const char *name)
{
    char path[PATH_MAX];
    int r = path_of(path, disk, name);
    if (!r && unlink(path) && errno != ENOENT)
        r = fault_raise(-errno);
    return r ? r : flush_folder(disk);
}

static int folder_rename(const struct disk *disk, const char *from, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    int r = path_of(old, disk, from);
    if (!r)
        r = path_of(new, disk, to);
    if (!r && rename(old, new))
        return errno == ENOENT ? -ENOENT : fault_raise(-errno);
    return r ? r : flush_folder(disk);
}

static int folder_list(const struct disk *disk, void (*each)(void *context, const char *name),
                       void *context)
{
    DIR *d = opendir(folder_path(disk));
    if (!d)
        return fault_raise(-errno);
    const struct dirent *e;
    while ((e = readdir(d)))
        if (e->d_name[0] != '.')
            each(context, e->d_name);
    closedir(d);
    return 0;
}

static int folder_free_space(const struct disk *disk)
{
    struct statvfs v;
    if (statvfs(folder_path(disk), &v))
        return fault_raise(-errno);
    return v.f_blocks ? (int)((uint64_t)v.f_bavail * 10000 / (uint64_t)v.f_blocks) : 10000;
}

static int folder_room(const struct disk *disk, int64_t *free_bytes, int64_t *total_bytes)
{
    struct statvfs v;
    if (statvfs(folder_path(disk), &v))
        return fault_raise(-errno);
    *free_bytes = (int64_t)(v.f_bavail * v.f_frsize);
    *total_bytes = (int64_t)(v.f_blocks * v.f_frsize);
    return 0;
}

int folder_open(struct folder *folder, const char *path)
{
    *folder = (struct folder){
        .base = { .create = folder_create,
                  .open = folder_open_file,
                  .close = file_close,
                  .write = file_write,
                  .flush = file_flush,
                  .read = file_read,
                  .size = file_size,
                  .remove = folder_remove,
                  .rename = folder_rename,
                  .list = folder_list,
                  .free_space = folder_free_space,
                  .room = folder_room },
        .path = path,
    };
    if (mkdir(path, 0700))
        return errno == EEXIST ? 0 : fault_raise(-errno);
    char parent[PATH_MAX];
    snprintf(parent, sizeof(parent), "%.*s/..", PATH_MAX - 4, path);
    return flush_path(parent);
}
