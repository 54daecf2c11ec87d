/* Device tests, one page each: that a device works is shown, never what it saw. */
#include <stdio.h>

#include "ui/screen/staff.h"

static void add_trouble(struct scene *s, enum ready_device device, const char *says)
{
    if (device == DEVICE_NOT_FITTED)
        flow_notice(s, STYLE_QUIET, "info", tr("This kiosk has none."));
    else if (*says)
        flow_notice(s, STYLE_WARNING, "warning", says);
    else if (device == DEVICE_WELL)
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("It answers."));
    else
        flow_notice(s, STYLE_WARNING, "warning", tr("Not found: look at its cable."));
    flow_gap(s, 24);
}

void staff_devices(struct scene *s, int bottom)
{
    const struct shift_devices *d = &s->shift->devices;
    const struct {
        enum shift_page page;
        const char *icon, *label;
        enum ready_device device;
    } rows[] = { { SHIFT_READER, "credit_card", N_("Card reader"), d->reader },
                 { SHIFT_PRINTER, "print", N_("Printer"), d->printer },
                 { SHIFT_KEYPAD, "keyboard", N_("Keypad"), d->keypad },
                 { SHIFT_SCANNER, "qr_code", N_("Code scanner"), d->scanner },
                 { SHIFT_SOUND, "volume_up", N_("Voice"), d->sound },
                 { SHIFT_TOUCH, "fingerprint", N_("Touch screen"), d->screen } };
    static const char *const words[] = { [DEVICE_ABSENT] = N_("not found"),
                                         [DEVICE_WELL] = N_("works"),
                                         [DEVICE_TROUBLE] = N_("has trouble"),
                                         [DEVICE_NOT_FITTED] = N_("not fitted") };
    (void)bottom;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct widget row = { .icon = rows[i].icon,
                              .label = tr(rows[i].label),
                              .value = tr(words[rows[i].device]),
                              .style =
                                  rows[i].device == DEVICE_WELL ? STYLE_SUCCESS : STYLE_WARNING,
                              .action =
                                  staff_action(s, SHIFT_OPEN, shift_page_word(rows[i].page)) };
        snprintf(row.id, sizeof(row.id), "open:%s", shift_page_word(rows[i].page));
        flow_row(s, row);
        flow_gap(s, s->theme->gutter);
    }
    if (staff_may(s, ACTION_CALIBRATE))
        staff_button(s, "open:calibrate", "fingerprint", tr("Calibrate the glass"), SHIFT_OPEN,
                     shift_page_word(SHIFT_CALIBRATE));
}

void staff_reader(struct scene *s, int bottom)
{
    static const struct {
        enum widget_style style;
        const char *icon, *text;
    } cards[] = {
        [SHIFT_CARD_NONE] = { STYLE_QUIET, "contactless", N_("Lay any card on the reader.") },
        [SHIFT_CARD_SEEN] = { STYLE_QUIET, "contactless", N_("It sees a card.") },
        [SHIFT_CARD_READ] = { STYLE_SUCCESS, "check_circle", N_("Read. Take the card away.") },
        [SHIFT_CARD_TROUBLE] = { STYLE_WARNING, "warning",
                                 N_("It sees a card and cannot read it. Try another one.") },
    };
    const struct shift_devices *d = &s->shift->devices;
    (void)bottom;
    add_trouble(s, d->reader, staff_words(s, d->reader_zh, d->reader_en));
    struct widget *w = flow_notice(s, cards[s->shift->card].style, cards[s->shift->card].icon,
                                   tr(cards[s->shift->card].text));
    snprintf(w->id, sizeof(w->id), "card");
    flow_gap(s, 24);
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Security module"), *d->security_module ? d->security_module : tr("not known"),
              true);
    flow_card_end(s, card);
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "visibility_off",
                tr("Whose card it is is not shown and not kept."));
}

/* What no device can say of itself: whoever stands there does. */
static void add_question(struct scene *s, enum ready_id id, const char *good, const char *bad)
{
    const struct staff_choice yes = { "good", "check", good, SHIFT_CAME_OUT, "", NULL },
                              no = { "bad", "close", bad, SHIFT_NOT_OUT, "", NULL };
    enum ready_tried tried = s->shift->tried[id];
    staff_pair(s, &yes, &no);
    flow_gap(s, 24);
    if (tried == TRIED_BAD)
        flow_notice(s, STYLE_DANGER, "error",
                    tr("Noted: it does not work. The certificate says so."));
    else if (tried == TRIED_WELL)
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("Noted: it works."));
    if (tried != TRIED_NOT)
        flow_gap(s, 24);
}

