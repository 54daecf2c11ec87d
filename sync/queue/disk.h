/* The files of one folder, behind a struct of functions, so that a test can be the disk: lose what
 * was not flushed, tear a write, or answer ENOSPC. Names are plain file names inside the folder. */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "firmware/base/fault.h"

struct disk_file; /* belongs to the implementation */

struct disk {
    /* A new file of `size` zero bytes, really written and flushed, its name flushed too.
     * Overwriting such a file and flushing it is measurably cheaper than growing one: no metadata
     * has to follow the data. A size of 0 is for files that grow. -EEXIST, -ENOSPC, ...; on failure no file is left under that name
     * unless the machine dies. */
    int (*create)(const struct disk *disk, struct disk_file **out, const char *name, uint64_t size);
    /* -ENOENT when there is none. */
    int (*open)(const struct disk *disk, struct disk_file **out, const char *name);
    void (*close)(struct disk_file *file);
    int (*write)(struct disk_file *file, uint64_t at, const struct iovec *parts,
                 int count); /* all of it */
    int (*flush)(struct disk_file *file);
    /* Bytes read, fewer only at the end of the file; or a fault. */
    int64_t (*read)(struct disk_file *file, uint64_t at, void *out, size_t length);
    int64_t (*size)(struct disk_file *file);
    int (*remove)(const struct disk *disk, const char *name); /* and flush the folder */
    /* Replacing; and flush the folder. -ENOENT is left to the caller. */
    int (*rename)(const struct disk *disk, const char *from, const char *to);
    /* Call `each` for every file. */
    int (*list)(const struct disk *disk, void (*each)(void *context, const char *name),
                void *context);
    /* Space left for this user, in hundredths of a percent of the whole; or a fault. */
    int (*free_space)(const struct disk *disk);
    /* The same in bytes, and the whole. 0 or a fault. */
    int (*room)(const struct disk *disk, int64_t *free_bytes, int64_t *total_bytes);
};

/* A real folder; `path` is borrowed and must stay. The folder is made if it is missing (mode 0700).
 */
struct folder {
    struct disk base;
    const char *path;
};
NODISCARD int folder_open(struct folder *folder, const char *path);
