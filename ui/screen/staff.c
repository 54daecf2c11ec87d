/* Staff pages: the dark frame, who is at work, and what all pages share. */
#include "ui/screen/staff.h"

#include <stdio.h>
#include <string.h>

#include "ui/screen/frame.h"

struct action staff_action(struct scene *s, enum shift_event event, const char *value)
{
    return scene_action(EV_STAFF, page_format(s->page, "%d", (int)event), value);
}

const char *staff_words(const struct scene *s, const char *zh, const char *en)
{
    const char *words = s->view->language == LANGUAGE_ZH ? zh : en;
    return words ? words : "";
}

const char *staff_saying(const struct scene *s, enum saying said)
{
    return staff_words(s, saying_zh(said), saying_en(said));
}

bool staff_may(const struct scene *s, enum staff_action action)
{
    return s->shift->may & (1u << action);
}

const char *staff_number(struct scene *s, int64_t n)
{
    return page_format(s->page, "%lld", (long long)n);
}

const char *staff_metres(struct scene *s, int64_t mm)
{
    return mm < 0 ? tr("not known")
                  : page_format(s->page, tr("%lld.%lld m"), (long long)(mm / 1000),
                                (long long)(mm / 100 % 10));
}

/* ---- buttons -------------------------------------------------------------------------- */

static struct widget *add_button(struct scene *s, const struct staff_choice *c, struct rect box)
{
    struct widget w = { .kind = &widget_button,
                        .box = box,
                        .style = STYLE_SECONDARY,
                        .icon = c->icon,
                        .label = c->label,
                        .detail = c->about,
                        .is_in_scroll = s->is_in_scroll,
                        .action = staff_action(s, c->event, c->value) };
    snprintf(w.id, sizeof(w.id), "%s", c->id);
    return page_add(s->page, w);
}

struct widget *staff_button(struct scene *s, const char *id, const char *icon, const char *label,
                            enum shift_event event, const char *value)
{
    const struct staff_choice c = { id, icon, label, event, value, NULL };
    struct rect box = { s->x, s->y, s->w, s->theme->button_h };
    flow_gap(s, s->theme->button_h);
    return add_button(s, &c, box);
}

void staff_pair(struct scene *s, const struct staff_choice *left, const struct staff_choice *right)
{
    int gap = s->theme->gutter, half = (s->w - gap) / 2, height = s->theme->button_h;
    bool is_stacked = half < frame_button_w(s, TYPE_H3, left->icon, left->label) ||
                      half < frame_button_w(s, TYPE_H3, right->icon, right->label);
    struct rect a = { s->x, s->y, is_stacked ? s->w : half, height }, b = a;
    if (is_stacked)
        b.y += height + gap;
    else
        b.x += half + gap;
    add_button(s, left, a);
    add_button(s, right, b);
    s->y = b.y + height;
}

void staff_step(struct scene *s, enum shift_step step, const struct staff_said *said)
{
    const struct {
        enum widget_style style;
        const char *icon, *text;
    } rows[] = { [STEP_OFF] = { STYLE_QUIET, "", NULL },
                 [STEP_NOW] = { STYLE_QUIET, "hourglass_empty", said->now },
                 [STEP_WELL] = { STYLE_SUCCESS, "check_circle", said->well },
                 [STEP_UNSURE] = { STYLE_WARNING, "warning", said->unsure },
                 [STEP_FAILED] = { STYLE_DANGER, "error", said->failed } };
    if (!rows[step].text)
        return;
    struct widget *w = flow_notice(s, rows[step].style, rows[step].icon, rows[step].text);
    if (step == STEP_NOW)
        w->number[0] = scene_spinner(s);
    flow_gap(s, 16);
}

/* ---- the frame ------------------------------------------------------------------------- */

static const char *role_name(enum role role)
{
    switch (role) {
    case ROLE_PAPER:
        return tr("paper staff");
    case ROLE_CLERK:
        return tr("window clerk");
    case ROLE_TECHNICIAN:
        return tr("technician");
    case ROLE_INSPECTOR:
        return tr("inspector");
    default:
        return "";
    }
}

