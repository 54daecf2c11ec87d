/* Larger parts that several screens show: a message, a service's row, what does not work. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static int icon_side(const struct scene *s)
{
    return s->is_short ? 168 : 240;
}

static int message_height(const struct scene *s, const char *title, const char *text)
{
    return icon_side(s) + 40 +
           text_block_height(s->text, s->theme->types[TYPE_H1], title, s->w, 4) + 24 +
           text_block_height(s->text, s->theme->types[TYPE_BODY], text, s->w, 8);
}

static void add_message(struct scene *s, enum widget_style style, const char *icon,
                        const char *title, const char *text)
{
    int side = *icon ? icon_side(s) : -40;
    if (*icon)
        page_add(s->page, (struct widget){ .kind = &widget_icon,
                                           .box = { s->x + (s->w - side) / 2, s->y, side, side },
                                           .style = style,
                                           .icon = icon,
                                           .type = TYPE_ICON_XL,
                                           .is_in_scroll = s->is_in_scroll });
    s->y += side + 40;
    struct widget *w = flow_heading(s, TYPE_H1, title);
    w->align = ALIGN_CENTER;
    flow_gap(s, 24);
    w = flow_text(s, TYPE_BODY, COLOR_TEXT_2, text, 8);
    w->align = ALIGN_CENTER;
    flow_gap(s, 32);
}

void scene_message(struct scene *s, enum widget_style style, const char *icon, const char *title,
                   const char *text)
{
    add_message(s, style, icon, title, text);
}

void scene_message_between(struct scene *s, int bottom, int extra, enum widget_style style,
                           const char *icon, const char *title, const char *text)
{
    int slack = bottom - s->y - extra - message_height(s, title, text) - 32;
    if (slack > 0)
        s->y += slack * 2 / 5;
    /* Words before pictures where both have no room. */
    add_message(s, style, slack < 0 && !s->is_in_scroll ? "" : icon, title, text);
}

void flow_spinner(struct scene *s)
{
    int side = 88, phase = scene_spinner(s);
    if (phase)
        page_add(s->page, (struct widget){ .kind = &widget_spinner,
                                           .box = { s->x + (s->w - side) / 2, s->y, side, side },
                                           .number = { phase } });
    flow_gap(s, side);
}

static const char *badge_of(const struct scene *s, const struct service *service)
{
    if (!point_offers(s->view->desk.news, service->theme, service->code))
        return tr("At another point");
    switch (service->reach) {
    case REACH_KIOSK:
        return tr("Apply here");
    case REACH_AGENT:
        return tr("Start here");
    case REACH_BOOK:
        return tr("Book here");
    default:
        return tr("Information");
    }
}

static void join(char *out, size_t size, const char *part)
{
    size_t used = strlen(out);
    if (*part)
        snprintf(out + used, size - used, "%s%s", used ? " · " : "", part);
}

enum { LEAST_FOR_OFFICE = 640 };

static struct widget service_row(struct scene *s, const struct service *service, bool with_office)
{
    char detail[320] = "", minutes[48];
    snprintf(minutes, sizeof(minutes), tr("about %d min"), service->minutes);
    join(detail, sizeof(detail), minutes);
    join(detail, sizeof(detail),
         service->needs_card ? tr("ID card needed") : tr("no ID card needed"));
    if (service->is_no_return)
        join(detail, sizeof(detail), tr("no need to come again"));
    if (with_office && !s->theme->is_elder && s->w >= LEAST_FOR_OFFICE)
        join(detail, sizeof(detail), scene_words(s, &service->department));
    struct widget row = { .icon = service->icon,
                          .label = scene_words(s, &service->name),
                          .detail = page_text(s->page, detail),
                          .value = badge_of(s, service),
                          .style = service->reach == REACH_KIOSK &&
                                           point_offers(s->view->desk.news, service->theme,
                                                        service->code)
                                       ? STYLE_SUCCESS
                                       : STYLE_WARNING,
                          .action = { EV_OPEN_SERVICE, service->code, "" } };
    snprintf(row.id, sizeof(row.id), "service:%s", service->code);
    return row;
}

int flow_service_height(struct scene *s, const struct service *service, bool with_office)
{
    struct widget row = service_row(s, service, with_office);
    return flow_row_height(s, &row) + s->theme->gutter;
}

void flow_service(struct scene *s, const struct service *service, bool with_office)
{
    flow_row(s, service_row(s, service, with_office));
    flow_gap(s, s->theme->gutter);
}

void flow_impairments(struct scene *s)
{
    static const struct {
        unsigned bit;
        enum widget_style style;
        const char *icon, *text;
    } rows[] = {
        { IMPAIRED_SUBMIT, STYLE_WARNING, "warning",
          N_("Applications cannot be accepted here at the moment. Guides and answers still "
             "work.") },
        { IMPAIRED_READER, STYLE_WARNING, "credit_card",
          N_("The card reader does not work at the moment. Guides and answers still work.") },
        { IMPAIRED_PRINTER, STYLE_WARNING, "print_disabled",
          N_("No slips can be printed at the moment. You get your number on the screen.") },
        { IMPAIRED_NETWORK, STYLE_QUIET, "wifi_off",
          N_("The network is down. Applications are stored safely here and sent later.") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        /* What cannot be accepted at all need not be explained by the network too. */
        bool is_covered = rows[i].bit == IMPAIRED_NETWORK && s->view->impaired & IMPAIRED_SUBMIT;
        if (!(s->view->impaired & rows[i].bit) || is_covered)
            continue;
        flow_notice(s, rows[i].style, rows[i].icon, tr(rows[i].text));
        flow_gap(s, 16);
    }
}
