/* Staff pages, driven through a real shift whose devices and queue are made up. */
#include "tests/golden/places_staff_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what it asks for ------------------------------------------------------------------ */

static void port_order(void *context, const struct shift_order *order)
{
    (void)context;
    json_decref(order->report);
}

static void port_look(void *context, struct shift_devices *out)
{
    *out = ((struct visits *)context)->devices;
}

static void port_print(void *context, enum shift_paper what, const char *receipt)
{
    (void)context;
    (void)what;
    (void)receipt;
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

/* ---- what it hears ----------------------------------------------------------------------- */

void staff_press(struct visits *v, enum shift_event event, const char *value)
{
    shift_handle(v->shift, event, value, 0);
}

static void stick(struct visits *v, enum saying said, enum role role)
{
    struct shift_news news = {
        .kind = SHIFT_STICK, .said = said, .has_joined = !v->is_new_kiosk, .token = { .role = role }
    };
    snprintf(news.token.serial, sizeof(news.token.serial), "S-2026-0007");
    v->devices = (struct shift_devices){ .reader = DEVICE_WELL,
                                         .printer = DEVICE_WELL,
                                         .screen = DEVICE_WELL,
                                         .sound = DEVICE_WELL,
                                         .keypad = DEVICE_WELL,
                                         .scanner = DEVICE_NOT_FITTED,
                                         .reader_zh = "",
                                         .reader_en = "",
                                         .printer_zh = "",
                                         .printer_en = "",
                                         .security_module = "0508-20240101-0000012345-67890123",
                                         .printer_name = "escpos-80",
                                         .paper_left_mm = 41250,
                                         .paper_used_mm = 38750,
                                         .has_fonts = true,
                                         .has_rare_fonts = true,
                                         .has_exercises = true,
                                         .has_holidays = true,
                                         .paper_total_mm = 118900 };
    if (shift_new(&v->shift, &v->clock.base, &ports, v))
        exit(2);
    shift_hear(v->shift, &news);
    visits_event(v, EV_STAFF_BEGIN, "", "");
    shift_set_shown(v->shift, true);
}

static void pin_said(struct visits *v, enum saying said, int left, int64_t wait_ms)
{
    struct shift_news news = { .kind = SHIFT_PIN_SAID, .said = said };
    news.pin.is_right = said == SAY_WELL;
    news.pin.is_blocked = said == SAY_BLOCKED;
    news.pin.left = left;
    news.pin.wait_ms = wait_ms;
    for (const char *p = "480913"; *p; p++)
        staff_press(v, SHIFT_DIGIT, (const char[]){ *p, 0 });
    staff_press(v, SHIFT_ENTER, "");
    shift_hear(v->shift, &news);
}

struct shift_news staff_facts_of(const struct visits *v)
{
    struct shift_news news = { .kind = SHIFT_FACTS,
                               .facts = { .is_known = true,
                                          .is_joined = true,
                                          .is_link_up = true,
                                          .link = "up",
                                          .clock_quality = CLOCK_NTP,
                                          .way = { .cable = "in",
                                                   .address = "10.33.7.20",
                                                   .county = "kiosk.county.example",
                                                   .tries = 41,
                                                   .is_joined = true,
                                                   .clock_quality = CLOCK_NTP },
                                          .counters = { .queued = 3,
                                                        .accepted = 1284,
                                                        .last_seq = 1289,
                                                        .oldest_s = 5400,
                                                        .last_contact_ms = v->clock.wall - 60000,
                                                        .keys = 4,
                                                        .key_days = 61,
                                                        .certificate_days = 88,
                                                        .disk_free_percent = 74,
                                                        .catalogue = 17,
                                                        .config = 6,
                                                        .is_accepting = true } } };
    return news;
}

static void inside(struct visits *v, enum role role)
{
    stick(v, SAY_WELL, role);
    pin_said(v, SAY_WELL, 10, 0);
    struct shift_news news = staff_facts_of(v);
    shift_hear(v->shift, &news);
}

void staff_open(struct visits *v, const char *word)
{
    enum shift_page before = shift_view(v->shift)->page;
    staff_press(v, SHIFT_OPEN, word);
    v->is_lost |= strcmp(word, "menu") != 0 && shift_view(v->shift)->page == before;
}

void staff_page(struct visits *v, const char *word)
{
    inside(v, ROLE_TECHNICIAN);
    staff_open(v, word);
}

static void test_page(struct visits *v, const char *word)
{
    staff_page(v, "devices");
    staff_open(v, word);
}

/* ---- the gate ------------------------------------------------------------------------------ */

void place_staff_refused(struct visits *v)
{
    stick(v, SAY_EXPIRED, ROLE_NONE);
}

void place_staff_pin(struct visits *v)
{
    stick(v, SAY_WELL, ROLE_PAPER);
    staff_press(v, SHIFT_DIGIT, "4");
    staff_press(v, SHIFT_DIGIT, "8");
}

void place_staff_pin_wrong(struct visits *v)
{
    stick(v, SAY_WELL, ROLE_PAPER);
    pin_said(v, SAY_PIN_WRONG, 6, 300000);
}

void place_staff_pin_blocked(struct visits *v)
{
    stick(v, SAY_WELL, ROLE_PAPER);
    pin_said(v, SAY_BLOCKED, 0, 0);
}

void place_staff_checking(struct visits *v)
{
    stick(v, SAY_WELL, ROLE_PAPER);
    for (int i = 0; i < 6; i++)
        staff_press(v, SHIFT_DIGIT, "5");
    staff_press(v, SHIFT_ENTER, "");
}

void place_staff_menu(struct visits *v)
{
    inside(v, ROLE_TECHNICIAN);
}

void place_staff_menu_paper(struct visits *v)
{
    inside(v, ROLE_PAPER);
}

void place_staff_menu_clock(struct visits *v)
{
    stick(v, SAY_CLOCK, ROLE_TECHNICIAN);
    pin_said(v, SAY_WELL, 10, 0);
}

void place_staff_menu_list(struct visits *v)
{
    stick(v, SAY_LIST, ROLE_TECHNICIAN);
    pin_said(v, SAY_WELL, 10, 0);
}

void place_staff_pulled(struct visits *v)
{
    place_staff_carry_going(v);
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_GONE });
}

