#include "tests/support/storm.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/check.h"

enum { FILES = 64, NAME = 64, SECTOR = 512 };

struct platter_file {
    bool is_used, is_born; /* is_born: its name has been flushed */
    char name[NAME];
    uint8_t *now, *safe;
    size_t now_size, safe_size, capacity, safe_capacity;
};

struct disk_file {
    struct platter_file *on;
};

static struct storm {
    struct platter_file files[FILES];
    uint64_t chance, operations, flushes, cut_at;
    bool is_dark, is_lying;
    int refuse;
    int64_t free_bytes, total_bytes;
} storm;

/* ---- chance and power ---------------------------------------------------------------- */

static uint64_t chance(uint64_t below)
{
    storm.chance ^= storm.chance >> 12;
    storm.chance ^= storm.chance << 25;
    storm.chance ^= storm.chance >> 27;
    return below ? (storm.chance * UINT64_C(2685821657736338717) >> 16) % below : 0;
}

/* Count one operation. 0, or why it does not happen; *is_torn when this is the one that the cut hits. */
static int operate(bool *is_torn)
{
    *is_torn = false;
    if (storm.is_dark)
        return -EIO;
    if (storm.refuse)
        return storm.refuse;
    storm.operations++;
    if (storm.cut_at && storm.operations >= storm.cut_at) {
        storm.is_dark = true;
        *is_torn = true;
        return -EIO;
    }
    return 0;
}

/* ---- the platter --------------------------------------------------------------------- */

static struct platter_file *find(const char *name)
{
    for (size_t i = 0; i < FILES; i++)
        if (storm.files[i].is_used && !strcmp(storm.files[i].name, name))
            return &storm.files[i];
    return NULL;
}

static void forget(struct platter_file *f)
{
    free(f->now);
    free(f->safe);
    memset(f, 0, sizeof(*f));
}

static struct platter_file *make(const char *name)
{
    for (size_t i = 0; i < FILES; i++) {
        struct platter_file *f = &storm.files[i];
        if (f->is_used)
            continue;
        f->is_used = true;
        snprintf(f->name, sizeof(f->name), "%s", name);
        return f;
    }
    fail_msg("more than %d files", FILES);
    return NULL;
}

static void grow(uint8_t **data, size_t *capacity, size_t size)
{
    if (size <= *capacity)
        return;
    size_t more = size * 2;
    *data = realloc(*data, more);
    assert_non_null(*data);
    memset(*data + *capacity, 0, more - *capacity);
    *capacity = more;
}

static void set_size(struct platter_file *f, size_t size)
{
    grow(&f->now, &f->capacity, size);
    if (size > f->now_size)
        memset(f->now + f->now_size, 0, size - f->now_size);
    f->now_size = size;
}

static void put(struct platter_file *f, uint64_t at, const void *data, size_t length)
{
    if (!length)
        return;
    if (at + length > f->now_size)
        set_size(f, at + length);
    memcpy(f->now + at, data, length);
}

static void make_safe(struct platter_file *f)
{
    grow(&f->safe, &f->safe_capacity, f->now_size ? f->now_size : 1);
    if (f->now_size)
        memcpy(f->safe, f->now, f->now_size);
    f->safe_size = f->now_size;
    f->is_born = true;
}

static int write_at(struct platter_file *f, uint64_t at, const void *data, size_t length)
{
    bool is_torn;
    int r = operate(&is_torn);
    if (is_torn)
        put(f, at, data, (size_t)chance(length + 1));
    if (!r)
        put(f, at, data, length);
    return r;
}

static int flush_file(struct platter_file *f)
{
    bool is_torn;
    int r = operate(&is_torn);
    storm.flushes++;
    if (!r && !storm.is_lying)
        make_safe(f);
    return r;
}

/* What is left of one file. */
static void survive(struct platter_file *f)
{
    if (!f->is_born && chance(2)) {
        forget(f);
        return;
    }
    size_t size = chance(2) ? f->now_size : f->safe_size;
    grow(&f->now, &f->capacity, size ? size : 1);
    grow(&f->safe, &f->safe_capacity, size ? size : 1);
    for (size_t at = 0; at < size; at += SECTOR) {
        size_t length = size - at < SECTOR ? size - at : SECTOR;
        bool has_safe = at < f->safe_size, has_now = at < f->now_size;
        if (!has_now || (has_safe && chance(2)))
            memcpy(f->now + at, f->safe + at, length);
    }
    f->now_size = size;
    make_safe(f);
}

void storm_light(void)
{
    for (size_t i = 0; i < FILES; i++)
        if (storm.files[i].is_used)
            survive(&storm.files[i]);
    storm.is_dark = false;
    storm.cut_at = storm.operations = 0;
}

void storm_cut_at(uint64_t n)
{
    storm.operations = storm.flushes = 0;
    storm.cut_at = n;
}

uint64_t storm_operations(void)
{
    return storm.operations;
}

uint64_t storm_flushes(void)
{
    return storm.flushes;
}

bool storm_is_dark(void)
{
    return storm.is_dark;
}

