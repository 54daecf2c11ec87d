/* links: ui/input/handwriting firmware/base */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "tests/support/handwriting_model.h"
#include "ui/input/handwriting/handwriting.h"

/* A model file as somebody else may have made it. Bytes 0 to 2 are counts of a valid one, bit 0 of
 * byte 3 whether its checksum is made to fit again; then come changes, six bytes each: where (4), by
 * what (1), how often (1). What is believed must answer without fault and in order. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void ask(const struct handwriting *hw)
{
    static const struct handwriting_point ink[] = {
        { 0, 0, true }, { 90, 5, false }, { 40, -30, true }, { 38, 80, false }, { 70, 60, true }
    };
    struct handwriting_candidate found[HANDWRITING_CANDIDATES_MAX];
    size_t n = handwriting_recognise(hw, ink, 5, found, HANDWRITING_CANDIDATES_MAX);
    demand(n && n <= handwriting_class_count(hw));
    for (size_t i = 0; i < n; i++)
        demand(found[i].text[0] && strlen(found[i].text) <= 4 &&
               (!i || found[i].distance >= found[i - 1].distance));
}

static void change(uint8_t *bytes, size_t length, const uint8_t *data, size_t size)
{
    for (; size >= 6; data += 6, size -= 6) {
        uint32_t at;
        memcpy(&at, data, 4);
        for (size_t i = 0; i <= data[5]; i++)
            bytes[(at + i * 4) % length] ^= data[4];
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t length = 0;
    char path[64];
    if (size < 4)
        return 0;
    uint8_t *bytes =
        handwriting_model_make(1 + data[0] % 80, 16 + data[1] % 4 * 16, data[2] % 4, &length);
    demand(bytes != NULL);
    change(bytes, length, data + 4, size - 4);
    if (data[3] & 1)
        model_seal(bytes, length);
    int fd = memfd_create("model", MFD_CLOEXEC);
    demand(fd >= 0 && write(fd, bytes, length) == (ssize_t)length);
    snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
    AUTO(handwriting_free) struct handwriting *hw = NULL;
    int r = handwriting_open(&hw, path);
    demand(r == 0 || r == HANDWRITING_E_REFUSED);
    if (!r)
        ask(hw);
    close(fd);
    free(bytes);
    return 0;
}
