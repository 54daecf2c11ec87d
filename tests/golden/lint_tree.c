/* What can be told from the tree: targets and their distances, names, language, places. */
#include <math.h>
#include <string.h>

#include "firmware/base/text.h"
#include "tests/golden/lint_inside.h"

enum { GAP = 12, KEY_GAP = 8, TARGET_MM = 20, ELDER_TARGET = 120, NEAR_ICON = 260 };

/* Keys, and the words to choose from, which stand in their row like keys. */
static bool is_key(const struct widget *w)
{
    return !strcmp(w->kind->role, "key") || !strcmp(w->kind->role, "candidate");
}

static bool is_candidate(const struct widget *w)
{
    return !strcmp(w->kind->role, "candidate") || !strncmp(w->id, "candidates.", 11);
}

/* ---- targets ------------------------------------------------------------------------- */

static void judge_target(struct linter *l, const struct widget *w)
{
    const struct lint_subject *s = l->subject;
    struct rect touch = rect_grow(w->box, w->touch_grow);
    int least = (int)floor(TARGET_MM * s->panel.px_per_mm);
    if (s->theme->is_elder && !is_key(w) && least < ELDER_TARGET)
        least = ELDER_TARGET;
    if (touch.w < least || touch.h < least)
        lint_say(l, LINT_TARGET, w, "%d x %d where %d is needed", touch.w, touch.h, least);
    const char *c = w->label;
    while (*c == ' ' || *c == '\n')
        c++;
    if (!*c)
        lint_say(l, LINT_NAME, w, "no accessible name");
}

static bool is_inside(struct rect inner, struct rect outer)
{
    return rect_equals(rect_intersect(inner, outer), inner);
}

static int distance(int a, int a_size, int b, int b_size)
{
    return a < b ? b - a - a_size : a - b - b_size;
}

static void judge_pair(struct linter *l, const struct widget *a, const struct widget *b)
{
    int dx = distance(a->box.x, a->box.w, b->box.x, b->box.w),
        dy = distance(a->box.y, a->box.h, b->box.y, b->box.h);
    /* Candidates are cells of one strip with lines between them (UI guide, mockup of the form). */
    int gap = is_candidate(a) && is_candidate(b) ? 0
              : is_key(a) || is_key(b)           ? KEY_GAP
                                                 : GAP,
        between = dx > dy ? dx : dy;
    if (a->is_in_scroll != b->is_in_scroll || is_inside(a->box, b->box) ||
        is_inside(b->box, a->box))
        return;
    if (between < 0)
        lint_say(l, LINT_OVERLAP, a, "over %s", b->id);
    else if (between < gap && (dx < 0 || dy < 0))
        lint_say(l, LINT_GAP, a, "%d px to %s", between, b->id);
}

/* ---- words --------------------------------------------------------------------------- */

/* Words of two widgets over each other. A widget may write over its own ground. */
static void judge_words(struct linter *l)
{
    for (size_t i = 0; i < l->drawn_count; i++)
        for (size_t k = 0; k < i; k++) {
            const struct drawn *a = &l->drawn[k], *b = &l->drawn[i];
            struct rect both = rect_intersect(a->ink, b->ink);
            bool is_one = a->widget == b->widget || (a->is_icon && b->is_icon) ||
                          a->widget->is_in_scroll != b->widget->is_in_scroll;
            if (!is_one && both.w > 4 && both.h > 6)
                lint_say(l, LINT_OVERLAP, b->widget, "its words over those of %s",
                         *a->widget->id ? a->widget->id : a->widget->label);
        }
}

/* An icon that is touched has its word with it; another has words near it. */
static void judge_icon(struct linter *l, const struct drawn *icon)
{
    const struct widget *w = icon->widget;
    struct rect near = rect_grow(w->box, NEAR_ICON);
    for (size_t i = 0; i < l->drawn_count; i++) {
        const struct drawn *d = &l->drawn[i];
        bool belongs = lint_is_target(w) ? d->widget == w : rect_touches(d->ink, near);
        if (!d->is_icon && belongs)
            return;
    }
    if (!is_key(w))
        lint_say(l, LINT_ICON, w, "icon %s stands alone", w->icon);
}

/* ---- language ------------------------------------------------------------------------ */

static int count_han(const char *text)
{
    int count = 0;
    uint32_t cp;
    for (size_t left = strlen(text), n; left; left -= n, text += n) {
        n = text_decode(&cp, text, left);
        count += text_is_han(cp) || (cp >= 0x3000 && cp < 0x3040) || (cp >= 0xff00 && cp < 0xff5f);
    }
    return count;
}

