/* Once a minute kiosk-syncd is told how the devices are, for the county's officers: words and a length of paper, never who is here.
 * While nobody tells it, the county sees that the kiosk does not run. */
#include <stdio.h>
#include <string.h>

#include "firmware/loop/kiosk.h"

enum { TELL_MS = 60 * 1000, FIRST_MS = 15 * 1000 /* by then the devices have been found */ };

static const char *word_of(enum ready_device d)
{
    static const char *const words[] = { [DEVICE_ABSENT] = "absent",
                                         [DEVICE_WELL] = "ok",
                                         [DEVICE_TROUBLE] = "failed",
                                         [DEVICE_NOT_FITTED] = "not-fitted" };
    return words[d];
}

static void tell(struct kiosk *k)
{
    struct shift_devices d = { 0 };
    struct reader_facts reader;
    struct paper_figures paper;
    staff_look_quietly(k, &d);
    reader_tell_facts(k->reader, &reader);
    paper_figures(k->paper, &paper);
    struct link_health h = {
        .reader = word_of(d.reader),
        .printer = word_of(d.printer),
        .keypad = word_of(d.keypad),
        .scanner = word_of(d.scanner),
        .reader_cause = reader.cause == READER_WORKS ? "" : reader_cause_id(reader.cause),
        .printer_cause = paper.cause == PRINTER_CAUSE_NONE ? "" : printer_cause_id(paper.cause),
        .paper_mm = d.printer == DEVICE_NOT_FITTED ? -1 : d.paper_left_mm,
        .is_closed = session_view(k->session)->screen == SCREEN_OUT_OF_SERVICE,
    };
    link_tell_health(k->link, &h);
}

void health_tell(struct kiosk *k)
{
    int64_t now = k->clock.base.boot_ms(&k->clock.base);
    if (now < k->health_ms)
        return;
    bool is_start = !k->health_ms;
    /* On the minute, when the clock line wakes the loop in any case. */
    int64_t past = k->clock.base.wall_ms(&k->clock.base) % TELL_MS;
    k->health_ms = now + (is_start ? FIRST_MS : TELL_MS - past);
    if (!is_start)
        tell(k);
}

int64_t health_deadline_ms(const struct kiosk *k)
{
    return k->health_ms;
}
