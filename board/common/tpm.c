#include "board/common/tpm.h"

#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <unistd.h>

enum { LOOK_EVERY_MS = 100, FOLDERS_OPEN = 16, PROPERTY = 256 };

static const char acpi_table[] = "/sys/firmware/acpi/tables/TPM2";

/* A property is one string or several, each with its NUL. Returns its length, 0 without one. */
static size_t read_property(char out[PROPERTY], const char *node, const char *name)
{
    int folder = open(node, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int fd = folder < 0 ? -1 : openat(folder, name, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, out, PROPERTY);
    if (fd >= 0)
        close(fd);
    if (folder >= 0)
        close(folder);
    return n > 0 ? (size_t)n : 0;
}

/* By what its driver would be found by: SPI, I2C and memory-mapped ones, and those in a trusted execution environment. */
static int look_at_node(const char *path, const struct stat *st, int type, struct FTW *at)
{
    static const char *const kinds[] = { "tpm_tis",  "tpm-tis", "slb9670", "slb9673",
                                         "st33htpm", "cr50",    "ftpm" };
    char text[PROPERTY];
    (void)st;
    (void)at;
    size_t length = type == FTW_D ? read_property(text, path, "compatible") : 0;
    bool is_one = false;
    for (size_t i = 0; length && i < sizeof(kinds) / sizeof(kinds[0]); i++)
        is_one |= memmem(text, length, kinds[i], strlen(kinds[i])) != NULL;
    if (!is_one)
        return 0;
    length = read_property(text, path, "status");
    return !length || !memcmp(text, "ok", length < 2 ? length : 2); /* "ok" and "okay" */
}

bool tpm_is_described(const char *tree)
{
    return !access(acpi_table, F_OK) || nftw(tree, look_at_node, FOLDERS_OPEN, FTW_PHYS) == 1;
}

bool tpm_wait(const char *device, unsigned limit_s)
{
    if (device[0] != '/')
        return true;
    for (unsigned left = limit_s * 1000 / LOOK_EVERY_MS; access(device, F_OK); left--) {
        if (!left)
            return false;
        usleep(LOOK_EVERY_MS * 1000);
    }
    return true;
}
