/* links: board/common firmware/base */
#include <stdlib.h>
#include <string.h>

#include "board/common/stick_fs.h"

/* A stick's first bytes; the first byte here says how large it is. Whatever stands there, a file system that may be mounted
 * has a kind and fits into its medium. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t head[STICK_FS_HEAD] = { 0 };
    struct stick_fs fs;
    if (size < 1)
        return 0;
    uint64_t bytes = (uint64_t)1 << data[0] % 45;
    memcpy(head, data + 1, size - 1 < sizeof(head) ? size - 1 : sizeof(head));
    if (stick_fs_judge(&fs, head, bytes))
        return 0;
    if (fs.kind == STICK_FS_NONE || !fs.bytes || fs.bytes > bytes)
        abort();
    return 0;
}
