#include "tests/support/check.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

char *test_file(const char *path_below_tests, size_t *length)
{
    char path[512];
    const char *root = getenv("ONETRIP_ROOT");
    snprintf(path, sizeof(path), "%s/tests/%s", root ? root : ".", path_below_tests);
    FILE *f = fopen(path, "rb");
    if (!f)
        fail_msg("cannot open %s", path);
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *text = calloc(1, (size_t)size + 1); /* ends in the NUL that nobody counts */
    if (!text || fread(text, 1, (size_t)size, f) != (size_t)size)
        fail_msg("cannot read %s", path);
    fclose(f);
    *length = (size_t)size;
    return text;
}

static char folder[64];

static int remove_entry(const char *path, const struct stat *st, int kind, struct FTW *where)
{
    (void)st;
    (void)kind;
    (void)where;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *test_folder(void)
{
    if (*folder)
        return folder;
    snprintf(folder, sizeof(folder), "/tmp/onetrip-test-XXXXXX");
    if (!mkdtemp(folder))
        fail_msg("no temporary folder");
    atexit(remove_folder);
    return folder;
}
