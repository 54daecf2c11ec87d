/* Turning letters and strokes into characters. The engines live elsewhere: pinyin answers later by
 * EV_CANDIDATES, handwriting at once. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

enum { PAUSE_MS = 900, PAUSE_ELDER_MS = 1500 };

static void forget_found(struct spelling *p)
{
    explicit_bzero(&p->found, sizeof(p->found));
    p->must_choose = false;
}

void spelling_clear(struct session *s)
{
    struct spelling *p = &s->visit.spelling;
    explicit_bzero(p->letters, sizeof(p->letters));
    ink_clear(&p->ink);
    p->ink.width = p->ink.height = HAND_PAD;
    forget_found(p);
}

/* ---- ways ------------------------------------------------------------------------------------ */

static unsigned bit(enum way_in way)
{
    return 1u << way;
}

static unsigned ways_of_field(const struct field *f)
{
    unsigned ways = 0;
    if (answer_accepts(f, 0x4e00))
        ways |= bit(WAY_PINYIN) | bit(WAY_HAND) | bit(WAY_RARE);
    if (answer_accepts(f, 'a'))
        ways |= bit(WAY_LATIN);
    if (f->kind == FIELD_DATE)
        ways |= bit(WAY_DATE);
    if (answer_accepts(f, '1'))
        ways |= bit(WAY_DIGITS);
    return ways | (f->may_ink ? bit(WAY_PICTURE) : 0);
}

/* Letters find a matter by its initials, characters by its words. */
static unsigned ways_of_search(void)
{
    return bit(WAY_LATIN) | bit(WAY_PINYIN) | bit(WAY_HAND);
}

/* What is typed outside of a form, as a field; NULL: nothing is. */
static const struct field *spelling_beside(const struct session *s)
{
    const struct field *aside = aside_field(s);
    return aside ? aside : waive_field(s);
}

unsigned session_ways(const struct session *s)
{
    const struct field *f = draft_focused(s), *beside = spelling_beside(s);
    if (beside)
        return ways_of_field(beside);
    if (s->visit.screen == SCREEN_SEARCH)
        return ways_of_search();
    return s->visit.screen == SCREEN_FORM && f ? ways_of_field(f) : 0;
}

/* The hand comes first for those who never learned to type; for whoever reads no Chinese, letters. */
static enum way_in usual_way(const struct visit *v, bool is_search)
{
    if (v->has_way_wish)
        return v->way_wish;
    if (v->language != LANGUAGE_ZH)
        return WAY_LATIN;
    if (v->preferences.is_elder)
        return WAY_HAND;
    return is_search ? WAY_LATIN : WAY_PINYIN;
}

void spelling_begin(struct session *s, const struct field *f)
{
    struct spelling *p = &s->visit.spelling;
    unsigned ways = f ? ways_of_field(f) : ways_of_search();
    spelling_clear(s);
    p->way = usual_way(&s->visit, !f);
    for (int way = 0; way < WAY_COUNT && !(ways & bit(p->way)); way++)
        p->way = (enum way_in)way;
}

enum screen act_use_way(struct session *s, const struct event *e)
{
    static const char *const names[WAY_COUNT] = { "pinyin", "hand", "latin",  "date",
                                                  "digits", "rare", "picture" };
    struct visit *v = &s->visit;
    for (int way = 0; e->value && way < WAY_COUNT; way++) {
        if (strcmp(e->value, names[way]) || !(session_ways(s) & bit((enum way_in)way)))
            continue;
        if (way == WAY_PICTURE && !draft_ink(s, true))
            return stay();
        spelling_clear(s);
        v->spelling.way = (enum way_in)way;
        /* Digits, dates and pictures are what one field wants, the others how somebody writes. */
        if (way != WAY_DIGITS && way != WAY_DATE && way != WAY_PICTURE && way != WAY_RARE) {
            v->way_wish = (enum way_in)way;
            v->has_way_wish = true;
        }
    }
    return stay();
}

/* ---- letters --------------------------------------------------------------------------------- */

static void enter_text(struct session *s, const char *text)
{
    if (s->visit.screen == SCREEN_SEARCH)
        find_type(s, text);
    else if (aside_field(s))
        aside_type(s, text);
    else if (waive_field(s))
        waive_type(s, text);
    else
        draft_type(s, text);
}

static void ask_engine(struct session *s)
{
    struct spelling *p = &s->visit.spelling;
    const struct field *f = spelling_beside(s) ? NULL : draft_focused(s);
    bool is_name = f && (f->mask == MASK_NAME || f->prefill == PREFILL_NAME);
    forget_found(p);
    if (*p->letters)
        s->config.ports->spell(s->config.context, p->letters, is_name,
                               is_name && !*session_answer(s, f));
}

