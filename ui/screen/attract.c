/* Nobody is here: what to do, in one sentence, and what works. */
#include "ui/screen/scene.h"

/* A card on its reader, made of shapes: what to do is seen before it is read. */
static void add_picture(struct scene *s, int y)
{
    struct page *p = s->page;
    int x = (PAGE_W - 600) / 2;
    page_add(p, (struct widget){
                    .kind = &widget_panel, .box = { x, y, 600, 372 }, .style = STYLE_PLAIN });
    page_add(p, (struct widget){ .kind = &widget_icon,
                                 .box = { x + 372, y + 72, 168, 168 },
                                 .style = STYLE_QUIET,
                                 .icon = "person",
                                 .type = TYPE_ICON_XXL });
    static const int lines[] = { 250, 170, 290, 210 };
    for (int i = 0; i < 4; i++)
        page_add(p, (struct widget){ .kind = &widget_panel,
                                     .box = { x + 48, y + 72 + i * 52, lines[i], 20 },
                                     .style = STYLE_QUIET });
    page_add(p, (struct widget){ .kind = &widget_panel,
                                 .box = { x + 48, y + 304, 504, 20 },
                                 .style = STYLE_QUIET });
    page_add(p, (struct widget){ .kind = &widget_icon,
                                 .box = { (PAGE_W - 160) / 2, y + 404, 160, 160 },
                                 .icon = "contactless",
                                 .type = TYPE_ICON_XL,
                                 .color = COLOR_ON_BRAND });
}

static void add_invitation(struct scene *s)
{
    bool has_reader = !(s->view->impaired & IMPAIRED_READER);
    struct widget title = { .id = "title",
                            .kind = &widget_heading,
                            .box = { MARGIN, 150, INNER_W, 180 },
                            .label = has_reader ? tr("Tap your ID card to begin")
                                                : tr("Touch the screen to begin"),
                            .type = TYPE_DISPLAY,
                            .align = ALIGN_CENTER,
                            .color = COLOR_ON_BRAND,
                            .max_lines = 2 };
    bool is_long = text_width(s->text, s->theme->types[TYPE_DISPLAY], title.label) > INNER_W;
    if (is_long)
        title.type = TYPE_H1;
    page_add(s->page, title);
    page_add(s->page,
             (struct widget){
                 .kind = &widget_label,
                 .box = { MARGIN, 262, INNER_W, 100 },
                 .label = tr("Lay it flat on the reader below the screen and leave it there"),
                 .type = TYPE_BODY,
                 .align = ALIGN_CENTER,
                 .color = COLOR_ON_BRAND_2,
                 .max_lines = 2 });
    add_picture(s, 392);
}

static void add_ways(struct scene *s, int y)
{
    int half = (INNER_W - 20) / 2;
    page_add(s->page, (struct widget){ .id = "begin",
                                       .kind = &widget_tile,
                                       .box = { MARGIN, y, half, 216 },
                                       .icon = "description",
                                       .label = tr("Go on without a card"),
                                       .action = scene_action(EV_BEGIN, "", "") });
    page_add(s->page, (struct widget){ .id = "progress",
                                       .kind = &widget_tile,
                                       .box = { MARGIN + half + 20, y, half, 216 },
                                       .icon = "schedule",
                                       .label = tr("How is my case going?"),
                                       .action = scene_action(EV_OPEN_PROGRESS, "", "") });
}

void screen_attract(struct scene *s)
{
    const struct point *point = catalogue_point(s->view->catalogue);
    scene_brand(s, 1040);
    add_invitation(s);
    add_ways(s, 1084);
    s->y = 1084 + 216 + 32;
    flow_impairments(s);
    if (!s->view->impaired) {
        flow_notice(s, STYLE_QUIET, "schedule",
                    page_format(s->page, "%s  %s", tr("Open"), scene_words(s, &point->hours)));
        flow_gap(s, 16);
        flow_notice(
            s, STYLE_QUIET, "support_agent",
            page_format(s->page, "%s  %s", tr("Staff"), scene_words(s, &point->staff_hours)));
        flow_gap(s, 16);
        flow_notice(s, STYLE_QUIET, "lock",
                    tr("Nothing about you is kept on this machine. What you fill in is sealed for "
                       "the county alone."));
    }
    scene_bar(s);
}
