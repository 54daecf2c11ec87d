/* A character that no keyboard writes: its radical, the strokes beside it, then the character. */
#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

enum { STROKE_KEYS = 9, GRID_COLUMNS = 8 };

struct places {
    struct rect row, below; /* strokes; radicals or characters */
};

static struct places places_of(const struct sheet *s)
{
    struct rect area = sheet_keys_area(s);
    int height = s->theme->target > 88 ? s->theme->target : 88;
    int top = s->theme->types[TYPE_SMALL].line_px + 8;
    struct places p = { { area.x, area.y + top, area.w, height }, area };
    p.below.y = p.row.y + height + 14;
    p.below.h = area.h - top - height - 14;
    return p;
}

static int rows_in(const struct sheet *s)
{
    int rows = (places_of(s).below.h + SHEET_GAP) / (s->theme->target + SHEET_GAP);
    return rows > 0 ? rows : 1;
}

size_t sheet_rare_room(const struct sheet *s)
{
    int room = rows_in(s) * GRID_COLUMNS;
    return (size_t)(room < SHEET_CANDIDATES ? room : SHEET_CANDIDATES);
}

/* 1 to 8 strokes, and "9 and more": of the radical, or besides it. */
static void add_stroke_keys(struct page *p, const struct sheet *s, struct rect row)
{
    int width = (row.w - (STROKE_KEYS - 1) * SHEET_GAP) / STROKE_KEYS;
    for (int i = 0; i < STROKE_KEYS; i++) {
        const char *number = page_format(p, "%d", i + 1);
        const char *shown = i + 1 < STROKE_KEYS ? number : page_format(p, "%d+", i + 1);
        char id[WIDGET_ID];
        snprintf(id, sizeof(id), "strokes:%d", i + 1);
        struct widget *w = sheet_command(
            p, id, "", shown, (struct rect){ row.x + i * (width + SHEET_GAP), row.y, width, row.h },
            (struct action){ s->verbs.strokes, number, "" });
        w->is_selected = s->strokes == i + 1;
        w->value = shown;
    }
}

/* The radical that was chosen, to choose another; then the strokes besides it. */
static void add_chosen_radical(struct page *p, const struct sheet *s, struct rect row)
{
    int width = row.w * 20 / 100;
    sheet_command(
        p, "radical.other", "", page_format(p, "%s  %s", s->radical, s->words.other_radical),
        (struct rect){ row.x, row.y, width, row.h }, (struct action){ s->verbs.radical, "", "" })
        ->type = TYPE_SMALL;
    add_stroke_keys(
        p, s, (struct rect){ row.x + width + SHEET_GAP, row.y, row.w - width - SHEET_GAP, row.h });
}

/* What the row of numbers counts. */
static void add_caption(struct page *p, const struct sheet *s, struct rect area)
{
    page_add(p, (struct widget){
                    .id = "sheet.note",
                    .kind = &widget_label,
                    .box = { area.x + 8, area.y, area.w - 16, s->theme->types[TYPE_SMALL].line_px },
                    .label = s->words.strokes,
                    .type = TYPE_SMALL,
                    .color = COLOR_TEXT_2,
                    .max_lines = 1 });
}

/* Place `i` of the grid. */
static struct rect place(const struct sheet *s, struct rect area, int i)
{
    int width = (area.w - (GRID_COLUMNS - 1) * SHEET_GAP) / GRID_COLUMNS;
    return sheet_cell(area, i / GRID_COLUMNS, rows_in(s), i % GRID_COLUMNS * (width + SHEET_GAP),
                      width);
}

static void add_more(struct page *p, const struct sheet *s, struct rect area)
{
    int last = (int)sheet_rare_room(s) - 1;
    struct rect box = place(s, area, last - SHEET_MORE + 1), end = place(s, area, last);
    box.w = end.x + end.w - box.x;
    if (s->has_more)
        sheet_command(p, "rare.more", "", s->words.next_page, box,
                      (struct action){ s->verbs.next_page, "", "" });
}

static void add_radicals(struct page *p, const struct sheet *s, struct rect area)
{
    for (int i = 0; i < (int)s->radical_count; i++) {
        const char *radical = page_text(p, s->radicals[i]);
        char id[WIDGET_ID];
        snprintf(id, sizeof(id), "radical:%s", radical);
        struct widget *w = sheet_command(p, id, "", radical, place(s, area, i),
                                         (struct action){ s->verbs.radical, radical, "" });
        w->style = STYLE_PLAIN;
        w->type = TYPE_INPUT;
    }
}

/* A character is typed as it stands, no rank involved. */
static void add_characters(struct page *p, const struct sheet *s, struct rect area)
{
    for (int i = 0; i < (int)s->candidate_count; i++) {
        const char *character = page_text(p, s->candidates[i]);
        sheet_key(p, character, character, place(s, area, i),
                  (struct action){ s->verbs.type, "", character })
            ->type = TYPE_INPUT;
    }
}

void sheet_add_rare(struct page *p, const struct sheet *s, struct rect area)
{
    struct places at = places_of(s);
    add_caption(p, s, area);
    if (*s->radical) {
        add_chosen_radical(p, s, at.row);
        add_characters(p, s, at.below);
    } else {
        add_stroke_keys(p, s, at.row);
        add_radicals(p, s, at.below);
    }
    add_more(p, s, at.below);
}
