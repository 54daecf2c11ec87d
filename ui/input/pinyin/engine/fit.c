#include "ui/input/pinyin/engine/fit.h"

#include <string.h>

/* The way through a word so far. */
struct walk {
    const char *letters;
    bool is_fuzzy_ng;
    uint8_t abbreviated, fuzzy, partial; /* syllables; the last by its initial alone is both */
    struct hit best;
    bool has_best;
};

static bool is_initial_h(const char *s)
{
    return (s[0] == 'z' || s[0] == 'c' || s[0] == 's') && s[1] == 'h';
}

/* Letters of `typed` that stand for the whole syllable `s` of length n, 0 if they do not. Sets *is_fuzzy when a
 * sound that sounds alike here was taken for another. */
static size_t whole(const struct walk *w, const char *typed, const char *s, size_t n,
                    bool *is_fuzzy)
{
    size_t i = 0, j = 0; /* in the syllable, in what is typed */
    *is_fuzzy = false;
    if (s[0] != typed[0]) {
        bool are_l_n = w->is_fuzzy_ng &&
                       ((s[0] == 'l' && typed[0] == 'n') || (s[0] == 'n' && typed[0] == 'l'));
        if (!are_l_n)
            return 0;
        *is_fuzzy = true;
    }
    i = j = 1;
    if (is_initial_h(s) != is_initial_h(typed) && (s[0] == 'z' || s[0] == 'c' || s[0] == 's')) {
        *is_fuzzy = true;
        i += is_initial_h(s);
        j += is_initial_h(typed);
    }
    for (; i < n; i++) {
        if (typed[j] == s[i]) {
            j++;
        } else if (s[i] == 'v' && typed[j] == 'u') {
            *is_fuzzy = true; /* lu for lü */
            j++;
        } else if (w->is_fuzzy_ng && i == n - 1 && s[i] == 'g' && s[i - 1] == 'n' &&
                   s[i - 2] != 'o') {
            *is_fuzzy = true; /* an for ang */
        } else {
            return 0;
        }
    }
    return j;
}

/* ang for an: the letter that is too many. */
static bool has_extra_g(const struct walk *w, const char *typed, const char *s, size_t n,
                        size_t used)
{
    return w->is_fuzzy_ng && s[n - 1] == 'n' && s[n - 2] != 'u' && s[n - 2] != 'v' &&
           typed[used] == 'g';
}

static void note(struct walk *w, const char *at, uint8_t done, uint8_t missing)
{
    struct hit h = w->best;
    h.letters = (uint8_t)(at - w->letters);
    h.missing = missing;
    if (*at) {
        if (missing || w->abbreviated || w->fuzzy || w->partial)
            return;
        h.fit = FIT_START;
    } else if (missing) {
        /* "sf" on its way to 身份证 is as good as "shenf". */
        if (w->fuzzy || (w->abbreviated > w->partial && w->abbreviated < done))
            return;
        h.fit = FIT_LONGER;
    } else if (w->abbreviated == done) {
        h.fit = done > 1 ? FIT_INITIALS : FIT_PARTIAL;
    } else if (w->partial && w->abbreviated <= w->partial) {
        h.fit = FIT_PARTIAL;
    } else if (w->abbreviated) {
        h.fit = FIT_MIXED;
    } else {
        h.fit = w->fuzzy ? FIT_FUZZY : FIT_WHOLE;
    }
    if (!w->has_best || h.fit < w->best.fit ||
        (h.fit == w->best.fit && h.letters > w->best.letters))
        w->best = h;
    w->has_best = true;
}

static size_t syllable_length(const char *s)
{
    return strcspn(s, "'");
}

static uint8_t count_left(const char *s)
{
    uint8_t n = *s != 0;
    for (; *s; s++)
        n = (uint8_t)(n + (*s == '\''));
    return n;
}

static void walk(struct walk *w, const char *at, const char *s, uint8_t done);

static void step(struct walk *w, const char *at, const char *s, size_t n, uint8_t done)
{
    at += *at == '\'';
    walk(w, at, s + n + (s[n] == '\''), (uint8_t)(done + 1));
}

static void walk_whole(struct walk *w, const char *at, const char *s, size_t n, uint8_t done)
{
    bool is_fuzzy;
    size_t used = whole(w, at, s, n, &is_fuzzy);
    if (!used)
        return;
    w->fuzzy = (uint8_t)(w->fuzzy + is_fuzzy);
    step(w, at + used, s, n, done);
    w->fuzzy = (uint8_t)(w->fuzzy - is_fuzzy);
    if (has_extra_g(w, at, s, n, used)) {
        w->fuzzy++;
        step(w, at + used + 1, s, n, done);
        w->fuzzy--;
    }
}

/* What is typed of this syllable is its beginning: the initial anywhere, more of it only at the end. */
static void walk_part(struct walk *w, const char *at, const char *s, size_t n, uint8_t done)
{
    size_t same = 0, initial = is_initial_h(s) ? 2 : 1;
    while (same < n && at[same] && at[same] == s[same])
        same++;
    for (size_t k = 1; k <= same && k < n; k++) {
        uint8_t is_last = !at[k], is_initial = k == 1 || k == initial;
        if (!is_last && !is_initial)
            continue;
        w->abbreviated = (uint8_t)(w->abbreviated + is_initial);
        w->partial = (uint8_t)(w->partial + is_last);
        step(w, at + k, s, n, done);
        w->abbreviated = (uint8_t)(w->abbreviated - is_initial);
        w->partial = (uint8_t)(w->partial - is_last);
    }
}

static void walk(struct walk *w, const char *at, const char *s, uint8_t done)
{
    if (done)
        note(w, at, done, count_left(s));
    if (!*at || !*s)
        return;
    size_t n = syllable_length(s);
    walk_whole(w, at, s, n, done);
    walk_part(w, at, s, n, done);
}

bool fit_word(struct hit *hit, const char *letters, const char *syllables, bool is_fuzzy_ng)
{
    bool may =
        letters[0] == syllables[0] || (is_fuzzy_ng && (letters[0] == 'l' || letters[0] == 'n') &&
                                       (syllables[0] == 'l' || syllables[0] == 'n'));
    struct walk w = { .letters = letters, .is_fuzzy_ng = is_fuzzy_ng, .best = *hit };
    if (!may)
        return false;
    walk(&w, letters, syllables, 0);
    if (w.has_best)
        *hit = w.best;
    return w.has_best;
}
