#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "firmware/catalogue/check.h"

static int read_all(struct bytes *out, int fd, size_t size)
{
    ssize_t n = 1;
    if (bytes_reserve(out, size + 1))
        return -ENOMEM;
    while (out->length < size && n > 0) {
        n = read(fd, out->data + out->length, size - out->length);
        out->length += n > 0 ? (size_t)n : 0;
    }
    return n < 0 ? -errno : 0;
}

int catalogue_read_file(struct bytes *out, const char *path, char complaint[CATALOGUE_COMPLAINT])
{
    struct stat st = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC), r = fd < 0 || fstat(fd, &st) ? -errno : 0;
    if (!r && (!S_ISREG(st.st_mode) || (uint64_t)st.st_size > CATALOGUE_BYTES_MAX)) {
        snprintf(complaint, CATALOGUE_COMPLAINT, "%.200s: not a regular file of at most %d bytes",
                 path, CATALOGUE_BYTES_MAX);
        close(fd);
        return -EINVAL;
    }
    if (!r)
        r = read_all(out, fd, (size_t)st.st_size);
    if (r)
        snprintf(complaint, CATALOGUE_COMPLAINT, "%.200s: %s", path, strerror(-r));
    if (fd >= 0)
        close(fd);
    return r;
}

int catalogue_load_file(struct catalogue **out, const char *path,
                        char complaint[CATALOGUE_COMPLAINT])
{
    struct bytes text AUTO_BYTES = { 0 };
    char inner[CATALOGUE_COMPLAINT];
    *out = NULL;
    if (catalogue_read_file(&text, path, complaint))
        return -EINVAL;
    int r = catalogue_load(out, text.data ? (const void *)text.data : "", text.length, inner);
    bool is_no_json = !strncmp(inner, "line ", 5) || !strncmp(inner, "nested ", 7);
    if (r && is_no_json)
        snprintf(complaint, CATALOGUE_COMPLAINT, "%.150s: %.160s", path, inner);
    else
        snprintf(complaint, CATALOGUE_COMPLAINT, "%s", r ? inner : "");
    return r;
}
