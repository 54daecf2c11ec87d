#include "firmware/loop/place.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

void place_beside_program(char *out, size_t size, const char *name)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    out[length > 0 ? length : 0] = 0;
    char *slash = strrchr(out, '/');
    size_t used = slash ? (size_t)(slash - out) + 1 : 0;
    snprintf(out + used, size - used, "%s", name);
}
