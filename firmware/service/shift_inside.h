/* What the files of a shift share. */
#pragma once

#include "firmware/service/shift.h"

struct shift {
    const struct clock *clock;
    const struct shift_ports *ports;
    void *context;
    bool is_shown;
    int64_t touched_ms, looked_ms, wait_until_ms;
    char pin[PIN_TEXT];
    struct touch_pair felt[CROSSES];
    struct touch_map map; /* on trial */
    int64_t trial_until_ms, felt_ms, clean_until_ms;
    struct shift_view view;
};

/* One happening: a finger's, a device's, or news. */
struct shift_cause {
    enum shift_event event;
    const char *value;
    int64_t number;
    const struct shift_news *news; /* NULL unless it is one of those */
};

/* What a transition does; returns the page to go to. */
typedef enum shift_page (*shift_act)(struct shift *s, const struct shift_cause *c);

int64_t shift_now(const struct shift *s);
void shift_order(struct shift *s, enum shift_order_kind kind, int64_t number);
/* Into the audit log: words and figures. */
void shift_note(struct shift *s, const char *action, const char *format, ...) PRINTF_LIKE(3, 4);
void shift_look(struct shift *s);
/* What is left until then, as the page shows it; another second is another picture. */
void shift_count_down(struct shift *s, int64_t *left_ms, int64_t until_ms);
bool shift_may(const struct shift *s, enum staff_action action);

/* ---- shift_gate.c: until the menu, and out again --------------------------------------- */
enum shift_page shift_stick_in(struct shift *s, const struct shift_cause *c);
enum shift_page shift_stick_out(struct shift *s, const struct shift_cause *c);
enum shift_page shift_digit(struct shift *s, const struct shift_cause *c);
enum shift_page shift_erase(struct shift *s, const struct shift_cause *c);
enum shift_page shift_enter(struct shift *s, const struct shift_cause *c);
enum shift_page shift_pin_said(struct shift *s, const struct shift_cause *c);
enum shift_page shift_end(struct shift *s, const struct shift_cause *c);
/* Staff become trainees: the shift is over. */
enum shift_page shift_practise(struct shift *s, const struct shift_cause *c);
enum shift_page shift_dismiss(struct shift *s, const struct shift_cause *c);
enum shift_page shift_is_silent(struct shift *s, const struct shift_cause *c);
enum shift_page shift_open(struct shift *s, const struct shift_cause *c);
enum shift_page shift_back(struct shift *s, const struct shift_cause *c);

/* ---- shift_work.c: what is done on the pages ------------------------------------------- */
enum shift_page shift_take_facts(struct shift *s, const struct shift_cause *c);
enum shift_page shift_certify(struct shift *s, const struct shift_cause *c);
enum shift_page shift_certified(struct shift *s, const struct shift_cause *c);
enum shift_page shift_load_roll(struct shift *s, const struct shift_cause *c);
enum shift_page shift_settle(struct shift *s, const struct shift_cause *c);
enum shift_page shift_copy(struct shift *s, const struct shift_cause *c);
enum shift_page shift_print_figures(struct shift *s, const struct shift_cause *c);
enum shift_page shift_release(struct shift *s, const struct shift_cause *c);
enum shift_page shift_answered(struct shift *s, const struct shift_cause *c);
enum shift_page shift_carry(struct shift *s, const struct shift_cause *c);
enum shift_page shift_carried(struct shift *s, const struct shift_cause *c);
enum shift_page shift_log(struct shift *s, const struct shift_cause *c);
enum shift_page shift_logged(struct shift *s, const struct shift_cause *c);
/* What stands on the readiness page, judged anew. */
void shift_judge(struct shift *s);

/* ---- shift_update.c: firmware from the stick ------------------------------------------- */
/* The page is opened: what is on the stick is looked at. */
void shift_look_for_firmware(struct shift *s);
enum shift_page shift_firmware_seen(struct shift *s, const struct shift_cause *c);
enum shift_page shift_bring_firmware(struct shift *s, const struct shift_cause *c);
enum shift_page shift_firmware_copied(struct shift *s, const struct shift_cause *c);
/* ---- shift_network.c: the way to the county ------------------------------------------------ */
enum shift_page shift_try_now(struct shift *s, const struct shift_cause *c);
/* The facts are new: the way is judged anew, and a test that was asked for may be over. */
void shift_judge_way(struct shift *s);
enum shift_page shift_join(struct shift *s, const struct shift_cause *c);
enum shift_page shift_joined(struct shift *s, const struct shift_cause *c);
/* The page of the cable is opened: how it stands is asked. */
void shift_ask_wired(struct shift *s);
enum shift_page shift_wired_told(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_mode(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_field(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_digit(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_erase(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_set(struct shift *s, const struct shift_cause *c);
enum shift_page shift_wired_kept(struct shift *s, const struct shift_cause *c);

/* ---- shift_handover.c: notes to the next shift ------------------------------------------ */
enum shift_page shift_leave_note(struct shift *s, const struct shift_cause *c);
enum shift_page shift_note_done(struct shift *s, const struct shift_cause *c);

/* ---- shift_calibrate.c: the glass ------------------------------------------------------- */
enum shift_page shift_calibrate_felt(struct shift *s, const struct shift_cause *c);
enum shift_page shift_calibrate_go_on(struct shift *s, const struct shift_cause *c);
enum shift_page shift_calibrate_kept(struct shift *s, const struct shift_cause *c);
/* A trial that nobody confirmed is over; seconds are counted down. */
void shift_calibrate_tick(struct shift *s);
/* The page is left, by whatever way: what was on trial is forgotten. */
void shift_calibrate_leave(struct shift *s);

/* ---- shift_clean.c ---------------------------------------------------------------------- */
void shift_begin_cleaning(struct shift *s);
/* Seconds are counted down. */
void shift_clean_tick(struct shift *s);
enum shift_page shift_cleaned(struct shift *s, const struct shift_cause *c);

/* ---- shift_test.c: devices ------------------------------------------------------------- */
enum shift_page shift_test_card(struct shift *s, const struct shift_cause *c);
/* Whoever stands there says whether it could be heard, or is clean. */
enum shift_page shift_test_said(struct shift *s, const struct shift_cause *c);
enum shift_page shift_test_key(struct shift *s, const struct shift_cause *c);
enum shift_page shift_test_scan(struct shift *s, const struct shift_cause *c);
enum shift_page shift_test_touch(struct shift *s, const struct shift_cause *c);
enum shift_page shift_test_print(struct shift *s, const struct shift_cause *c);
enum shift_page shift_test_sound(struct shift *s, const struct shift_cause *c);
enum shift_page shift_printed(struct shift *s, const struct shift_cause *c);
