/* What a shift orders: questions to kiosk-syncd, and work with the stick. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/worker/medium.h"
#include "firmware/worker/stick_inside.h"

enum { LOG_FILES_MAX = 8 };

static int64_t number_of(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

/* One question whose answer is yes or no. */
static enum saying ask_plainly(struct stick_worker *w, json_t *request, struct message *reply)
{
    if (stick_ask(w, request, reply))
        return SAY_SYNCD;
    if (json_is_true(json_object_get(reply->head, "ok")))
        return SAY_WELL;
    return strcmp(json_text_at(reply->head, "error"), "storage") != 0 ? SAY_SYNCD : SAY_NOT_NOW;
}

/* ---- the PIN --------------------------------------------------------------------------------- */

static void take_gate(struct shift_news *news, const json_t *head)
{
    news->pin.is_blocked = json_is_true(json_object_get(head, "blocked"));
    news->pin.left = (int)number_of(head, "left");
    news->pin.wait_ms = number_of(head, "wait_ms");
}

/* The try is counted durably before the PIN is looked at, and its end is said whatever it is. */
static void try_pin(struct stick_worker *w, struct shift_order *order, struct shift_news *news)
{
    struct message begun AUTO_MESSAGE = { 0 }, ended AUTO_MESSAGE = { 0 };
    news->said = ask_plainly(
        w, json_pack("{ss, ss}", "op", "staff-begin", "serial", w->token.serial), &begun);
    if (news->said != SAY_WELL)
        return;
    take_gate(news, begun.head);
    if (!json_is_true(json_object_get(begun.head, "may"))) {
        news->said = news->pin.is_blocked ? SAY_BLOCKED : SAY_LOCKED;
        return;
    }
    news->said = pin_check(&w->token, order->pin);
    explicit_bzero(order->pin, sizeof(order->pin));
    enum saying told = ask_plainly(w,
                                   json_pack("{ss, ss, sb}", "op", "staff-end", "serial",
                                             w->token.serial, "right", news->said == SAY_WELL),
                                   &ended);
    if (told == SAY_WELL)
        take_gate(news, ended.head);
    else if (news->said == SAY_WELL)
        news->said = told; /* whoever came in stands among the events, or does not come in */
    news->pin.is_right = news->said == SAY_WELL;
}

static void do_pin(struct stick_worker *w, struct shift_order *order)
{
    struct shift_news news = { .kind = SHIFT_PIN_SAID };
    if (stick_is_there(w) && token_is_admitted(w->told))
        try_pin(w, order, &news);
    else
        news.said = SAY_PULLED;
    stick_post(w, &news);
}

/* ---- figures ---------------------------------------------------------------------------------- */

static bool ask_status(struct stick_worker *w, struct shift_facts *f)
{
    struct message reply AUTO_MESSAGE = { 0 };
    if (stick_ask(w, json_pack("{ss}", "op", "status"), &reply) ||
        !staff_counters_read(&f->counters, reply.head))
        return false;
    staff_update_read(&f->update, reply.head);
    reach_read(&f->way, reply.head);
    int64_t quality = number_of(reply.head, "clock_quality");
    f->is_joined = json_is_true(json_object_get(reply.head, "enrolled"));
    f->is_link_up = !strcmp(json_text_at(reply.head, "link"), "up");
    f->clock_quality =
        quality > CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality : CLOCK_UNSET;
    snprintf(f->link, sizeof(f->link), "%.15s", json_text_at(reply.head, "link"));
    snprintf(f->refusal, sizeof(f->refusal), "%.15s", json_text_at(reply.head, "refusal"));
    return true;
}

static size_t ask_parked(struct stick_worker *w, struct staff_parked *out, size_t max,
                         const char *state)
{
    struct message reply AUTO_MESSAGE = { 0 };
    if (!max || stick_ask(w, json_pack("{ss, ss}", "op", "queue-list", "state", state), &reply))
        return 0;
    return staff_parked_read(out, max, reply.head);
}

static void do_facts(struct stick_worker *w)
{
    struct message slips AUTO_MESSAGE = { 0 }, figures AUTO_MESSAGE = { 0 },
                         notes AUTO_MESSAGE = { 0 };
    struct shift_news news = { .kind = SHIFT_FACTS };
    struct shift_facts *f = &news.facts;
    f->is_known = ask_status(w, f);
    if (f->is_known && !stick_ask(w, json_pack("{ss}", "op", "figures"), &figures))
        (void)figures_read(&f->figures, figures.head);
    if (f->is_known && !stick_ask(w, json_pack("{ss}", "op", "handover-list"), &notes))
        f->handover_count = handover_read(f->handovers, HANDOVER_OPEN, notes.head);
    if (f->is_known && !stick_ask(w, json_pack("{ss}", "op", "print-open"), &slips))
        f->slip_count = staff_slips_read(f->slips, STAFF_SLIPS, slips.head);
    if (f->is_known)
        f->parked_count = ask_parked(w, f->parked, STAFF_ITEMS, "held");
    f->parked_count += f->is_known ? ask_parked(w, f->parked + f->parked_count,
                                                STAFF_ITEMS - f->parked_count, "dead")
                                   : 0;
    medium_look(&f->medium, "/sys");
    stick_post(w, &news);
}

/* ---- small orders ------------------------------------------------------------------------------ */

static void do_question(struct stick_worker *w, json_t *request)
{
    struct message reply AUTO_MESSAGE = { 0 };
    stick_post(
        w, &(struct shift_news){ .kind = SHIFT_ANSWERED, .said = ask_plainly(w, request, &reply) });
}