void staff_printer(struct scene *s, int bottom)
{
    const struct shift_devices *d = &s->shift->devices;
    const struct staff_said said = { tr("The test page is being printed"),
                                     tr("The test page is printed"),
                                     tr("Look whether the test page came out whole."),
                                     tr("No test page came out") };
    (void)bottom;
    add_trouble(s, d->printer, staff_words(s, d->printer_zh, d->printer_en));
    staff_step(s, s->shift->slip, &said);
    if (s->shift->slip >= STEP_WELL)
        add_question(s, READY_PRINTER, tr("It is clean and whole"), tr("It is not"));
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Kind"), *d->printer_name ? d->printer_name : "–", false);
    flow_fact(s, tr("Paper left"), staff_metres(s, d->paper_left_mm), true);
    flow_card_end(s, card);
}

/* ---- fields to be ticked off --------------------------------------------------------------------- */

static void add_cell(struct scene *s, const char *id, const char *label, bool is_done,
                     struct action action, struct rect box)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .type = TYPE_STRONG,
                        .label = label,
                        .is_selected = is_done,
                        .is_in_scroll = s->is_in_scroll,
                        .action = action };
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

void staff_keypad(struct scene *s, int bottom)
{
    static const char *const names[] = { N_("up"),     N_("down"),  N_("left"),  N_("right"),
                                         N_("choose"), N_("back"),  N_("again"), N_("help"),
                                         N_("louder"), N_("softer") };
    enum { KEYS = sizeof(names) / sizeof(names[0]) };
    int columns = s->is_wide ? 5 : 2, gap = 20, w = (s->w - (columns - 1) * gap) / columns;
    (void)bottom;
    add_trouble(s, s->shift->devices.keypad, "");
    flow_text(s, TYPE_BODY, COLOR_TEXT, tr("Press every key of the keypad once."), 3);
    flow_gap(s, 24);
    for (int i = 0; i < KEYS; i++)
        add_cell(s, page_format(s->page, "pressed:%d", i), tr(names[i]), s->shift->keys & (1u << i),
                 (struct action){ 0, "", "" },
                 (struct rect){ s->x + i % columns * (w + gap), s->y + i / columns * (112 + gap), w,
                                112 });
    s->y += (KEYS + columns - 1) / columns * (112 + gap);
    if (s->shift->keys == (1u << KEYS) - 1)
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("Every key works."));
}

void staff_scanner(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    (void)bottom;
    add_trouble(s, v->devices.scanner, "");
    struct widget *w =
        v->scans ? flow_notice(s, STYLE_SUCCESS, "check_circle",
                               page_format(s->page, tr("Read: %d characters, code number %d."),
                                           v->scan_length, v->scans))
                 : flow_notice(s, STYLE_QUIET, "qr_code", tr("Hold any code before the scanner."));
    snprintf(w->id, sizeof(w->id), "scan");
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "visibility_off", tr("What the code says is not shown."));
}

void staff_sound(struct scene *s, int bottom)
{
    (void)bottom;
    add_trouble(s, s->shift->devices.sound, "");
    flow_text(s, TYPE_BODY, COLOR_TEXT,
              tr("The kiosk says one sentence. Can it be heard well, in front of it and with "
                 "headphones?"),
              4);
    flow_gap(s, 24);
    if (!s->shift->is_spoken)
        return;
    add_question(s, READY_SOUND, tr("It was heard well"), tr("It was not"));
    flow_notice(s, STYLE_QUIET, "volume_up",
                tr("If nothing was heard, look at the loudspeaker and its cable."));
}

enum { CELL_COLUMNS = 3, CELL_ROWS = SHIFT_CELLS / CELL_COLUMNS };

void staff_touch(struct scene *s, int bottom)
{
    bool is_done = s->shift->cells == (1u << SHIFT_CELLS) - 1;
    int columns = s->is_wide ? CELL_ROWS : CELL_COLUMNS, rows = SHIFT_CELLS / columns, gap = 16;
    flow_notice(s, is_done ? STYLE_SUCCESS : STYLE_QUIET, is_done ? "check_circle" : "fingerprint",
                is_done ? tr("The whole screen feels the finger.")
                        : tr("Touch every field once. One that stays dark does not feel the "
                             "finger."));
    flow_gap(s, 20);
    int w = (s->w - (columns - 1) * gap) / columns,
        h = (bottom - s->y - (rows - 1) * gap - 24) / rows;
    h = h < s->theme->target + 4 ? s->theme->target + 4 : h;
    for (int i = 0; i < SHIFT_CELLS; i++) {
        const char *number = page_format(s->page, "%d", i);
        add_cell(
            s, page_format(s->page, "cell:%d", i), page_format(s->page, "%d", i + 1),
            s->shift->cells & (1u << i), staff_action(s, SHIFT_CELL, number),
            (struct rect){ s->x + i % columns * (w + gap), s->y + i / columns * (h + gap), w, h });
    }
    s->y += rows * h + (rows - 1) * gap;
}
