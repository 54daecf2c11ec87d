/* What a transition does: one function each, returning the screen to go to, or stay(). Inside
 * firmware/session only. */
#pragma once

#include "firmware/session/internal.h"

enum { STAY = SCREEN_COUNT };

typedef enum screen (*act)(struct session *s, const struct event *e);

static inline enum screen stay(void)
{
    return (enum screen)STAY;
}

/* What several files of acts share. */
enum screen form_open(struct session *s);
void typed_erase(struct session *s);
void find_type(struct session *s, const char *text);
bool outcome_can_print_again(const struct session *s);
/* Print what belongs to the screen: ticket, booking or receipt. */
void outcome_print(struct session *s);
/* Where a matter begins that has been opened: asking, its certificates, or the form. */
enum screen fetch_begin(struct session *s);
/* Was anything found that the resident can speak to? The last of it. */
bool fetch_has_page(const struct session *s);
enum screen fetch_last(struct session *s);
/* Large letters were chosen, or not any more. */
void fetch_show_again(struct session *s);
/* On from what is shown of the form, unless a condition fails: the next question, the papers, the review. */
enum screen form_go_on(struct session *s);
/* The first question of the open draft. */
enum screen form_first(struct session *s);
bool cancel_reserved(struct session *s, const struct reservation *r);
bool cancel_stored(struct session *s, const char *token, bool is_stored);
/* False: the matter is beyond what the agent may bring; go to `instead`. */
bool agency_may_start(struct session *s, enum screen *instead);
/* False: the day of the consent is over, and it must be given anew. */
bool agency_still_holds(struct session *s);

