/* The frame of the sheet: background, the row of ways, and what they share. */
#include "ui/input/sheet.h"

#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

static int ways_h(const struct sheet *s)
{
    return s->theme->target > 88 ? s->theme->target : 88;
}

struct rect sheet_keys_area(const struct sheet *s)
{
    int top = SHEET_TOP_GAP + ways_h(s) + 14;
    return (struct rect){ s->area.x + SHEET_SIDE, s->area.y + top, s->area.w - 2 * SHEET_SIDE,
                          s->area.h - top - 12 };
}

struct rect sheet_cell(struct rect area, int row, int rows, int x, int width)
{
    int pitch = (area.h + SHEET_GAP) / rows;
    return (struct rect){ area.x + x, area.y + row * pitch, width, pitch - SHEET_GAP };
}

struct widget *sheet_key(struct page *p, const char *types, const char *shown, struct rect box,
                         struct action action)
{
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .touch_grow = SHEET_GAP / 2,
                        .label = page_text(p, shown),
                        .action = action };
    snprintf(w.id, sizeof(w.id), "key:%s", types);
    return page_add(p, w);
}

struct widget *sheet_command(struct page *p, const char *id, const char *icon, const char *label,
                             struct rect box, struct action action)
{
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .touch_grow = SHEET_GAP / 2,
                        .style = STYLE_QUIET,
                        .type = TYPE_BODY,
                        .icon = icon,
                        .label = label,
                        .action = action };
    snprintf(w.id, sizeof(w.id), "%s", id);
    return page_add(p, w);
}

enum type_token sheet_type(const struct sheet *s, const char *label, int width)
{
    return text_width(s->text, s->theme->types[TYPE_BODY], label) + 24 <= width ? TYPE_BODY
                                                                                : TYPE_SMALL;
}

enum { WAY_PADDING = 16, HELP_ICON = 56 };

static int label_w(const struct sheet *s, enum type_token type, const char *label)
{
    return text_width(s->text, s->theme->types[type], label) + WAY_PADDING;
}

/* What all ways and help take at the least. */
static int least_w(const struct sheet *s, enum type_token type)
{
    int width = label_w(s, type, s->words.help) + HELP_ICON;
    for (size_t i = 0; s->way_count > 1 && i < s->way_count; i++)
        width += label_w(s, type, s->ways[i].label) + SHEET_GAP;
    return width;
}

static void add_way(struct page *p, const struct sheet *s, const struct sheet_way *way,
                    enum type_token type, struct rect box)
{
    char id[WIDGET_ID];
    snprintf(id, sizeof(id), "way:%s", way->name);
    struct widget *w =
        sheet_command(p, id, "", way->label, box, (struct action){ s->verbs.way, "", way->name });
    w->value = way->label;
    w->type = type;
    w->is_selected = way->is_selected;
}

/* Ways side by side, as wide as their words and an equal share of what is left; help at the end. */
static void add_ways(struct page *p, const struct sheet *s)
{
    struct rect row = { s->area.x + SHEET_SIDE, s->area.y + SHEET_TOP_GAP,
                        s->area.w - 2 * SHEET_SIDE, ways_h(s) };
    int count = s->way_count > 1 ? (int)s->way_count : 0, x = row.x, end = row.x + row.w;
    enum type_token type = least_w(s, TYPE_BODY) <= row.w ? TYPE_BODY : TYPE_SMALL;
    int share = (row.w - least_w(s, type)) / (count + 1);
    share = share > 0 ? share : 0;
    for (int i = 0; i < count; i++) {
        int width = label_w(s, type, s->ways[i].label) + share;
        add_way(p, s, &s->ways[i], type, (struct rect){ x, row.y, width, row.h });
        x += width + SHEET_GAP;
    }
    int help_w = count ? end - x : label_w(s, type, s->words.help) + HELP_ICON + row.w / 5;
    struct widget *help = sheet_command(p, "help", "support_agent", s->words.help,
                                        (struct rect){ end - help_w, row.y, help_w, row.h },
                                        (struct action){ s->verbs.help, "", "" });
    help->value = s->words.help;
    help->type = type;
}

void sheet_add(struct page *p, const struct sheet *s)
{
    static void (*const add[])(struct page *, const struct sheet *, struct rect) = {
        [SHEET_PINYIN] = sheet_add_pinyin, [SHEET_HAND] = sheet_add_hand,
        [SHEET_LATIN] = sheet_add_latin,   [SHEET_PICK] = sheet_add_pick,
        [SHEET_DIGITS] = sheet_add_digits, [SHEET_CODE] = sheet_add_latin,
        [SHEET_RARE] = sheet_add_rare,     [SHEET_PICTURE] = sheet_add_picture
    };
    struct rect edge = { s->area.x, s->area.y, s->area.w, 2 };
    page_add(p, (struct widget){ .kind = &widget_band, .box = s->area, .color = COLOR_SHEET });
    page_add(p, (struct widget){ .kind = &widget_band, .box = edge, .color = COLOR_TRACK });
    add_ways(p, s);
    add[s->kind](p, s, sheet_keys_area(s));
}