enum screen act_letter(struct session *s, const struct event *e)
{
    struct spelling *p = &s->visit.spelling;
    size_t used = strlen(p->letters);
    if (p->way != WAY_PINYIN)
        return stay();
    for (const char *c = e->value ? e->value : ""; *c && used < LETTERS_MAX; c++) {
        char letter = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        bool is_divider = letter == '\'' && used && p->letters[used - 1] != '\'';
        if ((letter >= 'a' && letter <= 'z') || is_divider)
            p->letters[used++] = letter;
    }
    ask_engine(s);
    return stay();
}

enum screen act_candidates(struct session *s, const struct event *e)
{
    struct spelling *p = &s->visit.spelling;
    if (!*p->letters || strcmp(p->letters, e->name))
        return stay(); /* an answer to letters that have changed since */
    p->is_away = !e->number;
    p->found = *e->candidates;
    return stay();
}

static void drop_letters(struct spelling *p, size_t count)
{
    size_t length = strlen(p->letters);
    count = count < length ? count : length;
    while (p->letters[count] == '\'')
        count++;
    memmove(p->letters, p->letters + count, length - count);
    explicit_bzero(p->letters + length - count, count);
}

enum screen act_pick(struct session *s, const struct event *e)
{
    struct spelling *p = &s->visit.spelling;
    if (e->number < 0 || (size_t)e->number >= p->found.count)
        return stay();
    struct candidate picked = p->found.list[e->number];
    enter_text(s, picked.text);
    if (p->way == WAY_PINYIN)
        drop_letters(p, picked.letters ? picked.letters : LETTERS_MAX);
    ink_clear(&p->ink);
    forget_found(p);
    ask_engine(s);
    explicit_bzero(&picked, sizeof(picked));
    return stay();
}

bool spelling_erase(struct session *s)
{
    struct spelling *p = &s->visit.spelling;
    size_t used = strlen(p->letters);
    if (!used)
        return false;
    p->letters[used - 1] = 0;
    ask_engine(s);
    return true;
}

bool spelling_is_pending(struct session *s)
{
    s->visit.spelling.must_choose = *s->visit.spelling.letters != 0;
    return s->visit.spelling.must_choose;
}

/* ---- strokes --------------------------------------------------------------------------------- */

struct ink *spelling_ink(struct session *s)
{
    bool is_entry = s->visit.screen == SCREEN_FORM || s->visit.screen == SCREEN_SEARCH ||
                    s->visit.screen == SCREEN_ASIDE_TEXT || s->visit.screen == SCREEN_WAIVE_TEXT;
    return is_entry && s->visit.spelling.way == WAY_HAND ? &s->visit.spelling.ink : NULL;
}

/* Where another character begins: beyond what is written, and beyond a whole character's width. A left
 * part alone (亻, 氵) is about half as wide as high, and its right part follows within the rest. */
static int next_place(const struct ink *ink)
{
    int left = INT16_MAX, right = 0, top = INT16_MAX, bottom = 0;
    for (size_t i = 0; i < ink->point_count; i++) {
        const struct ink_point *p = &ink->points[i];
        left = p->x < left ? p->x : left;
        right = p->x > right ? p->x : right;
        top = p->y < top ? p->y : top;
        bottom = p->y > bottom ? p->y : bottom;
    }
    int side = right - left > bottom - top ? right - left : bottom - top;
    int whole = left + side * 9 / 10;
    return (right > whole ? right : whole) + HAND_PAD / 12;
}

/* A stroke that starts clearly to the right after a pause belongs to the next character: who writes
 * a word expects the first one to stay (UI guide 5). */
void spelling_stroke_begins(struct session *s, int x)
{
    struct spelling *p = &s->visit.spelling;
    const struct ink *ink = &p->ink;
    int pause = s->visit.preferences.is_elder ? PAUSE_ELDER_MS : PAUSE_MS;
    if (!ink->point_count || !p->found.count)
        return;
    int64_t last = ink->began_ms + ink->points[ink->point_count - 1].ms;
    if (session_now(s) - last >= pause && x > next_place(ink))
        act_pick(s, &(struct event){ .kind = EV_PICK, .number = 0 });
}

void spelling_recognise(struct session *s)
{
    struct spelling *p = &s->visit.spelling;
    forget_found(p);
    if (p->ink.point_count)
        p->found.count =
            s->config.ports->recognise(s->config.context, &p->ink, p->found.list, CANDIDATES_MAX);
}