/* ---- how it stands --------------------------------------------------------------------------- */

void place_staff_readiness(struct visits *v)
{
    staff_page(v, "readiness");
}

/* Whoever looks in the morning tries each device. */
static void try_devices(struct visits *v)
{
    inside(v, ROLE_TECHNICIAN);
    staff_open(v, "devices");
    staff_open(v, "reader");
    shift_handle(v->shift, SHIFT_CARD, "", SHIFT_CARD_READ);
    staff_press(v, SHIFT_BACK, "");
    staff_open(v, "printer");
    staff_press(v, SHIFT_DO, "");
    shift_handle(v->shift, SHIFT_PRINTED, "", STEP_WELL);
    staff_press(v, SHIFT_BACK, "");
    staff_open(v, "keypad");
    for (int i = 0; i < 10; i++)
        shift_handle(v->shift, SHIFT_KEY, "", i);
    staff_press(v, SHIFT_BACK, "");
    staff_open(v, "sound");
    staff_press(v, SHIFT_DO, "");
    staff_press(v, SHIFT_CAME_OUT, "");
    staff_press(v, SHIFT_BACK, "");
    staff_open(v, "touch");
    for (int i = 0; i < SHIFT_CELLS; i++) {
        char cell[12];
        snprintf(cell, sizeof(cell), "%d", i);
        staff_press(v, SHIFT_CELL, cell);
    }
    staff_press(v, SHIFT_BACK, "");
    staff_press(v, SHIFT_BACK, "");
}

void place_staff_readiness_signed(struct visits *v)
{
    try_devices(v);
    staff_open(v, "readiness");
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_CERTIFIED, .is_signed = true });
    shift_handle(v->shift, SHIFT_PRINTED, "", STEP_WELL);
}

void place_staff_readiness_bad(struct visits *v)
{
    staff_page(v, "readiness");
    v->devices.printer = DEVICE_TROUBLE;
    v->devices.paper_left_mm = 0;
    v->devices.reader = DEVICE_ABSENT;
    struct shift_news news = staff_facts_of(v);
    news.facts.is_link_up = false;
    news.facts.counters.keys = 0;
    news.facts.counters.held = 2;
    fake_clock_advance(&v->clock, 1100);
    staff_press(v, SHIFT_TIME, "");
    shift_hear(v->shift, &news);
}

void place_staff_handover(struct visits *v)
{
    struct shift_news news = staff_facts_of(v);
    news.facts.handover_count = 1;
    news.facts.handovers[0] = (struct handover){
        .n = 4, .at_ms = v->clock.wall - 3600000, .what = "paper-low", .serial = "S-2026-0007"
    };
    inside(v, ROLE_PAPER);
    staff_open(v, "handover");
    shift_hear(v->shift, &news);
}

void place_staff_practice(struct visits *v)
{
    inside(v, ROLE_PAPER);
    staff_open(v, "practice");
}

void place_staff_figures(struct visits *v)
{
    struct shift_news news = staff_facts_of(v);
    news.facts.figures = (struct point_figures){ .is_known = true,
                                                 .month = "202611",
                                                 .done = 312,
                                                 .helped = 64,
                                                 .by_agent = 21,
                                                 .again = 9,
                                                 .zero = 271,
                                                 .papers = 644,
                                                 .forms = 38,
                                                 .days = 1460,
                                                 .left = 17,
                                                 .faults = 2 };
    inside(v, ROLE_PAPER);
    staff_open(v, "figures");
    shift_hear(v->shift, &news);
}

void place_staff_counters(struct visits *v)
{
    staff_page(v, "counters");
}

/* ---- settling ------------------------------------------------------------------------------------ */

