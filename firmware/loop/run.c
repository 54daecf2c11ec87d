/* The one loop: messages, touches and time go in, pictures come out. */
#include <malloc.h>

#include "firmware/loop/kiosk.h"

enum { HEAP_KEPT = 8 << 20 /* at its end: the next visit draws again */ };

static void take_post(struct kiosk *k, struct post *p)
{
    char job[POST_NAME];
    struct event event;
    switch (p->kind) {
    case POST_EVENT:
        health_soon(k);
        faults_hear(k, &p->event);
        if (!staff_hear_event(k, &p->event))
            session_handle(k->session, &p->event);
        break;
    case POST_DOC:
        documents_take(k, p);
        break;
    case POST_ATTEMPT:
    case POST_PRINT:
        event = printing_take(k->printing, p, job);
        if (event.kind && !staff_hear_event(k, &event))
            session_handle(k->session, &event);
        break;
    case POST_CALL:
        p->call(p->context);
        break;
    case POST_STAFF:
        staff_hear_news(k, p->staff);
        break;
    case POST_KEY:
        hands_take_key(k, p);
        break;
    case POST_SCAN:
        hands_take_scan(k, p);
        break;
    }
}

static void show(struct kiosk *k)
{
    if (brief_holds(&k->brief, session_view(k->session)->screen,
                    k->clock.base.boot_ms(&k->clock.base)))
        return;
    stage_show_shift(k->stage, shift_view(k->staff.shift));
    struct damage damage = stage_update(k->stage, k->session);
    if (damage.count)
        present_show(k->presenter, stage_canvas(k->stage), &damage);
}

/* A resident, or staff with a stick; the pages where nobody is are the two that cannot be left by forgetting. */
static bool is_anybody_here(const struct kiosk *k)
{
    return session_is_busy(k->session);
}

/* The visit is over and its last page is gone from the glass: now the caches go, the engines with
 * what they saw, and a slip that nobody took. */
static void forget(struct kiosk *k)
{
    k->is_forgetting = false;
    stage_forget(k->stage);
    spelling_forget(k->spelling);
    if (k->handwriting)
        handwriting_rest(k->handwriting);
    reading_forget(k);
    printing_end_visit(k->printing, k->clock.base.boot_ms(&k->clock.base));
    show(k);
    /* Nobody waits now. The mark of a card alone left 16 MiB in the heap, and with it what was wiped. */
    (void)malloc_trim(HEAP_KEPT);
}

void kiosk_settle(struct kiosk *k)
{
    struct event time = { .kind = EV_TIME };
    next_follow(k);
    session_handle(k->session, &time);
    staff_follow(k);
    documents_change_catalogue(k);
    preview_follow(k);
    occupied_say(&k->occupied, is_anybody_here(k));
    show(k);
    slips_start(k);
    slips_warm(k);
    if (k->is_forgetting)
        forget(k);
    reading_tell(k);
    health_tell(k);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t picture_deadline_ms(const struct kiosk *k)
{
    int64_t held = brief_deadline_ms(&k->brief);
    return held < INT64_MAX ? held : stage_deadline_ms(k->stage);
}

static int patience_ms(struct kiosk *k)
{
    int64_t due = earlier(session_deadline_ms(k->session), picture_deadline_ms(k));
    due = earlier(earlier(due, staff_deadline_ms(k)), next_deadline_ms(k));
    due = earlier(earlier(due, health_deadline_ms(k)), preview_deadline_ms(k));
    due = earlier(earlier(due, reading_deadline_ms(k)), slips_deadline_ms(k));
    int64_t left = due - k->clock.base.boot_ms(&k->clock.base);
    int robot = robot_patience_ms(k->robot);
    if (robot >= 0)
        left = earlier(left, robot);
    int alive = notify_tick(&k->notify, system_clock.boot_ms(&system_clock));
    if (alive >= 0)
        left = earlier(left, alive);
    return left < 0 ? 0 : left > 3600000 ? 3600000 : (int)left;
}

void kiosk_run(struct kiosk *k)
{
    notify_ready(&k->notify);
    while (!k->is_ending) {
        struct post *p;
        struct input input;
        while ((p = queue_receive(k->inbox, 0))) {
            if (next_keeps(k, p))
                continue;
            take_post(k, p);
            post_free(p);
        }
        while (present_next(k->presenter, &input))
            hands_take_input(k, &input);
        kiosk_settle(k);
        robot_tick(k->robot);
        if (!k->is_ending)
            present_wait(k->presenter, patience_ms(k));
    }
}
