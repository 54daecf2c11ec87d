#include "board/common/slot_files.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 512, PIECE = 1 << 20 };

int slot_sum(uint8_t sha256_of[SHA256_BYTES], int64_t *size, uint8_t head[BUNDLE_HEAD], int fd)
{
    uint8_t *piece = malloc(PIECE);
    struct sha256_sum *sum = piece ? sha256_begin() : NULL;
    ssize_t n = 1;
    *size = 0;
    memset(head, 0, BUNDLE_HEAD);
    while (sum && (n = pread(fd, piece, PIECE, (off_t)*size)) > 0) {
        sha256_add(sum, piece, (size_t)n);
        for (int64_t i = *size; i < BUNDLE_HEAD && i < *size + n; i++)
            head[i] = piece[i - *size];
        *size += n;
    }
    int r = !sum ? -ENOMEM : n < 0 ? -errno : 0;
    sha256_end(sum, r ? NULL : sha256_of);
    free(piece);
    return r;
}

/* `from` of the bundle into `to` from its beginning, or, with to == -1, `from` of the partition read only. The sum of what
 * went through must be the part's. */
static int pass(int to, int from, int64_t at, const struct bundle_part *part, uint8_t *piece)
{
    struct sha256_sum *sum = sha256_begin();
    uint8_t got[SHA256_BYTES];
    int r = 0;
    for (int64_t done = 0; !r && done < part->bytes;) {
        size_t want = part->bytes - done < PIECE ? (size_t)(part->bytes - done) : PIECE;
        ssize_t n = pread(from, piece, want, (off_t)(at + done));
        if (n <= 0)
            r = n ? -errno : -EBADMSG;
        else if (to >= 0 && pwrite(to, piece, (size_t)n, (off_t)done) != n)
            r = -EIO;
        else
            sha256_add(sum, piece, (size_t)n);
        done += n;
    }
    sha256_end(sum, r ? NULL : got);
    return r ? r : memcmp(got, part->sha256, SHA256_BYTES) != 0 ? -EBADMSG : 0;
}

int slot_fill(const char *folder, const char *partition, int bundle_fd,
              const struct bundle_part *part)
{
    char path[PATH];
    uint8_t *piece = malloc(PIECE);
    int r = !piece                                                             ? -ENOMEM
            : snprintf(path, sizeof(path), "%s/%s", folder, partition) >= PATH ? -ENAMETOOLONG
                                                                               : 0;
    int fd = r ? -1 : open(path, O_RDWR | O_CLOEXEC);
    if (!r && fd < 0)
        r = -errno;
    if (!r && lseek(fd, 0, SEEK_END) < part->bytes)
        r = -ENOSPC;
    if (!r)
        r = pass(fd, bundle_fd, part->at, part, piece);
    if (!r && fsync(fd))
        r = -EIO;
    if (!r) {
        (void)posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED); /* from the medium, not from memory */
        r = pass(-1, fd, 0, part, piece) ? -EIO : 0;
    }
    if (fd >= 0)
        close(fd);
    free(piece);
    return r;
}
