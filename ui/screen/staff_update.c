/* Firmware from the stick: what is on it, what it replaces, whether the county has signed it, and how far it is. */
#include <stdio.h>

#include "ui/screen/staff.h"

static const char *size_of(struct scene *s, int64_t bytes)
{
    return page_format(s->page, tr("%lld MB"), (long long)((bytes + 500000) / 1000000));
}

/* ---- on the stick -------------------------------------------------------------------------- */

static const char *signature_words(const struct shift_view *v)
{
    if (!v->firmware.is_signed)
        return tr("none that holds");
    return v->why == SAY_NOT_LISTED ? tr("by the county, but for other files")
                                    : tr("by the county: whole and unchanged");
}

static void add_offer(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct firmware_offer *o = &v->firmware;
    struct widget *card = flow_card(s);
    flow_fact(s, tr("On the stick"), *o->version ? o->version : tr("not known"), false);
    flow_fact(s, tr("Runs here"), o->runs, false);
    flow_fact(s, tr("Size"), size_of(s, o->size), false);
    flow_fact(s, tr("Signature"), signature_words(v), true);
    flow_card_end(s, card);
    flow_gap(s, 24);
}

static void add_looking(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = {
        page_format(s->page, tr("Looking at the stick: %d%%. Leave it in."), v->firmware_percent),
        NULL, NULL, staff_saying(s, v->why)
    };
    bool is_looked = v->firmware_copied == STEP_OFF;
    if (v->firmware_seen != STEP_WELL && is_looked)
        staff_step(s, v->firmware_seen, &said);
    if (v->firmware_seen == STEP_WELL && is_looked) {
        flow_notice(s, v->firmware.is_downgrade ? STYLE_WARNING : STYLE_SUCCESS,
                    v->firmware.is_downgrade ? "warning" : "check_circle",
                    v->firmware.is_downgrade
                        ? tr("This goes back to an older version. The county has signed this way "
                             "back.")
                        : tr("This firmware is for this kiosk and newer than what runs."));
        flow_gap(s, 24);
    }
}

/* ---- on its way ------------------------------------------------------------------------------ */

static void add_copying(struct scene *s)
{
    const struct shift_view *v = s->shift;
    const struct staff_said said = {
        page_format(s->page, tr("Copying: %d%%. Leave the stick in."), v->firmware_percent), NULL,
        NULL, page_format(s->page, "%s %s", tr("Nothing was changed."), staff_saying(s, v->why))
    };
    staff_step(s, v->firmware_copied, &said);
}

static void add_arrived(struct scene *s)
{
    const struct staff_update *u = &s->shift->facts.update;
    bool is_new = s->shift->firmware_copied == STEP_WELL;
    struct widget *w = NULL;
    if (u->state == STAFF_UPDATE_READY)
        w = flow_notice(s, STYLE_SUCCESS, "check_circle",
                        page_format(s->page,
                                    tr("Version %s is here. You may pull the stick. Once nobody "
                                       "has been at the screen for two minutes the kiosk puts it "
                                       "in and starts anew."),
                                    u->version));
    else if (u->state == STAFF_UPDATE_CHECKING || (is_new && u->state != STAFF_UPDATE_STUCK))
        w = flow_notice(s, STYLE_QUIET, "hourglass_empty", tr("Copied. It is being summed up."));
    else if (is_new)
        w = flow_notice(s, STYLE_DANGER, "error",
                        tr("It came damaged, and nothing of it is kept. What runs is untouched."));
    if (!w)
        return;
    if (w->icon[0] == 'h')
        w->number[0] = scene_spinner(s);
    snprintf(w->id, sizeof(w->id), "update:%d", (int)u->state);
    flow_gap(s, 24);
}

/* ---- how the last one ended -------------------------------------------------------------------- */

static void add_last(struct scene *s)
{
    static const char *const ends[] = {
        [STAFF_UPDATE_NEVER] = NULL,
        [STAFF_UPDATE_INSTALLED] = N_("It was put in and has proved itself."),
        [STAFF_UPDATE_REFUSED] = N_("It was not put in: it did not pass the check."),
        [STAFF_UPDATE_FELL_BACK] =
            N_("It did not prove itself, and the kiosk went back by itself."),
    };
    const struct staff_update *u = &s->shift->facts.update;
    if (!ends[u->last])
        return;
    flow_notice(s, u->last == STAFF_UPDATE_INSTALLED ? STYLE_QUIET : STYLE_WARNING, "history",
                page_format(s->page, tr("Last time, %s: %s"), u->last_version, tr(ends[u->last])));
    flow_gap(s, 24);
}

void staff_update(struct scene *s, int bottom)
{
    const struct shift_view *v = s->shift;
    (void)bottom;
    add_looking(s);
    add_copying(s);
    if (v->firmware_seen != STEP_NOW)
        add_arrived(s);
    if (v->firmware.size)
        add_offer(s);
    if (v->firmware_seen != STEP_NOW && v->firmware_copied != STEP_NOW)
        add_last(s);
    flow_notice(s, STYLE_QUIET, "info",
                tr("What runs now stays beside it. If the new one does not prove itself, the kiosk "
                   "goes back by itself. No visit is interrupted."));
}
