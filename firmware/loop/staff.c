/* Staff at the machine: their shift beside the session, and what it asks for. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/log.h"
#include "firmware/loop/kiosk.h"

static bool is_shown(const struct kiosk *k)
{
    return session_view(k->session)->screen == SCREEN_STAFF;
}

/* ---- what it asks for ----------------------------------------------------------------------- */

static void port_order(void *context, const struct shift_order *order)
{
    stick_order(((struct kiosk *)context)->staff.stick, order);
}

static void port_look(void *context, struct shift_devices *out)
{
    staff_look(context, out);
}

static void port_print(void *context, enum shift_paper what, const char *receipt)
{
    struct kiosk *k = context;
    struct slip *slip = NULL;
    uint8_t name[16];
    random_bytes(name, sizeof(name));
    hex_encode(k->staff.job, name, sizeof(name));
    if (staff_slip_make(&slip, k, what, receipt))
        post_send(k->inbox, post_event(EV_PRINT_STATE, k->staff.job, "", PAPER_FAILED));
    else
        kiosk_print(k, slip, k->staff.job, receipt, what == SHIFT_PAPER_COPY);
}

static void port_load_roll(void *context)
{
    paper_load_roll(((struct kiosk *)context)->paper, 0);
}

static void port_speak(void *context)
{
    reading_try(context);
}

static void port_practise(void *context)
{
    ((struct kiosk *)context)->staff.is_practice_next = true;
}

static void port_glass(void *context, struct shift_glass *out)
{
    const struct kiosk *k = context;
    out->width = k->glass.width;
    out->height = k->glass.height;
    snprintf(out->panel, sizeof(out->panel), "%s", present_panel(k->presenter));
}

static void port_calibrate(void *context, const struct touch_map *map)
{
    glass_try(&((struct kiosk *)context)->glass, map);
}

static const struct shift_ports staff_ports = { .order = port_order,
                                                .look = port_look,
                                                .print = port_print,
                                                .load_roll = port_load_roll,
                                                .practise = port_practise,
                                                .speak = port_speak,
                                                .glass = port_glass,
                                                .calibrate = port_calibrate };

/* ---- what it hears ---------------------------------------------------------------------------- */

void staff_finger(struct kiosk *k, const struct event *event)
{
    if (!is_shown(k))
        return;
    bool is_theirs = event->kind == EV_STAFF;
    shift_handle(k->staff.shift, is_theirs ? (enum shift_event)event->number : SHIFT_TOUCHED,
                 is_theirs ? event->value : "", 0);
}

void staff_felt(struct kiosk *k, int x, int y)
{
    if (is_shown(k))
        shift_handle(k->staff.shift, SHIFT_FELT, "", shift_felt(x, y));
}

/* That there is a card, and that it was read. Who it names is the session's, which drops it here. */
static void hear_card(struct kiosk *k, enum event_kind kind)
{
    enum shift_card card = kind == EV_CARD_COMING ? SHIFT_CARD_SEEN
                           : kind == EV_CARD_READ ? SHIFT_CARD_READ
                           : kind == EV_CARD_GONE ? SHIFT_CARD_NONE
                                                  : SHIFT_CARD_TROUBLE;
    shift_handle(k->staff.shift, SHIFT_CARD, "", (int64_t)card);
}

bool staff_hear_event(struct kiosk *k, const struct event *event)
{
    static const enum shift_step steps[] = { [PAPER_OFF] = STEP_OFF,
                                             [PAPER_PRINTING] = STEP_NOW,
                                             [PAPER_DONE] = STEP_WELL,
                                             [PAPER_ASK] = STEP_UNSURE,
                                             [PAPER_FAILED] = STEP_FAILED };
    switch (event->kind) {
    case EV_CARD_COMING:
    case EV_CARD_READ:
    case EV_CARD_GONE:
    case EV_CARD_TROUBLE:
        if (is_shown(k))
            hear_card(k, event->kind);
        return false;
    case EV_PRINT_STATE:
        if (!*k->staff.job || strcmp(event->name, k->staff.job) != 0)
            return false;
        shift_handle(k->staff.shift, SHIFT_PRINTED, "", (int64_t)steps[event->number]);
        return true;
    default:
        return false;
    }
}

static void tell(struct kiosk *k, enum event_kind kind, int number, const char *value)
{
    const struct event e = { .kind = kind, .name = "", .value = value, .number = number };
    session_handle(k->session, &e);
}

/* A window clerk's stick may be wanted in a resident's visit (SS-72): its role, and that it is there. */
static void tell_pass(struct kiosk *k, const struct shift_news *n)
{
    bool is_in = n->kind == SHIFT_STICK && token_is_admitted(n->said);
    bool may = n->said == SAY_WELL ? role_may(n->token.role, ACTION_WAIVE)
                                   : role_may_in_doubt(n->token.role, ACTION_WAIVE);
    tell(k, EV_PASS,
         !is_in ? PASS_NONE
         : may  ? PASS_MAY
                : PASS_MAY_NOT,
         is_in ? n->token.serial : "");
}

