#include "firmware/service/shift.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/locked.h"
#include "firmware/service/shift_inside.h"

enum { SILENCE_MS = 180000, GATE_MS = 60000, PULLED_MS = 15000, LOOK_MS = 1000, ASK_MS = 2000 };

/* ---- small things --------------------------------------------------------------------- */

int64_t shift_now(const struct shift *s)
{
    return s->clock->boot_ms(s->clock);
}

void shift_order(struct shift *s, enum shift_order_kind kind, int64_t number)
{
    const struct shift_order order = { .kind = kind, .number = number };
    s->ports->order(s->context, &order);
}

void shift_note(struct shift *s, const char *action, const char *format, ...)
{
    struct shift_order order = { .kind = ORDER_NOTE };
    va_list args;
    va_start(args, format);
    vsnprintf(order.detail, sizeof(order.detail), format, args);
    va_end(args);
    snprintf(order.action, sizeof(order.action), "%s", action);
    s->ports->order(s->context, &order);
}

static bool is_same(const struct shift_devices *a, const struct shift_devices *b)
{
    return a->reader == b->reader && a->printer == b->printer && a->screen == b->screen &&
           a->sound == b->sound && a->keypad == b->keypad && a->scanner == b->scanner &&
           a->reader_zh == b->reader_zh && a->reader_en == b->reader_en &&
           a->printer_zh == b->printer_zh && a->printer_en == b->printer_en &&
           a->paper_left_mm == b->paper_left_mm && a->paper_used_mm == b->paper_used_mm &&
           a->has_exercises == b->has_exercises && a->has_fonts == b->has_fonts &&
           a->has_rare_fonts == b->has_rare_fonts && a->has_holidays == b->has_holidays &&
           a->needs_next_holidays == b->needs_next_holidays &&
           a->paper_total_mm == b->paper_total_mm && a->is_left_measured == b->is_left_measured &&
           !strcmp(a->security_module, b->security_module) &&
           !strcmp(a->printer_name, b->printer_name);
}

void shift_look(struct shift *s)
{
    struct shift_devices seen = { 0 };
    s->looked_ms = shift_now(s);
    s->ports->look(s->context, &seen);
    if (!is_same(&seen, &s->view.devices))
        s->view.revision++;
    s->view.devices = seen;
    if (s->view.page == SHIFT_READINESS && s->view.certificate == STEP_OFF)
        shift_judge(s);
}

bool shift_may(const struct shift *s, enum staff_action action)
{
    return s->view.may & (1u << action);
}

/* ---- the table -------------------------------------------------------------------------- */

#define IN(name) (UINT32_C(1) << SHIFT_##name)
#define GATE (IN(REFUSED) | IN(PIN) | IN(CHECKING))
#define TESTS \
    (IN(READER) | IN(PRINTER) | IN(KEYPAD) | IN(SCANNER) | IN(SOUND) | IN(TOUCH) | IN(CALIBRATE))
#define PAGES                                                                                \
    (IN(READINESS) | IN(PAPER) | IN(SETTLE) | IN(CARRY) | IN(HANDOVER) | IN(PRACTICE) |      \
     IN(DEVICES) | TESTS | IN(COUNTERS) | IN(FIGURES) | IN(QUEUE) | IN(NETWORK) | IN(JOIN) | \
     IN(WIRED) | IN(UPDATE) | IN(LOGS))
#define INSIDE (IN(MENU) | PAGES)

_Static_assert(SHIFT_PAGES <= 32, "a set of pages is one word");

