/* Text on paper: sizes, lines that end well, blocks. */
#include <stdio.h>
#include <string.h>

#include "ui/text/slip_inside.h"

enum { USUAL_DPI = 203, NARROW_MM = 60 };

/* In dots at 203 dpi, so 8 are 1 mm: for 80 mm paper, and elder slips on 80 mm and 58 mm. Body at least 3 mm, names at
 * least 4 mm; elder body is 6 mm, twice the 24 dots of a receipt printer's own letters. */
static const struct {
    enum weight weight;
    int px[3], line[3];
} sizes[ROLE_COUNT] = {
    [ROLE_TITLE] = { WEIGHT_BOLD, { 52, 80, 60 }, { 64, 96, 74 } },
    [ROLE_TITLE_SECOND] = { WEIGHT_MEDIUM, { 30, 48, 44 }, { 40, 62, 56 } },
    [ROLE_NUMBER] = { WEIGHT_BOLD, { 50, 64, 54 }, { 62, 80, 68 } },
    [ROLE_HUGE] = { WEIGHT_BOLD, { 150, 190, 130 }, { 168, 208, 144 } },
    [ROLE_HEADING] = { WEIGHT_BOLD, { 30, 50, 46 }, { 42, 66, 60 } },
    [ROLE_TEXT] = { WEIGHT_REGULAR, { 28, 48, 44 }, { 40, 66, 60 } },
    [ROLE_STRONG] = { WEIGHT_BOLD, { 32, 52, 46 }, { 44, 70, 62 } },
    [ROLE_SMALL] = { WEIGHT_REGULAR, { 24, 38, 36 }, { 34, 52, 50 } },
    [ROLE_SECOND] = { WEIGHT_REGULAR, { 24, 30, 28 }, { 34, 42, 40 } },
    [ROLE_NAME] = { WEIGHT_MEDIUM, { 36, 56, 52 }, { 48, 74, 68 } },
    [ROLE_FIGURE] = { WEIGHT_BOLD, { 44, 68, 60 }, { 56, 84, 76 } },
    [ROLE_MARK] = { WEIGHT_BOLD, { 40, 60, 50 }, { 52, 76, 64 } },
};

void slip_choose_types(struct slip_drawing *d)
{
    bool is_narrow = d->page->width_dots * 254 < NARROW_MM * 10 * d->dpi;
    int column = d->is_double ? 1 + is_narrow : 0;
    for (size_t i = 0; i < ROLE_COUNT; i++)
        d->types[i] =
            (struct type){ sizes[i].weight,
                           (sizes[i].px[column] * d->dpi + USUAL_DPI / 2) / USUAL_DPI,
                           (sizes[i].line[column] * d->dpi + USUAL_DPI / 2) / USUAL_DPI, true };
}

/* ---- lines --------------------------------------------------------------------------- */

/* text_wrap() gives at most WRAP_LINES_MAX lines and shortens the last: take those before it and go on there. */
static void break_at(struct slip_set *out, struct slip_drawing *d, struct type type,
                     const char *text, int width)
{
    struct wrapped w;
    size_t from = 0;
    out->count = 0;
    do {
        text_wrap(&w, d->text, type, text + from, width, WRAP_LINES_MAX);
        size_t take = w.is_cut ? w.count - 1 : w.count, i = 0;
        for (; i < take && out->count < SET_LINES_MAX; i++) {
            out->lines[out->count] = w.lines[i];
            out->lines[out->count++].start += from;
        }
        from += w.is_cut ? w.lines[i].start : 0;
    } while (w.is_cut && out->count < SET_LINES_MAX);
}

/* Two lines may be made alike; in a long paragraph only a lonely character or two is pulled back. */
static bool is_orphan(const struct slip_set *s, struct type type, int width)
{
    int least = s->count == 2 ? width * 3 / 10 : width * 2 / 9;
    least = least > type.px * 5 / 2 ? least : type.px * 5 / 2;
    return s->count > 1 && s->lines[s->count - 1].width < least;
}

