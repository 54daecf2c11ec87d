/* Nobody is here: how to begin, what works, who can help, and how one wants the kiosk. */
#include <stdio.h>

#include "ui/screen/scene.h"

/* The three cards that the reader knows, as they are told apart: by their colour, and by name. */
static const struct {
    enum widget_style style;
    const char *name;
} cards[] = {
    { STYLE_QUIET, N_("Resident ID card") },
    { STYLE_SUCCESS, N_("Residence permit, HK, Macao, Taiwan") },
    { STYLE_WARNING, N_("Permanent residence card") },
};

enum { CARDS = sizeof(cards) / sizeof(cards[0]), CARD_GAP = 40 };

static int name_height(const struct scene *s, int width)
{
    int most = 0;
    for (int i = 0; i < CARDS; i++) {
        int h =
            text_block_height(s->text, s->theme->types[TYPE_SMALL], tr(cards[i].name), width, 3);
        most = h > most ? h : most;
    }
    return most;
}

/* Cards with their names below; `height` for all. Returns the height used. */
static int add_cards(struct scene *s, int height)
{
    int width = (s->w - (CARDS - 1) * CARD_GAP) / CARDS, names = name_height(s, width);
    int card_h = width * 63 / 100;
    if (card_h > height - names - 16)
        card_h = height - names - 16;
    int card_w = card_h * 100 / 63;
    for (int i = 0; i < CARDS; i++) {
        int x = s->x + i * (width + CARD_GAP);
        page_add(s->page,
                 (struct widget){ .kind = &widget_card,
                                  .box = { x + (width - card_w) / 2, s->y, card_w, card_h },
                                  .label = tr(cards[i].name),
                                  .style = cards[i].style });
        page_add(s->page, (struct widget){ .kind = &widget_label,
                                           .box = { x, s->y + card_h + 16, width, names },
                                           .label = tr(cards[i].name),
                                           .type = TYPE_SMALL,
                                           .align = ALIGN_CENTER,
                                           .color = COLOR_ON_BRAND,
                                           .max_lines = 3 });
    }
    return card_h + 16 + names;
}

static void add_invitation(struct scene *s, int bottom)
{
    bool has_reader = !(s->view->impaired & IMPAIRED_READER);
    const char *title =
        has_reader ? tr("Tap your ID card to begin") : tr("Touch the screen to begin");
    enum type_token type = TYPE_DISPLAY;
    if (text_width(s->text, s->theme->types[type], title) > s->w)
        type = TYPE_H1;
    struct widget *w = flow_text(s, type, COLOR_ON_BRAND, title, 3);
    w->kind = &widget_heading;
    w->align = ALIGN_CENTER;
    snprintf(w->id, sizeof(w->id), "title");
    flow_gap(s, 12);
    w = flow_text(s, TYPE_BODY, COLOR_ON_BRAND_2,
                  tr("Lay it flat on the reader below the screen and leave it there"), 3);
    w->align = ALIGN_CENTER;
    flow_gap(s, s->is_short ? 24 : 40);
    int icon = s->is_short ? 0 : 150;
    int used = add_cards(s, bottom - s->y - icon - 32);
    s->y += used + 16;
    if (icon && bottom - s->y >= icon - 10)
        page_add(s->page,
                 (struct widget){ .kind = &widget_icon,
                                  .box = { s->x, s->y + (bottom - s->y - 128) / 2, s->w, 128 },
                                  .icon = "contactless",
                                  .type = TYPE_ICON_XL,
                                  .color = COLOR_ON_BRAND });
}

/* What needs no card; side by side where both fit. */
static void add_ways(struct scene *s)
{
    bool is_stacked = s->w < 720;
    int gap = s->theme->gutter, width = is_stacked ? s->w : (s->w - gap) / 2, x = s->x, w = s->w,
        top = s->y, end;
    struct widget begin = { .id = "begin",
                            .icon = "description",
                            .label = tr("Go on without a card"),
                            .detail = tr("Guides, bookings, questions"),
                            .action = scene_action(EV_BEGIN, "", "") };
    struct widget progress = { .id = "progress",
                               .icon = "schedule",
                               .label = s->theme->is_elder ? tr("Is it done yet?")
                                                           : tr("How is my case going?"),
                               .detail = tr("With the number on your slip"),
                               .action = scene_action(EV_OPEN_PROGRESS, "", "") };
    s->w = width;
    struct widget *a = flow_row(s, begin);
    end = s->y;
    if (is_stacked) {
        flow_gap(s, gap);
    } else {
        s->y = top;
        s->x += width + gap;
    }
    struct widget *b = flow_row(s, progress);
    if (!is_stacked) {
        end = s->y > end ? s->y : end;
        a->box.h = b->box.h = end - top;
        s->y = end;
    }
    s->x = x;
    s->w = w;
}

static void add_hours(struct scene *s)
{
    const struct point *point = catalogue_point(s->view->catalogue);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Open"), scene_words(s, &point->hours), false);
    flow_fact(s, tr("Staff"), scene_words(s, &point->staff_hours), true);
    flow_card_end(s, card);
}

static int tools_height(const struct scene *s, int columns)
{
    int rows = ((s->is_wide ? 5 : 6) + columns - 1) / columns;
    return rows * (120 + s->theme->gap) - s->theme->gap;
}

/* Everything below (or beside) the brand's field, from s->y to `bottom`. */
static void add_rest(struct scene *s, int bottom, int columns)
{
    int tools = bottom - 24 - tools_height(s, columns);
    add_ways(s);
    flow_gap(s, s->theme->gutter);
    flow_impairments(s);
    int before = s->y;
    if (!s->view->impaired && tools - s->y > 200)
        add_hours(s);
    const char *kept = tr("Nothing about you is kept on this machine. What you fill in is sealed "
                          "for the county alone.");
    if (!s->theme->is_elder && s->y > before && tools - s->y > 170) {
        flow_gap(s, s->theme->gutter);
        flow_notice(s, STYLE_QUIET, "lock", kept);
    }
    s->y = tools;
    scene_tools(s, columns);
}

void screen_attract(struct scene *s)
{
    int bottom = scene_bottom(s), status = s->is_short ? 32 : 80 + 48;
    if (s->is_wide) {
        struct halves h = scene_halves(s, 50);
        s->head = (struct rect){ s->room.x, s->room.y, h.left.x + h.left.w + 20, s->room.h };
        s->is_short = false; /* the field has room for the line of place and time */
        scene_brand(s, bottom);
        s->is_short = s->room.h < 1000;
        scene_use(s, h.left);
        s->w -= s->theme->margin / 2;
        s->y = s->room.y + 80 + (s->is_short ? 20 : 100);
        add_invitation(s, bottom - 24);
        scene_use(s, h.right);
        s->y = s->room.y + 32;
        add_rest(s, bottom, 3);
        return;
    }
    int field = s->room.h * (s->theme->is_elder ? 46 : s->is_short ? 40 : 50) / 100;
    scene_brand(s, s->room.y + field);
    s->y = s->room.y + status;
    add_invitation(s, s->room.y + field - 12);
    s->y = s->room.y + field + 36;
    add_rest(s, bottom, 3);
}
