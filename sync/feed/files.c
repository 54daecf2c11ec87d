#include "sync/feed/files.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PATH_BYTES = 4096 };

int file_read(struct bytes *out, const char *folder, const char *name)
{
    char path[PATH_BYTES];
    uint8_t piece[4096];
    ssize_t n;
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), r = 0;
    if (fd < 0)
        return -errno;
    while (!r && (n = read(fd, piece, sizeof(piece))) > 0)
        r = out->length + (size_t)n > SMALL_FILE_MAX ? -EFBIG : bytes_append(out, piece, (size_t)n);
    if (!r && n < 0)
        r = -errno;
    explicit_bzero(piece, sizeof(piece));
    close(fd);
    return r;
}

static int write_all(int fd, const uint8_t *data, size_t length)
{
    while (length) {
        ssize_t n = write(fd, data, length);
        if (n < 0)
            return -errno;
        data += n;
        length -= (size_t)n;
    }
    return fsync(fd) ? -errno : 0;
}

static int flush_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    int r = fsync(fd) ? -errno : 0;
    close(fd);
    return r;
}

int file_write(const char *folder, const char *name, const void *data, size_t length)
{
    char path[PATH_BYTES], fresh[PATH_BYTES + 8];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    snprintf(fresh, sizeof(fresh), "%s.new", path);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fault_raise(-errno);
    int r = write_all(fd, data, length);
    close(fd);
    if (!r && rename(fresh, path))
        r = -errno;
    if (!r)
        r = flush_folder(folder);
    if (r)
        unlink(fresh);
    return r ? fault_raise(r) : 0;
}

/* Whoever had it open under this name still has the file that was replaced. */
static void write_over(int fd)
{
    static const uint8_t zeros[4096];
    struct stat st;
    off_t done = 0;
    ssize_t n = fstat(fd, &st) ? -1 : 0;
    while (n >= 0 && done < st.st_size) {
        off_t left = st.st_size - done, piece = (off_t)sizeof(zeros);
        n = pwrite(fd, zeros, (size_t)(left < piece ? left : piece), done);
        done += n > 0 ? n : 0;
    }
    if (n < 0 || fsync(fd))
        (void)fault_raise(-errno); /* the new file is there; nothing depends on this */
}

int file_replace(const char *folder, const char *name, const void *data, size_t length)
{
    char path[PATH_BYTES];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    int old = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    int r = file_write(folder, name, data, length);
    if (!r && old >= 0)
        write_over(old);
    if (old >= 0)
        close(old);
    return r;
}
