/* Nobody can use this kiosk yet: whoever sets it up types the code that the county's office made for it. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/scene.h"

static const char *trouble_words(enum enrol_trouble trouble)
{
    static const char *const words[] = {
        [ENROL_FINE] = "",
        [ENROL_SHORT] = N_("A code has at least 6 digits."),
        [ENROL_WRONG_CODE] = N_("Not accepted: mistyped, used or too old. Check it, wait a minute, "
                                "or ask for another."),
        [ENROL_NO_ANSWER] =
            N_("No answer from the county. Look at the network cable, then try again."),
        [ENROL_NOT_KEPT] =
            N_("This kiosk could not store its certificate. Please call the county's "
               "service desk."),
    };
    return *words[trouble] ? tr(words[trouble]) : "";
}

static void add_state(struct scene *s)
{
    const struct enrol_view *e = &s->view->enrol;
    const char *wrong = trouble_words(e->trouble);
    flow_gap(s, 20);
    if (e->is_moving)
        flow_notice(s, STYLE_QUIET, "hourglass_empty", tr("The county is being asked"))->number[0] =
            scene_spinner(s);
    else if (*wrong)
        flow_notice(s, e->trouble == ENROL_NO_ANSWER ? STYLE_WARNING : STYLE_DANGER, "error",
                    wrong);
    else
        flow_notice(
            s, STYLE_QUIET, "info",
            tr("The county's office makes it on its page of enrolment. It is good once, for "
               "a day."));
    if (s->is_short)
        return;
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "usb",
                tr("Without a network: plug in a service stick, and join by it."));
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "location_on",
                tr("Nothing can be done here yet. Please go to the counter."));
}

/* In fours, as the county's page shows it. */
static const char *grouped(struct scene *s)
{
    char shown[ENROL_CODE_MAX * 5 / 4 + 2];
    size_t used = 0;
    for (const char *c = s->view->typed; *c && used + 2 < sizeof(shown); c++) {
        if ((c - s->view->typed) % 4 == 0 && used)
            shown[used++] = ' ';
        shown[used++] = *c;
    }
    shown[used] = 0;
    const char *kept = page_text(s->page, shown);
    explicit_bzero(shown, sizeof(shown));
    return kept;
}

static void add_title(struct scene *s)
{
    int height = scene_header_h(s), top = s->room.y;
    scene_brand(s, top + height);
    struct type type = s->theme->types[s->is_short ? TYPE_H3 : TYPE_H2];
    page_add(s->page,
             (struct widget){ .id = "title",
                              .kind = &widget_heading,
                              .box = { s->x, top + height - type.line_px - (s->is_short ? 16 : 36),
                                       s->w, type.line_px },
                              .label = tr("Being set up"),
                              .type = s->is_short ? TYPE_H3 : TYPE_H2,
                              .align = ALIGN_CENTER,
                              .color = COLOR_ON_BRAND,
                              .max_lines = 1 });
}

void screen_enrol(struct scene *s)
{
    const char *other = s->view->language == LANGUAGE_ZH ? "English" : "中文";
    const struct button_spec language = { "language", other, "translate", EV_LANGUAGE, "", "" },
                             join = { "primary", tr("Join the county"), "check", EV_NEXT, "", "" };
    scene_expect_sheet(s);
    add_title(s);
    int bottom = s->is_wide ? scene_bottom(s) : s->sheet.y;
    flow_gap(s, s->is_short ? 16 : 40);
    flow_begin(s, bottom);
    flow_heading(s, s->is_short ? TYPE_STRONG : TYPE_H2, tr("Which code did the county give you?"));
    flow_gap(s, s->is_short ? 12 : 24);
    page_add(s->page, (struct widget){ .id = "field:code",
                                       .kind = &widget_field,
                                       .box = { s->x, s->y, s->w, s->theme->field_h },
                                       .label = tr("Code of enrolment"),
                                       .value = grouped(s),
                                       .is_focused = true,
                                       .is_caret = true,
                                       .is_in_scroll = true,
                                       .is_error = s->view->enrol.trouble == ENROL_SHORT ||
                                                   s->view->enrol.trouble == ENROL_WRONG_CODE });
    s->y += s->theme->field_h;
    add_state(s);
    flow_end(s, bottom);
    keyboard_add_digits(s);
    scene_actions(s, &join, &language);
}
