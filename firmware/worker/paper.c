#include "firmware/worker/paper_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"

/* Where nobody tells of printers that come one that is not there is looked for every second; one that is there and fails is
 * left alone for longer and longer. */
enum {
    LOOK_MS = 1000,
    LOOK_MOST_MS = 30000,
    LISTEN_MS = 200,
    JOBS = 8,
};

void paper_page_free(struct paper_page *p)
{
    if (!p)
        return;
    if (p->bits)
        explicit_bzero(p->bits, (size_t)p->rows * p->width_dots / 8);
    free(p->bits);
    explicit_bzero(p, sizeof(*p));
    free(p);
}

static void drop_page(void *page)
{
    paper_page_free(page);
}

static void tell_printer(struct paper *p, bool is_well)
{
    if (p->told == is_well)
        return;
    p->told = is_well;
    post_send(p->to, post_event(EV_PRINTER, "", "", is_well));
}

void paper_tell(struct paper *p, const char *job, int progress, const char *level, uint64_t bytes)
{
    struct post *post = post_new(POST_PRINT);
    if (!post)
        return;
    snprintf(post->name, sizeof(post->name), "%s", job);
    snprintf(post->value, sizeof(post->value), "%s", level);
    post->number = progress;
    post->bytes_sent = bytes;
    post_send(p->to, post);
}

/* ---- one page ------------------------------------------------------------------------ */

struct printing_now {
    struct paper *paper;
    const char *job;
    int64_t paper_ms; /* how long its paper moves */
};

/* By more than `by_ms`. */
static bool is_too_late(struct paper *p, int64_t by_ms)
{
    return p->clock->boot_ms(p->clock) - by_ms >= atomic_load(&p->late_ms);
}

/* Paper that moves is let out: a long slip of a slow printer takes longer than whoever gets it stays. */
static enum printer_order order(void *context)
{
    struct printing_now *now = context;
    if (queue_is_closed(now->paper->jobs))
        return PRINTER_END;
    return is_too_late(now->paper, now->paper_ms) ? PRINTER_DROP : PRINTER_GO_ON;
}

static void was_sent(void *context, uint64_t bytes)
{
    struct printing_now *now = context;
    /* With level N this is the end, and printer_print() says so itself. */
    if (printer_level(now->paper->printer) != PRINTER_LEVEL_N)
        paper_tell(now->paper, now->job, PRINT_SENT,
                   printer_level_letter(printer_level(now->paper->printer)), bytes);
}

static enum print_progress progress_of(enum printer_result result)
{
    static const enum print_progress all[] = { PRINT_CONFIRMED, PRINT_SENT, PRINT_UNCERTAIN,
                                               PRINT_FAILED_CLEAN };
    return all[result];
}

/* Whoever waits for a page learns at once that none will come. */
static void refuse_page(struct paper *p, struct paper_page *page)
{
    if (page)
        paper_tell(p, page->job, PRINT_FAILED_CLEAN, "", 0);
    paper_page_free(page);
}

/* False: the printer is gone. */
static bool print_page(struct paper *p, const struct paper_page *page)
{
    struct printing_now now = { p, page->job, printer_paper_ms(p->printer, page->rows) };
    const struct printer_page to_print = { .bits = page->bits,
                                           .row_bytes = page->width_dots / 8u,
                                           .rows = page->rows,
                                           .cuts_first = p->cuts_first,
                                           .order = order,
                                           .sent = was_sent,
                                           .context = &now };
    paper_end_hold(
        p, PAPER_PROGRESS_VOIDED); /* printer_print() takes back what waits before it begins */
    struct printer_outcome o = printer_print(p->printer, &to_print);
    p->cuts_first = o.has_fragment;
    if (o.trouble || o.has_cutter_warning)
        log_line(LOG_WARNING, "paper", "a slip: %s%s", printer_trouble_word(o.trouble),
                 o.has_cutter_warning ? " cut not proven" : "");
    if (o.is_held)
        paper_hold(p, page->job);
    paper_tell(p, page->job, o.is_held ? PAPER_PROGRESS_HELD : (int)progress_of(o.result),
               printer_level_letter(o.level), o.bytes);
    return !o.is_gone;
}

/* ---- the thread ---------------------------------------------------------------------- */

/* 0, -ENODEV (none is there), or why it cannot be used. */
static int open_printer(struct paper *p)
{
    struct usb_info info;
    uint8_t interface;
    int r = printer_find(&info, &interface, p->bus);
    if (!r)
        r = printer_open_known(&p->printer, p->bus, &info, interface, p->clock, &p->memory);
    if (r) {
        if (r == -ENODEV || r == USB_E_GONE)
            printer_forget(&p->memory);
        paper_note_figures(p, printer_cause_of_open(r));
        if (r != -ENODEV)
            log_line(LOG_WARNING, "paper", "the printer cannot be opened (%d)", r);
        return r;
    }
    const struct printer_profile *profile = printer_profile(p->printer);
    snprintf(p->path, sizeof(p->path), "%s", info.path);
    atomic_store(&p->width, profile->width_dots);
    atomic_store(&p->dpi, profile->dpi);
    log_line(LOG_NOTICE, "paper", "printer %04x:%04x, %s, proof %s", info.vendor, info.product,
             profile->name, printer_level_letter(printer_level(p->printer)));
    return 0;
}

