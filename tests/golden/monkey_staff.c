/* Staff by chance: a shift beside the session, whose stick, queue and devices answer anything at any time. */
#include <stdio.h>
#include <stdlib.h>

#include "tests/golden/monkey_inside.h"

enum { ASKED_PAPER = 31 };

/* ---- what it asks for ---------------------------------------------------------------- */

static void port_order(void *context, const struct shift_order *order)
{
    struct monkey *m = context;
    m->staff.asked |= 1u << order->kind;
    json_decref(order->report);
}

static void port_look(void *context, struct shift_devices *out)
{
    *out = ((struct monkey *)context)->staff.devices;
}

static void port_print(void *context, enum shift_paper what, const char *receipt)
{
    (void)what;
    (void)receipt;
    ((struct monkey *)context)->staff.asked |= 1u << ASKED_PAPER;
}

static void port_nothing(void *context)
{
    (void)context;
}

static void port_glass(void *context, struct shift_glass *out)
{
    (void)context;
    *out = (struct shift_glass){ 1080, 1920, "gallery" };
}

static void port_calibrate(void *context, const struct touch_map *map)
{
    (void)context;
    (void)map;
}

static const struct shift_ports ports = { port_order,   port_look,    port_print, port_nothing,
                                          port_nothing, port_nothing, port_glass, port_calibrate };

/* ---- what it hears ------------------------------------------------------------------- */

static struct shift_news facts(struct monkey *m)
{
    struct shift_news n = { .kind = SHIFT_FACTS,
                            .facts = { .is_known = draw_lot(m, 8) != 0,
                                       .is_joined = draw_lot(m, 8) != 0,
                                       .is_link_up = draw_lot(m, 3) != 0,
                                       .clock_quality = CLOCK_NTP,
                                       .slip_count = draw_lot(m, STAFF_SLIPS + 1),
                                       .parked_count = draw_lot(m, STAFF_ITEMS + 1) } };
    n.facts.way.tries = draw_lot(m, 9);
    snprintf(n.facts.way.cable, sizeof(n.facts.way.cable), draw_lot(m, 2) ? "in" : "out");
    snprintf(n.facts.way.trouble, sizeof(n.facts.way.trouble), draw_lot(m, 2) ? "" : "name");
    n.facts.counters.queued = draw_lot(m, 5000);
    n.facts.counters.keys = draw_lot(m, 3);
    n.facts.figures.is_known = draw_lot(m, 2);
    n.facts.figures.done = (int)draw_lot(m, 400);
    snprintf(n.facts.figures.month, sizeof(n.facts.figures.month), "202611");
    for (size_t i = 0; i < n.facts.slip_count; i++) {
        n.facts.slips[i].attempt = 41 + (int)i;
        n.facts.slips[i].at_ms = m->visits.clock.wall;
        receipt_format(n.facts.slips[i].receipt, "K0012", 60 + i);
    }
    for (size_t i = 0; i < n.facts.parked_count; i++) {
        n.facts.parked[i] = (struct staff_parked){ .seq = 51 + (int)i, .is_dead = draw_lot(m, 2) };
        receipt_format(n.facts.parked[i].receipt, "K0012", 80 + i);
        staff_parked_judge(&n.facts.parked[i],
                           draw_lot(m, 2) ? "refused alone with status 422" : "conflict: other");
    }
    return n;
}

static enum saying said(struct monkey *m)
{
    return draw_lot(m, 3) ? SAY_WELL : (enum saying)draw_lot(m, SAY_END);
}

static void stick_in(struct monkey *m, enum saying word, enum role role)
{
    struct shift_news n = { .kind = SHIFT_STICK,
                            .said = word,
                            .has_joined = draw_lot(m, 6) != 0,
                            .token = { .role = role } };
    snprintf(n.token.serial, sizeof(n.token.serial), "S-2026-0007");
    shift_hear(m->staff.shift, &n);
}

