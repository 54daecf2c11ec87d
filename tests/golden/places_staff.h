/* The way into every page of staff and its states. */
#pragma once

#include "tests/golden/visits.h"

void place_staff_refused(struct visits *v);
void place_staff_pulled(struct visits *v);
void place_staff_pin(struct visits *v);
void place_staff_pin_wrong(struct visits *v);
void place_staff_pin_blocked(struct visits *v);
void place_staff_checking(struct visits *v);
void place_staff_menu(struct visits *v);
void place_staff_menu_paper(struct visits *v);
void place_staff_menu_clock(struct visits *v);
void place_staff_readiness(struct visits *v);
void place_staff_readiness_signed(struct visits *v);
void place_staff_readiness_bad(struct visits *v);
void place_staff_paper(struct visits *v);
void place_staff_paper_new(struct visits *v);
void place_staff_settle(struct visits *v);
void place_staff_settle_none(struct visits *v);
void place_staff_settle_copy(struct visits *v);
void place_staff_carry(struct visits *v);
void place_staff_carry_going(struct visits *v);
void place_staff_carry_done(struct visits *v);
void place_staff_carry_trouble(struct visits *v);
void place_staff_devices(struct visits *v);
void place_staff_reader(struct visits *v);
void place_staff_reader_read(struct visits *v);
void place_staff_printer(struct visits *v);
void place_staff_keypad(struct visits *v);
void place_staff_scanner(struct visits *v);
void place_staff_sound(struct visits *v);
void place_staff_touch(struct visits *v);
void place_staff_calibrate(struct visits *v);
void place_staff_calibrate_check(struct visits *v);
void place_staff_calibrate_missed(struct visits *v);
void place_staff_calibrate_trial(struct visits *v);
void place_staff_calibrate_kept(struct visits *v);
void place_staff_calibrate_back(struct visits *v);
void place_staff_handover(struct visits *v);
void place_staff_figures(struct visits *v);
void place_staff_counters(struct visits *v);
void place_staff_queue(struct visits *v);
void place_staff_network(struct visits *v);
void place_staff_network_down(struct visits *v);
void place_staff_network_name(struct visits *v);
void place_staff_wired(struct visits *v);
void place_staff_wired_fixed(struct visits *v);
void place_staff_wired_wrong(struct visits *v);
void place_staff_wired_kept(struct visits *v);
void place_staff_update(struct visits *v);
void place_staff_update_back(struct visits *v);
void place_staff_update_refused(struct visits *v);
void place_staff_update_going(struct visits *v);
void place_staff_update_ready(struct visits *v);
void place_staff_logs(struct visits *v);
void place_staff_logs_done(struct visits *v);