void place_staff_paper(struct visits *v)
{
    staff_page(v, "paper");
    v->devices.printer_zh = "没有纸了，请换一卷纸。";
    v->devices.printer_en = "There is no paper: put a roll in.";
    v->devices.paper_left_mm = 0;
    fake_clock_advance(&v->clock, 1100);
    staff_press(v, SHIFT_TIME, "");
}

void place_staff_clean(struct visits *v)
{
    staff_page(v, "clean");
    fake_clock_advance(&v->clock, 13000);
    staff_press(v, SHIFT_TIME, "");
}

void place_staff_paper_new(struct visits *v)
{
    staff_page(v, "paper");
    staff_press(v, SHIFT_DO, "");
}

static void settle_page(struct visits *v)
{
    staff_page(v, "settle");
    struct shift_news news = staff_facts_of(v);
    news.facts.slip_count = 2;
    for (int i = 0; i < 2; i++) {
        news.facts.slips[i] =
            (struct staff_slip){ .attempt = 41 + i, .at_ms = v->clock.wall - 3600000 * (i + 1) };
        snprintf(news.facts.slips[i].receipt, RECEIPT_TEXT, "K0012-00004%d-7", i + 1);
    }
    shift_hear(v->shift, &news);
}

void place_staff_settle(struct visits *v)
{
    settle_page(v);
}

void place_staff_settle_none(struct visits *v)
{
    staff_page(v, "settle");
}

void place_staff_settle_copy(struct visits *v)
{
    settle_page(v);
    staff_press(v, SHIFT_NOT_OUT, "41");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_ANSWERED });
}

void place_staff_queue(struct visits *v)
{
    static const char *const problems[] = { "refused alone with status 422",
                                            "conflict: other content" };
    staff_page(v, "queue");
    struct shift_news news = staff_facts_of(v);
    news.facts.parked_count = 2;
    for (int i = 0; i < 2; i++) {
        struct staff_parked *p = &news.facts.parked[i];
        *p = (struct staff_parked){ .seq = 51 + i, .is_dead = i == 1 };
        snprintf(p->receipt, RECEIPT_TEXT, "K0012-00005%d-7", i + 1);
        staff_parked_judge(p, problems[i]);
    }
    shift_hear(v->shift, &news);
}

/* ---- with the stick -------------------------------------------------------------------------------- */

static void carried(struct visits *v, enum saying said, bool is_over, unsigned troubles)
{
    struct shift_news news = { .kind = SHIFT_CARRIED,
                               .said = said,
                               .is_over = is_over,
                               .errand = { .documents = 1,
                                           .brought = { { true, SAY_SAME, 4 },
                                                        { true, SAY_WELL, 7 },
                                                        { troubles > 0, SAY_OLDER, 17 } },
                                           .answers = 1,
                                           .settled = 12,
                                           .items = 37,
                                           .troubles = troubles,
                                           .trouble = SAY_OLDER,
                                           .trouble_file = "catalogue.json" } };
    shift_hear(v->shift, &news);
}

void place_staff_carry(struct visits *v)
{
    staff_page(v, "carry");
}

void place_staff_carry_going(struct visits *v)
{
    staff_page(v, "carry");
    staff_press(v, SHIFT_DO, "");
    carried(v, SAY_WELL, false, 0);
}

void place_staff_carry_done(struct visits *v)
{
    place_staff_carry_going(v);
    carried(v, SAY_WELL, true, 0);
}

void place_staff_carry_trouble(struct visits *v)
{
    place_staff_carry_going(v);
    carried(v, SAY_FULL, true, 1);
}

void place_staff_logs(struct visits *v)
{
    staff_page(v, "logs");
}

void place_staff_logs_done(struct visits *v)
{
    staff_page(v, "logs");
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_LOGGED, .files = 2, .events = 731 });
}

/* ---- tests --------------------------------------------------------------------------------------------- */

void place_staff_devices(struct visits *v)
{
    staff_page(v, "devices");
}

void place_staff_reader(struct visits *v)
{
    test_page(v, "reader");
}

void place_staff_reader_read(struct visits *v)
{
    test_page(v, "reader");
    shift_handle(v->shift, SHIFT_CARD, "", SHIFT_CARD_READ);
}

void place_staff_printer(struct visits *v)
{
    test_page(v, "printer");
    staff_press(v, SHIFT_DO, "");
    shift_handle(v->shift, SHIFT_PRINTED, "", STEP_UNSURE);
}

void place_staff_keypad(struct visits *v)
{
    test_page(v, "keypad");
    shift_handle(v->shift, SHIFT_KEY, "", 0);
    shift_handle(v->shift, SHIFT_KEY, "", 4);
}

void place_staff_scanner(struct visits *v)
{
    test_page(v, "scanner");
    shift_handle(v->shift, SHIFT_SCAN, "", 14);
}

void place_staff_sound(struct visits *v)
{
    test_page(v, "sound");
    staff_press(v, SHIFT_DO, "");
}

void place_staff_touch(struct visits *v)
{
    test_page(v, "touch");
    staff_press(v, SHIFT_CELL, "0");
    staff_press(v, SHIFT_CELL, "7");
}
