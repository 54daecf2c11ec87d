#include "board/host/sim/words.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

enum { WORDS_MAX = 4, WORD = 400 };

struct words {
    size_t count;
    char word[WORDS_MAX][WORD];
    const char *rest; /* of the line, behind the first word */
};

/* How one command is written, and what it becomes. "%1" to "%3" stand for its words, "%r" for the rest of the line; a value
 * that begins with '!' is JSON as it stands, with '#' a number. */
struct form {
    const char *verb, *object, *usage;
    size_t least, most;     /* words behind the verb, `object` among them */
    const char *members[8]; /* key, value, ... */
};

static const struct form forms[] = {
    { "card", NULL, "card FILE", 1, 1, { "do", "tap-card", "person", "%1" } },
    { "lift", NULL, "lift", 0, 0, { "do", "lift-card" } },
    { "paper", NULL, "paper ok|near-end|end", 1, 1, { "do", "paper", "state", "%1" } },
    { "cover", "open", "cover open|shut", 1, 1, { "do", "cover", "open", "!true" } },
    { "cover", "shut", "cover open|shut", 1, 1, { "do", "cover", "open", "!false" } },
    { "language", NULL, "language zh|en", 1, 1, { "do", "language", "to", "%1" } },
    { "speed", NULL, "speed MM_PER_S", 1, 1, { "do", "speed", "mm_per_s", "#1" } },
    { "power", "on", "power on|off", 1, 1, { "do", "power", "on", "!true" } },
    { "power", "off", "power on|off", 1, 1, { "do", "power", "on", "!false" } },
    { "link", "up", "link up|down", 1, 1, { "do", "link", "up", "!true" } },
    { "link", "down", "link up|down", 1, 1, { "do", "link", "up", "!false" } },
    { "plug", NULL, "plug DEVICE", 1, 1, { "do", "plug", "device", "%1" } },
    { "unplug", NULL, "unplug DEVICE", 1, 1, { "do", "unplug", "device", "%1" } },
    { "fault",
      NULL,
      "fault DEVICE NAME [AT]",
      2,
      3,
      { "do", "fault", "device", "%1", "name", "%2", "at", "#3" } },
    { "press",
      NULL,
      "press KEY [MS]",
      1,
      2,
      { "do", "keypad", "act", "press", "key", "%1", "ms", "#2" } },
    { "hold",
      NULL,
      "hold KEY [MS]",
      1,
      2,
      { "do", "keypad", "act", "hold", "key", "%1", "ms", "#2" } },
    { "let-go", NULL, "let-go KEY", 1, 1, { "do", "keypad", "act", "let-go", "key", "%1" } },
    { "headphones", "in", "headphones in|out", 1, 1, { "do", "headphones", "in", "!true" } },
    { "headphones", "out", "headphones in|out", 1, 1, { "do", "headphones", "in", "!false" } },
    { "scan", NULL, "scan TEXT", 1, WORDS_MAX, { "do", "scan", "text", "%r" } },
    { "type", NULL, "type TEXT", 1, WORDS_MAX, { "do", "type", "text", "%r" } },
    { "advance", NULL, "advance MS", 1, 1, { "do", "advance", "ms", "#1" } },
};

static void split(struct words *w, const char *line)
{
    *w = (struct words){ .rest = "" };
    const char *p = line + strspn(line, " \t");
    while (*p && w->count < WORDS_MAX) {
        size_t length = strcspn(p, " \t");
        snprintf(w->word[w->count++], WORD, "%.*s", (int)(length < WORD ? length : WORD - 1), p);
        p += length;
        p += strspn(p, " \t");
        if (w->count == 1)
            w->rest = p;
    }
}

static bool fits(const struct form *f, const struct words *w)
{
    return !strcmp(f->verb, w->word[0]) &&
           (!f->object || (w->count > 1 && !strcmp(f->object, w->word[1])));
}

/* 1: there is none, and it may be left out. NULL: no number. */
static json_t *value_of(const char *pattern, const struct words *w, bool *is_left_out)
{
    int number;
    size_t at = pattern[0] == '%' || pattern[0] == '#' ? (size_t)(pattern[1] - '0') : 0;
    *is_left_out = false;
    if (!strcmp(pattern, "!true") || !strcmp(pattern, "!false"))
        return json_boolean(pattern[1] == 't');
    if (!strcmp(pattern, "%r"))
        return json_string(w->rest);
    if (pattern[0] != '%' && pattern[0] != '#')
        return json_string(pattern);
    *is_left_out = at >= w->count;
    if (*is_left_out)
        return NULL;
    if (pattern[0] == '%')
        return json_string(w->word[at]);
    return text_to_int(&number, w->word[at]) ? json_integer(number) : NULL;
}

static json_t *fill(const struct form *f, const struct words *w)
{
    AUTO(json_release) json_t *request = json_object();
    for (size_t i = 0; i + 1 < sizeof(f->members) / sizeof(f->members[0]) && f->members[i];
         i += 2) {
        bool is_left_out;
        json_t *value = value_of(f->members[i + 1], w, &is_left_out);
        if (!value && !is_left_out)
            return NULL;
        if (value && json_object_set_new(request, f->members[i], value))
            return NULL;
    }
    return TAKE(request);
}

json_t *sim_words_request(const char *line, char complaint[JSON_COMPLAINT])
{
    struct words w;
    const char *usage = NULL;
    split(&w, line);
    for (size_t i = 0; w.count && i < sizeof(forms) / sizeof(forms[0]); i++) {
        const struct form *f = &forms[i];
        if (!strcmp(f->verb, w.word[0]))
            usage = f->usage;
        size_t behind = w.count - 1;
        json_t *request =
            fits(f, &w) && behind >= f->least && behind <= f->most ? fill(f, &w) : NULL;
        if (request)
            return request;
    }
    if (usage)
        snprintf(complaint, JSON_COMPLAINT, "it is written: %s", usage);
    else
        snprintf(complaint, JSON_COMPLAINT, "there is no command \"%.60s\"",
                 w.count ? w.word[0] : "");
    return NULL;
}