static void pin_said(struct monkey *m, bool is_right)
{
    struct shift_news n = { .kind = SHIFT_PIN_SAID, .said = is_right ? SAY_WELL : SAY_PIN_WRONG };
    n.pin.is_right = is_right;
    n.pin.left = (int)draw_lot(m, 11);
    n.pin.is_blocked = !is_right && !n.pin.left;
    n.pin.wait_ms = is_right ? 0 : draw_lot(m, 400000);
    shift_hear(m->staff.shift, &n);
}

static void hear(struct monkey *m, enum shift_event kind)
{
    struct shift_news n = { .kind = kind, .said = said(m) };
    n.is_signed = draw_lot(m, 4) != 0;
    n.is_over = draw_lot(m, 3) == 0;
    n.files = draw_lot(m, 5);
    n.events = draw_lot(m, 1000);
    n.join.step = (enum join_step)draw_lot(m, JOIN_DONE + 1);
    snprintf(n.join.kiosk, sizeof(n.join.kiosk), "K0099");
    snprintf(n.join.code, sizeof(n.join.code), "1A2B-3C4D");
    n.errand.items = draw_lot(m, 50);
    n.errand.troubles = draw_lot(m, 3);
    n.errand.trouble = (enum saying)draw_lot(m, SAY_END);
    snprintf(n.errand.trouble_file, sizeof(n.errand.trouble_file), "catalogue.json");
    shift_hear(m->staff.shift, &n);
}

static void answer(struct monkey *m, enum shift_order_kind kind)
{
    struct shift_news n = facts(m);
    if (kind == ORDER_PIN)
        pin_said(m, draw_lot(m, 3) != 0);
    else if (kind == ORDER_FACTS)
        shift_hear(m->staff.shift, &n);
    else if (kind == ORDER_CARRY)
        hear(m, SHIFT_CARRIED);
    else if (kind == ORDER_CERTIFY)
        hear(m, SHIFT_CERTIFIED);
    else if (kind == ORDER_LOG)
        hear(m, SHIFT_LOGGED);
    else if (kind == ORDER_JOIN)
        hear(m, SHIFT_JOINED);
    else if (kind == ORDER_SETTINGS)
        hear(m, SHIFT_SETTINGS);
    else if (kind == ORDER_WIRED || kind == ORDER_TOUCH)
        hear(m, SHIFT_KEPT);
    else
        hear(m, SHIFT_ANSWERED);
    if (kind != ORDER_CARRY || !shift_view(m->staff.shift)->is_busy)
        m->staff.asked &= ~(1u << kind);
}

static void answer_order(struct monkey *m)
{
    unsigned asked = m->staff.asked;
    uint32_t from = draw_lot(m, ORDER_NOTE);
    for (uint32_t i = 0; i < ORDER_NOTE; i++)
        if (asked & 1u << (from + i) % ORDER_NOTE) {
            answer(m, (enum shift_order_kind)((from + i) % ORDER_NOTE));
            return;
        }
    if (asked & 1u << ASKED_PAPER) {
        m->staff.asked &= ~(1u << ASKED_PAPER);
        shift_handle(m->staff.shift, SHIFT_PRINTED, "", draw_lot(m, STEP_FAILED + 1));
    }
}

static void change_devices(struct monkey *m)
{
    struct shift_devices *d = &m->staff.devices;
    bool is_well = draw_lot(m, 2);
    d->reader = (enum ready_device)draw_lot(m, DEVICE_TROUBLE + 1);
    d->printer = (enum ready_device)draw_lot(m, DEVICE_TROUBLE + 1);
    d->printer_zh = is_well ? "" : "没有纸了，请换一卷纸。";
    d->printer_en = is_well ? "" : "There is no paper: put a roll in.";
    d->paper_left_mm = (int64_t)draw_lot(m, 80000) - 1;
}

