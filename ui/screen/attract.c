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

enum { CARDS = sizeof(cards) / sizeof(cards[0]), CARD_GAP = 32 };

static int name_height(const struct scene *s, int width)
{
    int most = 0;
    for (int i = 0; i < CARDS; i++) {
        int h =
            text_block_height(s->text, s->theme->types[TYPE_SMALL], tr(cards[i].name), width, 4);
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
                                           .max_lines = 4 });
    }
    return card_h + 16 + names;
}

enum { LEAST_CARD_W = 200 };

/* Where three have no room, the card that nearly everyone has. */
static int add_one_card(struct scene *s, int height)
{
    int card_h = height > 260 ? 260 : height, card_w = card_h * 100 / 63;
    page_add(s->page, (struct widget){ .kind = &widget_card,
                                       .box = { s->x + (s->w - card_w) / 2, s->y, card_w, card_h },
                                       .label = tr(cards[0].name),
                                       .style = cards[0].style });
    return card_h;
}

static void add_invitation(struct scene *s, int bottom)
{
    bool has_reader = !(s->view->impaired & IMPAIRED_READER);
    const char *title =
        has_reader ? tr("Tap your ID card to begin") : tr("Touch the screen to begin");
    static const enum type_token sizes[] = { TYPE_DISPLAY, TYPE_H1, TYPE_H2 };
    size_t i = 0;
    while (i < 2 && text_width(s->text, s->theme->types[sizes[i]], title) > s->w)
        i++;
    struct widget *w = flow_text(s, sizes[i], COLOR_ON_BRAND, title, 3);
    w->kind = &widget_heading;
    w->align = ALIGN_CENTER;
    snprintf(w->id, sizeof(w->id), "title");
    flow_gap(s, 12);
    w = flow_text(s, TYPE_BODY, COLOR_ON_BRAND_2,
                  tr("Lay it flat on the reader below the screen and leave it there"), 5);
    w->align = ALIGN_CENTER;
    flow_gap(s, s->is_short ? 24 : 40);
    int icon = s->is_short ? 0 : 150;
    int used = s->w / CARDS < LEAST_CARD_W ? add_one_card(s, bottom - s->y - 32)
                                           : add_cards(s, bottom - s->y - icon - 32);
    s->y += used + 16;
    if (icon && bottom - s->y >= icon - 10)
        page_add(s->page,
                 (struct widget){ .kind = &widget_icon,
                                  .box = { s->x, s->y + (bottom - s->y - 128) / 2, s->w, 128 },
                                  .icon = "contactless",
                                  .type = TYPE_ICON_XL,
                                  .color = COLOR_ON_BRAND });
}

enum { LEAST_FOR_PAIR = 760 }; /* under it the help page alone leads to agents */

/* Two rows beside each other, of one height. */
static void add_pair(struct scene *s, struct widget left, struct widget right)
{
    int x = s->x, y = s->y, w = s->w, gap = s->theme->gutter, half = (w - gap) / 2;
    s->w = half;
    struct widget *a = flow_row(s, left);
    s->x += half + gap;
    s->y = y;
    struct widget *b = flow_row(s, right);
    a->box.h = b->box.h = a->box.h > b->box.h ? a->box.h : b->box.h;
    s->y = y + a->box.h;
    s->x = x;
    s->w = w;
}

/* What needs no card. */
static void add_ways(struct scene *s)
{
    struct widget begin = { .id = "begin",
                            .icon = "description",
                            .label = tr("Without a card too"),
                            .detail = tr("Guides, bookings, questions"),
                            .action = scene_action(EV_BEGIN, "", "") };
    struct widget progress = { .id = "progress",
                               .icon = "schedule",
                               .label = s->theme->is_elder ? tr("Is it done yet?")
                                                           : tr("How is my case going?"),
                               .detail = tr("With the number on your slip"),
                               .action = scene_action(EV_OPEN_PROGRESS, "", "") };
    struct widget point = { .id = "point",
                            .icon = "group",
                            .label = tr("At this point"),
                            .detail = tr("Take a number, book, find the way"),
                            .action = scene_action(EV_OPEN_POINT, "", "") };
    struct widget agent = { .id = "agent",
                            .icon = "handshake",
                            .label = tr("I help somebody"),
                            .detail = tr("For agents of the village"),
                            .action = scene_action(EV_OPEN_AGENT, "", "") };
    flow_row(s, begin);
    flow_gap(s, s->theme->gutter);
    flow_row(s, progress);
    flow_gap(s, s->theme->gutter);
    if (scene_has_agents(s) && !s->theme->is_elder && s->w >= LEAST_FOR_PAIR)
        add_pair(s, point, agent);
    else
        flow_row(s, point);
}

