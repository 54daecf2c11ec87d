#include "board/common/console.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

/* ---- lines --------------------------------------------------------------------------- */

enum { CTRL_C = 3, BACKSPACE = 8, CTRL_U = 21, DELETE = 127 };

void console_line_clear(struct console_line *line)
{
    bool after_return = line->after_return;
    *line = (struct console_line){ .after_return = after_return };
}

static enum console_key erase(struct console_line *line)
{
    if (!line->length)
        return CONSOLE_NOTHING;
    line->text[--line->length] = 0;
    return CONSOLE_ERASED;
}

static enum console_key add(struct console_line *line, unsigned char byte)
{
    if (byte < ' ' || byte > '~') {
        line->has_other = true;
        return CONSOLE_NOTHING;
    }
    if (line->length == CONSOLE_LINE) {
        line->is_too_long = true;
        return CONSOLE_NOTHING;
    }
    line->text[line->length++] = (char)byte;
    return CONSOLE_ECHO;
}

enum console_key console_key(struct console_line *line, unsigned char byte)
{
    bool was_return = line->after_return;
    line->after_return = byte == '\r';
    if (byte == '\n' && was_return)
        return CONSOLE_NOTHING;
    switch (byte) {
    case '\r':
    case '\n':
        return CONSOLE_DONE;
    case BACKSPACE:
    case DELETE:
        return erase(line);
    case CTRL_C:
    case CTRL_U:
        console_line_clear(line);
        return CONSOLE_CLEARED;
    default:
        return add(line, byte);
    }
}

/* ---- commands ------------------------------------------------------------------------ */

enum kind { TAKES_NONE, MAY_STATE, MAY_NUMBER, NEEDS_NUMBER, NEEDS_CODE };

static const struct {
    const char *words[CONSOLE_WORDS]; /* until NULL */
    enum kind kind;
    const char *help;
} commands[] = {
    { { "status" }, TAKES_NONE, "status                link, queue, documents, update" },
    { { "queue", "list" }, MAY_STATE, "queue list [STATE]    queued, held, accepted or dead" },
    { { "queue", "sync" }, TAKES_NONE, "queue sync            try to reach the county now" },
    { { "queue", "release" }, NEEDS_NUMBER, "queue release SEQ     queue a held item again" },
    { { "events" }, MAY_NUMBER, "events [FROM]         what happened, without person data" },
    { { "enrol" }, NEEDS_CODE, "enrol CODE            join the county with a one-time code" },
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]), ARGUMENT_MOST = 16 };

const char *console_help(size_t i)
{
    static const char *const own[] = { "help                  this list",
                                       "exit                  end" };
    size_t count = sizeof(own) / sizeof(own[0]);
    return i < COMMANDS ? commands[i].help : i < COMMANDS + count ? own[i - COMMANDS] : NULL;
}

/* Words between blanks; the count, or CONSOLE_WORDS + 1 for more than anybody needs. */
static size_t cut(const char *words[CONSOLE_WORDS], char *text)
{
    size_t count = 0;
    char *left = NULL;
    for (char *w = strtok_r(text, " ", &left); w; w = strtok_r(NULL, " ", &left)) {
        if (count == CONSOLE_WORDS)
            return CONSOLE_WORDS + 1;
        words[count++] = w;
    }
    return count;
}

static bool is_of(const char *word, const char *letters)
{
    size_t length = strlen(word);
    return length && length <= ARGUMENT_MOST && strspn(word, letters) == length;
}

static bool is_state(const char *word)
{
    static const char *const states[] = { "queued", "held", "accepted", "dead" };
    for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
        if (!strcmp(word, states[i]))
            return true;
    return false;
}

static bool takes(enum kind kind, const char *argument)
{
    static const char digits[] = "0123456789";
    if (!argument)
        return kind == TAKES_NONE || kind == MAY_STATE || kind == MAY_NUMBER;
    switch (kind) {
    case MAY_STATE:
        return is_state(argument);
    case MAY_NUMBER:
    case NEEDS_NUMBER:
    case NEEDS_CODE:
        return is_of(argument, digits);
    default:
        return false;
    }
}

static bool fits(struct console_command *out, size_t i, const char **words, size_t count)
{
    size_t n = 0;
    while (n < CONSOLE_WORDS && commands[i].words[n]) {
        if (n >= count || strcmp(words[n], commands[i].words[n]) != 0)
            return false;
        n++;
    }
    const char *argument = count > n ? words[n] : NULL;
    if (count > n + 1 || !takes(commands[i].kind, argument))
        return false;
    out->count = n;
    memcpy(out->words, commands[i].words, sizeof(out->words));
    text_copy(out->argument, sizeof(out->argument), argument ? argument : "");
    bool is_secret = commands[i].kind == NEEDS_CODE;
    snprintf(out->note, sizeof(out->note), "%s%s%s%s%s", out->words[0], n > 1 ? " " : "",
             n > 1 ? out->words[1] : "", *out->argument && !is_secret ? " " : "",
             is_secret ? "" : out->argument);
    return true;
}

enum console_verdict console_parse(struct console_command *out, const struct console_line *line)
{
    char text[CONSOLE_LINE + 1];
    const char *words[CONSOLE_WORDS] = { NULL };
    *out = (struct console_command){ 0 };
    memcpy(text, line->text, sizeof(text));
    snprintf(out->note, sizeof(out->note), "refused length=%zu", line->length);
    if (line->is_too_long || line->has_other)
        return CONSOLE_REFUSED;
    size_t count = cut(words, text);
    if (!count)
        return CONSOLE_EMPTY;
    if (count == 1 && (!strcmp(words[0], "help") || !strcmp(words[0], "?")))
        return CONSOLE_HELP;
    if (count == 1 && (!strcmp(words[0], "exit") || !strcmp(words[0], "quit")))
        return CONSOLE_LEAVE;
    for (size_t i = 0; count <= CONSOLE_WORDS && i < COMMANDS; i++)
        if (fits(out, i, words, count))
            return CONSOLE_RUN;
    return CONSOLE_REFUSED;
}

/* ---- output -------------------------------------------------------------------------- */

static bool is_harmless(uint32_t cp)
{
    return cp >= ' ' && cp != 0xFFFD && !text_is_control(cp);
}

size_t console_clean(char *out, const char *text, size_t length)
{
    size_t used = 0;
    while (length) {
        uint32_t cp;
        size_t n = text_decode(&cp, text, length);
        if (*text == '\n') {
            out[used++] = '\r';
            out[used++] = '\n';
        } else if (is_harmless(cp)) {
            memcpy(out + used, text, n);
            used += n;
        } else {
            out[used++] = '?';
        }
        text += n;
        length -= n;
    }
    return used;
}
