#include "ui/input/sheet.h"

#include <stdio.h>
#include <string.h>

enum {
    SIDE = 24,
    WIDTH = PAGE_W - 2 * SIDE,
    TABS_Y = SHEET_TOP + 18,
    TAB_H = 88,
    KEYS_Y = TABS_Y + TAB_H + 14,
    KEY_H = 116,
    ROW = 126,
    COLUMNS = 10,
    KEY_GAP = 10,
    PAD_H = 420,
};

static struct rect key_box(int row, int column_x10, int width)
{
    return (struct rect){ SIDE + column_x10, KEYS_Y + row * ROW, width, KEY_H };
}

static void add_key(struct page *p, const char *types, const char *shown, struct rect box, int verb)
{
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .touch_grow = 5,
                        .label = page_text(p, shown),
                        .action = { verb, "", page_text(p, types) } };
    snprintf(w.id, sizeof(w.id), "key:%s", types);
    page_add(p, w);
}

/* A key that does something instead of typing; drawn darker. */
static struct widget *add_command(struct page *p, const char *id, const char *icon,
                                  const char *label, struct rect box, int verb)
{
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .touch_grow = 5,
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .icon = icon,
                        .label = label,
                        .action = { verb, "", "" } };
    snprintf(w.id, sizeof(w.id), "%s", id);
    return page_add(p, w);
}

static int unit(void)
{
    return (WIDTH - (COLUMNS - 1) * KEY_GAP) / COLUMNS;
}

/* One row of keys, centred, from the characters of `keys`. */
static void add_row(struct page *p, const struct sheet *s, int row, const char *keys, int x)
{
    for (; *keys; keys++, x += unit() + KEY_GAP) {
        bool is_upper = s->kind == SHEET_CODE || s->is_shifted;
        char c = is_upper && *keys >= 'a' && *keys <= 'z' ? (char)(*keys - 'a' + 'A') : *keys;
        char text[2] = { c, 0 };
        add_key(p, text, text, key_box(row, x, unit()), s->verbs.type);
    }
}

static void add_tabs(struct page *p, const struct sheet *s)
{
    int x = SIDE, help_w = 320, tab_w = 220;
    if (s->may_ink || s->kind == SHEET_INK) {
        struct widget *ink = add_command(p, "tab:ink", "draw", s->words.by_hand,
                                         (struct rect){ x, TABS_Y, 300, TAB_H }, s->verbs.by_hand);
        ink->value = s->words.by_hand;
        ink->action.value = "picture";
        ink->is_selected = s->kind == SHEET_INK;
        struct widget *keys =
            add_command(p, "tab:keys", "keyboard", s->words.by_keys,
                        (struct rect){ x + 312, TABS_Y, tab_w, TAB_H }, s->verbs.by_keys);
        keys->value = s->words.by_keys;
        keys->action.value = "pinyin";
        keys->is_selected = s->kind != SHEET_INK;
    }
    struct widget *help =
        add_command(p, "help", "support_agent", s->words.help,
                    (struct rect){ PAGE_W - SIDE - help_w, TABS_Y, help_w, TAB_H }, s->verbs.help);
    help->value = s->words.help;
}

static void add_last_row(struct page *p, const struct sheet *s)
{
    int wide = 2 * unit() + KEY_GAP, right = WIDTH - wide;
    bool is_letters = s->keys == KEYS_LETTERS;
    add_command(p, "key:clear", "", s->words.clear, key_box(4, 0, wide), s->verbs.clear);
    if (s->kind == SHEET_CODE) {
        add_key(p, "-", "-", key_box(4, wide + KEY_GAP, WIDTH - wide - KEY_GAP), s->verbs.type);
        return;
    }
    struct rect space = key_box(4, wide + KEY_GAP, right - wide - 2 * KEY_GAP);
    struct widget w = { .id = "key:space",
                        .kind = &widget_key,
                        .box = space,
                        .type = TYPE_SMALL,
                        .label = s->words.space,
                        .action = { s->verbs.type, "", " " } };
    page_add(p, w);
    add_command(p, is_letters ? "tab:signs" : "tab:letters", "",
                is_letters ? s->words.signs : s->words.letters, key_box(4, right, wide),
                is_letters ? s->verbs.signs : s->verbs.letters);
}

