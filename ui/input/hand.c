/* The pad: for one character that is recognised, or for a picture of what was written. */
#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

static struct action plain(int verb)
{
    return (struct action){ verb, "", "" };
}

/* As many rows as targets fit, the last two (or one) for commands. */
static int rows_in(const struct sheet *s, int height)
{
    int rows = (height + SHEET_GAP) / (s->theme->target + SHEET_GAP);
    return rows < 4 ? 4 : rows > 6 ? 6 : rows;
}

static struct rect half(struct rect area, int row, int rows, int column)
{
    int width = (area.w - SHEET_GAP) / 2;
    return sheet_cell(area, row, rows, column * (width + SHEET_GAP), width);
}

static void add_choices(struct page *p, const struct sheet *s, struct rect area, int rows, int used)
{
    for (size_t i = 0; i < s->candidate_count && (int)i < 2 * used; i++) {
        struct widget w = { .kind = &widget_candidate,
                            .box = half(area, (int)i / 2, rows, (int)i % 2),
                            .label = page_text(p, s->candidates[i]),
                            .style = i ? STYLE_PLAIN : STYLE_PRIMARY,
                            .action = { s->verbs.pick, page_format(p, "%zu", i), "" } };
        snprintf(w.id, sizeof(w.id), "candidate:%zu", i);
        page_add(p, w);
    }
    if (s->candidate_count)
        return;
    struct rect note = { area.x, area.y, area.w, used * (area.h + SHEET_GAP) / rows - SHEET_GAP };
    page_add(p, (struct widget){ .id = "sheet.note",
                                 .kind = &widget_label,
                                 .box = note,
                                 .label = s->note,
                                 .type = TYPE_BODY,
                                 .align = ALIGN_CENTER,
                                 .color = COLOR_TEXT_2,
                                 .max_lines = 5 });
}

static void add_commands(struct page *p, const struct sheet *s, struct rect area, int rows)
{
    sheet_command(p, "ink.undo", "", s->words.undo, half(area, rows - 2, rows, 0),
                  plain(s->verbs.undo));
    sheet_command(p, "ink.clear", "", s->words.restart, half(area, rows - 2, rows, 1),
                  plain(s->verbs.restart));
    struct rect erase = half(area, rows - 1, rows, 0);
    if (!s->may_picture)
        erase.w = area.w;
    sheet_command(p, "key:erase", "backspace", s->words.erase, erase, plain(s->verbs.erase));
    if (s->may_picture)
        sheet_command(p, "way:picture", "", s->words.picture, half(area, rows - 1, rows, 1),
                      (struct action){ s->verbs.way, "", "picture" })
            ->type = TYPE_SMALL;
}

void sheet_add_hand(struct page *p, const struct sheet *s, struct rect area)
{
    int side = area.h < area.w * 56 / 100 ? area.h : area.w * 56 / 100, rows = rows_in(s, area.h);
    struct rect right = { area.x + side + 24, area.y, area.w - side - 24, area.h };
    page_add(p, (struct widget){ .id = "ink.pad",
                                 .kind = &widget_cell,
                                 .box = { area.x, area.y, side, side },
                                 .label = s->words.pad_hint,
                                 .ink = s->ink,
                                 .action = { s->verbs.draw, "", "" } });
    add_choices(p, s, right, rows, rows - 2);
    add_commands(p, s, right, rows);
}

void sheet_add_picture(struct page *p, const struct sheet *s, struct rect area)
{
    int button = s->theme->target > 104 ? s->theme->target : 104;
    struct rect pad = { area.x + 24, area.y, area.w - 48, area.h - button - 20 };
    struct rect below = { pad.x, pad.y + pad.h + 20, pad.w, button };
    page_add(p, (struct widget){ .id = "ink.pad",
                                 .kind = &widget_pad,
                                 .box = pad,
                                 .label = s->words.pad_hint,
                                 .number = { 4 },
                                 .ink = s->ink,
                                 .action = { s->verbs.draw, "", "" } });
    static const char *const ids[] = { "ink.undo", "ink.clear" };
    static const char *const icons[] = { "undo", "refresh" };
    const char *labels[] = { s->words.undo, s->words.restart };
    int verbs[] = { s->verbs.undo, s->verbs.restart };
    for (int i = 0; i < 2; i++) {
        struct widget w = { .kind = &widget_button,
                            .box = { below.x + i * (below.w + 12) / 2, below.y, (below.w - 12) / 2,
                                     below.h },
                            .style = STYLE_SECONDARY,
                            .icon = icons[i],
                            .label = labels[i],
                            .action = { verbs[i], "", "" } };
        snprintf(w.id, sizeof(w.id), "%s", ids[i]);
        page_add(p, w);
    }
}
