#include "ui/input/pinyin/engine/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"

enum { FILE_MAX = 4 << 20, LINE_MAX = 256, CATALOGUE_MAX = 16 << 20, CATALOGUE_WORD_MAX = 12 };
enum { WEIGHT_USUAL = 5, WEIGHT_CATALOGUE = 7, READING = 96 };

/* ---- lines ------------------------------------------------------------------------------------- */

static bool is_han(const char *word)
{
    uint32_t cp;
    size_t n = strlen(word);
    for (size_t at = 0; at < n;) {
        at += text_decode(&cp, word + at, n - at);
        if (!text_is_han(cp))
            return false;
    }
    return n > 0;
}

static bool add_unread(struct words *w, struct guess *g, const char *word, const char *initials,
                       unsigned weight)
{
    char reading[READING];
    return is_han(word) && guess_reading(g, word, initials, reading, sizeof(reading)) &&
           !lexicon_add(w->here, reading, word, weight);
}

static bool add_line(struct words *w, struct guess *g, char *line)
{
    char *rest = NULL;
    char *first = strtok_r(line, " \t\r", &rest), *second = strtok_r(NULL, " \t\r", &rest);
    char *third = strtok_r(NULL, " \t\r", &rest);
    int weight = WEIGHT_USUAL;
    if (!first)
        return true;
    if (third && (!text_to_int(&weight, third) || weight < 1 || weight > 9))
        weight = WEIGHT_USUAL;
    if ((unsigned char)first[0] >= 0x80)
        return add_unread(w, g, first, second, WEIGHT_CATALOGUE);
    return second && !lexicon_add(w->here, first, second, (unsigned)weight);
}

/* One line of the text into `line`, without what follows a #; moves on. False at the end. */
static bool next_line(char line[LINE_MAX], const char **at, const char *end)
{
    if (*at >= end)
        return false;
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    size_t n = (size_t)((stop ? stop : end) - *at);
    const char *remark = memchr(*at, '#', n);
    size_t used = remark ? (size_t)(remark - *at) : n;
    used = used < LINE_MAX ? used : 0;
    memcpy(line, *at, used);
    line[used] = 0;
    *at += n + (stop != NULL);
    return true;
}

size_t words_add_lines(struct words *w, struct guess *g, const char *text, size_t length)
{
    char line[LINE_MAX];
    const char *at = text;
    size_t useless = 0;
    while (next_line(line, &at, text + length))
        useless += !add_line(w, g, line);
    return useless;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *f = fopen(path, "re");
    char *text = f ? malloc(FILE_MAX) : NULL;
    if (text)
        *length = fread(text, 1, FILE_MAX, f);
    if (f)
        fclose(f);
    return text;
}

int words_add_file(struct words *w, struct guess *g, const char *path)
{
    size_t length = 0;
    char *text = read_file(path, &length);
    if (!text)
        return fault_raise(-ENOENT);
    size_t useless = words_add_lines(w, g, text, length);
    free(text);
    if (useless)
        log_line(LOG_WARNING, "pinyin", "%zu lines of a word list are of no use", useless);
    return 0;
}

/* ---- names ------------------------------------------------------------------------------------- */

/* The first fifty of a list weigh 9, the next 8, ...: it stands in order of frequency. */
static unsigned weight_of(size_t n)
{
    return n < 400 ? (unsigned)(9 - n / 50) : 1;
}

static int add_names(struct lexicon *l, const char *path, bool is_by_character)
{
    size_t length = 0, n = 0;
    char line[LINE_MAX], *text = read_file(path, &length);
    const char *at = text;
    int r = text ? 0 : fault_raise(-ENOENT);
    while (!r && next_line(line, &at, text + length)) {
        char *rest = NULL, *letters = strtok_r(line, "\t\r", &rest);
        char *word = strtok_r(NULL, "\t\r", &rest);
        if (!letters || !word)
            continue;
        if (!is_by_character) {
            r = lexicon_add(l, letters, word, weight_of(n++));
            continue;
        }
        for (size_t i = 0, left = strlen(word); !r && i < left;) {
            uint32_t cp;
            char one[5] = { 0 };
            size_t used = text_decode(&cp, word + i, left - i);
            memcpy(one, word + i, used);
            r = lexicon_add(l, letters, one, 5);
            i += used;
        }
    }
    free(text);
    return r;
}

int words_add_names(struct words *w, const char *surnames, const char *given)
{
    int r = add_names(w->surnames, surnames, false);
    return r ? r : add_names(w->given, given, true);
}

/* ---- the catalogue ----------------------------------------------------------------------------- */

static void add_words_of(struct words *w, struct guess *g, const json_t *value)
{
    const char *zh = json_string_value(json_object_get(value, "zh"));
    const char *initials = json_string_value(json_object_get(value, "initials"));
    if (zh && is_han(zh) && text_count(zh) >= 2 && text_count(zh) <= CATALOGUE_WORD_MAX)
        add_unread(w, g, zh, initials, WEIGHT_CATALOGUE);
}

static void add_names_in(struct words *w, struct guess *g, const json_t *list)
{
    size_t i;
    const json_t *e;
    json_array_foreach(list, i, e)
    {
        const json_t *keyword;
        size_t k;
        add_words_of(w, g, json_object_get(e, "name"));
        add_words_of(w, g, json_object_get(e, "short_name"));
        json_array_foreach(json_object_get(e, "keywords"), k, keyword) add_words_of(w, g, keyword);
        add_names_in(w, g, json_object_get(e, "materials"));
    }
}

int words_add_catalogue(struct words *w, struct guess *g, const char *path)
{
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *document = json_parse_file(path, CATALOGUE_MAX, complaint);
    if (!document) {
        log_line(LOG_WARNING, "pinyin", "the catalogue's words are missing: %s", complaint);
        return fault_raise(-EINVAL);
    }
    add_names_in(w, g, json_object_get(document, "themes"));
    add_names_in(w, g, json_object_get(document, "services"));
    return 0;
}

/* ---- first and last ---------------------------------------------------------------------------- */

int words_settle(struct words *w)
{
    int r = lexicon_settle(w->here);
    r = r ? r : lexicon_settle(w->surnames);
    return r ? r : lexicon_settle(w->given);
}

void words_free(struct words *w)
{
    lexicon_free(w->here);
    lexicon_free(w->surnames);
    lexicon_free(w->given);
}
