/* What a technician's laptop may say at the console of a board: a line of printable letters that is one of a table's commands of
 * kioskctl, and nothing else. No shell, no options, no names of files: what is not in the table is not passed on, not even quoted.
 * Pure; one thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum { CONSOLE_LINE = 80, CONSOLE_WORDS = 4, CONSOLE_NOTE = 64 };

/* ---- from bytes to lines ------------------------------------------------------------- */
struct console_line {
    char text[CONSOLE_LINE + 1];
    size_t length;
    bool is_too_long, has_other; /* of the line that is being typed: then none of it counts */
    bool after_return;           /* a line feed that belongs to it */
};
enum console_key {
    CONSOLE_NOTHING, /* dropped */
    CONSOLE_ECHO,    /* the byte is shown as it is */
    CONSOLE_ERASED,  /* the last one is taken back */
    CONSOLE_CLEARED, /* Ctrl-C, Ctrl-U: the line is begun anew */
    CONSOLE_DONE,    /* `text` is a line; console_line_clear() before the next */
};
enum console_key console_key(struct console_line *line, unsigned char byte);
void console_line_clear(struct console_line *line);

/* ---- from lines to commands ---------------------------------------------------------- */
enum console_verdict {
    CONSOLE_RUN,
    CONSOLE_EMPTY,
    CONSOLE_HELP,
    CONSOLE_LEAVE,
    CONSOLE_REFUSED, /* none of the table, or with another argument than it takes */
};
struct console_command {
    size_t count;
    const char *words[CONSOLE_WORDS]; /* of the table */
    char argument[24]; /* "" none: digits, or letters of the table; never a path, never an option */
    char note
        [CONSOLE_NOTE]; /* for the audit log: words and figures; a code that joins a county is not in it */
};
/* `line` as console_key() left it. */
enum console_verdict console_parse(struct console_command *out, const struct console_line *line);
/* "status\0...": one line for each command, for whoever asks for help; NULL after the last. */
const char *console_help(size_t i);

/* What a program printed, fit for a terminal: printable ASCII and whole UTF-8 stay, a line ends with CR LF, whatever steers a
 * terminal becomes '?'. `out` has room for 2 * length bytes; how many it got. Cut sequences at the end become '?'. */
size_t console_clean(char *out, const char *text, size_t length);