void storm_lie(bool is_lying)
{
    storm.is_lying = is_lying;
}

void storm_refuse(int fault)
{
    storm.refuse = fault;
}

bool storm_damage(const char *name, uint64_t at, uint8_t with)
{
    struct platter_file *f = find(name);
    if (!f || at >= f->now_size)
        return false;
    f->now[at] = with;
    make_safe(f);
    return true;
}

uint64_t storm_size(const char *name)
{
    const struct platter_file *f = find(name);
    return f ? f->now_size : 0;
}

/* ---- struct disk --------------------------------------------------------------------- */

static int hand_out(struct disk_file **out, struct platter_file *f)
{
    *out = calloc(1, sizeof(**out));
    assert_non_null(*out);
    (*out)->on = f;
    return 0;
}

static int disk_create(const struct disk *disk, struct disk_file **out, const char *name,
                       uint64_t size)
{
    bool is_torn;
    (void)disk;
    if (find(name))
        return -EEXIST;
    int r = operate(&is_torn);
    if (r && !is_torn)
        return r;
    struct platter_file *f = make(name);
    set_size(f, is_torn ? (size_t)chance(size + 1) : (size_t)size);
    if (r)
        return r;
    make_safe(f);
    return hand_out(out, f);
}

static int disk_open(const struct disk *disk, struct disk_file **out, const char *name)
{
    (void)disk;
    struct platter_file *f = find(name);
    if (storm.is_dark)
        return -EIO;
    return f ? hand_out(out, f) : -ENOENT;
}

static void disk_close(struct disk_file *file)
{
    free(file);
}

static int disk_write(struct disk_file *file, uint64_t at, const struct iovec *parts, int count)
{
    size_t length = 0;
    for (int i = 0; i < count; i++)
        length += parts[i].iov_len;
    uint8_t *all = malloc(length + 1);
    assert_non_null(all);
    length = 0;
    for (int i = 0; i < count; i++) {
        memcpy(all + length, parts[i].iov_base, parts[i].iov_len);
        length += parts[i].iov_len;
    }
    int r = write_at(file->on, at, all, length);
    free(all);
    return r;
}

static int disk_flush(struct disk_file *file)
{
    return flush_file(file->on);
}

static int64_t disk_read(struct disk_file *file, uint64_t at, void *out, size_t length)
{
    const struct platter_file *f = file->on;
    if (storm.is_dark)
        return -EIO;
    size_t left = at < f->now_size ? f->now_size - (size_t)at : 0,
           n = left < length ? left : length;
    if (n)
        memcpy(out, f->now + at, n);
    return (int64_t)n;
}

static int64_t disk_size(struct disk_file *file)
{
    return storm.is_dark ? -EIO : (int64_t)file->on->now_size;
}

static int disk_remove(const struct disk *disk, const char *name)
{
    bool is_torn;
    (void)disk;
    struct platter_file *f = find(name);
    if (!f)
        return -ENOENT;
    int r = operate(&is_torn);
    if (!r || (is_torn && chance(2)))
        forget(f);
    return r;
}

static int disk_rename(const struct disk *disk, const char *from, const char *to)
{
    bool is_torn;
    (void)disk;
    struct platter_file *f = find(from), *other = find(to);
    if (!f)
        return -ENOENT;
    int r = operate(&is_torn);
    if (r && !(is_torn && chance(2)))
        return r;
    if (other)
        forget(other);
    snprintf(f->name, sizeof(f->name), "%s", to);
    return r;
}

static int disk_list(const struct disk *disk, void (*each)(void *context, const char *name),
                     void *context)
{
    (void)disk;
    if (storm.is_dark)
        return -EIO;
    for (size_t i = 0; i < FILES; i++)
        if (storm.files[i].is_used) {
            char name[NAME];
            memcpy(name, storm.files[i].name, NAME);
            each(context, name);
        }
    return 0;
}

static int disk_free_space(const struct disk *disk)
{
    (void)disk;
    return storm.is_dark ? -EIO : storm.refuse == -ENOSPC ? 0 : 9000;
}

static int disk_room(const struct disk *disk, int64_t *free_bytes, int64_t *total_bytes)
{
    (void)disk;
    *free_bytes = storm.free_bytes;
    *total_bytes = storm.total_bytes;
    return storm.is_dark ? -EIO : 0;
}

void storm_set_room(int64_t free_bytes, int64_t total_bytes)
{
    storm.free_bytes = free_bytes;
    storm.total_bytes = total_bytes;
}

const struct disk *storm_disk(void)
{
    static const struct disk disk = { disk_create, disk_open, disk_close,      disk_write,
                                      disk_flush,  disk_read, disk_size,       disk_remove,
                                      disk_rename, disk_list, disk_free_space, disk_room };
    return &disk;
}

/* ---- the same platter for SQLite ----------------------------------------------------- */

struct vfs_file {
    sqlite3_file base;
    struct platter_file *on;
};

static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static int code_of(int r, int io)
{
    return !r ? SQLITE_OK : r == -ENOSPC ? SQLITE_FULL : io;
}

