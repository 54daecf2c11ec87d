#include "ui/input/pinyin/engine/compose.h"

#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/pinyin/engine/cover.h"
#include "ui/input/pinyin/engine/fit.h"
#include "ui/input/pinyin/engine/list.h"
#include "ui/input/pinyin/engine/name.h"

enum { HITS = 48 };

struct sources {
    const char *letters;
    size_t length, syllables; /* 0 syllables: the letters are no whole ones */
    struct hit hits[HITS];
    size_t hit_count;
    struct speller_candidate found[SPELLER_CANDIDATES_MAX];
    size_t found_count;
    struct cover cover;
};

static void add_hits(struct list *l, const struct sources *s, enum fit from, enum fit to,
                     size_t most)
{
    for (size_t i = 0; i < s->hit_count && most; i++)
        if (s->hits[i].fit >= from && s->hits[i].fit <= to)
            most -= list_add(l, s->hits[i].text, s->hits[i].letters);
}

static void add_found(struct list *l, const struct sources *s, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < s->found_count; i++)
        list_add(l, s->found[i].text, s->found[i].letters);
}

/* Words for fewer letters: the longest first, of equal ones those of this place. */
static void add_rest(struct list *l, const struct sources *s, size_t from)
{
    size_t h = 0;
    for (size_t i = from; i < s->found_count; i++) {
        for (; h < s->hit_count; h++) {
            if (s->hits[h].fit != FIT_START)
                continue;
            if (s->hits[h].letters < s->found[i].letters)
                break;
            if (s->hits[h].syllables > 1)
                list_add(l, s->hits[h].text, s->hits[h].letters);
        }
        list_add(l, s->found[i].text, s->found[i].letters);
    }
    add_hits(l, s, FIT_START, FIT_START, SPELLER_CANDIDATES_MAX);
}

/* How many of the first guesses use every letter. */
static size_t whole_guesses(const struct sources *s)
{
    size_t n = 0;
    while (n < s->found_count && s->found[n].letters == s->length)
        n++;
    return n;
}

static void in_syllables(struct list *l, const struct sources *s)
{
    bool is_single = s->syllables == 1;
    size_t whole = whole_guesses(s);
    if (!is_single)
        add_hits(l, s, FIT_WHOLE, FIT_WHOLE, 6);
    if (s->cover.is_mostly_here)
        list_add(l, s->cover.text, s->length);
    add_found(l, s, 0, is_single ? 4 : 1);
    list_add(l, s->cover.text, s->length);
    add_found(l, s, 0, whole < 2 ? whole : 2);
    add_hits(l, s, FIT_WHOLE, FIT_WHOLE, 2);
    add_hits(l, s, FIT_FUZZY, FIT_PARTIAL, 2);
    add_hits(l, s, FIT_LONGER, FIT_LONGER, is_single ? 1 : 2);
    add_found(l, s, 0, whole);
    add_hits(l, s, FIT_FUZZY, FIT_LONGER, 4);
    add_rest(l, s, whole);
}

static void unfinished(struct list *l, const struct sources *s)
{
    size_t whole = whole_guesses(s);
    add_hits(l, s, FIT_PARTIAL, FIT_PARTIAL, 4);
    add_hits(l, s, FIT_INITIALS, FIT_INITIALS, 6);
    list_add(l, s->cover.text, s->length);
    add_found(l, s, 0, whole < 2 ? whole : 2);
    add_hits(l, s, FIT_FUZZY, FIT_MIXED, 3);
    add_hits(l, s, FIT_LONGER, FIT_LONGER, 2);
    add_found(l, s, 0, whole);
    add_rest(l, s, whole);
}

void compose(struct speller_answer *out, struct guess *g, const struct words *w,
             const struct wire_question *question)
{
    struct sources s = { .letters = question->letters, .length = strlen(question->letters) };
    struct list list = { .answer = out, .most = question->most };
    bool is_fuzzy_ng = question->flags & SPELLER_FUZZY_NG;
    s.syllables = fit_syllables(s.letters);
    s.found_count = guess_ask(g, s.letters, is_fuzzy_ng, s.found, SPELLER_CANDIDATES_MAX);
    s.hit_count = lexicon_match(w->here, s.letters, is_fuzzy_ng, s.hits, HITS);
    cover_letters(&s.cover, g, w, s.letters);
    if (question->flags & SPELLER_NAME)
        name_compose(&list, w, s.letters, question->flags & SPELLER_FIRST, is_fuzzy_ng, s.found,
                     s.found_count);
    if (s.syllables)
        in_syllables(&list, &s);
    else
        unfinished(&list, &s);
    guess_forget(g);
    explicit_bzero(&s, sizeof(s));
}

void compose_plain(struct speller_answer *out, struct guess *g,
                   const struct wire_question *question)
{
    struct speller_candidate found[SPELLER_CANDIDATES_MAX];
    struct list list = { .answer = out, .most = question->most };
    size_t count =
        guess_ask(g, question->letters, question->flags & SPELLER_FUZZY_NG, found, question->most);
    for (size_t i = 0; i < count; i++)
        list_add(&list, found[i].text, found[i].letters);
    guess_forget(g);
    explicit_bzero(found, sizeof(found));
}
