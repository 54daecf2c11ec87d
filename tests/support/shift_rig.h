/* A shift of staff with everything around it faked, and the way in. Included, not linked: each test program has its own rig, and uses
 * what it needs of it. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "firmware/service/shift.h"
#include "tests/support/check.h"

#define RIG __attribute__((unused)) static

/* ---- a shift with everything around it faked ---------------------------------------------- */

static struct rig {
    struct shift *shift;
    struct fake_clock clock;
    struct shift_devices devices;
    int orders[ORDER_NOTE + 1], prints, rolls, practices;
    char pin[PIN_TEXT], note[ORDER_WORD + ORDER_DETAIL];
    struct touch_map tried;
    bool is_tried, is_new;   /* is_new: the kiosk has joined no county */
    struct shift_order last; /* but for notes and facts */
    enum shift_paper paper;
} rig;

static void port_order(void *context, const struct shift_order *order)
{
    (void)context;
    rig.orders[order->kind]++;
    if (order->kind == ORDER_PIN)
        memcpy(rig.pin, order->pin, sizeof(rig.pin));
    if (order->kind == ORDER_NOTE)
        snprintf(rig.note, sizeof(rig.note), "%s %s", order->action, order->detail);
    if (order->kind != ORDER_NOTE && order->kind != ORDER_FACTS)
        rig.last = *order;
    rig.last.report = NULL;
    json_decref(order->report);
}

static void port_look(void *context, struct shift_devices *out)
{
    (void)context;
    *out = rig.devices;
}

static void port_print(void *context, enum shift_paper what, const char *receipt)
{
    (void)context;
    CHECK((what == SHIFT_PAPER_COPY) == (*receipt != 0));
    rig.prints++;
    rig.paper = what;
}

static void port_load_roll(void *context)
{
    (void)context;
    rig.rolls++;
}

static void port_practise(void *context)
{
    (void)context;
    rig.practices++;
}

static void port_speak(void *context)
{
    (void)context;
}

static void port_glass(void *context, struct shift_glass *out)
{
    (void)context;
    *out = (struct shift_glass){ 1080, 1920, "Goodix" };
}

static void port_calibrate(void *context, const struct touch_map *map)
{
    (void)context;
    rig.is_tried = map != NULL;
    rig.tried = map ? *map : touch_map_none;
}

static const struct shift_ports ports = { port_order,    port_look,  port_print, port_load_roll,
                                          port_practise, port_speak, port_glass, port_calibrate };

RIG const struct shift_view *view(void)
{
    return shift_view(rig.shift);
}

RIG void hear(struct shift_news news)
{
    shift_hear(rig.shift, &news);
}

RIG void press(enum shift_event event, const char *value)
{
    shift_handle(rig.shift, event, value, 0);
}

RIG void later(int64_t ms)
{
    fake_clock_advance(&rig.clock, ms);
    shift_handle(rig.shift, SHIFT_TIME, "", 0);
}

RIG void plug(enum saying said, enum role role)
{
    struct shift_news news = {
        .kind = SHIFT_STICK, .said = said, .has_joined = !rig.is_new, .token = { .role = role }
    };
    shift_free(rig.shift);
    rig = (struct rig){ .is_new = rig.is_new,
                        .clock = fake_clock_at(1000000, INT64_C(1795600000000)) };
    CHECK_EQ(shift_new(&rig.shift, &rig.clock.base, &ports, NULL), 0);
    snprintf(news.token.serial, sizeof(news.token.serial), "S-2026-0007");
    hear(news);
    shift_set_shown(rig.shift, true);
}

RIG void type(const char *pin)
{
    for (; *pin; pin++)
        press(SHIFT_DIGIT, (const char[]){ *pin, 0 });
}

RIG void come_in(enum role role)
{
    plug(SAY_WELL, role);
    type("480913");
    press(SHIFT_ENTER, "");
    CHECK_EQ(view()->page, SHIFT_CHECKING);
    struct shift_news news = { .kind = SHIFT_PIN_SAID, .said = SAY_WELL };
    news.pin.is_right = true;
    hear(news);
    struct shift_news facts = { .kind = SHIFT_FACTS };
    facts.facts.is_known = facts.facts.is_joined = facts.facts.is_link_up = true;
    facts.facts.counters.keys = 1;
    hear(facts);
    CHECK_EQ(view()->page, SHIFT_MENU);
}

/* From the menu. */
RIG void walk_to(enum shift_page page)
{
    enum shift_page parent = shift_page_parent(page);
    if (parent != SHIFT_MENU)
        press(SHIFT_OPEN, shift_page_word(parent));
    press(SHIFT_OPEN, shift_page_word(page));
}
