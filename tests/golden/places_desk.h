/* Walks to the pages of "At this point" (places.c lists them). */
#pragma once

#include "tests/golden/visits.h"

void place_point(struct visits *v);
/* The county's word about this point is known from now on. */
void place_know(struct visits *v);
void place_port_home(struct visits *v);
void place_port_own(struct visits *v);
void place_port_search(struct visits *v);
void place_point_unknown(struct visits *v);
void place_ticket(struct visits *v);
void place_ticket_priority(struct visits *v);
void place_ticket_taking(struct visits *v);
void place_ticket_held(struct visits *v);
void place_ticket_offline(struct visits *v);
void place_ticket_refused(struct visits *v);
void place_calendar(struct visits *v);
void place_calendar_full(struct visits *v);
void place_booking_form(struct visits *v);
void place_booking_review(struct visits *v);
void place_booking_done(struct visits *v);
void place_places(struct visits *v);
void place_places_matter(struct visits *v);
void place_figures(struct visits *v);
void place_figures_counted(struct visits *v);
void place_figures_few(struct visits *v);
void place_cancel(struct visits *v);
void place_cancel_sent(struct visits *v);
void place_withdraw(struct visits *v);
void place_withdraw_card(struct visits *v);
void place_withdraw_kept(struct visits *v);
void place_withdraw_sending(struct visits *v);
void place_withdraw_failed(struct visits *v);
void place_withdraw_offline(struct visits *v);
void place_progress_withdrawing(struct visits *v);
void place_progress_withdrawal(struct visits *v);
void place_progress_withdrawal_refused(struct visits *v);
void place_progress_booking(struct visits *v);
void place_progress_called(struct visits *v);
void place_bell_ringing(struct visits *v);
void place_bell_offline(struct visits *v);
void place_bell_coming(struct visits *v);
void place_bell_band(struct visits *v);
void place_bell_unanswered(struct visits *v);
void place_guide_info(struct visits *v);
