/* The printer's thread, shared by its two files. */
#pragma once

#include <pthread.h>
#include <stdatomic.h>

#include "drivers/printer/printer.h"
#include "firmware/worker/paper.h"

enum { PAPER_USUAL_WIDTH = 576, PAPER_USUAL_DPI = 203, PAPER_NO_ORDER = -1 };

struct paper {
    const struct clock *clock;
    struct queue *to, *jobs;
    pthread_t thread;
    struct usb_bus *bus;
    struct printer *printer;
    char path[USB_PATH];          /* where it is plugged in */
    struct printer_memory memory; /* of the printer that was there last */
    _Atomic uint16_t width, dpi;
    _Atomic bool is_visit_over;    /* take back what waits */
    _Atomic int64_t late_ms;       /* boot clock: pages have no owner from then on */
    _Atomic int64_t roll_order_mm; /* staff loaded a roll; PAPER_NO_ORDER: nothing new */
    pthread_mutex_t lock;          /* over `figures` */
    struct paper_figures figures;
    char held_job[POST_NAME]; /* "" when no slip waits */
    int64_t held_ms;
    int64_t cable_ms; /* when a printer that says nothing was looked for last */
    bool cuts_first;  /* a piece of a page may hang out, whatever printer object printed it */
    int told;         /* what the session was told last: -1 nothing, 0 cannot print, 1 can */
};

/* POST_PRINT; `progress` of enum print_progress or paper_progress. */
void paper_tell(struct paper *p, const char *job, int progress, const char *level, uint64_t bytes);

/* ---- paper_hold.c */
void paper_note_figures(struct paper *p, enum printer_cause cause);
/* The same of an open printer. */
void paper_note_printer(struct paper *p);
/* A slip waits in the mouth from now on. */
void paper_hold(struct paper *p, const char *job);
/* How that ended; nothing when none waits. */
void paper_end_hold(struct paper *p, enum paper_progress progress);
/* Taken, or waiting for too long, or left behind. 0, or what ends the printer's life: USB_E_GONE or a fault. */
NODISCARD int paper_watch_slip(struct paper *p);
/* A printer that says nothing is not missed by itself: is it still on the bus? Looked for every 2 s. 0, USB_E_GONE or a fault. */
NODISCARD int paper_watch_cable(struct paper *p);
/* The program ends: nobody would take back what waits. */
void paper_leave_nothing(struct paper *p);
