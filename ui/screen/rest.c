/* The glass at rest (firmware/session/rest.c): the time, how to begin, when the house is open. Dark and dim by night, and it stands
 * elsewhere every minute, so that nothing wears itself into the panel. */
#include <string.h>

#include "firmware/base/text.h"
#include "ui/screen/frame.h"

enum { PLACES_DOWN = 31, STRIDE_DOWN = 12, PLACES_ACROSS = 9, STRIDE_ACROSS = 4, ACROSS_PX = 16 };

/* Strides that have no divisor in common with the places: all of them are used before one is again. */
static int nth(int64_t minute, int stride, int places)
{
    return (int)(minute * stride % places);
}

enum { LINES = 5, MOST = 3, GAP = 24 };

struct line {
    const char *id;
    enum type_token type;
    enum color color;
    const char *text;
    int height;
};

static int measure(struct scene *s, struct line lines[LINES], int width)
{
    int height = 0;
    for (int i = 0; i < LINES; i++) {
        struct type type = s->theme->types[lines[i].type];
        lines[i].height = type.weight == WEIGHT_ICON
                              ? type.line_px
                              : text_block_height(s->text, type, lines[i].text, width, MOST);
        height += lines[i].height + GAP;
    }
    return height;
}

static void add_lines(struct scene *s, const struct line lines[LINES], struct rect box)
{
    for (int i = 0; i < LINES; i++) {
        const struct line *l = &lines[i];
        bool is_icon = s->theme->types[l->type].weight == WEIGHT_ICON;
        struct widget w = { .kind = is_icon                  ? &widget_icon
                                    : strcmp(l->id, "title") ? &widget_label
                                                             : &widget_heading,
                            .box = { box.x, box.y, box.w, l->height },
                            .icon = is_icon ? l->text : "",
                            .label = is_icon ? "" : l->text,
                            .type = l->type,
                            .align = ALIGN_CENTER,
                            .color = l->color,
                            .max_lines = MOST };
        text_copy(w.id, sizeof(w.id), l->id);
        page_add(s->page, w);
        box.y += l->height + GAP;
    }
}

void screen_rest(struct scene *s)
{
    int64_t minute = s->around->wall_ms / 60000;
    bool has_reader = !(s->view->impaired & IMPAIRED_READER), is_dark = s->view->rest == REST_DARK;
    /* In English too: nobody has chosen a language, and its button is not there. */
    const char *invitation = has_reader ? N_("Tap your ID card or touch the screen to begin")
                                        : N_("Touch the screen to begin"),
               *hours = page_format(s->page, "%s %s", tr("Open"),
                                    scene_words(s, &catalogue_point(s->view->catalogue)->hours));
    enum color ink = is_dark ? COLOR_TEXT : COLOR_ON_BRAND,
               quiet = is_dark ? COLOR_TEXT_2 : COLOR_ON_BRAND_2;
    struct line lines[LINES] = { { "", TYPE_ICON_XL, ink, "contactless", 0 },
                                 { "", TYPE_DISPLAY, ink, scene_time(s), 0 },
                                 { "title", TYPE_H2, ink, tr(invitation), 0 },
                                 { "language", TYPE_BODY, quiet, invitation, 0 },
                                 { "", TYPE_SMALL, quiet, hours, 0 } };
    struct rect all = { 0, 0, s->panel.width, s->panel.height };
    int width = all.w - 2 * s->theme->margin - (PLACES_ACROSS - 1) * ACROSS_PX;
    int height = measure(s, lines, width), room = all.h - height - 2 * s->theme->margin;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = all,
                                       .color = is_dark ? COLOR_BG : COLOR_BRAND });
    add_lines(
        s, lines,
        (struct rect){ s->theme->margin + nth(minute, STRIDE_ACROSS, PLACES_ACROSS) * ACROSS_PX,
                       s->theme->margin +
                           nth(minute, STRIDE_DOWN, PLACES_DOWN) * room / (PLACES_DOWN - 1),
                       width, height });
}