/* Not a blank, not Chinese, not where a line may end. */
static bool is_inside(char c)
{
    return c > ' ' && c != '-' && c != '/';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool slip_cuts_word(const struct slip_set *s, const char *text)
{
    for (size_t i = 1; i < s->count; i++) {
        const char *at = text + s->lines[i].start;
        bool is_date = at - text > 1 && at[-1] == '-' && is_digit(at[-2]) && is_digit(*at);
        if (is_date || (at > text && is_inside(at[-1]) && *at > ' '))
            return true;
    }
    return false;
}

/* Narrower by half a character at a time, as long as it takes no more lines and cuts no word. */
static void avoid_orphan(struct slip_set *out, struct slip_drawing *d, struct type type,
                         const char *text, int width)
{
    struct slip_set tried;
    int least = out->count == 2 ? width * 6 / 10 : width * 85 / 100;
    for (int w = width - type.px / 2; w > least; w -= type.px / 2) {
        break_at(&tried, d, type, text, w);
        if (tried.count > out->count || slip_cuts_word(&tried, text))
            return;
        if (!is_orphan(&tried, type, width)) {
            *out = tried;
            return;
        }
    }
}

/* "Case number 办件编号" on more than one line: each language on lines of its own. */
static bool break_between_languages(struct slip_set *out, struct slip_drawing *d, struct type type,
                                    const char *text, int width)
{
    char first[SLIP_TEXT_MAX + 1];
    struct slip_set parts[2];
    const char *at = strchr(text, ' ');
    while (at && !(at > text && !(at[-1] & 0x80) && (uint8_t)at[1] >= 0xe3))
        at = strchr(at + 1, ' ');
    if (!at || strpbrk(text, "0123456789"))
        return false;
    snprintf(first, sizeof(first), "%.*s", (int)(at - text), text);
    break_at(&parts[0], d, type, first, width);
    break_at(&parts[1], d, type, at + 1, width);
    if (parts[0].count + parts[1].count > out->count || slip_cuts_word(&parts[0], first))
        return false;
    for (size_t i = 0; i < parts[1].count; i++) {
        parts[1].lines[i].start += (size_t)(at + 1 - text);
        parts[0].lines[parts[0].count++] = parts[1].lines[i];
    }
    *out = parts[0];
    return true;
}

void slip_break(struct slip_set *out, struct slip_drawing *d, struct type type, const char *text,
                int width, bool is_balanced)
{
    struct slip_set tried;
    break_at(out, d, type, text, width);
    if (out->count < 2 || break_between_languages(out, d, type, text, width))
        return;
    if (!is_balanced) {
        if (is_orphan(out, type, width))
            avoid_orphan(out, d, type, text, width);
        return;
    }
    int narrow = width / 3, wide = width;
    while (wide - narrow > 4) {
        int middle = (narrow + wide) / 2;
        break_at(&tried, d, type, text, middle);
        if (tried.count > out->count || slip_cuts_word(&tried, text))
            narrow = middle;
        else
            wide = middle;
    }
    break_at(out, d, type, text, wide);
}

int slip_block(struct slip_drawing *d, struct type type, const char *text, int x, int y, int width,
               enum align align)
{
    struct slip_set s;
    slip_break(&s, d, type, text, width, align != ALIGN_LEFT);
    int height = (int)s.count * type.line_px;
    if (!slip_reach(d, y + height))
        return 0;
    for (size_t i = 0; i < s.count; i++) {
        int slack = width - s.lines[i].width;
        int left = x + (align == ALIGN_CENTER ? slack / 2 : align == ALIGN_RIGHT ? slack : 0);
        slip_run(d, type, text + s.lines[i].start, s.lines[i].length, left,
                 y + (int)i * type.line_px, true);
    }
    return height;
}

struct type slip_fit(struct slip_drawing *d, struct type type, const char *text, int width,
                     int least)
{
    struct type smaller = type;
    while (text_width(d->text, smaller, text) > width && smaller.px * 100 > type.px * least) {
        smaller.px -= 2;
        smaller.line_px -= 2;
    }
    return text_width(d->text, smaller, text) > width ? type : smaller;
}
