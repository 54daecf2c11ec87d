#include "tests/support/stick_storm.h"

#include <fcntl.h>
#include <string.h>

#include "tests/support/storm.h"

enum { FOLDER = 1000, FIRST = 1001, OPEN_MAX = 16 };

static struct {
    struct disk_file *file;
    uint64_t at;
} files[OPEN_MAX];

void stick_storm_reset(void)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (files[i].file)
            storm_disk()->close(files[i].file);
    memset(files, 0, sizeof(files));
}

static int storm_open(int folder, const char *name, int flags, unsigned mode)
{
    int i = 0;
    (void)mode;
    if (folder != FOLDER)
        return !strcmp(name, STICK_FOLDER) ? FOLDER : -ENOENT;
    while (i < OPEN_MAX && files[i].file)
        i++;
    if (i == OPEN_MAX)
        return -EMFILE;
    int r = flags & O_CREAT ? storm_disk()->create(storm_disk(), &files[i].file, name, 0)
                            : storm_disk()->open(storm_disk(), &files[i].file, name);
    files[i].at = 0;
    return r ? r : FIRST + i;
}

static int storm_look(int fd, struct stat *out)
{
    *out = (struct stat){ .st_mode = S_IFREG | 0644, .st_ino = 1 };
    if (fd == FOLDER)
        return 0;
    int64_t size = storm_disk()->size(files[fd - FIRST].file);
    out->st_size = (off_t)size;
    return size < 0 ? (int)size : 0;
}

static int64_t storm_read(int fd, void *out, size_t length)
{
    int64_t n = storm_disk()->read(files[fd - FIRST].file, files[fd - FIRST].at, out, length);
    files[fd - FIRST].at += n > 0 ? (uint64_t)n : 0;
    return n;
}

static int64_t storm_write(int fd, const void *data, size_t length)
{
    size_t piece = length < 700 ? length : 700; /* short writes, so that there is more to cut */
    const struct iovec part = { (void *)(uintptr_t)data, piece };
    int r = storm_disk()->write(files[fd - FIRST].file, files[fd - FIRST].at, &part, 1);
    files[fd - FIRST].at += r ? 0 : piece;
    return r ? r : (int64_t)piece;
}

static int storm_flush(int fd)
{
    /* The platter flushes names with renamings and removals. */
    return fd == FOLDER ? (storm_is_dark() ? -EIO : 0)
                        : storm_disk()->flush(files[fd - FIRST].file);
}

static int storm_rename(int folder, const char *from, const char *to)
{
    (void)folder;
    return storm_disk()->rename(storm_disk(), from, to);
}

static int storm_remove(int folder, const char *name)
{
    (void)folder;
    return storm_disk()->remove(storm_disk(), name);
}

static int storm_space(int fd, struct stick_space *out)
{
    (void)fd;
    *out = (struct stick_space){ .free_bytes = 1 << 30, .filesystem = STICK_FS_FAT };
    return storm_is_dark() ? -EIO : 0;
}

struct telling {
    int (*each)(void *context, const char *name);
    void *context;
    int result;
};

static void tell(void *context, const char *name)
{
    struct telling *t = context;
    if (!t->result)
        t->result = t->each(t->context, name);
}

static int storm_list(int folder, int (*each)(void *context, const char *name), void *context)
{
    struct telling t = { each, context, 0 };
    (void)folder;
    int r = storm_disk()->list(storm_disk(), tell, &t);
    return r ? r : t.result;
}

static void storm_close(int fd)
{
    if (fd == FOLDER)
        return;
    storm_disk()->close(files[fd - FIRST].file);
    files[fd - FIRST].file = NULL;
}

const struct stick_calls stick_storm_calls = {
    .open = storm_open,
    .look = storm_look,
    .read = storm_read,
    .write = storm_write,
    .flush = storm_flush,
    .rename = storm_rename,
    .remove = storm_remove,
    .space = storm_space,
    .list = storm_list,
    .close = storm_close,
};
