#include "firmware/base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Atomic int threshold = -1;

static int level_from_environment(void)
{
    const char *word = getenv("ONETRIP_LOG");
    if (word && !strcmp(word, "debug"))
        return LOG_DEBUG;
    if (word && !strcmp(word, "info"))
        return LOG_INFO;
    return LOG_NOTICE;
}

void log_set_level(enum log_level level)
{
    atomic_store(&threshold, (int)level);
}

void log_line(enum log_level level, const char *area, const char *format, ...)
{
    char line[1024];
    va_list args;
    int limit = atomic_load(&threshold);
    if (limit < 0) {
        limit = level_from_environment();
        atomic_store(&threshold, limit);
    }
    if ((int)level > limit)
        return;
    int head = snprintf(line, sizeof(line), "<%d>%s: ", (int)level, area);
    va_start(args, format);
    int body = vsnprintf(line + head, sizeof(line) - (size_t)head - 1, format, args);
    va_end(args);
    if (body < 0)
        return;
    size_t length = strlen(line);
    for (size_t i = (size_t)head; i < length; i++)
        if ((unsigned char)line[i] < 0x20 || line[i] == 0x7f)
            line[i] = '?';
    line[length++] = '\n';
    /* One write: lines of several threads do not mix. Nothing sensible is left if it fails. */
    if (write(STDERR_FILENO, line, length) < 0)
        return;
}