enum { STRIP_H = 64 };

/* Below the header, in amber: nobody takes this for the residents' page. */
static void add_strip(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const char *who = *v->serial ? page_format(s->page, "%s · %s · %s", tr("Staff only"),
                                               role_name(v->role), v->serial)
                                 : tr("Staff only");
    struct rect box = { s->room.x, s->y, s->room.w, STRIP_H };
    page_add(s->page,
             (struct widget){ .kind = &widget_band, .box = box, .color = COLOR_WARNING_SOFT });
    page_add(s->page, (struct widget){ .kind = &widget_label,
                                       .box = { s->x, s->y + 11, s->w, STRIP_H - 22 },
                                       .label = who,
                                       .type = TYPE_SMALL_STRONG,
                                       .align = ALIGN_CENTER,
                                       .color = COLOR_ON_WARNING_SOFT });
    s->y += STRIP_H;
}

static const struct {
    const char *title;
    void (*build)(struct scene *s, int bottom);
    const char *primary, *icon; /* the button at the bottom right; NULL: none */
} pages[SHIFT_PAGES] = {
    [SHIFT_REFUSED] = { N_("Service stick"), staff_refused, NULL, "" },
    [SHIFT_PIN] = { N_("Enter the PIN"), staff_pin, NULL, "" },
    [SHIFT_CHECKING] = { N_("Enter the PIN"), staff_pin, NULL, "" },
    [SHIFT_MENU] = { N_("Service"), staff_menu, NULL, "" },
    [SHIFT_READINESS] = { N_("Today's readiness"), staff_readiness, N_("Sign, print and keep"),
                          "draw" },
    [SHIFT_PAPER] = { N_("Change paper"), staff_paper, N_("A new roll is in"), "check" },
    [SHIFT_CLEAN] = { N_("Clean the glass"), staff_clean, NULL, "" },
    [SHIFT_SETTLE] = { N_("Uncertain slips"), staff_settle, NULL, "" },
    [SHIFT_CARRY] = { N_("Carry and import by stick"), staff_carry, N_("Carry and import now"),
                      "usb" },
    [SHIFT_HANDOVER] = { N_("Notes between shifts"), staff_handover, NULL, "" },
    [SHIFT_PRACTICE] = { N_("Practice"), staff_practice, N_("Begin"), "arrow_forward" },
    [SHIFT_DEVICES] = { N_("Device tests"), staff_devices, NULL, "" },
    [SHIFT_READER] = { N_("Card reader"), staff_reader, NULL, "" },
    [SHIFT_PRINTER] = { N_("Printer"), staff_printer, N_("Print a test page"), "print" },
    [SHIFT_KEYPAD] = { N_("Keypad"), staff_keypad, NULL, "" },
    [SHIFT_SCANNER] = { N_("Code scanner"), staff_scanner, NULL, "" },
    [SHIFT_SOUND] = { N_("Voice"), staff_sound, N_("Say something"), "volume_up" },
    [SHIFT_TOUCH] = { N_("Touch screen"), staff_touch, NULL, "" },
    [SHIFT_CALIBRATE] = { N_("Calibrate the glass"), staff_calibrate, N_("Keep this calibration"),
                          "check" },
    [SHIFT_FIGURES] = { N_("This month's figures"), staff_figures, N_("Print as a slip"), "print" },
    [SHIFT_COUNTERS] = { N_("Counters"), staff_counters, NULL, "" },
    [SHIFT_QUEUE] = { N_("Parked items"), staff_queue, NULL, "" },
    [SHIFT_NETWORK] = { N_("Network"), staff_network, N_("Test the connection"), "refresh" },
    [SHIFT_JOIN] = { N_("Join the county by stick"), staff_join,
                     N_("Write the request, or take the certificate"), "usb" },
    [SHIFT_WIRED] = { N_("Set up the network"), staff_wired, N_("Use this set-up"), "check" },
    [SHIFT_UPDATE] = { N_("Firmware update"), staff_update, N_("Put this firmware in"),
                       "system_update" },
    [SHIFT_LOGS] = { N_("Export the log"), staff_logs, N_("Write the log onto the stick"),
                     "upload_file" },
    [SHIFT_PULLED] = { N_("Service stick"), staff_refused, NULL, "" },
};