void shift_happen(struct monkey *m)
{
    struct shift *s = m->staff.shift;
    bool is_away = !shift_wants_screen(s);
    switch (draw_lot(m, is_away ? 12 : 40)) {
    case 0:
        stick_in(m, said(m), (enum role)draw_lot(m, ROLE_END));
        break;
    case 1:
        shift_hear(s, &(struct shift_news){ .kind = SHIFT_GONE });
        break;
    case 2:
        change_devices(m);
        break;
    case 3:
        shift_handle(s, SHIFT_CARD, "", draw_lot(m, SHIFT_CARD_TROUBLE + 1));
        break;
    case 4:
        shift_handle(s, SHIFT_KEY, "", draw_lot(m, 10));
        break;
    case 5:
        shift_handle(s, SHIFT_SCAN, "", draw_lot(m, 100));
        break;
    case 7:
        if (shift_view(s)->page == SHIFT_CALIBRATE) {
            struct touch_point at = shift_cross_at(shift_view(s)->calibration.cross, 1080, 1920);
            shift_handle(s, SHIFT_FELT, "", shift_felt((int)at.x + (int)draw_lot(m, 9), (int)at.y));
        }
        break;
    case 6: /* late: nobody asked for it, or nobody waits any more */
        hear(m, (enum shift_event)(SHIFT_PIN_SAID + 1 + draw_lot(m, 5)));
        break;
    default:
        answer_order(m);
        break;
    }
}

static void open_page(struct monkey *m, enum shift_page page)
{
    struct shift *s = m->staff.shift;
    if (shift_page_parent(page) != SHIFT_MENU) {
        shift_handle(s, SHIFT_OPEN, shift_page_word(shift_page_parent(page)), 0);
        settle(m);
    }
    shift_handle(s, SHIFT_OPEN, shift_page_word(page), 0);
    settle(m);
}

void shift_walk_in(struct monkey *m)
{
    static const enum role roles[] = { ROLE_TECHNICIAN, ROLE_PAPER, ROLE_TECHNICIAN,
                                       ROLE_INSPECTOR };
    struct shift *s = m->staff.shift;
    stick_in(m, draw_lot(m, 8) ? SAY_WELL : SAY_CLOCK, roles[draw_lot(m, 4)]);
    shift_follow(m);
    for (const char *p = "480913"; *p; p++)
        shift_handle(s, SHIFT_DIGIT, (const char[]){ *p, 0 }, 0);
    settle(m);
    shift_handle(s, SHIFT_ENTER, "", 0);
    settle(m);
    pin_said(m, draw_lot(m, 6) != 0);
    if (draw_lot(m, 4))
        open_page(m,
                  (enum shift_page)(SHIFT_READINESS + draw_lot(m, SHIFT_PULLED - SHIFT_READINESS)));
}

void shift_touch(struct monkey *m, const struct event *e)
{
    bool is_theirs = e->kind == EV_STAFF;
    shift_handle(m->staff.shift, is_theirs ? (enum shift_event)e->number : SHIFT_TOUCHED,
                 is_theirs ? e->value : "", 0);
}

/* As firmware/loop/staff.c does it. */
void shift_follow(struct monkey *m)
{
    static const struct event begin = { .kind = EV_STAFF_BEGIN, .name = "", .value = "" },
                              end = { .kind = EV_STAFF_END, .name = "", .value = "" };
    struct shift *s = m->staff.shift;
    bool is_shown = session_view(m->visits.session)->screen == SCREEN_STAFF;
    shift_handle(s, SHIFT_TIME, "", 0);
    if (shift_wants_screen(s) != is_shown)
        session_handle(m->visits.session, is_shown ? &end : &begin);
    is_shown = session_view(m->visits.session)->screen == SCREEN_STAFF;
    shift_set_shown(s, is_shown);
    m->staff.pages[is_shown ? shift_view(s)->page : SHIFT_AWAY]++;
}

void shift_room_open(struct monkey *m)
{
    m->staff.devices = (struct shift_devices){ .reader = DEVICE_WELL,
                                               .printer = DEVICE_WELL,
                                               .screen = DEVICE_WELL,
                                               .sound = DEVICE_WELL,
                                               .keypad = DEVICE_WELL,
                                               .scanner = DEVICE_NOT_FITTED,
                                               .reader_zh = "",
                                               .reader_en = "",
                                               .printer_zh = "",
                                               .printer_en = "",
                                               .printer_name = "escpos-80",
                                               .paper_left_mm = 41250 };
    if (shift_new(&m->staff.shift, &m->visits.clock.base, &ports, m))
        exit(2);
}

void shift_room_close(struct monkey *m)
{
    shift_free(m->staff.shift);
}
