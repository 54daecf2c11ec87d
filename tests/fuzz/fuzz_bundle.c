/* links: board/common firmware/update firmware/seal firmware/base */
#include <stdlib.h>
#include <string.h>

#include "board/common/bundle.h"

/* Two bytes of size, then a bundle's head. Parts that are told of lie in the file, one behind the other. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t head[BUNDLE_HEAD] = { 0 };
    struct bundle b;
    if (size < 2)
        return 0;
    int64_t bytes = data[0] * 256 + data[1];
    memcpy(head, data + 2, size - 2 < sizeof(head) ? size - 2 : sizeof(head));
    if (bundle_read(&b, head, bytes))
        return 0;
    const struct bundle_part *boot = &b.parts[BUNDLE_BOOT], *root = &b.parts[BUNDLE_ROOT];
    if (boot->at != BUNDLE_HEAD || root->at < boot->at + boot->bytes ||
        root->at + root->bytes != bytes || !update_version_is(b.release))
        abort();
    return 0;
}
