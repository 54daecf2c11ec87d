/* What is seen: every widget drawn under watch. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/golden/lint_inside.h"

enum { TEXT_LEAST_PX = 28, SLACK = 3 };

static double channel(unsigned value)
{
    double c = value / 255.0;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t color)
{
    return 0.2126 * channel(color >> 16 & 255) + 0.7152 * channel(color >> 8 & 255) +
           0.0722 * channel(color & 255);
}

double lint_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static uint32_t pixel(const struct canvas *c, int x, int y)
{
    return c->pixels[(size_t)y * (size_t)c->width + (size_t)x] & 0xFFFFFF;
}

enum { GROUNDS = 16 };

/* Contrast with what lies under the words now, in the worst tenth of their pixels: a thin line that
 * crosses them does not count, a border they run over does. */
static double contrast_under(const struct canvas *c, const struct inscription *what)
{
    struct {
        uint32_t color;
        long count;
    } grounds[GROUNDS] = { { 0, 0 } };
    long all = 0, bad = 0;
    double worst = 21;
    struct rect on = rect_intersect(what->drawn, (struct rect){ 0, 0, c->width, c->height });
    for (int y = on.y; y < on.y + on.h; y++)
        for (int x = on.x; x < on.x + on.w; x++) {
            size_t at = (size_t)(y - what->drawn.y) * (size_t)what->mask->width +
                        (size_t)(x - what->drawn.x);
            int i = 0;
            if (what->mask->alpha[at] < 200)
                continue;
            while (i < GROUNDS - 1 && grounds[i].count && grounds[i].color != pixel(c, x, y))
                i++;
            grounds[i].color = pixel(c, x, y);
            grounds[i].count++;
            all++;
        }
    /* From the worst ground on, until a tenth of the pixels lies on grounds as bad or worse. */
    for (int taken = 0; taken < GROUNDS; taken++) {
        int at = -1;
        for (int i = 0; i < GROUNDS; i++)
            if (grounds[i].count && (at < 0 || lint_contrast(what->color, grounds[i].color) <
                                                   lint_contrast(what->color, grounds[at].color)))
                at = i;
        if (at < 0)
            break;
        worst = lint_contrast(what->color, grounds[at].color);
        bad += grounds[at].count;
        grounds[at].count = 0;
        if (bad * 10 > all)
            break;
    }
    return worst;
}

static double contrast_needed(const struct linter *l, const struct inscription *what)
{
    if (what->is_icon || l->widget->is_disabled)
        return 3;
    return l->subject->theme->is_elder ? 10 : 4.5;
}