/* Three small letters or more in a row: a word, no code. */
static bool has_latin_word(const char *text)
{
    int run = 0;
    for (; *text; text++) {
        run = *text >= 'a' && *text <= 'z' ? run + 1 : 0;
        if (run >= 3)
            return true;
    }
    return false;
}

/* A name in its own script is no untranslated word. */
static int count_name(const struct linter *l, const char *text)
{
    const char *names[] = { l->subject->name, l->subject->agent, l->subject->staff };
    int count = 0;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (names[i] && *names[i] && strstr(text, names[i]))
            count += count_han(names[i]);
    return count;
}

static void judge_language(struct linter *l, const struct widget *w, const char *text)
{
    bool is_zh = l->subject->language == LANGUAGE_ZH;
    bool is_exempt = !strcmp(w->id, "language") || is_key(w) ||
                     !strcmp(w->kind->role, "candidate") || !strcmp(w->id, "qr") ||
                     !strcmp(w->id, "receipt") || !strcmp(w->id, "reason") ||
                     !strcmp(w->id, "counter"); /* a clerk's own words */
    if (is_exempt || !*text)
        return;
    if (is_zh && has_latin_word(text) && !count_han(text) && !strchr(text, '@'))
        lint_say(l, LINT_LANGUAGE, w, "not Chinese: %.100s", text);
    if (!is_zh && count_han(text) > count_name(l, text))
        lint_say(l, LINT_LANGUAGE, w, "not English: %.100s", text);
}

/* A code on a page (a token in hexadecimal) is no word of a language. */
static bool is_code(const char *text)
{
    return strlen(text) == 32 && strspn(text, "0123456789abcdef") == 32;
}

/* ---- places -------------------------------------------------------------------------- */

static void judge_panel(struct linter *l, const struct widget *w)
{
    struct rect panel = { 0, 0, l->subject->panel.width, l->subject->panel.height };
    bool is_in = w->is_in_scroll ? w->box.x >= 0 && w->box.x + w->box.w <= panel.w
                                 : is_inside(w->box, panel);
    if (!rect_is_empty(w->box) && !is_in)
        lint_say(l, LINT_PANEL, w, "at %d,%d %d x %d", w->box.x, w->box.y, w->box.w, w->box.h);
}

static void judge_primary(struct linter *l)
{
    const struct page *p = l->subject->page;
    const struct widget *primary = page_find(p, "primary");
    if (!primary)
        return;
    int middle = primary->box.y + primary->box.h / 2;
    if (middle < l->subject->panel.height * 6 / 10)
        lint_say(l, LINT_PRIMARY, primary, "not at the bottom");
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        bool is_beside = w->box.y < middle && w->box.y + w->box.h > middle;
        if (lint_is_target(w) && !w->is_in_scroll && is_beside && w->box.x > primary->box.x)
            lint_say(l, LINT_PRIMARY, primary, "%s stands right of it", w->id);
    }
}

/* A drag is no gesture that everyone knows. Above keys the question that is asked stays in sight by itself. */
static void judge_reach(struct linter *l)
{
    const struct page *p = l->subject->page;
    const struct widget *down = page_find(p, "down");
    bool has_keys = false;
    for (size_t i = 0; i < page_count(p); i++)
        has_keys |= is_key(page_at(p, i));
    if (page_can_scroll(p, true) && !has_keys && (!down || down->is_disabled))
        lint_say(l, LINT_REACH, page_at(p, 0), "nothing leads to what is below");
}

void lint_tree(struct linter *l)
{
    const struct page *p = l->subject->page;
    for (size_t i = 0; i < page_count(p); i++) {
        const struct widget *w = page_at(p, i);
        judge_panel(l, w);
        if (!is_code(w->label) && strcmp(w->kind->role, "group") != 0)
            judge_language(l, w, w->label);
        judge_language(l, w, w->detail);
        if (w->kind == &widget_row)
            judge_language(l, w, w->value);
        if (!lint_is_target(w))
            continue;
        judge_target(l, w);
        for (size_t k = 0; k < i; k++)
            if (lint_is_target(page_at(p, k)))
                judge_pair(l, page_at(p, k), w);
    }
    judge_words(l);
    for (size_t i = 0; i < l->drawn_count; i++)
        if (l->drawn[i].is_icon)
            judge_icon(l, &l->drawn[i]);
    judge_primary(l);
    judge_reach(l);
}
