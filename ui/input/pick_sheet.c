/* One of a grid: a year, a month, a day. What has been chosen already stands above it, to be chosen anew. */
#include <stdio.h>
#include <string.h>

#include "ui/input/inside.h"

enum {
    CRUMB_PADDING = 56,
    QUESTION_GAP = 20,
    WEEKS = 6,   /* of the longest month */
    TALLEST = 3, /* halves of the target */
    /* 20 mm with half of the gap on each side: what a key has at least where a panel is short, also in
     * the elder version (UI guide 7.5). */
    LEAST_KEY = 80 - SHEET_GAP,
};

static struct widget *add_item(struct page *p, const struct sheet_item *item, struct rect box)
{
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .touch_grow = SHEET_GAP / 2,
                        .label = item->name,
                        .value = item->shown,
                        .detail = item->is_disabled ? item->why : "",
                        .is_disabled = item->is_disabled,
                        .style = item->is_selected ? STYLE_PRIMARY : STYLE_PLAIN,
                        .action = item->action };
    snprintf(w.id, sizeof(w.id), "pick:%s", item->id);
    return page_add(p, w);
}

/* ---- what was chosen, and the question ------------------------------------------------------- */

static int head_h(const struct sheet *s)
{
    return s->theme->target > 88 ? s->theme->target : 88;
}

static int key_w(const struct sheet *s, const char *words)
{
    return text_width(s->text, s->theme->types[TYPE_BODY], words) + CRUMB_PADDING;
}

static void add_question(struct page *p, const struct sheet *s, struct rect words)
{
    const char *question = s->pick->question;
    enum type_token type = TYPE_STRONG;
    int height = text_block_height(s->text, s->theme->types[type], question, words.w, 2);
    if (height > words.h) {
        type = TYPE_SMALL_STRONG;
        height = text_block_height(s->text, s->theme->types[type], question, words.w, 2);
    }
    page_add(p,
             (struct widget){ .id = "sheet.note",
                              .kind = &widget_label,
                              .box = { words.x, words.y + (words.h - height) / 2, words.w, height },
                              .label = question,
                              .type = type,
                              .color = COLOR_TEXT,
                              .max_lines = 2 });
}

/* Returns where the last `taken` px of the row are. */
static struct rect add_head(struct page *p, const struct sheet *s, struct rect area, int taken)
{
    const struct sheet_pick *k = s->pick;
    struct rect row = { area.x, area.y, area.w - taken, head_h(s) };
    for (size_t i = 0; i < k->crumb_count; i++) {
        const struct sheet_item *c = &k->crumbs[i];
        int width = key_w(s, c->shown);
        struct widget *w = add_item(p, c, (struct rect){ row.x, row.y, width, row.h });
        w->style = STYLE_QUIET;
        w->type = TYPE_BODY;
        row.x += width + SHEET_GAP;
        row.w -= width + SHEET_GAP;
    }
    add_question(p, s, (struct rect){ row.x + QUESTION_GAP, row.y, row.w - QUESTION_GAP, row.h });
    return (struct rect){ area.x + area.w - taken, area.y, taken, row.h };
}

/* ---- the grid -------------------------------------------------------------------------------- */

struct grid {
    struct rect area;
    int columns, rows;
    int lead;         /* cells that stay empty before the first day */
    int hidden_weeks; /* of a month that does not fit */
    bool is_week;     /* the columns have names */
};

static int rows_in(const struct sheet *s, int height)
{
    int rows = (height + SHEET_GAP) / (s->theme->target + SHEET_GAP);
    return rows > 0 ? rows : 1;
}

static int most_rows(int height)
{
    return (height + SHEET_GAP) / (LEAST_KEY + SHEET_GAP);
}

static int column_w(struct rect area, int columns)
{
    return (area.w - (columns - 1) * SHEET_GAP) / columns;
}

static int rows_for(int count, int columns)
{
    return (count + columns - 1) / columns;
}

static int weeks_of(const struct sheet_pick *k)
{
    return rows_for(k->lead + (int)k->count, SHEET_WEEK);
}

/* A calendar's week in each row below the names of the days. All months look alike where the longest one fits with large keys; else
 * each has the rows that it needs, or as many as there is room for. */
static bool as_weeks(struct grid *g, const struct sheet *s, struct rect area)
{
    int names = s->theme->types[TYPE_SMALL].line_px;
    struct rect below = { area.x, area.y + names, area.w, area.h - names };
    if (!s->pick->heads[0] || column_w(area, SHEET_WEEK) < LEAST_KEY)
        return false;
    int large = rows_in(s, below.h), weeks = large >= WEEKS ? WEEKS : weeks_of(s->pick),
        most = most_rows(below.h), rows = weeks < most ? weeks : most;
    if (rows < 1)
        return false;
    *g = (struct grid){ .area = below,
                        .columns = SHEET_WEEK,
                        .rows = rows,
                        .lead = s->pick->lead,
                        .hidden_weeks = weeks > rows ? weeks - rows : 0,
                        .is_week = true };
    return true;
}

