/* The network: the way to the county part by part, and how the cable is set up. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/staff.h"

/* ---- the way ------------------------------------------------------------------------------------ */

static const char *moment(struct scene *s, int64_t wall_ms)
{
    char date[48];
    if (wall_ms <= 0)
        return tr("never");
    scene_date(date, s, wall_ms, true);
    return page_text(s->page, date);
}

/* A line of the way, with what it is about behind the sentence. */
static void add_part(struct scene *s, enum reach_part part, const char *what, const char *about)
{
    static const struct {
        enum widget_style style;
        const char *icon;
    } looks[] = { [REACH_UNKNOWN] = { STYLE_QUIET, "help" },
                  [REACH_WELL] = { STYLE_SUCCESS, "check_circle" },
                  [REACH_LOOK] = { STYLE_WARNING, "warning" },
                  [REACH_FAILED] = { STYLE_DANGER, "error" } };
    const struct reach_line *l = &s->shift->way.lines[part];
    const char *says = staff_words(s, l->zh, l->en);
    const char *words =
        *about ? page_format(s->page, "%s — %s (%s)", what, says, page_text(s->page, about))
               : page_format(s->page, "%s — %s", what, says);
    struct widget *w = flow_notice(s, looks[l->state].style, looks[l->state].icon, words);
    snprintf(w->id, sizeof(w->id), "way:%s", reach_part_word(part));
    flow_gap(s, 12);
}

static void add_way(struct scene *s)
{
    const struct reach_facts *f = &s->shift->facts.way;
    add_part(s, REACH_CABLE, tr("Cable"), "");
    add_part(s, REACH_ADDRESS, tr("Address"), f->address);
    add_part(s, REACH_NAME, tr("Name"), f->county);
    add_part(s, REACH_COUNTY, tr("County"), "");
    add_part(s, REACH_CLOCK, tr("Clock"), moment(s, s->around->wall_ms));
    flow_gap(s, 12);
}

static void add_verdict(struct scene *s)
{
    const struct shift_view *v = s->shift;
    bool is_up = v->facts.is_link_up || (!v->facts.is_joined && v->way.is_well);
    struct widget *w =
        flow_notice(s, is_up ? STYLE_SUCCESS : STYLE_WARNING, is_up ? "network_check" : "wifi_off",
                    !v->facts.is_joined ? tr("This kiosk has not joined a county yet.")
                    : is_up             ? tr("The county answers.")
                            : tr("The county is not reached. What is handed in waits here and is "
                                 "sent later."));
    snprintf(w->id, sizeof(w->id), "link:%s", v->facts.link);
    flow_gap(s, 20);
}

