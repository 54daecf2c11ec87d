/* Keys: letters and signs, digits as on a telephone, letters of pinyin. */
#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

static int unit(struct rect area)
{
    return (area.w - (COLUMNS - 1) * SHEET_GAP) / COLUMNS;
}

static int step(struct rect area)
{
    return unit(area) + SHEET_GAP;
}

/* Left end of a row of `count` keys in the middle. */
static int centred(struct rect area, int count)
{
    return (area.w - count * step(area) + SHEET_GAP) / 2;
}

/* One row of keys from the characters of `keys`. */
static void add_row(struct page *p, struct rect area, int row, int rows, const char *keys,
                    bool is_upper, bool has_umlaut, int verb)
{
    int x = centred(area, (int)strlen(keys));
    for (; *keys; keys++, x += step(area)) {
        char c = is_upper && *keys >= 'a' && *keys <= 'z' ? (char)(*keys - 'a' + 'A') : *keys;
        char text[2] = { c, 0 };
        /* Nobody types v in pinyin for its own sake: it stands for the ü of 绿 and 女. */
        const char *shown = c == 'v' && has_umlaut ? "ü" : text;
        sheet_key(p, text, shown, sheet_cell(area, row, rows, x, unit(area)),
                  (struct action){ verb, "", page_text(p, text) });
    }
}

static struct action plain(int verb)
{
    return (struct action){ verb, "", "" };
}

/* Shift or a divider at the left of the last letters, erase at the right. */
static struct rect left_of_letters(struct rect area, int row, int rows, int count)
{
    int x = centred(area, count);
    return sheet_cell(area, row, rows, 0, x - SHEET_GAP);
}

static struct rect right_of_letters(struct rect area, int row, int rows, int count)
{
    int x = centred(area, count) + count * step(area);
    return sheet_cell(area, row, rows, x, area.w - x);
}

static void add_space(struct page *p, struct rect box, const char *label, struct action action)
{
    page_add(p, (struct widget){ .id = "key:space",
                                 .kind = &widget_key,
                                 .box = box,
                                 .touch_grow = SHEET_GAP / 2,
                                 .type = TYPE_SMALL,
                                 .label = label,
                                 .action = action });
}

/* ---- letters, digits, signs ------------------------------------------------------------------ */

static void add_last_row(struct page *p, const struct sheet *s, struct rect area, int rows)
{
    int wide = 2 * unit(area) + SHEET_GAP, row = rows - 1,
        middle = area.w - 2 * wide - 2 * SHEET_GAP;
    bool is_letters = s->keys == KEYS_LETTERS;
    sheet_command(p, "key:clear", "", s->words.clear, sheet_cell(area, row, rows, 0, wide),
                  plain(s->verbs.clear));
    if (s->kind == SHEET_CODE) {
        sheet_key(p, "-", "-",
                  sheet_cell(area, row, rows, wide + SHEET_GAP, area.w - wide - SHEET_GAP),
                  (struct action){ s->verbs.type, "", "-" });
        return;
    }
    add_space(p, sheet_cell(area, row, rows, wide + SHEET_GAP, middle), s->words.space,
              (struct action){ s->verbs.type, "", " " });
    sheet_command(p, is_letters ? "tab:signs" : "tab:letters", "",
                  is_letters ? s->words.signs : s->words.letters,
                  sheet_cell(area, row, rows, area.w - wide, wide),
                  plain(is_letters ? s->verbs.signs : s->verbs.letters));
}

void sheet_add_latin(struct page *p, const struct sheet *s, struct rect area)
{
    enum { ROWS = 5 };
    bool is_letters = s->keys == KEYS_LETTERS || s->kind == SHEET_CODE;
    bool is_upper = s->kind == SHEET_CODE || s->is_shifted;
    static const char *const letters[] = { "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm" };
    static const char *const signs[] = { "1234567890", "-/:;()&@\"#", ".,?!'+=%*", "_~<>[]$" };
    for (int row = 0; row < 4; row++)
        add_row(p, area, row, ROWS, is_letters ? letters[row] : signs[row], is_upper, false,
                s->verbs.type);
    if (is_letters && s->kind != SHEET_CODE) {
        struct widget *shift =
            sheet_command(p, "key:shift", "expand_less", s->words.shift,
                          left_of_letters(area, 3, ROWS, 7), plain(s->verbs.shift));
        shift->is_selected = s->is_shifted;
    }
    sheet_command(p, "key:erase", "backspace", s->words.erase, right_of_letters(area, 3, ROWS, 7),
                  plain(s->verbs.erase));
    add_last_row(p, s, area, ROWS);
}

