#include "ui/input/pinyin/engine/lexicon.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/pinyin/engine/fit.h"

enum {
    SYLLABLES_BYTES = 96,
    WORD_BYTES = 63,
    ENTRIES_MAX = 30000,
    POOL_MAX = 4 << 20,
    LETTERS = 26
};

struct entry {
    uint32_t syllables, word; /* offsets into the pool */
    uint8_t weight, count;
};

struct lexicon {
    struct entry *entries;
    size_t count, room;
    char *pool; /* texts, each with its NUL */
    size_t used, pool_room;
    size_t begin[LETTERS + 1]; /* of the words with a first letter */
};

int lexicon_new(struct lexicon **out)
{
    *out = calloc(1, sizeof(**out));
    return *out ? 0 : fault_raise(-ENOMEM);
}

void lexicon_free(struct lexicon *l)
{
    if (!l)
        return;
    free(l->entries);
    free(l->pool);
    free(l);
}

/* ---- loading ----------------------------------------------------------------------------------- */

static bool are_syllables(const char *s, uint8_t *count)
{
    size_t n = strlen(s), run = 0;
    *count = 1;
    if (!n || n >= SYLLABLES_BYTES)
        return false;
    for (size_t i = 0; i < n; i++) {
        bool is_letter = s[i] >= 'a' && s[i] <= 'z';
        if (!is_letter && (s[i] != '\'' || !run))
            return false;
        run = is_letter ? run + 1 : 0;
        *count = (uint8_t)(*count + !is_letter);
    }
    return run > 0;
}

static bool is_word(const char *word)
{
    size_t n = strlen(word);
    if (!n || n > WORD_BYTES || !text_is_valid(word, n))
        return false;
    for (size_t at = 0; at < n;) {
        uint32_t cp;
        at += text_decode(&cp, word + at, n - at);
        if (!text_is_han(cp))
            return false;
    }
    return true;
}

static int grow(struct lexicon *l, size_t bytes)
{
    if (l->count == l->room) {
        size_t room = l->room ? 2 * l->room : 1024;
        struct entry *more = realloc(l->entries, room * sizeof(*more));
        if (!more || room > 2 * ENTRIES_MAX)
            return fault_raise(-ENOMEM);
        l->entries = more;
        l->room = room;
    }
    if (l->used + bytes > l->pool_room) {
        size_t room = l->pool_room ? 2 * l->pool_room : 64 << 10;
        char *more = room > POOL_MAX ? NULL : realloc(l->pool, room);
        if (!more)
            return fault_raise(-ENOMEM);
        l->pool = more;
        l->pool_room = room;
    }
    return 0;
}

static uint32_t keep(struct lexicon *l, const char *text)
{
    uint32_t at = (uint32_t)l->used;
    size_t n = strlen(text) + 1;
    memcpy(l->pool + at, text, n);
    l->used += n;
    return at;
}

int lexicon_add(struct lexicon *l, const char *syllables, const char *word, unsigned weight)
{
    uint8_t count;
    if (!are_syllables(syllables, &count) || !is_word(word))
        return -EINVAL;
    int r = grow(l, strlen(syllables) + strlen(word) + 2);
    if (r)
        return r;
    struct entry *e = &l->entries[l->count++];
    e->syllables = keep(l, syllables);
    e->word = keep(l, word);
    e->weight = (uint8_t)(weight < 1 ? 1 : weight > 9 ? 9 : weight);
    e->count = count;
    return 0;
}

static size_t bucket_of(const struct lexicon *l, const struct entry *e)
{
    return (size_t)(l->pool[e->syllables] - 'a');
}

/* By first letter, otherwise as they were. */
int lexicon_settle(struct lexicon *l)
{
    size_t at[LETTERS + 1] = { 0 };
    struct entry *sorted = calloc(l->count + 1, sizeof(*sorted));
    char *pool = l->used ? realloc(l->pool, l->used) : NULL;
    if (!sorted)
        return fault_raise(-ENOMEM);
    if (pool)
        l->pool = pool;
    l->pool_room = l->used;
    for (size_t i = 0; i < l->count; i++)
        at[bucket_of(l, &l->entries[i]) + 1]++;
    for (size_t b = 0; b < LETTERS; b++)
        at[b + 1] += at[b];
    memcpy(l->begin, at, sizeof(at));
    for (size_t i = 0; i < l->count; i++)
        sorted[at[bucket_of(l, &l->entries[i])]++] = l->entries[i];
    free(l->entries);
    l->entries = sorted;
    l->room = l->count;
    return 0;
}

size_t lexicon_count(const struct lexicon *l)
{
    return l->count;
}

/* ---- finding ----------------------------------------------------------------------------------- */

static bool is_before(const struct hit *a, const struct hit *b)
{
    if (a->fit != b->fit)
        return a->fit < b->fit;
    if (a->letters != b->letters)
        return a->letters > b->letters;
    if (a->missing != b->missing)
        return a->missing < b->missing;
    if (a->weight != b->weight)
        return a->weight > b->weight;
    if (a->syllables != b->syllables)
        return a->syllables < b->syllables;
    return a->order < b->order;
}

/* Into the sorted list; the last falls out when it is full. */
static size_t insert(struct hit *out, size_t count, size_t room, const struct hit *hit)
{
    size_t at = count;
    while (at && is_before(hit, &out[at - 1]))
        at--;
    if (at == room)
        return count;
    size_t tail = (count < room ? count : room - 1) - at;
    memmove(out + at + 1, out + at, tail * sizeof(*out));
    out[at] = *hit;
    return count < room ? count + 1 : count;
}

static size_t match_bucket(const struct lexicon *l, size_t bucket, const char *letters,
                           bool is_fuzzy_ng, struct hit *out, size_t count, size_t room)
{
    for (size_t i = l->begin[bucket]; i < l->begin[bucket + 1]; i++) {
        const struct entry *e = &l->entries[i];
        struct hit hit = { .text = l->pool + e->word,
                           .weight = e->weight,
                           .syllables = e->count,
                           .order = (uint32_t)i };
        if (fit_word(&hit, letters, l->pool + e->syllables, is_fuzzy_ng))
            count = insert(out, count, room, &hit);
    }
    return count;
}

size_t lexicon_match(const struct lexicon *l, const char *letters, bool is_fuzzy_ng,
                     struct hit *out, size_t room)
{
    size_t count = 0;
    if (letters[0] < 'a' || letters[0] > 'z')
        return 0;
    count = match_bucket(l, (size_t)(letters[0] - 'a'), letters, is_fuzzy_ng, out, count, room);
    if (is_fuzzy_ng && (letters[0] == 'l' || letters[0] == 'n'))
        count = match_bucket(l, letters[0] == 'l' ? 'n' - 'a' : 'l' - 'a', letters, true, out,
                             count, room);
    return count;
}
