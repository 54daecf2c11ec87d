#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/parts.h"

enum { TYPED_CELLS = 64, NEAR_MAX = 3, FEATURES = 2 * TYPED_CELLS };

/* ---- folding ------------------------------------------------------------------------- */

static uint32_t fold(uint32_t cp)
{
    if (cp >= 0xff01 && cp <= 0xff5e) /* full-width forms */
        cp -= 0xfee0;
    return cp >= 'A' && cp <= 'Z' ? cp + ('a' - 'A') : cp;
}

/* Letters of one word join; Han characters each begin one. */
static bool is_letter(uint32_t cp)
{
    return (cp >= 'a' && cp <= 'z') || (cp >= 0xc0 && cp <= 0x24f && cp != 0xd7 && cp != 0xf7);
}

static bool is_figure(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

size_t cells_fold(cell *out, size_t max, const char *text, const char *initials)
{
    size_t length = strlen(text), count = 0;
    uint32_t cp, before = 0;
    for (size_t i = 0; i < length && (!out || count < max); before = cp) {
        i += text_decode(&cp, text + i, length - i);
        cp = fold(cp);
        bool is_han = text_is_han(cp);
        uint32_t initial = is_han && *initials ? (uint32_t)(*initials++ - 'a' + 1) : 0;
        if (!is_han && !is_letter(cp) && !is_figure(cp)) {
            cp = 0;
            continue;
        }
        bool joins = (is_letter(cp) && is_letter(before)) || (is_figure(cp) && is_figure(before));
        if (out)
            out[count] = cp | initial << CELL_INITIAL_SHIFT | (joins ? 0 : CELL_WORD) |
                         (before ? 0 : CELL_GAP);
        count++;
    }
    return count;
}

/* ---- matching ------------------------------------------------------------------------ */

/* Best first. */
enum rank {
    RANK_EXACT,
    RANK_PREFIX,
    RANK_INSIDE,
    RANK_KEYWORD,
    RANK_KEYWORD_PREFIX,
    RANK_KEYWORD_INSIDE,
    RANK_WORDS, /* every word typed stands somewhere */
    RANK_NONE,
};

/* A typed letter stands for itself or for a character with this initial. */
static bool cell_fits(cell of_text, cell typed)
{
    uint32_t character = typed & CELL_CHARACTER;
    uint32_t initial = of_text >> CELL_INITIAL_SHIFT & CELL_INITIAL_MASK;
    return (of_text & CELL_CHARACTER) == character || (initial && initial + 'a' - 1 == character);
}

static enum rank term_rank(const struct term *t, const cell *typed, size_t count)
{
    for (size_t at = 0; at + count <= t->count; at++) {
        size_t i = 0;
        if (!(t->cells[at] & CELL_WORD))
            continue;
        while (i < count && cell_fits(t->cells[at + i], typed[i]))
            i++;
        if (i == count)
            return at ? RANK_INSIDE : count == t->count ? RANK_EXACT : RANK_PREFIX;
    }
    return RANK_NONE;
}

static enum rank terms_rank(const struct terms *terms, const cell *typed, size_t count)
{
    enum rank best = RANK_NONE;
    for (size_t i = 0; i < terms->count && best != RANK_EXACT; i++) {
        enum rank rank = term_rank(&terms->terms[i], typed, count);
        if (rank < RANK_KEYWORD && terms->terms[i].is_keyword)
            rank += RANK_KEYWORD;
        if (rank < best)
            best = rank;
    }
    return best;
}

/* What was typed, as a whole and word by word ("残疾 护理": blanks show where words end). */
struct query {
    cell cells[TYPED_CELLS];
    size_t count;
    size_t word_count;
    size_t words[TYPED_CELLS + 1]; /* where each begins; the last entry is `count` */
};

static void query_set(struct query *q, const char *typed)
{
    *q = (struct query){ 0 };
    q->count = cells_fold(q->cells, TYPED_CELLS, typed, "");
    for (size_t i = 0; i < q->count; i++)
        if (q->cells[i] & CELL_GAP)
            q->words[q->word_count++] = i;
    q->words[q->word_count] = q->count;
}

static enum rank service_rank(const struct terms *terms, const struct query *q)
{
    enum rank rank = terms_rank(terms, q->cells, q->count);
    if (rank != RANK_NONE || q->word_count < 2)
        return rank;
    for (size_t w = 0; w < q->word_count; w++)
        if (terms_rank(terms, q->cells + q->words[w], q->words[w + 1] - q->words[w]) == RANK_NONE)
            return RANK_NONE;
    return RANK_WORDS;
}

/* ---- nearest ------------------------------------------------------------------------- */

/* What two texts may share: a Han character, or a pair of neighbouring letters of a word. */
static uint32_t feature_of(cell before, cell here)
{
    uint32_t cp = here & CELL_CHARACTER;
    if (text_is_han(cp))
        return cp;
    return here & CELL_WORD ? 0 : 0x80000000u | (before & CELL_CHARACTER) << 10 | cp;
}

struct features {
    uint32_t wanted[TYPED_CELLS];
    size_t count;
    uint64_t sieve[4]; /* most features of a catalogue fail here, at one look */
};

static uint64_t sieve_bit(uint32_t feature)
{
    return 1ull << ((feature >> 2) & 63);
}

static void features_set(struct features *f, const struct query *q)
{
    *f = (struct features){ 0 };
    for (size_t i = 0; i < q->count; i++) {
        uint32_t feature = feature_of(i ? q->cells[i - 1] : 0, q->cells[i]);
        bool is_new = feature != 0;
        for (size_t k = 0; k < f->count; k++)
            is_new &= f->wanted[k] != feature;
        if (is_new) {
            f->wanted[f->count++] = feature;
            f->sieve[feature & 3] |= sieve_bit(feature);
        }
    }
}

static int features_shared(const struct features *f, const struct terms *terms)
{
    uint64_t shared = 0;
    for (size_t t = 0; t < terms->count; t++) {
        const struct term *term = &terms->terms[t];
        for (size_t i = 0; i < term->count; i++) {
            uint32_t feature = feature_of(i ? term->cells[i - 1] : 0, term->cells[i]);
            if (!(f->sieve[feature & 3] & sieve_bit(feature)))
                continue;
            for (size_t k = 0; k < f->count; k++)
                if (f->wanted[k] == feature)
                    shared |= 1ull << k;
        }
    }
    return __builtin_popcountll(shared);
}

struct nearest {
    const struct service **services;
    int scores[NEAR_MAX];
    size_t count, max;
};

/* Best first; of equals the first in the catalogue. */
static void nearest_offer(struct nearest *n, const struct service *s, int score)
{
    size_t at = n->count;
    while (at > 0 && n->scores[at - 1] < score)
        at--;
    if (at == n->max)
        return;
    if (n->count == n->max)
        n->count--;
    memmove(n->scores + at + 1, n->scores + at, (n->count - at) * sizeof(*n->scores));
    memmove(n->services + at + 1, n->services + at, (n->count - at) * sizeof(*n->services));
    n->scores[at] = score;
    n->services[at] = s;
    n->count++;
}

/* The few that share most; one that shares less than a third is no help. */
static size_t search_near(const struct catalogue *c, const struct query *q,
                          const struct service **out, size_t max)
{
    struct nearest nearest = { .services = out, .max = max < NEAR_MAX ? max : NEAR_MAX };
    struct features features;
    features_set(&features, q);
    for (size_t i = 0; i < c->service_count; i++) {
        int score = features_shared(&features, &c->terms[i]);
        if (score && 3 * (size_t)score >= features.count)
            nearest_offer(&nearest, &c->services[i], score);
    }
    return nearest.count;
}

/* ---- the search ---------------------------------------------------------------------- */

size_t catalogue_search(const struct catalogue *c, const char *typed, const struct service **out,
                        size_t max, bool *is_near)
{
    uint8_t ranks[CATALOGUE_SERVICES_MAX];
    struct query q;
    size_t count = 0;
    bool has_hit = false;
    *is_near = false;
    query_set(&q, typed);
    if (!q.count)
        return 0;
    for (size_t i = 0; i < c->service_count; i++) {
        ranks[i] = (uint8_t)service_rank(&c->terms[i], &q);
        has_hit |= ranks[i] != RANK_NONE;
    }
    for (unsigned rank = 0; has_hit && rank < RANK_NONE; rank++)
        for (size_t i = 0; i < c->service_count && count < max; i++)
            if (ranks[i] == rank)
                out[count++] = &c->services[i];
    *is_near = !has_hit;
    return has_hit ? count : search_near(c, &q, out, max);
}
