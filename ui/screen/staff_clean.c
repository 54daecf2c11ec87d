/* The glass is being wiped: how long touches mean nothing yet, and not one thing to touch. */
#include "ui/screen/staff.h"

enum { ROOM = 420 };

void staff_clean(struct scene *s, int bottom)
{
    int seconds = (int)((s->shift->clean_left_ms + 999) / 1000);
    int room = bottom - s->y;
    s->y += room > ROOM ? (room - ROOM) / 2 : 0;
    page_add(s->page, (struct widget){ .kind = &widget_icon,
                                       .box = { s->x, s->y, s->w, 128 },
                                       .icon = "cleaning_services",
                                       .type = TYPE_ICON_XL,
                                       .color = COLOR_TEXT_2 });
    flow_gap(s, 128 + 24);
    struct widget *w = flow_text(s, TYPE_DISPLAY, COLOR_TEXT, staff_number(s, seconds), 1);
    w->align = ALIGN_CENTER;
    flow_gap(s, 24);
    w = flow_text(s, TYPE_H3, COLOR_TEXT,
                  tr("Wipe the glass now. Touches do nothing until the count is over."), 3);
    w->align = ALIGN_CENTER;
    flow_gap(s, 12);
    w = flow_text(
        s, TYPE_BODY, COLOR_TEXT_2,
        tr("A damp cloth, nothing that is sprayed onto the machine. The card reader too."), 3);
    w->align = ALIGN_CENTER;
}
