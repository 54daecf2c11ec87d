#include "ui/input/pinyin/engine/name.h"

#include <string.h>

#include "firmware/base/text.h"
#include "ui/input/pinyin/engine/fit.h"

/* SURE: surnames that stand before any character of a given name. */
enum { HITS = 24, SURE = 5, GIVEN = 8, PARTS_MAX = 3, WHOLE = 4 };

struct part {
    struct hit hits[HITS];
    size_t count;
};

static bool fits(const struct hit *h)
{
    return h->fit <= FIT_PARTIAL || h->fit == FIT_START;
}

/* Only hits that read whole syllables, and leave letters that can go on as some. */
static void look(struct part *p, const struct lexicon *in, const char *letters, bool is_fuzzy_ng)
{
    struct hit all[HITS];
    size_t n = lexicon_match(in, letters, is_fuzzy_ng, all, HITS);
    p->count = 0;
    for (size_t i = 0; i < n; i++) {
        const char *rest = letters + all[i].letters;
        bool goes_on = !*rest || !strchr("iuv", *rest);
        if (fits(&all[i]) && goes_on)
            p->hits[p->count++] = all[i];
    }
}

/* The reading that uses up the most letters as whole syllables: "xian" alone is one, before "g" it is not. */
static void prefer_whole(struct part *p, const char *letters)
{
    size_t best = 0, n = 0;
    for (size_t i = 0; i < p->count; i++) {
        const char *rest = letters + p->hits[i].letters;
        rest += *rest == '\'';
        bool is_whole = !*rest || fit_syllables(rest);
        if (is_whole && p->hits[i].letters > best)
            best = p->hits[i].letters;
    }
    for (size_t i = 0; best && i < p->count; i++)
        if (p->hits[i].letters == best || p->hits[i].syllables > 1)
            p->hits[n++] = p->hits[i];
    p->count = best ? n : p->count;
}

/* Surnames and the likeliest characters, the second by the first's rest, joined: a whole name. */
static void add_whole(struct list *l, const struct words *w, const struct hit *first,
                      const char *letters, bool is_fuzzy_ng, size_t nth)
{
    char name[SPELLER_TEXT_MAX];
    size_t used = first->letters, n = strlen(first->text), parts = 0;
    memcpy(name, first->text, n + 1);
    while (letters[used] && parts++ < PARTS_MAX) {
        struct part next;
        used += letters[used] == '\'';
        look(&next, w->given, letters + used, is_fuzzy_ng);
        prefer_whole(&next, letters + used);
        /* The n-th guess takes the n-th character in the last place. */
        size_t pick = next.count && !letters[used + next.hits[0].letters] ? nth : 0;
        if (pick >= next.count || n + strlen(next.hits[pick].text) >= sizeof(name))
            return;
        memcpy(name + n, next.hits[pick].text, strlen(next.hits[pick].text) + 1);
        n += strlen(next.hits[pick].text);
        used += next.hits[pick].letters;
    }
    if (!letters[used])
        list_add(l, name, used);
}

static void add_hit(struct list *l, const struct hit *h)
{
    list_add(l, h->text, h->letters);
}

static void add_singles(struct list *l, const struct speller_candidate *found, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (text_count(found[i].text) == 1)
            list_add(l, found[i].text, found[i].letters);
}

static void first_character(struct list *l, const struct words *w, const char *letters,
                            bool is_fuzzy_ng, const struct part *surnames, const struct part *given)
{
    for (size_t i = 0; i < surnames->count && i < SURE; i++) {
        const struct hit *h = &surnames->hits[i];
        add_hit(l, h);
        if (!i && letters[h->letters])
            add_whole(l, w, h, letters, is_fuzzy_ng, 0);
    }
    for (size_t nth = 1; nth < WHOLE && surnames->count; nth++)
        if (letters[surnames->hits[0].letters])
            add_whole(l, w, &surnames->hits[0], letters, is_fuzzy_ng, nth);
    for (size_t i = 0; i < given->count && i < GIVEN; i++)
        add_hit(l, &given->hits[i]);
    for (size_t i = SURE; i < surnames->count; i++)
        add_hit(l, &surnames->hits[i]);
}

static void later_character(struct list *l, const struct words *w, const char *letters,
                            bool is_fuzzy_ng, const struct part *given,
                            const struct speller_candidate *found, size_t found_count)
{
    for (size_t i = 0; i < given->count; i++) {
        const struct hit *h = &given->hits[i];
        add_hit(l, h);
        if (!i && letters[h->letters]) {
            for (size_t k = 0; k < found_count && k < 1; k++)
                if (text_count(found[k].text) == 2)
                    list_add(l, found[k].text, found[k].letters);
            add_whole(l, w, h, letters, is_fuzzy_ng, 0);
        }
    }
}

void name_compose(struct list *l, const struct words *w, const char *letters, bool is_first,
                  bool is_fuzzy_ng, const struct speller_candidate *found, size_t found_count)
{
    struct part surnames, given;
    look(&surnames, w->surnames, letters, is_fuzzy_ng);
    prefer_whole(&surnames, letters);
    look(&given, w->given, letters, is_fuzzy_ng);
    prefer_whole(&given, letters);
    if (is_first)
        first_character(l, w, letters, is_fuzzy_ng, &surnames, &given);
    else
        later_character(l, w, letters, is_fuzzy_ng, &given, found, found_count);
    add_singles(l, found, found_count);
    explicit_bzero(&surnames, sizeof(surnames));
    explicit_bzero(&given, sizeof(given));
}