enum screen act_end_visit(struct session *s, const struct event *e);
/* act_enrol.c. The screen on which nobody is here. */
enum screen session_idle(const struct session *s);
enum screen act_enrol_follow(struct session *s, const struct event *e);
enum screen act_enrol_type(struct session *s, const struct event *e);
enum screen act_enrol_send(struct session *s, const struct event *e);
enum screen act_enrol_silence(struct session *s, const struct event *e);
enum screen act_enrolled(struct session *s, const struct event *e);
enum screen act_staff_begin(struct session *s, const struct event *e); /* act_staff.c */
enum screen act_begin_guest(struct session *s, const struct event *e);
enum screen act_begin_progress(struct session *s, const struct event *e);
enum screen act_set_language(struct session *s, const struct event *e);
enum screen act_set_elder(struct session *s, const struct event *e);
enum screen act_set_contrast(struct session *s, const struct event *e);
enum screen act_set_lowered(struct session *s, const struct event *e);
enum screen act_set_speech(struct session *s, const struct event *e);
enum screen act_set_still(struct session *s, const struct event *e);
enum screen act_set_volume(struct session *s, const struct event *e);
enum screen act_keep_awake(struct session *s, const struct event *e);
enum screen act_card_coming(struct session *s, const struct event *e);
enum screen act_card_trouble(struct session *s, const struct event *e);
enum screen act_card_begins(struct session *s, const struct event *e);
enum screen act_card_again(struct session *s, const struct event *e);
enum screen act_card_gone(struct session *s, const struct event *e);
enum screen act_card_taken(struct session *s, const struct event *e);
enum screen act_go_on(struct session *s, const struct event *e);
enum screen act_go_home(struct session *s, const struct event *e);
enum screen act_open_own(struct session *s, const struct event *e);
enum screen act_open_theme(struct session *s, const struct event *e);
enum screen act_open_search(struct session *s, const struct event *e);
enum screen act_clear_search(struct session *s, const struct event *e);
enum screen act_type_search(struct session *s, const struct event *e);
enum screen act_erase_search(struct session *s, const struct event *e);
enum screen act_open_service(struct session *s, const struct event *e);
enum screen act_say_fact(struct session *s, const struct event *e);
enum screen act_take_route(struct session *s, const struct event *e);
enum screen act_take_bundle(struct session *s, const struct event *e);
enum screen act_insist(struct session *s, const struct event *e);
enum screen act_leave_condition(struct session *s, const struct event *e);
enum screen act_take_hint(struct session *s, const struct event *e);
enum screen act_hide_hint(struct session *s, const struct event *e);
enum screen act_print_leaflet(struct session *s, const struct event *e);
enum screen act_leaflet_good(struct session *s, const struct event *e);
enum screen act_leaflet_bad(struct session *s, const struct event *e);
enum screen act_leave_guide(struct session *s, const struct event *e);
enum screen act_open_point(struct session *s, const struct event *e);
enum screen act_open_figures(struct session *s, const struct event *e);
enum screen act_open_places(struct session *s, const struct event *e);
enum screen act_leave_places(struct session *s, const struct event *e);
enum screen act_open_ticket(struct session *s, const struct event *e);
enum screen act_ticket_choose(struct session *s, const struct event *e);
enum screen act_ticket_again(struct session *s, const struct event *e);
enum screen act_leave_ticket(struct session *s, const struct event *e);
enum screen act_calendar_choose(struct session *s, const struct event *e);
enum screen act_calendar_wish(struct session *s, const struct event *e);
enum screen act_open_cancel(struct session *s, const struct event *e);
enum screen act_cancel_type(struct session *s, const struct event *e);
enum screen act_cancel_erase(struct session *s, const struct event *e);
enum screen act_cancel_send(struct session *s, const struct event *e);
enum screen act_open_withdraw(struct session *s, const struct event *e);
enum screen act_withdraw_card(struct session *s, const struct event *e);
enum screen act_withdraw_trouble(struct session *s, const struct event *e);
enum screen act_withdraw_card_gone(struct session *s, const struct event *e);
enum screen act_withdraw_send(struct session *s, const struct event *e);
enum screen act_leave_withdraw(struct session *s, const struct event *e);
enum screen act_withdraw_slip(struct session *s, const struct event *e);
enum screen act_start_form(struct session *s, const struct event *e);
enum screen act_fetch_later(struct session *s, const struct event *e);
enum screen act_fetch_cancel(struct session *s, const struct event *e);
enum screen act_county_reply(struct session *s, const struct event *e);
enum screen act_say_certificate(struct session *s, const struct event *e);
enum screen act_next_certificate(struct session *s, const struct event *e);
enum screen act_last_certificate(struct session *s, const struct event *e);
enum screen act_next_page(struct session *s, const struct event *e);
enum screen act_last_page(struct session *s, const struct event *e);
enum screen act_focus_field(struct session *s, const struct event *e);
enum screen act_type_field(struct session *s, const struct event *e);
enum screen act_erase_field(struct session *s, const struct event *e);
enum screen act_clear_field(struct session *s, const struct event *e);
enum screen act_pick_date(struct session *s, const struct event *e);
enum screen act_choose(struct session *s, const struct event *e);
enum screen act_use_way(struct session *s, const struct event *e);
enum screen act_letter(struct session *s, const struct event *e);
enum screen act_candidates(struct session *s, const struct event *e);
enum screen act_pick(struct session *s, const struct event *e);
enum screen act_draw(struct session *s, const struct event *e);
enum screen act_edit_page(struct session *s, const struct event *e);
enum screen act_back_to_form(struct session *s, const struct event *e);
enum screen act_reveal(struct session *s, const struct event *e);
enum screen act_affirm(struct session *s, const struct event *e);
enum screen act_consent(struct session *s, const struct event *e);
enum screen act_open_papers(struct session *s, const struct event *e);
enum screen act_answer_paper(struct session *s, const struct event *e);
enum screen act_open_waive(struct session *s, const struct event *e); /* act_waive.c */
enum screen act_waive_pass(struct session *s, const struct event *e);
enum screen act_waive_type(struct session *s, const struct event *e);
enum screen act_pin_said(struct session *s, const struct event *e);
enum screen act_waive_choose(struct session *s, const struct event *e);
enum screen act_waive_words(struct session *s, const struct event *e);
enum screen act_waive_text(struct session *s, const struct event *e);
enum screen act_waive_text_done(struct session *s, const struct event *e);
enum screen act_waive_next(struct session *s, const struct event *e);
enum screen act_leave_waive(struct session *s, const struct event *e);
enum screen act_next_paper(struct session *s, const struct event *e);
enum screen act_last_paper(struct session *s, const struct event *e);
enum screen act_back_to_papers(struct session *s, const struct event *e);
enum screen act_hand_in(struct session *s, const struct event *e);
enum screen act_notice_state(struct session *s, const struct event *e);
enum screen act_notice_good(struct session *s, const struct event *e);
enum screen act_notice_bad(struct session *s, const struct event *e);
enum screen act_confirm(struct session *s, const struct event *e);
enum screen act_cases_changed(struct session *s, const struct event *e);
enum screen act_instant_answer(struct session *s, const struct event *e);
enum screen act_try_again(struct session *s, const struct event *e);
enum screen act_reserved(struct session *s, const struct event *e);
enum screen act_submitted(struct session *s, const struct event *e);
enum screen act_not_submitted(struct session *s, const struct event *e);
enum screen act_print_state(struct session *s, const struct event *e);
enum screen act_open_rating(struct session *s, const struct event *e);
enum screen act_rate(struct session *s, const struct event *e);
enum screen act_rate_tag(struct session *s, const struct event *e);
enum screen act_send_rating(struct session *s, const struct event *e);
enum screen act_slip_good(struct session *s, const struct event *e);
enum screen act_slip_bad(struct session *s, const struct event *e);
enum screen act_type_number(struct session *s, const struct event *e);
enum screen act_erase_number(struct session *s, const struct event *e);
enum screen act_clear_number(struct session *s, const struct event *e);
enum screen act_scanned(struct session *s, const struct event *e);
enum screen act_ask_case(struct session *s, const struct event *e);
enum screen act_print_case(struct session *s, const struct event *e);
enum screen act_case_answer(struct session *s, const struct event *e);
enum screen act_ring(struct session *s, const struct event *e);
enum screen act_open_help(struct session *s, const struct event *e);
enum screen act_open_unsettled(struct session *s, const struct event *e);
enum screen act_open_agent(struct session *s, const struct event *e);
enum screen act_agent_card(struct session *s, const struct event *e);
enum screen act_agent_unread(struct session *s, const struct event *e);
enum screen act_agent_back(struct session *s, const struct event *e);
enum screen act_agent_lifted(struct session *s, const struct event *e);
enum screen act_resident_card(struct session *s, const struct event *e);
enum screen act_affirm_agency(struct session *s, const struct event *e);
enum screen act_agree(struct session *s, const struct event *e);
enum screen act_refuse(struct session *s, const struct event *e);
enum screen act_agent_notes(struct session *s, const struct event *e);
enum screen act_agent_notice(struct session *s, const struct event *e);
enum screen act_matters(struct session *s, const struct event *e);
enum screen act_elsewhere(struct session *s, const struct event *e);
enum screen act_open_matter(struct session *s, const struct event *e);
enum screen act_type_other(struct session *s, const struct event *e);
enum screen act_leave_progress(struct session *s, const struct event *e);
enum screen act_to_phone(struct session *s, const struct event *e);
enum screen act_to_phone_again(struct session *s, const struct event *e);
enum screen act_leave_to_phone(struct session *s, const struct event *e);
enum screen act_print_handoff(struct session *s, const struct event *e);
enum screen act_handoff_slip_good(struct session *s, const struct event *e);
enum screen act_open_from_phone(struct session *s, const struct event *e);
enum screen act_handoff_scanned(struct session *s, const struct event *e);
enum screen act_handoff_type(struct session *s, const struct event *e);
enum screen act_handoff_fetch(struct session *s, const struct event *e);
enum screen act_handoff_card(struct session *s, const struct event *e);
enum screen act_parcel(struct session *s, const struct event *e);
/* The visit of an exercise ends: wiped and scored. */
enum screen course_leave_visit(struct session *s);
enum screen act_course_open(struct session *s, const struct event *e);
enum screen act_course_begin(struct session *s, const struct event *e);
enum screen act_course_again(struct session *s, const struct event *e);
enum screen act_course_list(struct session *s, const struct event *e);
enum screen act_course_print(struct session *s, const struct event *e);
enum screen act_course_slip(struct session *s, const struct event *e);
enum screen act_helper_takes(struct session *s, const struct event *e);
enum screen act_help_mode(struct session *s, const struct event *e);
enum screen act_help_service(struct session *s, const struct event *e);
enum screen act_helper_returns(struct session *s, const struct event *e);
enum screen act_leave_helper(struct session *s, const struct event *e);
enum screen act_open_mismatch(struct session *s, const struct event *e);
enum screen act_open_again(struct session *s, const struct event *e);
enum screen act_aside_choose(struct session *s, const struct event *e);
enum screen act_aside_open_text(struct session *s, const struct event *e);
enum screen act_aside_text(struct session *s, const struct event *e);
enum screen act_aside_text_done(struct session *s, const struct event *e);
enum screen act_aside_text_back(struct session *s, const struct event *e);
enum screen act_aside_send(struct session *s, const struct event *e);
enum screen act_aside_slip(struct session *s, const struct event *e);
enum screen act_leave_aside(struct session *s, const struct event *e);
enum screen act_exit_aside(struct session *s, const struct event *e);
enum screen act_leave_help(struct session *s, const struct event *e);
enum screen act_ask_leave(struct session *s, const struct event *e);
enum screen act_another_matter(struct session *s, const struct event *e);
enum screen act_cover(struct session *s, const struct event *e);
enum screen act_ask_still_there(struct session *s, const struct event *e);
enum screen act_ask_again_below(struct session *s, const struct event *e);
enum screen act_read_too_long(struct session *s, const struct event *e);
enum screen act_no_answer(struct session *s, const struct event *e);
