/* links: ui/speech ui/widget ui/text ui/canvas firmware/slip firmware/base */
#include <stdlib.h>

#include "ui/speech/wav.h"

/* Whatever a recording is: the samples that are found lie inside of it. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t offset, bytes;
    if (!wav_find_samples(&offset, &bytes, data, size) &&
        (!bytes || bytes % 2 || offset > size || bytes > size - offset))
        abort();
    return 0;
}