static void add_hours(struct scene *s)
{
    const struct point *point = catalogue_point(s->view->catalogue);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Open"), scene_words(s, &point->hours), false);
    flow_fact(s, tr("Staff"), scene_words(s, &point->staff_hours), true);
    flow_card_end(s, card);
}

enum { TOOLS = 6, TOOL_COLUMNS = 3, TOOL_H = 120 };

/* Everything below (or beside) the brand's field, from s->y to `bottom`. What does not work stands
 * first; hours and the promise about data where there is room. */
static void add_rest(struct scene *s, int bottom)
{
    const char *kept = tr("Nothing about you is kept on this machine. What you fill in is sealed "
                          "for the county alone.");
    int top = s->y, gap = s->theme->gutter;
    flow_begin(s, bottom);
    add_ways(s);
    flow_gap(s, gap);
    flow_impairments(s);
    if (s->view->is_unattended) {
        flow_notice(s, STYLE_QUIET, "schedule",
                    tr("Nobody of the staff is here at this hour. The kiosk works; by phone 12345 "
                       "answers at any time."));
        flow_gap(s, gap);
    }
    int left = bottom - s->y;
    bool has_room = left > (scene_has_agents(s) ? 240 : (s->y - top) * 2 / 5);
    if (!s->view->impaired && !s->view->is_unattended && has_room)
        add_hours(s);
    if (!s->view->impaired && !s->theme->is_elder && bottom - s->y > 170) {
        flow_gap(s, gap);
        flow_notice(s, STYLE_QUIET, "lock", kept);
    }
    s->y -= 24;
    flow_end(s, bottom);
}

static void attract_wide(struct scene *s)
{
    scene_bar(s);
    int bottom = scene_bottom(s);
    struct halves h = scene_halves(s, 54);
    bool was_short = s->is_short;
    s->head = (struct rect){ s->room.x, s->room.y, h.left.x + h.left.w + 20, s->room.h };
    s->is_short = false; /* the field has room for the line of place and time */
    scene_brand(s, bottom);
    s->is_short = was_short && s->room.h < 1000;
    scene_use(s, h.left);
    s->w -= s->theme->margin / 2;
    s->y = s->room.y + 80 + (s->is_short ? 20 : 100);
    add_invitation(s, bottom - 24);
    scene_use(s, h.right);
    s->y = s->room.y + 32;
    add_rest(s, bottom);
}

void screen_attract(struct scene *s)
{
    if (s->is_wide) {
        attract_wide(s);
        return;
    }
    int bottom = scene_bottom(s), rows = TOOLS / TOOL_COLUMNS;
    int percent = s->theme->is_elder ? 42 : scene_has_agents(s) ? 40 : 46;
    int field = s->panel.height * percent / 100;
    struct rect room = s->room;
    if (s->is_lowered) {
        field = room.y; /* nobody needs to reach what only says how to begin */
        s->room = (struct rect){ 0, 0, s->panel.width, s->panel.height };
    }
    bool was_short = s->is_short;
    s->is_short = false;
    scene_brand(s, field);
    s->y = 80 + 40;
    add_invitation(s, field - 12);
    s->room = room;
    s->is_short = was_short;
    s->y = field + (s->is_lowered ? 24 : 36);
    int tools = bottom - 24 - rows * TOOL_H - (rows - 1) * s->theme->gap;
    add_rest(s, tools - 12);
    s->y = tools;
    scene_tools(s, TOOL_COLUMNS);
}