static void do_note(struct stick_worker *w, const struct shift_order *order)
{
    struct message reply AUTO_MESSAGE = { 0 };
    (void)ask_plainly(w,
                      json_pack("{ss, ss, ss, ss}", "op", "staff-note", "serial", w->token.serial,
                                "action", order->action, "detail", order->detail),
                      &reply);
}

/* ---- with the stick ---------------------------------------------------------------------------- */

/* One that was handed over can only be read but while an order writes. What cannot be written then says so itself. */
void stick_begin_writing(struct stick_worker *w)
{
    if (w->door.line >= 0 && !stick_door_write(&w->door, true))
        log_line(LOG_WARNING, "stick", "it stays read-only");
}

void stick_end_writing(struct stick_worker *w)
{
    if (w->door.line >= 0 && !stick_door_write(&w->door, false))
        log_line(LOG_WARNING, "stick", "it can still be written, or is gone");
}

/* A stick that is unmounted under our hands keeps its descriptors: ask whether it is there before going on. */
int stick_ask_errand(void *context, json_t *request, const void *body, size_t length,
                     struct message *reply)
{
    struct stick_worker *w = context;
    if (!stick_is_there(w)) {
        w->was_cut = true;
        json_decref(request);
        return -ENODEV;
    }
    return stick_ask_with(w, request, body, length, reply);
}

static void tell_progress(void *context, const struct errand_report *report)
{
    stick_post(context, &(struct shift_news){ .kind = SHIFT_CARRIED, .errand = *report });
}

static void do_carry(struct stick_worker *w)
{
    struct shift_news news = { .kind = SHIFT_CARRIED, .is_over = true, .said = SAY_PULLED };
    const struct errand_ports ports = { stick_ask_errand, tell_progress, w };
    w->was_cut = false;
    stick_begin_writing(w);
    if (stick_is_there(w))
        news.said = errand_run(&news.errand, w->stick, w->kiosk, &ports);
    if (w->was_cut || (news.said != SAY_WELL && !stick_is_there(w)))
        news.said = SAY_PULLED;
    stick_end_writing(w);
    stick_post(w, &news);
}

static enum saying keep(struct stick_worker *w, const struct bytes *body)
{
    if (!stick_is_there(w))
        return SAY_PULLED;
    stick_begin_writing(w);
    enum saying said =
        errand_keep(w->stick, w->kiosk, w->config.clock->wall_ms(w->config.clock), body);
    stick_end_writing(w);
    return said;
}

static void do_certify(struct stick_worker *w, struct shift_order *order)
{
    struct message reply AUTO_MESSAGE = { 0 };
    struct shift_news news = { .kind = SHIFT_CERTIFIED };
    json_t *report = order->report;
    order->report = NULL;
    news.said = ask_plainly(w, json_pack("{ss, so}", "op", "readiness", "report", report), &reply);
    news.is_signed = news.said == SAY_WELL;
    if (news.is_signed)
        news.said = keep(w, &reply.body);
    stick_post(w, &news);
}

static void do_log(struct stick_worker *w)
{
    struct shift_news news = { .kind = SHIFT_LOGGED };
    int64_t from = 0;
    do {
        struct message reply AUTO_MESSAGE = { 0 };
        news.said =
            ask_plainly(w, json_pack("{ss, sI}", "op", "log", "from", (json_int_t)from), &reply);
        if (news.said == SAY_WELL)
            news.said = keep(w, &reply.body);
        if (news.said != SAY_WELL)
            break;
        from = number_of(reply.head, "next");
        news.events += (unsigned)number_of(reply.head, "count");
        news.files++;
    } while (from > 0 && news.files < LOG_FILES_MAX);
    stick_post(w, &news);
}

void stick_carry_out(struct stick_worker *w, struct shift_order *order)
{
    switch (order->kind) {
    case ORDER_PIN:
        do_pin(w, order);
        break;
    case ORDER_FACTS:
        do_facts(w);
        break;
    case ORDER_SETTLE:
        do_question(w, staff_settle_request(order->number, order->answer));
        break;
    case ORDER_RELEASE:
        do_question(w,
                    json_pack("{ss, sI}", "op", "item-release", "seq", (json_int_t)order->number));
        break;
    case ORDER_LEAVE_NOTE:
        do_question(w, json_pack("{ss, ss, ss}", "op", "handover-leave", "what", order->action,
                                 "serial", w->token.serial));
        break;
    case ORDER_NOTE_DONE:
        do_question(
            w, json_pack("{ss, sI}", "op", "handover-done", "note", (json_int_t)order->number));
        break;
    case ORDER_SYNC:
        do_question(w, json_pack("{ss}", "op", "sync-now"));
        break;
    case ORDER_SETTINGS:
    case ORDER_WIRED:
    case ORDER_TOUCH:
        stick_settings_order(w, order);
        break;
    case ORDER_CARRY:
        do_carry(w);
        break;
    case ORDER_JOIN:
        stick_join(w);
        break;
    case ORDER_CERTIFY:
        do_certify(w, order);
        break;
    case ORDER_LOG:
        do_log(w);
        break;
    case ORDER_FIRMWARE_LOOK:
        stick_look_at_firmware(w);
        break;
    case ORDER_FIRMWARE_COPY:
        stick_bring_firmware(w);
        break;
    case ORDER_NOTE:
        do_note(w, order);
        break;
    }
}
