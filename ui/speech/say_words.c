#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/speech/say.h"

struct row {
    const char *word, *reading;
    size_t length; /* bytes of the word */
};

struct say_words {
    char *text; /* both columns of every row, ended by NULs */
    size_t count;
    struct row rows[];
};

enum { WORDS_MAX = 20000 };

static int by_word(const void *left, const void *right)
{
    return strcmp(((const struct row *)left)->word, ((const struct row *)right)->word);
}

/* One syllable: small letters, then a tone. */
static const char *syllable_end(const char *p)
{
    const char *start = p;
    while (*p >= 'a' && *p <= 'z')
        p++;
    bool is_good = p > start && p - start <= 6 && *p >= '1' && *p <= '5';
    return is_good ? p + 1 : NULL;
}

static size_t count_syllables(const char *reading)
{
    size_t count = 0;
    for (const char *p = reading; p; p++) {
        p = syllable_end(p);
        if (!p)
            return 0;
        count++;
        if (!*p)
            return count;
        if (*p != ' ')
            return 0;
    }
    return 0;
}

static const char *row_complaint(const struct row *row)
{
    size_t characters = text_count(row->word);
    if (!characters || characters > SAY_WORD_CHARACTERS_MAX)
        return "a word has 1 to 8 characters";
    if (!text_is_valid(row->word, row->length))
        return "the word is not UTF-8";
    if (count_syllables(row->reading) != characters)
        return "one syllable with a tone for each character";
    return NULL;
}

/* Cut the text in place: lines into rows, rows at their tab. */
static int cut(struct say_words *w, char complaint[SAY_COMPLAINT])
{
    char *rest = w->text;
    for (int number = 1; rest; number++) {
        char *line = rest, *newline = strchr(line, '\n');
        rest = newline ? newline + 1 : NULL;
        if (newline)
            *newline = 0;
        if (!*line || *line == '#')
            continue;
        char *tab = strchr(line, '\t');
        const char *wrong = tab ? NULL : "word, tab, reading";
        if (tab) {
            *tab = 0;
            w->rows[w->count] = (struct row){ line, tab + 1, strlen(line) };
            wrong = row_complaint(&w->rows[w->count++]);
        }
        if (wrong) {
            snprintf(complaint, SAY_COMPLAINT, "line %d: %s", number, wrong);
            return -EINVAL;
        }
    }
    return 0;
}

static int refuse_doubles(const struct say_words *w, char complaint[SAY_COMPLAINT])
{
    for (size_t i = 1; i < w->count; i++) {
        if (strcmp(w->rows[i - 1].word, w->rows[i].word))
            continue;
        snprintf(complaint, SAY_COMPLAINT, "%.40s stands there twice", w->rows[i].word);
        return -EINVAL;
    }
    return 0;
}

int say_words_load(struct say_words **out, const char *text, size_t length,
                   char complaint[SAY_COMPLAINT])
{
    size_t lines = 1;
    complaint[0] = 0;
    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    if (lines > WORDS_MAX || memchr(text, 0, length)) {
        snprintf(complaint, SAY_COMPLAINT, "no table of words");
        return -EINVAL;
    }
    AUTO(say_words_free) struct say_words *w = calloc(1, sizeof(*w) + lines * sizeof(w->rows[0]));
    if (!w || !(w->text = strndup(text, length)))
        return fault_raise(-ENOMEM);
    int r = cut(w, complaint);
    if (r)
        return r;
    qsort(w->rows, w->count, sizeof(w->rows[0]), by_word);
    r = refuse_doubles(w, complaint);
    if (!r)
        *out = TAKE(w);
    return r;
}

void say_words_free(struct say_words *w)
{
    if (!w)
        return;
    free(w->text);
    free(w);
}

size_t say_words_count(const struct say_words *w)
{
    return w->count;
}

static const struct row *row_of(const struct say_words *w, const char *text, size_t length)
{
    size_t low = 0, high = w->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct row *row = &w->rows[middle];
        int order = strncmp(row->word, text, length);
        if (!order && row->length > length)
            order = 1;
        if (!order)
            return row;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *say_words_find(const struct say_words *w, const char *text, size_t *length)
{
    size_t ends[SAY_WORD_CHARACTERS_MAX], count = 0, left = strlen(text), at = 0;
    while (count < SAY_WORD_CHARACTERS_MAX && at < left) {
        uint32_t c;
        at += text_decode(&c, text + at, left - at);
        ends[count++] = at;
    }
    for (; count > 0; count--) {
        const struct row *row = row_of(w, text, ends[count - 1]);
        if (!row)
            continue;
        *length = ends[count - 1];
        return row->reading;
    }
    return NULL;
}