/* ---- digits ---------------------------------------------------------------------------------- */

/* Three columns as on a telephone; erase, clear and extras in a fourth. */
void sheet_add_digits(struct page *p, const struct sheet *s, struct rect area)
{
    enum { ROWS = 4 };
    int width = (area.w - 3 * SHEET_GAP) / 4, pitch = width + SHEET_GAP;
    const char *extra = s->extra ? s->extra : "";
    for (int i = 0; i < 9; i++) {
        char text[2] = { (char)('1' + i), 0 };
        sheet_key(p, text, text, sheet_cell(area, i / 3, ROWS, i % 3 * pitch, width),
                  (struct action){ s->verbs.type, "", page_text(p, text) });
    }
    sheet_key(p, "0", "0", sheet_cell(area, 3, ROWS, 0, 3 * width + 2 * SHEET_GAP),
              (struct action){ s->verbs.type, "", "0" });
    int x = 3 * pitch, clear_rows = 3 - (int)strlen(extra);
    sheet_command(p, "key:erase", "backspace", s->words.erase, sheet_cell(area, 0, ROWS, x, width),
                  plain(s->verbs.erase));
    struct rect clear = sheet_cell(area, 1, ROWS, x, width);
    clear.h += (clear_rows - 1) * (clear.h + SHEET_GAP);
    sheet_command(p, "key:clear", "", s->words.clear, clear, plain(s->verbs.clear));
    for (int row = 1 + clear_rows; *extra && row < ROWS; extra++, row++) {
        char text[2] = { *extra, 0 };
        sheet_key(p, text, text, sheet_cell(area, row, ROWS, x, width),
                  (struct action){ s->verbs.type, "", page_text(p, text) });
    }
}

/* ---- pinyin ---------------------------------------------------------------------------------- */

static void add_pinyin_keys(struct page *p, const struct sheet *s, struct rect area)
{
    enum { ROWS = 4 };
    int wide = 130 * area.w / 1032, mark = unit(area);
    int middle = area.w - wide - 2 * mark - 3 * SHEET_GAP;
    add_row(p, area, 0, ROWS, "qwertyuiop", false, true, s->verbs.letter);
    add_row(p, area, 1, ROWS, "asdfghjkl", false, true, s->verbs.letter);
    add_row(p, area, 2, ROWS, "zxcvbnm", false, true, s->verbs.letter);
    struct rect divide = left_of_letters(area, 2, ROWS, 7);
    sheet_command(p, "key:divide", "", s->words.divide, divide,
                  (struct action){ s->verbs.letter, "", "'" })
        ->type = sheet_type(s, s->words.divide, divide.w);
    sheet_command(p, "key:erase", "backspace", s->words.erase, right_of_letters(area, 2, ROWS, 7),
                  plain(s->verbs.erase));
    sheet_command(p, "key:clear", "", s->words.clear, sheet_cell(area, 3, ROWS, 0, wide),
                  plain(s->verbs.clear));
    bool has_choice = s->candidate_count > 0;
    add_space(p, sheet_cell(area, 3, ROWS, wide + SHEET_GAP, middle),
              has_choice ? s->words.first : s->words.space,
              has_choice ? (struct action){ s->verbs.pick, "0", "" }
                         : (struct action){ s->verbs.type, "", " " });
    sheet_command(p, "key:，", "", "，",
                  sheet_cell(area, 3, ROWS, area.w - 2 * mark - SHEET_GAP, mark),
                  (struct action){ s->verbs.type, "", "，" });
    sheet_command(p, "key:。", "", "。", sheet_cell(area, 3, ROWS, area.w - mark, mark),
                  (struct action){ s->verbs.type, "", "。" });
}

void sheet_add_pinyin(struct page *p, const struct sheet *s, struct rect area)
{
    int strip = area.h * 19 / 100, low = s->theme->target + 4;
    strip = strip > 124 ? 124 : strip < low ? low : strip;
    struct rect below = { area.x, area.y + strip + 14, area.w, area.h - strip - 14 };
    size_t shown = sheet_add_strip(p, s, (struct rect){ area.x, area.y, area.w, strip });
    if (s->is_expanded)
        sheet_add_grid(p, s, shown, below);
    else
        add_pinyin_keys(p, s, below);
}
