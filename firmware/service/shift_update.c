/* Firmware from the stick: looked at when the page is opened, copied when staff say so. What happens then is the installer's. */
#include "firmware/service/shift_inside.h"

void shift_look_for_firmware(struct shift *s)
{
    s->view.firmware_seen = STEP_NOW;
    s->view.firmware_percent = 0;
    s->view.is_busy = true;
    shift_order(s, ORDER_FIRMWARE_LOOK, 0);
}

enum shift_page shift_firmware_seen(struct shift *s, const struct shift_cause *c)
{
    const struct shift_news *n = c->news;
    s->view.firmware_percent = n->percent;
    s->touched_ms = shift_now(s);
    if (!n->is_over)
        return SHIFT_UPDATE;
    s->view.is_busy = false;
    s->view.firmware = n->firmware;
    s->view.why = n->said;
    s->view.firmware_seen = n->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    shift_note(s, "update", "%s version=%s runs=%s", saying_word(n->said), n->firmware.version,
               n->firmware.runs);
    return SHIFT_UPDATE;
}

/* What was refused has no button; what waits already is not brought again. */
enum shift_page shift_bring_firmware(struct shift *s, const struct shift_cause *c)
{
    (void)c;
    if (s->view.is_busy || s->view.firmware_seen != STEP_WELL ||
        s->view.firmware_copied == STEP_WELL)
        return SHIFT_UPDATE;
    s->view.is_busy = true;
    s->view.firmware_copied = STEP_NOW;
    s->view.firmware_percent = 0;
    shift_note(s, "update", "copy version=%s%s", s->view.firmware.version,
               s->view.firmware.is_downgrade ? " way back" : "");
    shift_order(s, ORDER_FIRMWARE_COPY, 0);
    return SHIFT_UPDATE;
}

enum shift_page shift_firmware_copied(struct shift *s, const struct shift_cause *c)
{
    const struct shift_news *n = c->news;
    s->view.firmware_percent = n->percent;
    s->touched_ms = shift_now(s);
    if (!n->is_over)
        return SHIFT_UPDATE;
    s->view.is_busy = false;
    s->view.why = n->said;
    s->view.firmware_copied = n->said == SAY_WELL ? STEP_WELL : STEP_FAILED;
    shift_note(s, "update", "%s copied", saying_word(n->said));
    shift_order(s, ORDER_FACTS, 0);
    return SHIFT_UPDATE;
}