static enum pin_said said_of(const struct shift_news *n)
{
    if (n->pin.is_right)
        return PIN_SAID_RIGHT;
    if (n->pin.is_blocked || n->said == SAY_BLOCKED)
        return PIN_SAID_BLOCKED;
    if (n->said == SAY_LOCKED)
        return PIN_SAID_WAIT;
    return n->said == SAY_PIN_WRONG || n->said == SAY_PIN_SHAPE ? PIN_SAID_WRONG : PIN_SAID_NOTHING;
}

void staff_hear_news(struct kiosk *k, const struct shift_news *n)
{
    if (n->kind == SHIFT_PIN_SAID && k->staff.is_proving) {
        k->staff.is_proving = false; /* whose answer this is: no shift begins by it */
        tell(k, EV_PIN_SAID, said_of(n), "");
        return;
    }
    if (n->kind == SHIFT_STICK || n->kind == SHIFT_GONE)
        tell_pass(k, n);
    if (n->kind == SHIFT_SETTINGS && n->said == SAY_WELL)
        glass_learn(&k->glass, &n->touch);
    shift_hear(k->staff.shift, n);
}

void staff_prove(struct kiosk *k, const char *pin)
{
    struct shift_order order = { .kind = ORDER_PIN };
    snprintf(order.pin, sizeof(order.pin), "%s", pin);
    k->staff.is_proving = true;
    stick_order(k->staff.stick, &order);
    explicit_bzero(&order, sizeof(order));
}

void staff_note(struct kiosk *k, const char *action, const char *detail)
{
    struct shift_order order = { .kind = ORDER_NOTE };
    snprintf(order.action, sizeof(order.action), "%s", action);
    snprintf(order.detail, sizeof(order.detail), "%s", detail);
    stick_order(k->staff.stick, &order);
}

bool staff_hear_key(struct kiosk *k, enum keypad_event key)
{
    bool is_key = key >= KEYPAD_UP && key <= KEYPAD_SOFTER;
    if (key == KEYPAD_READY || key == KEYPAD_GONE)
        k->staff.has_keypad = key == KEYPAD_READY;
    if (!is_shown(k) || !is_key)
        return false;
    shift_handle(k->staff.shift, SHIFT_KEY, "", key - KEYPAD_UP);
    return shift_view(k->staff.shift)->page == SHIFT_KEYPAD;
}

void staff_hear_scan(struct kiosk *k, const struct post *p)
{
    enum scan_event event = (enum scan_event)p->number;
    if (event == SCAN_READY || event == SCAN_GONE)
        k->staff.has_scanner = event == SCAN_READY;
    if (event == SCAN_READ && is_shown(k))
        shift_handle(k->staff.shift, SHIFT_SCAN, "",
                     (int64_t)strnlen(p->data.scan.text, sizeof(p->data.scan.text)));
}

/* ---- whose screen it is ------------------------------------------------------------------------ */

void staff_follow(struct kiosk *k)
{
    static const struct event begin = { .kind = EV_STAFF_BEGIN, .name = "", .value = "" },
                              end = { .kind = EV_STAFF_END, .name = "", .value = "" };
    struct shift *s = k->staff.shift;
    enum language language = session_view(k->session)->language;
    shift_handle(s, SHIFT_TIME, "", 0);
    bool has_slip = !is_shown(k) && slips_are_on_their_way(k); /* a resident's: theirs is next */
    if (shift_wants_screen(s) != is_shown(k) && !has_slip)
        session_handle(k->session, is_shown(k) ? &end : &begin);
    shift_set_shown(s, is_shown(k));
    if (k->staff.is_practice_next && !is_shown(k)) {
        k->staff.is_practice_next = false;
        if (!session_begin_course(k->session, language))
            log_line(LOG_WARNING, "kiosk", "practice did not begin");
    }
}

int64_t staff_deadline_ms(const struct kiosk *k)
{
    return shift_deadline_ms(k->staff.shift);
}

/* ---- life ---------------------------------------------------------------------------------------- */

int staff_open(struct kiosk *k)
{
    return shift_new(&k->staff.shift, &k->clock.base, &staff_ports, k);
}

int staff_start(struct kiosk *k)
{
    const struct stick_config config = { .mounts = k->options.sticks,
                                         .socket = k->options.socket,
                                         .settings = k->options.settings,
                                         .trust = k->options.trust,
                                         .clock = &k->clock.base,
                                         .to = k->inbox };
    return stick_start(&k->staff.stick, &config);
}

void staff_close(struct kiosk *k)
{
    stick_stop(k->staff.stick);
    shift_free(k->staff.shift);
}
