/* What the resident seems entitled to (免申办, SS-63): one calm line on the home, in small letters that only whoever stands
 * there reads, without an amount or an age; it can be put away. Where a page has no room for it, it is not said. */
#include "ui/screen/home.h"

enum { BELOW = 24, LEAST_BESIDE = 420 };

static struct widget hint_row(struct scene *s)
{
    const struct service *hint = s->view->hint;
    return (struct widget){ .id = "hint",
                            .icon = hint->icon,
                            .label = tr("This may be open to you"),
                            .detail = scene_words(s, &hint->short_name),
                            .value = "",
                            .action = scene_action(EV_TAKE_HINT, "", "") };
}

void home_add_hint(struct scene *s, int room)
{
    if (!s->view->hint)
        return;
    struct widget row = hint_row(s);
    int away = frame_button_w(s, TYPE_H3, "", tr("Not now")), gutter = s->theme->gutter;
    struct rect column = { s->x, s->y, s->w, 0 };
    bool is_beside = column.w - away - gutter >= LEAST_BESIDE;
    s->w -= is_beside ? away + gutter : 0;
    int height = flow_row_height(s, &row), below = is_beside ? 0 : gutter + s->theme->target;
    if (height + below + BELOW > room) {
        s->w = column.w;
        return;
    }
    flow_row(s, row);
    s->w = column.w;
    struct rect box = { column.x + column.w - away, column.y, away, height };
    if (!is_beside)
        box = (struct rect){ column.x, s->y + gutter, column.w, s->theme->target };
    page_add(s->page, (struct widget){ .id = "hint.away",
                                       .kind = &widget_button,
                                       .box = box,
                                       .style = STYLE_SECONDARY,
                                       .label = tr("Not now"),
                                       .action = scene_action(EV_HIDE_HINT, "", "") });
    flow_gap(s, below + BELOW);
}
