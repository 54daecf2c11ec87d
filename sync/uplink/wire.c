#include "sync/uplink/wire.h"

#include <stdarg.h>
#include <stdio.h>

void request_header(struct request *r, const char *format, ...)
{
    va_list args;
    if (r->header_count == WIRE_HEADERS)
        return;
    va_start(args, format);
    vsnprintf(r->headers[r->header_count++], WIRE_HEADER_TEXT, format, args);
    va_end(args);
}