/* What it does once what it did is done. */
static const char *primary_words(const struct shift_view *v)
{
    bool is_over = v->page == SHIFT_CALIBRATE && v->calibration.step > CALIBRATE_KEEPING;
    return is_over ? tr("Calibrate once more") : tr(pages[v->page].primary);
}

static void add_header(struct scene *s, const char *title)
{
    enum shift_page page = s->shift->page;
    const struct action go_back = staff_action(s, SHIFT_BACK, ""),
                        finish = staff_action(s, SHIFT_END, "");
    const struct button_spec back = { "back",       tr("Back"),   "arrow_back",
                                      go_back.verb, go_back.name, "" },
                             end = { "end", tr("Finish"), "logout", finish.verb, finish.name, "" };
    /* While the stick is worked on, or the glass wiped, neither would do anything. */
    bool is_held = s->shift->is_busy || page == SHIFT_CLEAN,
         has_back = page > SHIFT_MENU && page != SHIFT_PULLED && !is_held;
    scene_header_with(s, title, has_back ? &back : NULL, is_held ? NULL : &end);
    struct widget *heading = (struct widget *)(uintptr_t)page_find(s->page, "title");
    if (heading)
        snprintf(heading->id, sizeof(heading->id), "page:%s", shift_page_word(page));
}

/* What was done once on this page, or goes on, is not begun again. */
static bool may_begin(const struct shift_view *v)
{
    if (v->is_busy || v->slip == STEP_NOW)
        return false;
    if (v->page == SHIFT_READINESS)
        return v->certificate == STEP_OFF && v->facts.is_known;
    if (v->page == SHIFT_UPDATE)
        return v->firmware_seen == STEP_WELL && v->firmware_copied != STEP_WELL;
    if (v->page == SHIFT_PRACTICE)
        return v->devices.has_exercises;
    if (v->page == SHIFT_CALIBRATE)
        return v->calibration.step != CALIBRATE_CROSSES && v->calibration.step != CALIBRATE_KEEPING;
    if (v->page == SHIFT_JOIN)
        return v->joining.step == JOIN_NOTHING;
    if (v->page == SHIFT_WIRED)
        return v->wired.is_known && v->wired.is_changed && v->wired.step != STEP_NOW;
    if (v->page == SHIFT_FIGURES)
        return v->facts.figures.is_known;
    return v->page != SHIFT_PAPER || v->work != STEP_WELL;
}

void screen_staff(struct scene *s)
{
    enum shift_page page = s->shift ? s->shift->page : SHIFT_AWAY;
    if (page == SHIFT_AWAY || !pages[page].build) {
        scene_brand(s, scene_bottom(s)); /* on its way out: the next picture is the residents' */
        return;
    }
    add_header(s, tr(pages[page].title));
    add_strip(s);
    int bottom = pages[page].primary ? scene_actions_top(s) : scene_bottom(s) - 24;
    flow_gap(s, s->is_short ? 16 : 32);
    scene_use(
        s, (struct rect){ s->room.x + s->theme->margin, 0, s->room.w - 2 * s->theme->margin, 0 });
    flow_begin(s, bottom); /* as wide as pages of two columns are */
    scene_column(s);
    pages[page].build(s, bottom);
    scene_column(s);
    if (s->is_in_scroll)
        flow_end(s, bottom);
    if (!pages[page].primary)
        return;
    const struct action go = staff_action(s, SHIFT_DO, "");
    const struct button_spec primary = { "primary",        primary_words(s->shift),
                                         pages[page].icon, go.verb,
                                         go.name,          "" };
    scene_actions(s, may_begin(s->shift) ? &primary : NULL, NULL);
}