/* As many columns as look best, in rows as low as they may be; as many more as all of it needs. */
static struct grid as_table(const struct sheet *s, struct rect area)
{
    int columns = s->pick->columns, count = (int)s->pick->count, large = rows_in(s, area.h);
    while (columns > 1 && column_w(area, columns) < s->theme->target)
        columns--;
    int needed = rows_for(count, columns), most = most_rows(area.h);
    int fitting = needed > large && needed <= most ? needed : large;
    while (rows_for(count, columns) > fitting && column_w(area, columns + 1) >= s->theme->target)
        columns++;
    int rows = rows_for(count, columns);
    return (
        struct grid){ .area = area, .columns = columns, .rows = rows < fitting ? rows : fitting };
}

static struct rect place(const struct sheet *s, const struct grid *g, int at)
{
    int width = column_w(g->area, g->columns);
    int most = s->theme->target * TALLEST / 2;
    struct rect used = g->area;
    used.h = (used.h + SHEET_GAP) / g->rows > most + SHEET_GAP
                 ? g->rows * (most + SHEET_GAP) - SHEET_GAP
                 : used.h;
    return sheet_cell(used, at / g->columns, g->rows, at % g->columns * (width + SHEET_GAP), width);
}

static void add_heads(struct page *p, const struct sheet *s, const struct grid *g)
{
    int width = column_w(g->area, SHEET_WEEK), line = s->theme->types[TYPE_SMALL].line_px;
    for (int i = 0; i < SHEET_WEEK; i++)
        page_add(p, (struct widget){ .id = WIDGET_FOR_EYES,
                                     .kind = &widget_label,
                                     .box = { g->area.x + i * (width + SHEET_GAP), g->area.y - line,
                                              width, line },
                                     .label = s->pick->heads[i],
                                     .type = TYPE_SMALL,
                                     .align = ALIGN_CENTER,
                                     .color = COLOR_TEXT_2,
                                     .max_lines = 1 });
}

/* The one that is chosen, else the first that can be. */
static int first_of_use(const struct sheet_pick *k)
{
    int usable = -1;
    for (int i = 0; i < (int)k->count; i++) {
        if (k->items[i].is_selected)
            return i;
        if (usable < 0 && !k->items[i].is_disabled)
            usable = i;
    }
    return usable < 0 ? 0 : usable;
}

static void add_more(struct page *p, const struct sheet *s, const char *words, struct rect box,
                     int page)
{
    sheet_command(p, "pick.more", "", words, box,
                  (struct action){ s->verbs.pick_page,
                                   page_format(p, "%d", s->pick->first_page + page), "" });
}

/* Are the last weeks shown, or the first? */
static bool shows_later(const struct sheet_pick *k, const struct grid *g)
{
    if (!g->hidden_weeks)
        return false;
    return k->page < 0 ? (g->lead + first_of_use(k)) / SHEET_WEEK >= g->rows : k->page % 2;
}

static void add_weeks(struct page *p, const struct sheet *s, const struct grid *g)
{
    const struct sheet_pick *k = s->pick;
    int from = shows_later(k, g) ? g->hidden_weeks * SHEET_WEEK : 0;
    for (int i = 0; i < (int)k->count; i++) {
        int at = g->lead + i - from;
        if (at >= 0 && at < g->rows * SHEET_WEEK)
            add_item(p, &k->items[i], place(s, g, at));
    }
}

/* A month: its head, with a key at the right for the weeks that there is no room for. */
static void add_month(struct page *p, const struct sheet *s, const struct grid *g, struct rect area)
{
    bool is_later = shows_later(s->pick, g);
    const char *words = is_later ? s->pick->earlier : s->pick->later;
    struct rect key = add_head(p, s, area, g->hidden_weeks ? key_w(s, words) : 0);
    if (g->hidden_weeks)
        add_more(p, s, words, key, !is_later);
    add_heads(p, s, g);
    add_weeks(p, s, g);
}

/* What does not fit has pages, and a key at the end of each for the next one. */
static void add_items(struct page *p, const struct sheet *s, const struct grid *g)
{
    const struct sheet_pick *k = s->pick;
    int room = g->columns * g->rows, count = (int)k->count;
    room = room > 1 ? room : 2; /* one, and the key for the next */
    bool has_pages = count > room;
    int each = has_pages ? room - 1 : room, pages = has_pages ? rows_for(count, each) : 1;
    int page = (k->page < 0 ? first_of_use(k) / each : k->page) % pages, first = page * each;
    for (int i = 0; i < each && first + i < count; i++) {
        struct widget *w = add_item(p, &k->items[first + i], place(s, g, i));
        if (*k->items[first + i].note)
            w->pending = k->items[first + i].note;
    }
    if (has_pages)
        add_more(p, s, s->words.next_page, place(s, g, room - 1), (page + 1) % pages);
}

void sheet_add_pick(struct page *p, const struct sheet *s, struct rect area)
{
    struct grid g;
    int top = head_h(s) + SHEET_GAP;
    struct rect below = { area.x, area.y + top, area.w, area.h - top };
    if (as_weeks(&g, s, below)) {
        add_month(p, s, &g, area);
        return;
    }
    g = as_table(s, below);
    add_head(p, s, area, 0);
    add_items(p, s, &g);
}

int sheet_month_h(const struct theme_tokens *theme)
{
    struct sheet s = { .theme = theme };
    int names = theme->types[TYPE_SMALL].line_px;
    return -sheet_keys_area(&s).h + head_h(&s) + SHEET_GAP + names +
           WEEKS * (theme->target + SHEET_GAP) - SHEET_GAP;
}
