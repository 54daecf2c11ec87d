/* links: ui/input/rare firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"
#include "ui/input/rare/rare.h"

/* A table of characters from anywhere, with a sum that fits: what opens can be searched to its end. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void search(const struct rare *r)
{
    static uint32_t list[512];
    const struct rare_page all = { 0 };
    for (size_t i = 0; i < rare_radical_count(r); i++) {
        struct rare_radical f = rare_radical(r, i);
        demand(strlen(f.form) < 4 && strlen(f.name) < 32 && f.number && f.number <= RARE_RADICALS);
        size_t n = rare_by_radical(r, f.number, f.is_simplified, RARE_ANY, &all, list, 512);
        for (size_t k = 0; k < n; k++)
            demand(text_is_han(list[k]));
    }
    rare_by_strokes(r, 12, &all, list, 512);
    rare_by_reading(r, "yi", &all, list, 512);
    rare_level(r, 0x4e00);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *copy = malloc(size ? size : 1);
    struct rare *r = NULL;
    if (!copy)
        return 0;
    memcpy(copy, data, size);
    if (size >= 32)
        put_le32(copy + 28, crc32c(0, copy + 32, size - 32));
    if (!rare_open_bytes(&r, copy, size))
        search(r);
    rare_free(r);
    free(copy);
    return 0;
}