static void add_figures(struct scene *s)
{
    const struct shift_facts *f = &s->shift->facts;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("Last contact"), moment(s, f->counters.last_contact_ms), false);
    flow_fact(s, tr("Waiting to be sent"), staff_number(s, f->counters.queued), false);
    flow_fact(s, tr("Takes applications"), f->counters.is_accepting ? tr("yes") : tr("no"), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

void staff_network(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = { tr("The connection is being tested"),
                                     tr("It was tested: how it stands is shown here."), NULL,
                                     tr("It could not be tested.") };
    (void)bottom;
    if (!v->facts.is_known) {
        flow_notice(s, STYLE_WARNING, "warning", staff_saying(s, SAY_SYNCD));
        return;
    }
    add_verdict(s);
    if (v->wired.step == STEP_WELL)
        flow_notice(s, STYLE_SUCCESS, "check_circle",
                    tr("The cable is set up anew. It takes some seconds to hold."));
    flow_gap(s, v->wired.step == STEP_WELL ? 12 : 0);
    staff_step(s, v->work, &said);
    add_way(s);
    staff_button(s, "open:wired", "settings", tr("Set up the network"), SHIFT_OPEN,
                 shift_page_word(SHIFT_WIRED));
    flow_gap(s, 24);
    add_figures(s);
}

/* ---- the cable ---------------------------------------------------------------------------------- */

static void add_mode(struct scene *s, const char *mode, const char *label, const char *detail,
                     bool is_chosen)
{
    struct widget w = { .kind = &widget_choice,
                        .box = { s->x, s->y, s->w, s->theme->button_h },
                        .label = label,
                        .detail = detail,
                        .is_selected = is_chosen,
                        .is_in_scroll = s->is_in_scroll,
                        .action = staff_action(s, SHIFT_MODE, mode) };
    snprintf(w.id, sizeof(w.id), "mode:%s", mode);
    page_add(s->page, w);
    s->y += w.box.h;
    flow_gap(s, 16);
}

static void add_field(struct scene *s, enum wired_field field)
{
    static const struct {
        const char *label, *hint;
    } fields[] = { [WIRED_ADDRESS] = { N_("Address"), "192.168.1.20" },
                   [WIRED_MASK] = { N_("Mask"), "255.255.255.0" },
                   [WIRED_GATEWAY] = { N_("Gateway"), "192.168.1.1" },
                   [WIRED_NAMES] = { N_("Name server"), "192.168.1.1" } };
    const struct shift_wired *c = &s->shift->wired;
    struct widget w = { .kind = &widget_compact,
                        .box = { s->x, s->y, s->w, s->theme->target + 12 },
                        .label = tr(fields[field].label),
                        .value = page_text(s->page, c->typed.text[field]),
                        .detail = page_format(s->page, tr("as %s"), fields[field].hint),
                        .icon = "",
                        .is_focused = c->field == field,
                        .is_error = c->trouble && c->wrong == field,
                        .is_in_scroll = s->is_in_scroll,
                        .action =
                            staff_action(s, SHIFT_FIELD, page_format(s->page, "%d", (int)field)) };
    snprintf(w.id, sizeof(w.id), "field:%d", (int)field);
    page_add(s->page, w);
    s->y += w.box.h;
    flow_gap(s, 12);
}

static const char *trouble_words(enum wired_trouble trouble)
{
    static const char *const words[] = {
        [WIRED_FINE] = "",
        [WIRED_NO_ADDRESS] = N_("Write four numbers from 0 to 255 with points between."),
        [WIRED_NO_MASK] = N_("This is no mask. Most networks have 255.255.255.0."),
        [WIRED_NOT_A_HOST] = N_("No machine can have this address. Ask whoever runs the network."),
        [WIRED_GATEWAY_AWAY] = N_("The gateway must be another machine of the same network."),
    };
    return *words[trouble] ? tr(words[trouble]) : "";
}

static void add_keys(struct scene *s, int top_gap)
{
    static const char *const keys[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", ".", "0" };
    enum { COLUMNS = 3, KEYS = 12 };
    int gap = 16, w = (s->w - (COLUMNS - 1) * gap) / COLUMNS, h = s->theme->target + 16;
    flow_gap(s, top_gap);
    for (int i = 0; i < KEYS; i++) {
        bool is_erase = i == KEYS - 1;
        const char *key = is_erase ? "" : keys[i];
        struct widget k = { .kind = &widget_key,
                            .box = { s->x + i % COLUMNS * (w + gap), s->y + i / COLUMNS * (h + gap),
                                     w, h },
                            .style = is_erase ? STYLE_QUIET : STYLE_PLAIN,
                            .icon = is_erase ? "backspace" : "",
                            .label = is_erase      ? tr("Erase")
                                     : *key == '.' ? tr("point")
                                                   : key,
                            .is_in_scroll = s->is_in_scroll,
                            .action = staff_action(s, is_erase ? SHIFT_ERASE : SHIFT_DIGIT, key) };
        snprintf(k.id, sizeof(k.id), "key:%s", is_erase ? "erase" : key);
        page_add(s->page, k);
    }
    s->y += KEYS / COLUMNS * (h + gap);
}

static void add_county(struct scene *s)
{
    struct widget *card = flow_card(s);
    flow_fact(s, tr("The county's address"),
              *s->shift->facts.way.county ? s->shift->facts.way.county : tr("not known"), true);
    flow_card_end(s, card);
    flow_gap(s, 12);
    flow_text(s, TYPE_SMALL, COLOR_TEXT_2,
              tr("It stands in the kiosk's own software and cannot be changed here."), 2);
    flow_gap(s, 20);
}

static void add_setup(struct scene *s)
{
    const struct shift_wired *c = &s->shift->wired;
    const struct staff_said said = { tr("One moment"), NULL, NULL, staff_saying(s, s->shift->why) };
    const char *trouble = trouble_words(c->trouble);
    staff_step(s, c->step, &said);
    add_mode(s, "dhcp", tr("The network gives an address by itself (DHCP)"), "",
             !c->typed.is_fixed);
    add_mode(s, "fixed", tr("A fixed address"), "", c->typed.is_fixed);
    if (*trouble) {
        flow_notice(s, STYLE_DANGER, "error", trouble);
        flow_gap(s, 16);
    }
    for (int i = 0; c->typed.is_fixed && i < WIRED_FIELDS; i++)
        add_field(s, (enum wired_field)i);
}

void staff_wired(struct scene *s, int bottom)
{
    const struct shift_wired *c = &s->shift->wired;
    (void)bottom;
    if (!c->is_known) {
        flow_notice(s, STYLE_WARNING, "warning",
                    s->shift->why == SAY_WELL ? tr("One moment") : staff_saying(s, s->shift->why));
        return;
    }
    if (!s->is_wide || !c->typed.is_fixed) {
        add_county(s);
        add_setup(s);
        if (c->typed.is_fixed)
            add_keys(s, 12);
        return;
    }
    struct halves h = scene_halves(s, 58);
    int top = s->y;
    scene_use(s, h.left);
    add_setup(s);
    add_county(s);
    int left = s->y;
    scene_use(s, h.right);
    s->y = top;
    add_keys(s, 0);
    s->y = s->y > left ? s->y : left;
}
