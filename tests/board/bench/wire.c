#include "tests/board/bench/wire.h"

#include <unistd.h>

bool wire_read(int fd, uint8_t *data, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t n = read(fd, data + done, length - done);
        if (n <= 0)
            return false;
        done += (size_t)n;
    }
    return true;
}

uint32_t wire_u32(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}
