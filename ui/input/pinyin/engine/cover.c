#include "ui/input/pinyin/engine/cover.h"

#include <string.h>

#include "ui/input/pinyin/engine/fit.h"

/* A word costs something, a light one more, one character more than a word. A syllable without a word of
 * ours costs most, so that two of ours are taken before three unknown syllables. */
enum { WORD = 100, SINGLE = 60, UNFINISHED = 40, GAP = 130, GAP_BEGINS = 60, SYLLABLE_MAX = 6 };
enum { HITS = 64 };

/* The best way to this letter: its last piece. */
struct place {
    bool is_reached;
    unsigned cost;
    uint8_t from;
    const char *word; /* NULL: a syllable for the tables */
};

struct way {
    struct place places[SPELLER_LETTERS_MAX + 1];
    const char *letters;
    size_t length;
};

static void reach(struct way *y, size_t from, size_t to, unsigned cost, const char *word)
{
    const char next = y->letters[to];
    struct place *p = &y->places[to];
    bool may_follow = !next || !strchr("iuv", next);
    cost += y->places[from].cost;
    if (may_follow && (!p->is_reached || p->cost > cost))
        *p = (struct place){ true, cost, (uint8_t)from, word };
}

static void reach_by_words(struct way *y, size_t at, const struct lexicon *here)
{
    struct hit hits[HITS];
    size_t count = lexicon_match(here, y->letters + at, false, hits, HITS);
    for (size_t i = 0; i < count; i++) {
        const struct hit *h = &hits[i];
        unsigned cost = WORD + 9u - h->weight + (h->syllables == 1 ? SINGLE : 0);
        bool is_unfinished = h->fit == FIT_PARTIAL && h->syllables > 1;
        if (h->fit == FIT_WHOLE || h->fit == FIT_START || is_unfinished)
            reach(y, at, at + h->letters, cost + (is_unfinished ? UNFINISHED : 0), h->text);
    }
    explicit_bzero(hits, sizeof(hits));
}

static void reach_by_syllables(struct way *y, size_t at)
{
    bool goes_on = at && !y->places[at].word;
    unsigned cost = GAP + (goes_on ? 0 : GAP_BEGINS);
    for (size_t n = 1; n <= SYLLABLE_MAX && at + n <= y->length; n++) {
        if (fit_is_syllable(y->letters + at, n))
            reach(y, at, at + n, cost, NULL);
        else if (at + n == y->length && !memchr(y->letters + at, '\'', n))
            reach(y, at, at + n, cost + UNFINISHED, NULL);
    }
}

static bool append(struct cover *out, const char *text)
{
    size_t used = strlen(out->text), n = strlen(text);
    if (used + n >= sizeof(out->text))
        return false;
    memcpy(out->text + used, text, n + 1);
    return true;
}

static bool append_guess(struct cover *out, struct guess *g, const char *letters, size_t length)
{
    size_t used = strlen(out->text);
    char part[SPELLER_LETTERS_MAX + 1] = "";
    memcpy(part, letters, length);
    bool is_good = guess_sentence(g, part, out->text + used, sizeof(out->text) - used);
    explicit_bzero(part, sizeof(part));
    return is_good;
}

/* Letters that words of ours of more than one character stand for. */
static size_t letters_of_ours(const struct way *y)
{
    size_t sum = 0;
    for (size_t at = y->length; at; at = y->places[at].from)
        if (y->places[at].word && strlen(y->places[at].word) > 3)
            sum += at - y->places[at].from;
    return sum;
}

/* Pieces from first to last; syllables side by side are guessed together. */
static bool put_down(struct cover *out, struct guess *g, const struct way *y)
{
    uint8_t ends[SPELLER_LETTERS_MAX + 1];
    size_t count = 0;
    for (size_t at = y->length; at; at = y->places[at].from)
        ends[count++] = (uint8_t)at;
    while (count) {
        size_t from = y->places[ends[count - 1]].from, to = ends[count - 1];
        const char *word = y->places[to].word;
        count--;
        while (!word && count && !y->places[ends[count - 1]].word)
            to = ends[--count];
        if (word ? !append(out, word) : !append_guess(out, g, y->letters + from, to - from))
            return false;
    }
    return true;
}

void cover_letters(struct cover *out, struct guess *g, const struct words *w, const char *letters)
{
    struct way y = { .letters = letters, .length = strlen(letters) };
    memset(out, 0, sizeof(*out));
    y.places[0].is_reached = true;
    for (size_t at = 0; at < y.length; at++) {
        if (!y.places[at].is_reached)
            continue;
        if (letters[at] == '\'') {
            y.places[at + 1] = y.places[at]; /* a border: the way goes on behind it */
            continue;
        }
        reach_by_words(&y, at, w->here);
        reach_by_syllables(&y, at);
    }
    size_t ours = y.places[y.length].is_reached ? letters_of_ours(&y) : 0;
    out->is_mostly_here = 2 * ours >= y.length;
    if (!ours || !put_down(out, g, &y))
        explicit_bzero(out, sizeof(*out));
    explicit_bzero(&y, sizeof(y));
}
