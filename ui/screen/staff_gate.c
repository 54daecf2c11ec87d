/* A stick that opens nothing, the PIN, and the menu. */
#include <stdio.h>

#include "ui/screen/staff.h"

/* ---- a stick that opens nothing, or was pulled at work --------------------------------------- */

void staff_refused(struct scene *s, int bottom)
{
    bool is_pulled = s->shift->page == SHIFT_PULLED;
    scene_message_between(s, bottom, 140, is_pulled ? STYLE_WARNING : STYLE_DANGER, "usb",
                          is_pulled ? tr("The stick was pulled") : tr("This stick opens nothing"),
                          staff_saying(s, s->shift->why));
    staff_button(s, "dismiss", "check", tr("Finish"), SHIFT_END, "");
}

/* ---- the PIN ---------------------------------------------------------------------------------- */

enum { KEY_ROWS = 4, KEY_COLUMNS = 3, KEYS_W = 720 };

static void add_dots(struct scene *s)
{
    char dots[64] = "";
    int used = 0;
    for (int i = 0; i < s->shift->digits && used < 60; i++)
        used += snprintf(dots + used, sizeof(dots) - (size_t)used, "●");
    struct widget *w = flow_text(s, TYPE_H1, s->shift->digits ? COLOR_TEXT : COLOR_PLACEHOLDER,
                                 *dots ? page_text(s->page, dots) : "–", 1);
    w->align = ALIGN_CENTER;
    snprintf(w->id, sizeof(w->id), "pin");
    flow_gap(s, s->is_short ? 12 : 24);
}

static const char *wait_words(struct scene *s)
{
    int64_t seconds = (s->shift->wait_ms + 999) / 1000;
    if (seconds >= 3600)
        return page_format(s->page, tr("Wait %d hours %d minutes before the next try."),
                           (int)(seconds / 3600), (int)(seconds / 60 % 60));
    return page_format(s->page, tr("Wait %d:%02d before the next try."), (int)(seconds / 60),
                       (int)(seconds % 60));
}

static void add_verdict(struct scene *s)
{
    const struct shift_view *v = s->shift;
    if (v->page == SHIFT_CHECKING) {
        flow_notice(s, STYLE_QUIET, "hourglass_empty", tr("The PIN is being checked"))->number[0] =
            scene_spinner(s);
    } else if (v->why != SAY_WELL) {
        const char *said = staff_saying(s, v->why);
        bool has_left = v->why == SAY_PIN_WRONG && v->tries_left >= 0;
        if (has_left)
            said = page_format(s->page, tr("%s %d tries are left."), said, v->tries_left);
        if (v->wait_ms)
            said = page_format(s->page, "%s %s", said, wait_words(s));
        flow_notice(s, STYLE_DANGER, "lock", said);
    } else {
        flow_notice(s, STYLE_QUIET, "lock",
                    v->doubt != SAY_WELL
                        ? staff_saying(s, v->doubt)
                        : tr("The PIN that belongs to this stick, 6 to 12 digits."));
    }
    flow_gap(s, s->is_short ? 12 : 24);
}

static void add_key(struct scene *s, const char *id, const char *label, const char *icon,
                    enum shift_event event, struct rect box)
{
    bool is_digit = event == SHIFT_DIGIT;
    bool is_shut =
        s->shift->page == SHIFT_CHECKING || s->shift->wait_ms || s->shift->why == SAY_BLOCKED;
    struct widget w = { .kind = &widget_key,
                        .box = box,
                        .style = event == SHIFT_ENTER && !is_shut ? STYLE_PRIMARY
                                 : is_digit                       ? STYLE_PLAIN
                                                                  : STYLE_QUIET,
                        .icon = icon,
                        .label = label,
                        .is_disabled = is_shut,
                        .is_in_scroll = s->is_in_scroll,
                        .action = staff_action(s, event, is_digit ? label : "") };
    if (is_shut)
        w.action.verb = 0;
    snprintf(w.id, sizeof(w.id), "%s", id);
    page_add(s->page, w);
}

/* As on a telephone; erase and enter beside the nought. */
static void add_keys(struct scene *s, int bottom)
{
    int width = s->w < KEYS_W ? s->w : KEYS_W, left = s->x + (s->w - width) / 2, gap = 16;
    int w = (width - (KEY_COLUMNS - 1) * gap) / KEY_COLUMNS;
    int h = (bottom - s->y - (KEY_ROWS - 1) * gap - 24) / KEY_ROWS;
    h = h > 140 ? 140 : h < s->theme->target + 4 ? s->theme->target + 4 : h;
    for (int i = 0; i < KEY_ROWS * KEY_COLUMNS; i++) {
        struct rect box = { left + i % KEY_COLUMNS * (w + gap), s->y + i / KEY_COLUMNS * (h + gap),
                            w, h };
        const char *digit = page_format(s->page, "%d", i == 10 ? 0 : i + 1);
        if (i == 9)
            add_key(s, "key:erase", tr("Erase"), "backspace", SHIFT_ERASE, box);
        else if (i == 11)
            add_key(s, "key:enter", tr("OK"), "check", SHIFT_ENTER, box);
        else
            add_key(s, page_format(s->page, "key:%s", digit), digit, "", SHIFT_DIGIT, box);
    }
    s->y += KEY_ROWS * h + (KEY_ROWS - 1) * gap;
}

