/* Once a minute, and soon after a device came or went, kiosk-syncd is told how the devices are, for the county's officers and the
 * board's self-test: words and a length of paper, never who is here. While nobody tells it, the county sees that the kiosk does not run. */
#include <stdio.h>
#include <string.h>

#include "firmware/loop/kiosk.h"

enum { TELL_MS = 60 * 1000, LOOK_MS = 15 * 1000 /* the first time the devices have been found */ };

static const char *word_of(enum ready_device d)
{
    static const char *const words[] = { [DEVICE_ABSENT] = "absent",
                                         [DEVICE_WELL] = "ok",
                                         [DEVICE_TROUBLE] = "failed",
                                         [DEVICE_NOT_FITTED] = "not-fitted" };
    return words[d];
}

static struct link_health look(struct kiosk *k)
{
    struct shift_devices d = { 0 };
    struct reader_facts reader;
    struct paper_figures paper;
    enum screen screen = session_view(k->session)->screen;
    staff_look_quietly(k, &d);
    reader_tell_facts(k->reader, &reader);
    paper_figures(k->paper, &paper);
    return (struct link_health){
        .reader = word_of(d.reader),
        .printer = word_of(d.printer),
        .keypad = word_of(d.keypad),
        .scanner = word_of(d.scanner),
        .screen = present_is_well(k->presenter) ? "ok" : "failed",
        .reader_cause = reader.cause == READER_WORKS ? "" : reader_cause_id(reader.cause),
        .printer_cause = paper.cause == PRINTER_CAUSE_NONE ? "" : printer_cause_id(paper.cause),
        .paper_mm = d.printer == DEVICE_NOT_FITTED ? -1 : d.paper_left_mm,
        .is_closed = screen == SCREEN_OUT_OF_SERVICE || screen == SCREEN_ENROL,
    };
}

/* All but the paper, which gets shorter with every slip. The words are constants. */
static bool is_news(const struct link_health *a, const struct link_health *b)
{
    return a->reader != b->reader || a->printer != b->printer || a->keypad != b->keypad ||
           a->scanner != b->scanner || a->screen != b->screen ||
           a->reader_cause != b->reader_cause || a->printer_cause != b->printer_cause ||
           a->is_closed != b->is_closed;
}

void health_soon(struct kiosk *k)
{
    int64_t soon = k->clock.base.boot_ms(&k->clock.base) + LOOK_MS;
    if (k->health_ms > soon)
        k->health_ms = soon;
}

void health_tell(struct kiosk *k)
{
    int64_t now = k->clock.base.boot_ms(&k->clock.base);
    if (now < k->health_ms)
        return;
    bool is_start = !k->health_ms;
    /* On the minute, when the clock line wakes the loop in any case. */
    int64_t past = k->clock.base.wall_ms(&k->clock.base) % TELL_MS;
    k->health_ms = now + (is_start ? LOOK_MS : TELL_MS - past);
    if (is_start)
        return;
    struct link_health h = look(k);
    if (k->health_told_ms && now < k->health_told_ms + TELL_MS / 2 && !is_news(&h, &k->health))
        return;
    k->health = h;
    k->health_told_ms = now;
    link_tell_health(k->link, &h);
}

int64_t health_deadline_ms(const struct kiosk *k)
{
    return k->health_ms;
}
