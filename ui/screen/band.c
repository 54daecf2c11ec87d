/* One line across the top of every page: in whose name things are done, who holds the screen, and whether any of it is
 * real. Amber, so that nobody takes a page of theirs for it. */
#include "ui/screen/bell.h"
#include "ui/screen/frame.h"

enum { BAND_H = 72, BAND_SHORT_H = 44, BAND_ELDER_H = 96, LITTLE_H = 1000 };

static const char *acting(const struct scene *s)
{
    const struct session_view *v = s->view;
    const struct agency_view *a = &v->agency;
    switch (a->step) {
    case AGENCY_PROVEN:
        return page_format(s->page, tr("Agent: %s"), a->agent);
    case AGENCY_ASKING:
        return page_format(s->page, tr("%s asks to act for %s"), a->agent, v->name);
    case AGENCY_ACTING:
        return page_format(s->page, tr("Acting: %s for %s"), a->agent, v->name);
    default:
        return "";
    }
}

/* Until it is handed in: what came from elsewhere is read again by whoever signs it. */
static bool is_from_phone(const struct session_view *v)
{
    return v->handoff.is_filled &&
           (v->screen == SCREEN_FORM || v->screen == SCREEN_REVIEW || v->screen == SCREEN_PAPERS);
}

static const char *words(const struct scene *s)
{
    const struct session_view *v = s->view;
    if (v->is_practice && v->helper.is_helping)
        return tr("Practice: staff are filling in");
    if (v->is_practice)
        return tr("Practice: nothing is kept or sent");
    if (v->agency.step != AGENCY_NONE)
        return acting(s);
    if (v->helper.is_helping)
        return tr("Somebody helps to fill in");
    if (v->bell.state != BELL_QUIET)
        return bell_words(s);
    return is_from_phone(v) ? tr("Filled in on a phone: please check every page") : "";
}

static const char *icon_of(const struct session_view *v)
{
    return v->is_practice                                         ? "info"
           : v->agency.step != AGENCY_NONE                        ? "handshake"
           : v->bell.state != BELL_QUIET && !v->helper.is_helping ? "notifications"
           : is_from_phone(v)                                     ? "smartphone"
                                                                  : "handshake";
}

int band_height(const struct scene *s)
{
    const struct session_view *v = s->view;
    bool has_band = v->is_practice || v->agency.step != AGENCY_NONE || v->helper.is_helping ||
                    is_from_phone(v) || v->bell.state != BELL_QUIET;
    if (!has_band)
        return 0;
    int small = scene_line(s, TYPE_SMALL_STRONG) + 4;
    return s->panel.height < LITTLE_H ? (small > BAND_SHORT_H ? small : BAND_SHORT_H)
           : s->theme->is_elder       ? BAND_ELDER_H
                                      : BAND_H;
}

void band_add(struct scene *s)
{
    if (!s->band_h)
        return;
    bool is_small = s->theme->is_elder || s->panel.height < LITTLE_H;
    enum type_token type = is_small ? TYPE_SMALL_STRONG : TYPE_STRONG,
                    size = s->panel.height < LITTLE_H ? TYPE_ICON_S : TYPE_ICON_M;
    int icon = s->theme->types[size].px, margin = s->theme->margin, line = scene_line(s, type),
        y = s->room.y - s->band_h;
    const char *text = words(s);
    if (text_width(s->text, s->theme->types[type], text) > s->panel.width - 3 * margin - icon)
        type = TYPE_SMALL_STRONG;
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { 0, y, s->panel.width, s->band_h },
                                       .color = COLOR_WARNING_SOFT });
    page_add(s->page, (struct widget){ .kind = &widget_band,
                                       .box = { 0, y + s->band_h - 4, s->panel.width, 4 },
                                       .color = COLOR_WARNING });
    page_add(s->page,
             (struct widget){ .kind = &widget_icon,
                              .box = { margin - 4, y + (s->band_h - icon) / 2 - 2, icon, icon },
                              .icon = icon_of(s->view),
                              .type = size,
                              .color = COLOR_ON_WARNING_SOFT });
    page_add(s->page, (struct widget){ .id = "band",
                                       .kind = &widget_label,
                                       .box = { margin + icon + 12, y + (s->band_h - line) / 2 - 2,
                                                s->panel.width - 2 * margin - icon - 12, line },
                                       .label = text,
                                       .type = type,
                                       .color = COLOR_ON_WARNING_SOFT,
                                       .max_lines = 1 });
}
