/* links: board/common firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "board/common/console.h"

/* What somebody's laptop may send. Whatever it is, what reaches a program is a word of the table and at most one argument that is
 * digits or a state: no path, no option, nothing a shell would take for its own. And nothing that was printed steers a terminal. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void try_line(const struct console_line *line)
{
    static const char *const words[] = { "status", "queue", "events", "enrol",
                                         "list",   "sync",  "release" };
    struct console_command c;
    enum console_verdict verdict = console_parse(&c, line);
    demand(strspn(c.note, "abcdefghijklmnopqrstuvwxyz0123456789 -=:.") == strlen(c.note));
    demand(strlen(c.note) < 100);
    if (verdict != CONSOLE_RUN)
        return;
    demand(!line->is_too_long && !line->has_other && c.count >= 1 && c.count <= 2);
    for (size_t i = 0; i < c.count; i++) {
        size_t known = 0;
        while (known < sizeof(words) / sizeof(words[0]) && strcmp(words[known], c.words[i]) != 0)
            known++;
        demand(known < sizeof(words) / sizeof(words[0]));
    }
    demand(strspn(c.argument, "abcdefghijklmnopqrstuvwxyz0123456789") == strlen(c.argument));
}

static void try_output(const uint8_t *data, size_t size)
{
    char *out = malloc(2 * size + 1);
    size_t n = out ? console_clean(out, (const char *)data, size) : 0;
    demand(n <= 2 * size);
    for (size_t i = 0; i < n; i++)
        demand((unsigned char)out[i] >= ' ' || out[i] == '\r' || out[i] == '\n');
    demand(!n || (!memchr(out, 0x7f, n) && !memchr(out, 0x1b, n)));
    free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct console_line line = { 0 };
    for (size_t i = 0; i < size; i++) {
        enum console_key key = console_key(&line, data[i]);
        demand(line.length <= CONSOLE_LINE && !line.text[line.length]);
        if (key != CONSOLE_DONE)
            continue;
        try_line(&line);
        console_line_clear(&line);
    }
    try_line(&line);
    try_output(data, size);
    return 0;
}