static void add_text_keys(struct page *p, const struct sheet *s)
{
    bool is_letters = s->keys == KEYS_LETTERS || s->kind == SHEET_CODE;
    int half = (unit() + KEY_GAP) / 2, third = unit() + unit() / 2 + KEY_GAP;
    add_row(p, s, 0, "1234567890", 0);
    add_row(p, s, 1, is_letters ? "qwertyuiop" : "-/:;()&@\"#", 0);
    add_row(p, s, 2, is_letters ? "asdfghjkl" : ".,?!'+=%*", half);
    add_row(p, s, 3, is_letters ? "zxcvbnm" : "_~<>[]$", third + KEY_GAP / 2);
    if (is_letters && s->kind != SHEET_CODE) {
        struct widget *shift = add_command(p, "key:shift", "expand_less", s->words.shift,
                                           key_box(3, 0, third - KEY_GAP / 2), s->verbs.shift);
        shift->is_selected = s->is_shifted;
    }
    int erase_x = third + KEY_GAP / 2 + 7 * (unit() + KEY_GAP);
    add_command(p, "key:erase", "backspace", s->words.erase, key_box(3, erase_x, WIDTH - erase_x),
                s->verbs.erase);
    add_last_row(p, s);
}

/* Digits in three columns as on a telephone; erase, clear and extras in a fourth. */
static void add_number_keys(struct page *p, const struct sheet *s)
{
    int gap = 14, width = (WIDTH - 3 * gap) / 4, height = 142, step = height + gap;
    const char *extra = s->extra ? s->extra : "";
    for (int i = 0; i < 9; i++) {
        char text[2] = { (char)('1' + i), 0 };
        add_key(p, text, text,
                (struct rect){ SIDE + i % 3 * (width + gap), KEYS_Y + i / 3 * step, width, height },
                s->verbs.type);
    }
    add_key(p, "0", "0", (struct rect){ SIDE, KEYS_Y + 3 * step, 3 * width + 2 * gap, height },
            s->verbs.type);
    int x = SIDE + 3 * (width + gap), used = 2;
    add_command(p, "key:erase", "backspace", s->words.erase,
                (struct rect){ x, KEYS_Y, width, height }, s->verbs.erase);
    int clear_rows = 3 - (int)strlen(extra);
    add_command(p, "key:clear", "", s->words.clear,
                (struct rect){ x, KEYS_Y + step, width, clear_rows * step - gap }, s->verbs.clear);
    used = 1 + clear_rows;
    for (; *extra && used < 4; extra++, used++) {
        char text[2] = { *extra, 0 };
        add_key(p, text, text, (struct rect){ x, KEYS_Y + used * step, width, height },
                s->verbs.type);
    }
}

static void add_ink(struct page *p, const struct sheet *s)
{
    int y = KEYS_Y + PAD_H + 20, half = (PAGE_W - 2 * 48 - 20) / 2;
    page_add(p, (struct widget){ .id = "ink.pad",
                                 .kind = &widget_pad,
                                 .box = { 48, KEYS_Y, PAGE_W - 2 * 48, PAD_H },
                                 .label = s->words.pad_hint,
                                 .number = { 4 },
                                 .ink = s->ink,
                                 .action = { s->verbs.draw, "", "" } });
    page_add(p, (struct widget){ .id = "ink.undo",
                                 .kind = &widget_button,
                                 .box = { 48, y, half, 104 },
                                 .style = STYLE_SECONDARY,
                                 .icon = "undo",
                                 .label = s->words.undo,
                                 .action = { s->verbs.undo, "", "" } });
    page_add(p, (struct widget){ .id = "ink.clear",
                                 .kind = &widget_button,
                                 .box = { 48 + half + 20, y, half, 104 },
                                 .style = STYLE_SECONDARY,
                                 .icon = "refresh",
                                 .label = s->words.restart,
                                 .action = { s->verbs.restart, "", "" } });
}

void sheet_add(struct page *p, const struct sheet *s)
{
    page_add(p, (struct widget){ .id = "",
                                 .kind = &widget_band,
                                 .box = { 0, SHEET_TOP, PAGE_W, SHEET_H },
                                 .color = COLOR_SHEET });
    page_add(p, (struct widget){ .kind = &widget_band,
                                 .box = { 0, SHEET_TOP, PAGE_W, 2 },
                                 .color = COLOR_TRACK });
    add_tabs(p, s);
    switch (s->kind) {
    case SHEET_NUMBER:
        add_number_keys(p, s);
        break;
    case SHEET_INK:
        add_ink(p, s);
        break;
    default:
        add_text_keys(p, s);
    }
}