static int vfs_close(sqlite3_file *file)
{
    (void)file;
    return SQLITE_OK;
}

static int vfs_read(sqlite3_file *file, void *out, int length, sqlite3_int64 at)
{
    struct disk_file f = { ((struct vfs_file *)file)->on };
    int64_t n = disk_read(&f, (uint64_t)at, out, (size_t)length);
    if (n < 0)
        return SQLITE_IOERR_READ;
    memset((uint8_t *)out + n, 0, (size_t)(length - n));
    return n == length ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int vfs_write(sqlite3_file *file, const void *data, int length, sqlite3_int64 at)
{
    return code_of(write_at(((struct vfs_file *)file)->on, (uint64_t)at, data, (size_t)length),
                   SQLITE_IOERR_WRITE);
}

static int vfs_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    bool is_torn;
    int r = operate(&is_torn);
    if (!r)
        set_size(((struct vfs_file *)file)->on, (size_t)size);
    return code_of(r, SQLITE_IOERR_TRUNCATE);
}

static int vfs_sync(sqlite3_file *file, int flags)
{
    (void)flags;
    return code_of(flush_file(((struct vfs_file *)file)->on), SQLITE_IOERR_FSYNC);
}

static int vfs_size(sqlite3_file *file, sqlite3_int64 *size)
{
    *size = (sqlite3_int64)((struct vfs_file *)file)->on->now_size;
    return storm.is_dark ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int vfs_lock(sqlite3_file *file, int level)
{
    (void)file;
    (void)level;
    return SQLITE_OK;
}

static int vfs_is_reserved(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int vfs_control(sqlite3_file *file, int op, void *argument)
{
    (void)file;
    (void)op;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int vfs_sector(sqlite3_file *file)
{
    (void)file;
    return SECTOR;
}

static int vfs_traits(sqlite3_file *file)
{
    (void)file;
    return 0;
}

static const sqlite3_io_methods methods = {
    1,           vfs_close,  vfs_read,   vfs_write, vfs_truncate,
    vfs_sync,    vfs_size,   vfs_lock,   vfs_lock,  vfs_is_reserved,
    vfs_control, vfs_sector, vfs_traits, NULL,      NULL,
    NULL,        NULL,       NULL,       NULL
};

static int vfs_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags,
                    int *out_flags)
{
    static unsigned temporaries;
    char own[NAME];
    struct vfs_file *f = (struct vfs_file *)file;
    (void)vfs;
    memset(f, 0, sizeof(*f));
    if (storm.is_dark)
        return SQLITE_CANTOPEN;
    snprintf(own, sizeof(own), "temporary-%u", temporaries++);
    f->on = find(name ? base_name(name) : own);
    if (!f->on && !(flags & SQLITE_OPEN_CREATE))
        return SQLITE_CANTOPEN;
    if (!f->on)
        f->on = make(name ? base_name(name) : own);
    f->base.pMethods = &methods;
    if (out_flags)
        *out_flags = flags;
    return SQLITE_OK;
}

static int vfs_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    (void)vfs;
    (void)sync_folder;
    int r = disk_remove(NULL, base_name(name));
    return r == -ENOENT ? SQLITE_IOERR_DELETE_NOENT : code_of(r, SQLITE_IOERR_DELETE);
}

static int vfs_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    (void)vfs;
    (void)flags;
    *out = find(base_name(name)) != NULL;
    return storm.is_dark ? SQLITE_IOERR_ACCESS : SQLITE_OK;
}

static int vfs_full_path(sqlite3_vfs *vfs, const char *name, int size, char *out)
{
    (void)vfs;
    snprintf(out, (size_t)size, "%s", name);
    return SQLITE_OK;
}

static int vfs_random(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    for (int i = 0; i < size; i++)
        out[i] = (char)chance(256);
    return size;
}

static int vfs_sleep(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    return us;
}

static int vfs_time(sqlite3_vfs *vfs, double *out)
{
    (void)vfs;
    *out = 2461000.5;
    return SQLITE_OK;
}

static int vfs_error(sqlite3_vfs *vfs, int size, char *out)
{
    (void)vfs;
    (void)size;
    (void)out;
    return 0;
}

void storm_begin(uint64_t seed)
{
    static sqlite3_vfs vfs = { 1,          sizeof(struct vfs_file),
                               512,        NULL,
                               STORM_VFS,  NULL,
                               vfs_open,   vfs_delete,
                               vfs_access, vfs_full_path,
                               NULL,       NULL,
                               NULL,       NULL,
                               vfs_random, vfs_sleep,
                               vfs_time,   vfs_error,
                               NULL,       NULL,
                               NULL,       NULL };
    storm_end();
    storm.free_bytes = storm.total_bytes = INT64_C(64) << 30;
    storm.chance = seed * 2654435761u + 88172645463325252u;
    sqlite3_vfs_register(&vfs, 0);
}

void storm_end(void)
{
    for (size_t i = 0; i < FILES; i++)
        if (storm.files[i].is_used)
            forget(&storm.files[i]);
    storm = (struct storm){ 0 };
}
