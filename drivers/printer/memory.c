/* What is known about a printer while it stays plugged in: it is probed once, not at every opening. */
#include "drivers/printer/inside.h"

#include <string.h>

void printer_forget(struct printer_memory *memory)
{
    memory->is_probed = memory->can_report = memory->has_learned_asks = false;
    memory->level = PRINTER_LEVEL_N;
    memory->asks = 0;
    memory->names = (struct printer_names){ 0 };
}

static bool is_of(const struct printer_memory *m, const struct usb_info *info,
                  const struct ieee1284 *id)
{
    return m->of.vendor == info->vendor && m->of.product == info->product &&
           m->of.release == info->release && !strcmp(m->of.path, info->path) &&
           !strcmp(m->of.model, id->model) && !strcmp(m->of.serial, id->serial);
}

void printer_remember(struct printer *p)
{
    struct printer_memory *m = p->memory;
    const struct usb_info *info = usb_device_info(p->device);
    if (!is_of(m, info, &p->identity)) {
        *m = (struct printer_memory){
            .of = { .vendor = info->vendor, .product = info->product, .release = info->release }
        };
        memcpy(m->of.path, info->path, sizeof(m->of.path));
        memcpy(m->of.model, p->identity.model, sizeof(m->of.model));
        memcpy(m->of.serial, p->identity.serial, sizeof(m->of.serial));
    }
    if (!m->roll.full_mm)
        roll_load(&m->roll, p->profile->roll_mm, ROLL_GUESSED);
    if (!m->is_probed)
        return;
    p->is_probed = true;
    printer_know_by_name(p);
    p->can_report = m->can_report;
    p->level = m->level;
    p->has_learned_asks = m->has_learned_asks;
    if (m->asks)
        p->asks = m->asks;
}

void printer_keep(struct printer *p)
{
    struct printer_memory *m = p->memory;
    m->is_probed = p->is_probed;
    m->can_report = p->can_report;
    m->level = p->level;
    m->has_learned_asks = p->has_learned_asks;
    m->asks = p->asks;
}
