/* What the printer's thread knows beyond one page: figures for staff, and a slip that waits to be taken. */
#include <stdio.h>
#include <string.h>

#include "firmware/worker/paper_inside.h"

/* ---- what others may know ------------------------------------------------------------ */

void paper_note_figures(struct paper *p, enum printer_cause cause)
{
    const struct paper_roll *roll = &p->memory.roll;
    struct paper_figures f = { .cause = cause, .left_mm = -1 };
    if (roll->full_mm) {
        f.left_mm = roll_left_mm(roll);
        f.used_mm = roll->used_um / 1000;
        f.total_mm = roll->total_um / 1000;
        f.is_left_measured = roll->trust == ROLL_MEASURED;
    }
    if (p->printer) {
        f.is_connected = true;
        f.is_held = printer_is_held(p->printer);
        snprintf(f.profile, sizeof(f.profile), "%s", printer_profile(p->printer)->name);
        snprintf(f.level, sizeof(f.level), "%s", printer_level_letter(printer_level(p->printer)));
    }
    pthread_mutex_lock(&p->lock);
    p->figures = f;
    pthread_mutex_unlock(&p->lock);
}

void paper_note_printer(struct paper *p)
{
    paper_note_figures(p,
                       printer_cause_of(printer_trouble(p->printer), printer_status(p->printer)));
}

/* ---- a slip that waits --------------------------------------------------------------- */

void paper_hold(struct paper *p, const char *job)
{
    snprintf(p->held_job, sizeof(p->held_job), "%s", job);
    p->held_ms = p->clock->boot_ms(p->clock);
}

void paper_end_hold(struct paper *p, enum paper_progress progress)
{
    if (*p->held_job)
        paper_tell(p, p->held_job, (int)progress, printer_level_letter(p->memory.level), 0);
    *p->held_job = 0;
}

/* Taken, or waiting for too long, or left behind. USB_E_GONE or a fault ends the printer's life. */
int paper_watch_slip(struct paper *p)
{
    bool is_over = atomic_exchange(&p->is_visit_over, false);
    if (!*p->held_job)
        return 0;
    if (!printer_is_held(p->printer)) {
        paper_end_hold(p, PAPER_PROGRESS_TAKEN);
        return 0;
    }
    if (!is_over && p->clock->boot_ms(p->clock) - p->held_ms < PAPER_HOLD_MS)
        return 0;
    int r = printer_retract(p->printer);
    if (r == USB_E_TIMEOUT || r == USB_E_STALL) {
        atomic_store(&p->is_visit_over, true); /* again at the next look: it must not stay there */
        return 0;
    }
    if (!r)
        paper_end_hold(p, PAPER_PROGRESS_VOIDED);
    return r;
}

int paper_watch_cable(struct paper *p)
{
    enum { LOOK_MS = 2000, DEVICES = 32 };
    struct usb_info all[DEVICES];
    size_t count = 0;
    int64_t now = p->clock->boot_ms(p->clock);
    if (printer_level(p->printer) != PRINTER_LEVEL_N || now - p->cable_ms < LOOK_MS)
        return 0;
    p->cable_ms = now;
    int r = usb_list(p->bus, all, DEVICES, &count);
    for (size_t i = 0; !r && i < count; i++)
        if (!strcmp(all[i].path, p->path))
            return 0;
    return r ? r : USB_E_GONE;
}

/* The program ends: nobody would take back what waits. */
void paper_leave_nothing(struct paper *p)
{
    if (*p->held_job && !printer_retract(p->printer))
        paper_end_hold(p, PAPER_PROGRESS_VOIDED);
}

uint16_t paper_dpi(struct paper *p)
{
    return atomic_load(&p->dpi);
}

void paper_end_visit(struct paper *p)
{
    int64_t never = INT64_MAX;
    atomic_compare_exchange_strong(&p->late_ms, &never,
                                   p->clock->boot_ms(p->clock) + PAPER_GRACE_MS);
    atomic_store(&p->is_visit_over, true);
}

void paper_figures(struct paper *p, struct paper_figures *out)
{
    pthread_mutex_lock(&p->lock);
    *out = p->figures;
    pthread_mutex_unlock(&p->lock);
}

bool paper_has_room(struct paper *p, uint32_t rows)
{
    struct paper_figures f;
    unsigned dpi = paper_dpi(p);
    paper_figures(p, &f);
    return !f.is_left_measured || (int64_t)rows * 254 / (10 * dpi) + ROLL_FEED_MM <= f.left_mm;
}

void paper_load_roll(struct paper *p, uint32_t full_mm)
{
    atomic_store(&p->roll_order_mm, full_mm);
}