void staff_pin(struct scene *s, int bottom)
{
    if (s->is_wide) {
        struct halves h = scene_halves(s, 45);
        int top = s->y;
        scene_use(s, h.left);
        add_dots(s);
        add_verdict(s);
        scene_use(s, h.right);
        s->y = top;
    } else {
        add_dots(s);
        add_verdict(s);
    }
    add_keys(s, bottom);
}

/* ---- the menu ----------------------------------------------------------------------------------- */

enum { TILE_H = 148 };

static void add_tile(struct scene *s, enum shift_page page, const char *icon, const char *label,
                     struct rect box)
{
    struct widget w = { .kind = &widget_tile,
                        .box = box,
                        .icon = icon,
                        .label = label,
                        .is_in_scroll = true,
                        .action = staff_action(s, SHIFT_OPEN, shift_page_word(page)) };
    snprintf(w.id, sizeof(w.id), "open:%s", shift_page_word(page));
    page_add(s->page, w);
}

struct entry {
    enum shift_page page;
    const char *icon, *label;
};

static void add_tiles(struct scene *s, const struct entry *entries, size_t count)
{
    int columns = s->is_wide ? 3 : 2, gap = s->theme->gutter, n = 0;
    int w = (s->w - (columns - 1) * gap) / columns;
    for (size_t i = 0; i < count; i++) {
        const struct entry *e = &entries[i];
        if (!staff_may(s, shift_page_action(e->page)))
            continue;
        add_tile(s, e->page, e->icon, tr(e->label),
                 (struct rect){ s->x + n % columns * (w + gap), s->y + n / columns * (TILE_H + gap),
                                w, TILE_H });
        n++;
    }
    s->y += (n + columns - 1) / columns * (TILE_H + gap);
}

/* What waits for somebody, before they go looking for it. */
static void add_duties(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct staff_counters *n = &v->facts.counters;
    int64_t parked = n->held + n->dead;
    bool sees_slips = staff_may(s, ACTION_SETTLE), sees_queue = staff_may(s, ACTION_QUEUE);
    if (!v->facts.is_known) {
        flow_notice(s, STYLE_WARNING, "warning", staff_saying(s, SAY_SYNCD));
    } else if (!v->has_joined) {
        flow_notice(s, STYLE_WARNING, "handshake", tr("This kiosk has not joined a county yet."));
    } else if ((sees_slips && v->facts.slip_count) || (sees_queue && parked)) {
        flow_notice(s, STYLE_WARNING, "warning",
                    page_format(s->page, tr("To look after: %d uncertain slips, %d parked items."),
                                (int)v->facts.slip_count, (int)parked));
    } else {
        flow_notice(s, STYLE_SUCCESS, "check_circle", tr("Nothing waits to be looked after."));
    }
    flow_gap(s, s->theme->gutter);
    if (v->facts.handover_count && staff_may(s, ACTION_HANDOVER)) {
        flow_notice(s, STYLE_WARNING, "edit",
                    page_format(s->page, tr("The last shift left %d notes."),
                                (int)v->facts.handover_count));
        flow_gap(s, s->theme->gutter);
    }
}

void staff_menu(struct scene *s, int bottom)
{
    static const struct entry entries[] = {
        { SHIFT_JOIN, "handshake", N_("Join the county by stick") },
        { SHIFT_READINESS, "today", N_("Today's readiness") },
        { SHIFT_PAPER, "receipt_long", N_("Change paper") },
        { SHIFT_CLEAN, "cleaning_services", N_("Clean the glass") },
        { SHIFT_SETTLE, "help", N_("Uncertain slips") },
        { SHIFT_HANDOVER, "edit", N_("Notes between shifts") },
        { SHIFT_CARRY, "usb", N_("Carry and import by stick") },
        { SHIFT_PRACTICE, "person", N_("Practice") },
        { SHIFT_DEVICES, "build_circle", N_("Device tests") },
        { SHIFT_FIGURES, "star", N_("This month's figures") },
        { SHIFT_COUNTERS, "description", N_("Counters") },
        { SHIFT_QUEUE, "hourglass_empty", N_("Parked items") },
        { SHIFT_NETWORK, "network_check", N_("Network") },
        { SHIFT_UPDATE, "system_update", N_("Firmware update") },
        { SHIFT_LOGS, "upload_file", N_("Export the log") },
    };
    const char *other = s->view->language == LANGUAGE_ZH ? "English" : "中文";
    (void)bottom;
    add_duties(s);
    if (s->shift->doubt != SAY_WELL) {
        flow_notice(s, STYLE_WARNING, s->shift->doubt == SAY_CLOCK ? "schedule" : "warning",
                    staff_saying(s, s->shift->doubt));
        flow_gap(s, s->theme->gutter);
    }
    add_tiles(s, entries, sizeof(entries) / sizeof(entries[0]));
    staff_button(s, "language", "translate", other, SHIFT_TOUCHED, "")->action =
        scene_action(EV_LANGUAGE, "", s->view->language == LANGUAGE_ZH ? "en" : "zh");
    flow_gap(s, 24);
    flow_notice(s, STYLE_QUIET, "info",
                tr("After three minutes without a touch, or when the stick is pulled, the kiosk is "
                   "the residents' again."));
}