/* Em boxes: what the eye takes for the place of the words. */
static struct rect ink_of(const struct inscription *what)
{
    int middle = what->box.y + what->box.h / 2;
    return (struct rect){ what->drawn.x, middle - what->px / 2, what->drawn.w, what->px };
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The line ends inside a word because the word is longer than the line. */
static bool is_broken_word(const struct inscription *what)
{
    return !what->is_cut && !what->is_icon && what->length > 1 &&
           is_letter(what->utf8[what->length - 1]) && is_letter(what->utf8[what->length]);
}

static void judge_place(struct linter *l, const struct inscription *what)
{
    const struct widget *w = l->widget;
    struct rect ink = ink_of(what);
    bool is_wide = what->drawn.w > what->box.w + SLACK;
    bool is_out = ink.y + SLACK < w->box.y || ink.y + ink.h > w->box.y + w->box.h + SLACK ||
                  ink.x + SLACK < w->box.x || ink.x + ink.w > w->box.x + w->box.w + SLACK;
    if (is_broken_word(what))
        lint_say(l, LINT_CUT, w, "a word is broken after: %.*s", (int)what->length, what->utf8);
    if (what->is_cut)
        lint_say(l, LINT_CUT, w, "cut to: %.*s", (int)what->length, what->utf8);
    else if (is_wide || is_out)
        lint_say(l, LINT_CUT, w, "%s: %.*s", is_wide ? "wider than its box" : "outside its widget",
                 (int)what->length, what->utf8);
}

static void on_text(struct canvas_watch *watch, const struct canvas *c,
                    const struct inscription *what)
{
    struct linter *l = (struct linter *)((char *)watch - offsetof(struct linter, watch));
    if (!what->is_icon && what->px < TEXT_LEAST_PX)
        lint_say(l, LINT_SIZE, l->widget, "%d px: %.*s", what->px, (int)what->length, what->utf8);
    double contrast = contrast_under(c, what), needed = contrast_needed(l, what);
    if (contrast < needed)
        lint_say(l, LINT_CONTRAST, l->widget, "%.1f:1 where %.1f:1 is needed: %.*s", contrast,
                 needed, what->is_icon ? 4 : (int)what->length,
                 what->is_icon ? "icon" : what->utf8);
    judge_place(l, what);
    if (l->drawn_count < DRAWN_MAX)
        l->drawn[l->drawn_count++] = (struct drawn){ l->widget, ink_of(what), what->is_icon };
}

/* Fields, answers and pads are told from the page by their edge. */
static void on_outline(struct canvas_watch *watch, const struct canvas *c, struct rect r,
                       uint32_t color)
{
    struct linter *l = (struct linter *)((char *)watch - offsetof(struct linter, watch));
    const char *role = l->widget->kind->role;
    bool is_field = !strcmp(role, "field") || !strcmp(role, "choice") || !strcmp(role, "pad");
    int x = r.x - 4, y = r.y + r.h / 2;
    if (!is_field || l->widget->is_focused || !rect_equals(r, l->widget->box) || x < 0 || y < 0 ||
        y >= c->height)
        return;
    /* The edge, or the ground inside it, must be told from what is around. */
    double contrast = lint_contrast(color, pixel(c, x, y)),
           inside = lint_contrast(pixel(c, r.x + 12, y), pixel(c, x, y));
    contrast = inside > contrast ? inside : contrast;
    if (contrast < 3)
        lint_say(l, LINT_BORDER, l->widget, "edge %.1f:1", contrast);
}

static void draw_all(struct linter *l, struct canvas *c, bool is_in_scroll, int dy)
{
    const struct lint_subject *s = l->subject;
    struct look look = { c, s->text, s->theme };
    for (size_t i = 0; i < page_count(s->page); i++) {
        const struct widget *w = page_at(s->page, i);
        if (w->is_in_scroll != is_in_scroll)
            continue;
        struct widget placed = *w;
        placed.box.y -= dy;
        /* cppcheck-suppress autoVariables ; only while it draws */
        l->widget = &placed;
        size_t first = l->drawn_count;
        w->kind->draw(&placed, &look);
        l->widget = w;
        for (size_t k = first; k < l->drawn_count; k++) {
            l->drawn[k].widget = w;
            l->drawn[k].ink.y += dy;
        }
    }
}

/* The whole list, however long. */
static int draw_scrolled(struct linter *l)
{
    const struct lint_subject *s = l->subject;
    AUTO(canvas_free) struct canvas *c = NULL;
    int top = 1 << 30, bottom = 0;
    for (size_t i = 0; i < page_count(s->page); i++) {
        const struct widget *w = page_at(s->page, i);
        if (!w->is_in_scroll)
            continue;
        top = w->box.y < top ? w->box.y : top;
        bottom = w->box.y + w->box.h > bottom ? w->box.y + w->box.h : bottom;
    }
    if (bottom <= top)
        return 0;
    int r = canvas_new(&c, s->panel.width, bottom - top + 80);
    if (r)
        return r;
    canvas_fill(c, c->clip, s->theme->colors[COLOR_BG]);
    c->watch = &l->watch;
    draw_all(l, c, true, top - 40);
    return 0;
}

int lint_drawing(struct linter *l)
{
    const struct lint_subject *s = l->subject;
    AUTO(canvas_free) struct canvas *c = NULL;
    int r = canvas_new(&c, s->panel.width, s->panel.height);
    if (r)
        return r;
    l->watch = (struct canvas_watch){ on_text, on_outline };
    canvas_fill(c, c->clip, s->theme->colors[COLOR_BG]);
    c->watch = &l->watch;
    draw_all(l, c, false, 0);
    return draw_scrolled(l);
}