static void close_printer(struct paper *p)
{
    printer_close(p->printer);
    p->printer = NULL;
    atomic_store(&p->width, PAPER_USUAL_WIDTH);
    atomic_store(&p->dpi, PAPER_USUAL_DPI);
    /* A slip left in the mouth is taken back at the next opening; nobody can prove any more that it was taken. */
    paper_end_hold(p, PAPER_PROGRESS_VOIDED);
    paper_note_figures(p, PRINTER_CAUSE_OFF);
    tell_printer(p, false);
}

static void take_orders(struct paper *p)
{
    int64_t full_mm = atomic_exchange(&p->roll_order_mm, PAPER_NO_ORDER);
    if (full_mm != PAPER_NO_ORDER)
        printer_load_roll(p->printer, (uint32_t)full_mm);
}

/* Until the cable is out (USB_E_GONE), it fails, or the program ends (0). */
static int serve(struct paper *p)
{
    int r = 0;
    take_orders(p);
    paper_note_printer(p);
    tell_printer(p, printer_trouble(p->printer) == PRINTER_NO_TROUBLE);
    while (!r && !queue_is_closed(p->jobs)) {
        /* A page wakes the thread at once; what the printer says unasked waits in its pipe. */
        struct paper_page *page = queue_receive(p->jobs, LISTEN_MS);
        if (page && is_too_late(p, 0)) {
            refuse_page(p, page);
            page = NULL;
        }
        if (page)
            r = print_page(p, page) ? 0 : USB_E_GONE;
        else
            r = printer_poll(p->printer, 0);
        paper_page_free(page);
        if (!r)
            r = paper_watch_slip(p);
        if (!r)
            r = paper_watch_cable(p);
        take_orders(p);
        paper_note_printer(p); /* whoever is told that it stopped can ask why */
        if (!r)
            tell_printer(p, printer_trouble(p->printer) == PRINTER_NO_TROUBLE);
    }
    if (!r)
        paper_leave_nothing(p);
    if (r < 0)
        log_line(LOG_WARNING, "paper", "the printer is opened anew (%d)", r);
    return r;
}

static int one_life(struct paper *p)
{
    int r = open_printer(p);
    if (r)
        return r;
    r = serve(p);
    close_printer(p);
    return r;
}

static void *run(void *context)
{
    struct paper *p = context;
    unsigned looks = 0, failures = 0;
    while (!queue_is_closed(p->jobs)) {
        int r = one_life(p);
        bool is_absent = !r || r == -ENODEV || r == USB_E_GONE;
        if (queue_is_closed(p->jobs))
            break;
        tell_printer(p, false);
        looks = r == -ENODEV ? looks + 1 : 1;
        failures = is_absent ? 0 : failures + 1;
        int wait_ms = is_absent ? usb_look_ms(p->bus, false, looks, LOOK_MS)
                                : usb_look_ms(p->bus, true, failures, LOOK_MOST_MS);
        if (usb_await(p->bus, queue_fd(p->jobs), wait_ms))
            looks = failures = 0;
        refuse_page(p, queue_receive(p->jobs, 0));
    }
    /* What was never begun is known to have failed clean. */
    for (struct paper_page *page = queue_receive(p->jobs, 0); page;
         page = queue_receive(p->jobs, 0))
        refuse_page(p, page);
    return NULL;
}

int paper_start(struct paper **out, const char *usbip, const struct clock *clock, struct queue *to)
{
    struct paper *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    *p = (struct paper){ .clock = clock,
                         .to = to,
                         .width = PAPER_USUAL_WIDTH,
                         .dpi = PAPER_USUAL_DPI,
                         .roll_order_mm = PAPER_NO_ORDER,
                         .late_ms = INT64_MAX,
                         .told = -1,
                         .figures = { .cause = PRINTER_CAUSE_OFF, .left_mm = -1 } };
    pthread_mutex_init(&p->lock, NULL);
    int r = queue_new(&p->jobs, JOBS, drop_page);
    if (!r)
        r = usbip ? usb_bus_usbip(&p->bus, usbip) : usb_bus_host(&p->bus);
    if (!r)
        r = -pthread_create(&p->thread, NULL, run, p);
    if (r) {
        usb_bus_free(p->bus);
        queue_free(p->jobs);
        free(p);
        return r;
    }
    *out = p;
    return 0;
}

void paper_stop(struct paper *p)
{
    if (!p)
        return;
    queue_close(p->jobs);
    pthread_join(p->thread, NULL);
    usb_bus_free(p->bus);
    queue_free(p->jobs);
    pthread_mutex_destroy(&p->lock);
    free(p);
}

void paper_print(struct paper *p, struct paper_page *page)
{
    if (!page->late_ms) /* a page means that somebody is here */
        atomic_store(&p->is_visit_over, false);
    atomic_store(&p->late_ms, page->late_ms ? page->late_ms : INT64_MAX);
    if (!queue_send(p->jobs, page))
        return;
    paper_tell(p, page->job, PRINT_FAILED_CLEAN, "", 0);
    paper_page_free(page);
}

uint16_t paper_width_dots(struct paper *p)
{
    return atomic_load(&p->width);
}