static const struct {
    uint32_t in; /* set of pages */
    enum shift_event on;
    shift_act act;
} table[] = {
    /* a stick comes and goes */
    { IN(AWAY) | IN(REFUSED) | IN(PULLED), SHIFT_STICK, shift_stick_in },
    { ~IN(AWAY), SHIFT_GONE, shift_stick_out },
    { IN(REFUSED) | IN(PULLED), SHIFT_END, shift_dismiss },
    { IN(REFUSED) | IN(PULLED) | IN(PIN), SHIFT_TIME, shift_dismiss },

    /* whose is it? */
    { IN(PIN), SHIFT_DIGIT, shift_digit },
    { IN(PIN), SHIFT_ERASE, shift_erase },
    { IN(PIN), SHIFT_ENTER, shift_enter },
    { IN(PIN), SHIFT_END, shift_dismiss },
    { IN(CHECKING), SHIFT_PIN_SAID, shift_pin_said },

    /* going about */
    { IN(MENU) | IN(DEVICES) | IN(READINESS) | IN(NETWORK), SHIFT_OPEN, shift_open },
    { PAGES, SHIFT_BACK, shift_back },
    { INSIDE, SHIFT_END, shift_end },
    { INSIDE, SHIFT_TIME, shift_is_silent },
    { INSIDE, SHIFT_FACTS, shift_take_facts },
    { INSIDE, SHIFT_ANSWERED, shift_answered },
    { INSIDE, SHIFT_PRINTED, shift_printed },

    /* pages */
    { IN(READINESS), SHIFT_DO, shift_certify },
    { IN(READINESS), SHIFT_CERTIFIED, shift_certified },
    { IN(PAPER), SHIFT_DO, shift_load_roll },
    { IN(SETTLE), SHIFT_CAME_OUT, shift_settle },
    { IN(SETTLE), SHIFT_NOT_OUT, shift_settle },
    { IN(SETTLE), SHIFT_COPY, shift_copy },
    { IN(HANDOVER), SHIFT_LEAVE_NOTE, shift_leave_note },
    { IN(HANDOVER), SHIFT_NOTE_DONE, shift_note_done },
    { IN(PRACTICE), SHIFT_DO, shift_practise },
    { IN(FIGURES), SHIFT_DO, shift_print_figures },
    { IN(QUEUE), SHIFT_RELEASE, shift_release },
    { IN(NETWORK), SHIFT_DO, shift_try_now },
    { IN(JOIN), SHIFT_DO, shift_join },
    { IN(JOIN), SHIFT_JOINED, shift_joined },
    { IN(WIRED), SHIFT_SETTINGS, shift_wired_told },
    { IN(WIRED), SHIFT_MODE, shift_wired_mode },
    { IN(WIRED), SHIFT_FIELD, shift_wired_field },
    { IN(WIRED), SHIFT_DIGIT, shift_wired_digit },
    { IN(WIRED), SHIFT_ERASE, shift_wired_erase },
    { IN(WIRED), SHIFT_DO, shift_wired_set },
    { IN(WIRED), SHIFT_KEPT, shift_wired_kept },
    { IN(CARRY), SHIFT_DO, shift_carry },
    { IN(CARRY), SHIFT_CARRIED, shift_carried },
    { IN(UPDATE), SHIFT_DO, shift_bring_firmware },
    { IN(UPDATE), SHIFT_FIRMWARE_SEEN, shift_firmware_seen },
    { IN(UPDATE), SHIFT_FIRMWARE_COPIED, shift_firmware_copied },
    { IN(LOGS), SHIFT_DO, shift_log },
    { IN(LOGS), SHIFT_LOGGED, shift_logged },

    /* cleaning: nothing but its end, and the stick's */
    { IN(CLEAN), SHIFT_TIME, shift_cleaned },

    /* tests */
    { IN(READER), SHIFT_CARD, shift_test_card },
    { IN(PRINTER), SHIFT_DO, shift_test_print },
    { IN(KEYPAD), SHIFT_KEY, shift_test_key },
    { IN(SCANNER), SHIFT_SCAN, shift_test_scan },
    { IN(SOUND), SHIFT_DO, shift_test_sound },
    { IN(TOUCH), SHIFT_CELL, shift_test_touch },
    { IN(CALIBRATE), SHIFT_FELT, shift_calibrate_felt },
    { IN(CALIBRATE), SHIFT_DO, shift_calibrate_go_on },
    { IN(CALIBRATE), SHIFT_KEPT, shift_calibrate_kept },
    { IN(SOUND) | IN(PRINTER), SHIFT_CAME_OUT, shift_test_said },
    { IN(SOUND) | IN(PRINTER), SHIFT_NOT_OUT, shift_test_said },
};

static shift_act act_for(enum shift_page page, enum shift_event event)
{
    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (table[i].on == event && table[i].in & (UINT32_C(1) << page))
            return table[i].act;
    return NULL;
}

static void happen(struct shift *s, const struct shift_cause *c)
{
    shift_act act = act_for(s->view.page, c->event);
    if (c->event <= SHIFT_SCAN)
        s->touched_ms = shift_now(s); /* a hand at a device is a sign of life too */
    if (!act)
        return;
    s->view.revision++;
    enum shift_page to = act(s, c);
    if (to != s->view.page)
        s->touched_ms = shift_now(s);
    s->view.page = to;
}

/* ---- time ------------------------------------------------------------------------------- */

/* A page that shows how things stand looks again by itself. */
static bool is_live(const struct shift *s)
{
    return s->is_shown && (UINT32_C(1) << s->view.page) & INSIDE;
}

