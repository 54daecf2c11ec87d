/* What letters or strokes may mean, to choose from. */
#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

enum { PADDING = 28, MORE_W = 128 };

static int width_of(const struct sheet *s, const char *text)
{
    int width = text_width(s->text, s->theme->types[TYPE_INPUT], text) + 2 * PADDING;
    return width > s->theme->target ? width : s->theme->target;
}

static void add_candidate(struct page *p, const struct sheet *s, size_t rank, struct rect box)
{
    struct widget w = { .kind = &widget_candidate,
                        .box = box,
                        .label = page_text(p, s->candidates[rank]),
                        .style = rank ? STYLE_PLAIN : STYLE_PRIMARY,
                        .action = { s->verbs.pick, page_format(p, "%zu", rank), "" } };
    snprintf(w.id, sizeof(w.id), "candidate:%zu", rank);
    page_add(p, w);
}

/* In the middle of the strip, whatever it takes of it. */
static void add_note(struct page *p, const struct sheet *s, struct rect box)
{
    enum type_token type = s->is_warning ? TYPE_STRONG : TYPE_BODY;
    int height = text_block_height(s->text, s->theme->types[type], s->note, box.w - 2 * PADDING, 2);
    page_add(p, (struct widget){ .id = "sheet.note",
                                 .kind = &widget_label,
                                 .box = { box.x + PADDING, box.y + (box.h - height) / 2,
                                          box.w - 2 * PADDING, height },
                                 .label = s->note,
                                 .type = type,
                                 .color = s->is_warning ? COLOR_DANGER : COLOR_TEXT_2,
                                 .max_lines = 2 });
}

size_t sheet_add_strip(struct page *p, const struct sheet *s, struct rect box)
{
    page_add(p, (struct widget){ .kind = &widget_panel, .box = box });
    if (!s->candidate_count || s->is_warning) {
        add_note(p, s, box);
        return 0;
    }
    int x = box.x, end = box.x + box.w - MORE_W;
    size_t shown = 0;
    while (shown < s->candidate_count) {
        int width = width_of(s, s->candidates[shown]);
        if (x + width > end && shown)
            break;
        add_candidate(p, s, shown++,
                      (struct rect){ x, box.y, width > end - x ? end - x : width, box.h });
        x += width;
    }
    if (shown == s->candidate_count && !s->is_expanded)
        return shown;
    sheet_command(p, "candidates.more", s->is_expanded ? "expand_less" : "expand_more",
                  s->is_expanded ? s->words.less : s->words.more,
                  (struct rect){ end, box.y, MORE_W, box.h },
                  (struct action){ s->verbs.more, "", "" });
    return shown;
}

void sheet_add_grid(struct page *p, const struct sheet *s, size_t from, struct rect area)
{
    int height = s->theme->target > 96 ? s->theme->target : 96, x = area.x, y = area.y;
    for (size_t i = from; i < s->candidate_count; i++) {
        int width = width_of(s, s->candidates[i]);
        width = width > area.w ? area.w : width;
        if (x + width > area.x + area.w) {
            x = area.x;
            y += height + SHEET_GAP;
        }
        if (y + height > area.y + area.h)
            return;
        add_candidate(p, s, i, (struct rect){ x, y, width, height });
        x += width + SHEET_GAP;
    }
}
