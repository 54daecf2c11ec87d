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

/* Ways side by side, help at the right end. */
static void add_ways(struct page *p, const struct sheet *s)
{
    int x = s->area.x + SHEET_SIDE, y = s->area.y + SHEET_TOP_GAP, h = ways_h(s);
    int width = s->area.w - 2 * SHEET_SIDE;
    int help_w = width * 25 / 100, count = s->way_count > 1 ? (int)s->way_count : 0;
    int way_w = count ? (width - help_w - count * SHEET_GAP) / count : 0;
    for (int i = 0; i < count; i++) {
        const struct sheet_way *way = &s->ways[i];
        char id[WIDGET_ID];
        snprintf(id, sizeof(id), "way:%s", way->name);
        struct widget *w = sheet_command(p, id, "", way->label,
                                         (struct rect){ x + i * (way_w + SHEET_GAP), y, way_w, h },
                                         (struct action){ s->verbs.way, "", way->name });
        w->value = way->label;
        w->is_selected = way->is_selected;
    }
    struct widget *help = sheet_command(p, "help", "support_agent", s->words.help,
                                        (struct rect){ x + width - help_w, y, help_w, h },
                                        (struct action){ s->verbs.help, "", "" });
    help->value = s->words.help;
}

void sheet_add(struct page *p, const struct sheet *s)
{
    static void (*const add[])(struct page *, const struct sheet *, struct rect) = {
        [SHEET_PINYIN] = sheet_add_pinyin,  [SHEET_HAND] = sheet_add_hand,
        [SHEET_LATIN] = sheet_add_latin,    [SHEET_DIGITS] = sheet_add_digits,
        [SHEET_CODE] = sheet_add_latin,     [SHEET_RARE] = sheet_add_rare,
        [SHEET_PICTURE] = sheet_add_picture
    };
    struct rect edge = { s->area.x, s->area.y, s->area.w, 2 };
    page_add(p, (struct widget){ .kind = &widget_band, .box = s->area, .color = COLOR_SHEET });
    page_add(p, (struct widget){ .kind = &widget_band, .box = edge, .color = COLOR_TRACK });
    add_ways(p, s);
    add[s->kind](p, s, sheet_keys_area(s));
}