static int64_t limit_ms(const struct shift *s)
{
    switch (s->view.page) {
    case SHIFT_AWAY:
    case SHIFT_CHECKING:
        return INT64_MAX;
    case SHIFT_REFUSED:
    case SHIFT_PIN:
        /* A long wait is not sat out here: the kiosk is the residents'. */
        return s->touched_ms + GATE_MS + (s->view.wait_ms > GATE_MS ? 0 : s->view.wait_ms);
    case SHIFT_PULLED:
        return s->touched_ms + PULLED_MS;
    case SHIFT_CLEAN:
        return s->clean_until_ms;
    default:
        return s->view.is_busy ? INT64_MAX : s->touched_ms + SILENCE_MS;
    }
}

/* When another second is to be shown of what is counted down, or `due` before it. */
static int64_t next_second(int64_t due, int64_t until_ms, int64_t shown_ms)
{
    int64_t next = until_ms - (shown_ms - 1) / 1000 * 1000;
    return next < due ? next : due;
}

int64_t shift_deadline_ms(const struct shift *s)
{
    int64_t due = limit_ms(s);
    if (!s->is_shown)
        return INT64_MAX;
    if (is_live(s) && s->looked_ms + LOOK_MS < due)
        due = s->looked_ms + LOOK_MS;
    if (s->view.calibration.step == CALIBRATE_TRIAL)
        due = next_second(due, s->trial_until_ms, s->view.calibration.left_ms);
    if (s->view.page == SHIFT_CLEAN)
        due = next_second(due, s->clean_until_ms, s->view.clean_left_ms);
    if (s->view.wait_ms)
        due = next_second(due, s->wait_until_ms, s->view.wait_ms);
    return due;
}

void shift_count_down(struct shift *s, int64_t *left_ms, int64_t until_ms)
{
    int64_t left = until_ms - shift_now(s), shown = *left_ms;
    *left_ms = left > 0 ? left : 0;
    if ((shown + 999) / 1000 != (*left_ms + 999) / 1000)
        s->view.revision++;
}

static void count_down(struct shift *s)
{
    if (!s->view.wait_ms)
        return;
    shift_count_down(s, &s->view.wait_ms, s->wait_until_ms);
    if (!s->view.wait_ms) {
        s->view.why = SAY_WELL;
        s->touched_ms = shift_now(s);
    }
}

static void pass_time(struct shift *s)
{
    int64_t now = shift_now(s);
    if (!s->is_shown)
        return;
    count_down(s);
    shift_calibrate_tick(s);
    shift_clean_tick(s);
    if (is_live(s) && now >= s->looked_ms + LOOK_MS) {
        bool was_asked = now / ASK_MS != s->looked_ms / ASK_MS;
        shift_look(s);
        bool is_followed = s->view.page == SHIFT_NETWORK || s->view.page == SHIFT_UPDATE;
        if (is_followed && was_asked && !s->view.is_busy)
            shift_order(s, ORDER_FACTS, 0);
    }
    if (now >= limit_ms(s))
        happen(s, &(struct shift_cause){ .event = SHIFT_TIME, .value = "" });
}

/* ---- from outside ------------------------------------------------------------------------ */

void shift_handle(struct shift *s, enum shift_event event, const char *value, int64_t number)
{
    if (event == SHIFT_TIME)
        pass_time(s);
    else if (event < SHIFT_TIME)
        happen(s, &(struct shift_cause){ .event = event, .value = value, .number = number });
}

void shift_hear(struct shift *s, const struct shift_news *news)
{
    if (news->kind > SHIFT_TIME && news->kind < SHIFT_EVENTS)
        happen(s, &(struct shift_cause){ .event = news->kind, .value = "", .news = news });
}

bool shift_wants_screen(const struct shift *s)
{
    return s->view.page != SHIFT_AWAY;
}

void shift_set_shown(struct shift *s, bool is_shown)
{
    if (is_shown && !s->is_shown)
        s->touched_ms = shift_now(s);
    s->is_shown = is_shown;
}

const struct shift_view *shift_view(const struct shift *s)
{
    return &s->view;
}

int shift_new(struct shift **out, const struct clock *clock, const struct shift_ports *ports,
              void *context)
{
    struct shift *s = locked_new(sizeof(*s));
    if (!s)
        return -ENOMEM;
    s->clock = clock;
    s->ports = ports;
    s->context = context;
    *out = s;
    return 0;
}

void shift_free(struct shift *s)
{
    locked_free(s, sizeof(*s));
}
