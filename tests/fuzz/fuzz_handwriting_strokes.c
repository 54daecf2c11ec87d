/* links: ui/input/handwriting firmware/base */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/handwriting_model.h"
#include "ui/input/handwriting/handwriting.h"
#include "ui/input/handwriting/ink_line.h"

/* A line of ink as anybody may send it: read, and what was read is recognised, twice with the same
 * answer. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct handwriting *small_model(void)
{
    struct handwriting *hw = NULL;
    char path[64];
    size_t length = 0;
    uint8_t *bytes = handwriting_model_make(64, 32, 2, &length);
    int fd = memfd_create("model", MFD_CLOEXEC);
    if (!bytes || fd < 0 || write(fd, bytes, length) != (ssize_t)length)
        abort();
    free(bytes);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    if (handwriting_open(&hw, path))
        abort();
    close(fd);
    return hw;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct handwriting *hw;
    struct handwriting_candidate found[8], again[8];
    char complaint[JSON_COMPLAINT] = "";
    struct handwriting_point *points = NULL;
    size_t count = 0;
    if (!hw)
        hw = small_model();
    int r = ink_line_read(&points, &count, (const char *)data, size, complaint);
    if (r && (r != INK_LINE_E_BAD || !*complaint || points || count))
        abort();
    size_t n = handwriting_recognise(hw, points, count, found, 8);
    if (n && (n != 8 || !isfinite(found[0].distance)))
        abort();
    if (handwriting_recognise(hw, points, count, again, 8) != n ||
        memcmp(found, again, n * sizeof(found[0])) != 0)
        abort();
    free(points);
    return 0;
}
