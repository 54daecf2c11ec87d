/* The machine's system calls under a stick. */
#include <dirent.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "drivers/stick/stick.h"

static int answer(long r)
{
    return r < 0 ? -errno : (int)r;
}

/* Nothing on the way may be a link, a mount or a step out. Kernels before 5.6 have no openat2(2): then nothing is read,
 * since nothing could be promised. */
static int system_open(int folder, const char *name, int flags, unsigned mode)
{
    const struct open_how how = {
        .flags = (uint64_t)(unsigned)flags | O_CLOEXEC | O_NOFOLLOW,
        .mode = mode,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV | RESOLVE_NO_MAGICLINKS,
    };
    return answer(syscall(SYS_openat2, folder, name, &how, sizeof(how)));
}

static int system_look(int fd, struct stat *out)
{
    return answer(fstat(fd, out));
}

static int64_t system_read(int fd, void *out, size_t length)
{
    ssize_t n;
    do
        n = read(fd, out, length);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

static int64_t system_write(int fd, const void *data, size_t length)
{
    ssize_t n;
    do
        n = write(fd, data, length);
    while (n < 0 && errno == EINTR);
    return n < 0 ? -errno : n;
}

static int system_seek(int fd, int64_t at)
{
    return lseek(fd, at, SEEK_SET) < 0 ? -errno : 0;
}

static int system_flush(int fd)
{
    return answer(fsync(fd));
}

static int system_rename(int folder, const char *from, const char *to)
{
    return answer(renameat(folder, from, folder, to));
}

static int system_remove(int folder, const char *name)
{
    return answer(unlinkat(folder, name, 0));
}

/* Memory and overlay file systems are what folders of a desktop and of tests lie on. */
static enum stick_filesystem filesystem_of(long type)
{
    static const struct {
        unsigned long magic;
        enum stick_filesystem is;
    } known[] = {
        { MSDOS_SUPER_MAGIC, STICK_FS_FAT },        { 0x2011bab0, STICK_FS_EXFAT },
        { EXT4_SUPER_MAGIC, STICK_FS_EXT },         { TMPFS_MAGIC, STICK_FS_MEMORY },
        { OVERLAYFS_SUPER_MAGIC, STICK_FS_MEMORY },
    };
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if ((unsigned long)type == known[i].magic)
            return known[i].is;
    return STICK_FS_OTHER;
}

static int system_space(int fd, struct stick_space *out)
{
    struct statfs s;
    if (fstatfs(fd, &s))
        return -errno;
    *out = (struct stick_space){ .free_bytes = (uint64_t)s.f_bavail * (uint64_t)s.f_bsize,
                                 .is_read_only = ((unsigned long)s.f_flags & ST_RDONLY) != 0,
                                 .filesystem = filesystem_of((long)s.f_type) };
    return 0;
}

static int system_list(int folder, int (*each)(void *context, const char *name), void *context)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d) {
        r = -errno;
        if (fd >= 0)
            close(fd);
        return r;
    }
    for (errno = 0; !r; errno = 0) {
        const struct dirent *e = readdir(d);
        if (!e) {
            r = -errno;
            break;
        }
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            r = each(context, e->d_name);
    }
    closedir(d);
    return r;
}

static void system_close(int fd)
{
    close(fd);
}

const struct stick_calls stick_system = {
    .open = system_open,
    .look = system_look,
    .read = system_read,
    .write = system_write,
    .seek = system_seek,
    .flush = system_flush,
    .rename = system_rename,
    .remove = system_remove,
    .space = system_space,
    .list = system_list,
    .close = system_close,
};
