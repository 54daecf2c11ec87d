/* The way into every screen and state. */
#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

/* ---- a card ---------------------------------------------------------------------------- */

static void reading(struct visits *v)
{
    tap(v, EV_CARD_COMING);
}

#define TROUBLE(name, kind)                      \
    static void name(struct visits *v)           \
    {                                            \
        visits_number(v, EV_CARD_TROUBLE, kind); \
    }
TROUBLE(trouble_again, TROUBLE_AGAIN)
TROUBLE(trouble_not_id, TROUBLE_NOT_ID)
TROUBLE(trouble_unverified, TROUBLE_UNVERIFIED)
TROUBLE(trouble_expired, TROUBLE_EXPIRED)
TROUBLE(trouble_other, TROUBLE_OTHER_CARD)

/* ---- finding a matter ---------------------------------------------------------------- */

static void home(struct visits *v)
{
    visits_card(v, &v->person);
}

static void home_guest(struct visits *v)
{
    tap(v, EV_BEGIN);
}

static void theme(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_THEME, "disability", "");
}

static void theme_empty(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_THEME, "housing", "");
}

static void search(struct visits *v)
{
    home(v);
    tap(v, EV_OPEN_SEARCH);
}

static void search_found(struct visits *v)
{
    search(v);
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "hl");
}

static void search_nothing(struct visits *v)
{
    search(v);
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "qqxx");
}

void place_guide(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
}

static void guide_long(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_SERVICE, "E01", "");
}

static void guide_refusing(struct visits *v)
{
    place_guide(v);
    visits_link(v, false, false);
}

static void need_card(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
}

static void need_card_broken(struct visits *v)
{
    need_card(v);
    visits_number(v, EV_READER, 0);
}

/* ---- help and questions -------------------------------------------------------------- */

static void help(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_OPEN_HELP);
}

static void leave(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_EXIT);
}

static void still_there(struct visits *v)
{
    place_form_chosen(v);
    later(v, 300000);
}

static void card_removed(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_CARD_GONE);
}

static void covered(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_COVER);
}

const struct place places[] = {
    { "attract", SCREEN_ATTRACT, place_attract, 0, false },
    { "attract-impaired", SCREEN_ATTRACT, place_attract_impaired, 0, false },
    { "attract-refusing", SCREEN_ATTRACT, place_attract_refusing, 0, false },
    { "rest-dark", SCREEN_ATTRACT, place_rest_dark, 0, false },
    { "rest-change", SCREEN_ATTRACT, place_rest_change, 0, false },
    { "out-of-service", SCREEN_OUT_OF_SERVICE, place_out_of_service, 0, false },
    { "enrol", SCREEN_ENROL, place_enrol, 0, false },
    { "enrol-typed", SCREEN_ENROL, place_enrol_typed, 0, false },
    { "enrol-asking", SCREEN_ENROL, place_enrol_asking, 1000, false },
    { "enrol-wrong", SCREEN_ENROL, place_enrol_wrong, 0, false },
    { "enrol-silent", SCREEN_ENROL, place_enrol_silent, 0, false },
    { "staff-refused", SCREEN_STAFF, place_staff_refused, 0, true },
    { "staff-pulled", SCREEN_STAFF, place_staff_pulled, 0, true },
    { "staff-pin", SCREEN_STAFF, place_staff_pin, 0, true },
    { "staff-pin-wrong", SCREEN_STAFF, place_staff_pin_wrong, 0, true },
    { "staff-pin-blocked", SCREEN_STAFF, place_staff_pin_blocked, 0, true },
    { "staff-checking", SCREEN_STAFF, place_staff_checking, 1000, true },
    { "staff-menu", SCREEN_STAFF, place_staff_menu, 0, true },
    { "staff-menu-paper", SCREEN_STAFF, place_staff_menu_paper, 0, true },
    { "staff-menu-clock", SCREEN_STAFF, place_staff_menu_clock, 0, true },
    { "staff-menu-list", SCREEN_STAFF, place_staff_menu_list, 0, true },
    { "staff-readiness", SCREEN_STAFF, place_staff_readiness, 0, true },
    { "staff-readiness-signed", SCREEN_STAFF, place_staff_readiness_signed, 0, true },
    { "staff-readiness-bad", SCREEN_STAFF, place_staff_readiness_bad, 0, true },
    { "staff-paper", SCREEN_STAFF, place_staff_paper, 0, true },
    { "staff-clean", SCREEN_STAFF, place_staff_clean, 0, true },
    { "staff-paper-new", SCREEN_STAFF, place_staff_paper_new, 0, true },
    { "staff-settle", SCREEN_STAFF, place_staff_settle, 0, true },
    { "staff-settle-none", SCREEN_STAFF, place_staff_settle_none, 0, true },
    { "staff-settle-copy", SCREEN_STAFF, place_staff_settle_copy, 0, true },
    { "staff-carry", SCREEN_STAFF, place_staff_carry, 0, true },
    { "staff-carry-going", SCREEN_STAFF, place_staff_carry_going, 1000, true },
    { "staff-carry-done", SCREEN_STAFF, place_staff_carry_done, 0, true },
    { "staff-carry-trouble", SCREEN_STAFF, place_staff_carry_trouble, 0, true },
    { "staff-devices", SCREEN_STAFF, place_staff_devices, 0, true },
    { "staff-reader", SCREEN_STAFF, place_staff_reader, 0, true },
    { "staff-reader-read", SCREEN_STAFF, place_staff_reader_read, 0, true },
    { "staff-printer", SCREEN_STAFF, place_staff_printer, 0, true },
    { "staff-keypad", SCREEN_STAFF, place_staff_keypad, 0, true },
    { "staff-scanner", SCREEN_STAFF, place_staff_scanner, 0, true },
    { "staff-sound", SCREEN_STAFF, place_staff_sound, 0, true },
    { "staff-touch", SCREEN_STAFF, place_staff_touch, 0, true },
    { "staff-practice", SCREEN_STAFF, place_staff_practice, 0, true },
    { "staff-calibrate", SCREEN_STAFF, place_staff_calibrate, 0, true },
    { "staff-calibrate-check", SCREEN_STAFF, place_staff_calibrate_check, 0, true },
    { "staff-calibrate-missed", SCREEN_STAFF, place_staff_calibrate_missed, 0, true },
    { "staff-calibrate-trial", SCREEN_STAFF, place_staff_calibrate_trial, 0, true },
    { "staff-calibrate-kept", SCREEN_STAFF, place_staff_calibrate_kept, 0, true },
    { "staff-calibrate-back", SCREEN_STAFF, place_staff_calibrate_back, 0, true },
    { "staff-handover", SCREEN_STAFF, place_staff_handover, 0, true },
    { "staff-figures", SCREEN_STAFF, place_staff_figures, 0, true },
    { "staff-counters", SCREEN_STAFF, place_staff_counters, 0, true },
    { "staff-queue", SCREEN_STAFF, place_staff_queue, 0, true },
    { "staff-network", SCREEN_STAFF, place_staff_network, 0, true },
    { "staff-network-down", SCREEN_STAFF, place_staff_network_down, 0, true },
    { "staff-network-name", SCREEN_STAFF, place_staff_network_name, 0, true },
    { "staff-menu-new", SCREEN_STAFF, place_staff_menu_new, 0, true },
    { "staff-join", SCREEN_STAFF, place_staff_join, 0, true },
    { "staff-join-requested", SCREEN_STAFF, place_staff_join_requested, 0, true },
    { "staff-join-refused", SCREEN_STAFF, place_staff_join_refused, 0, true },
    { "staff-join-done", SCREEN_STAFF, place_staff_join_done, 0, true },
    { "staff-wired", SCREEN_STAFF, place_staff_wired, 0, true },
    { "staff-wired-fixed", SCREEN_STAFF, place_staff_wired_fixed, 0, true },
    { "staff-wired-wrong", SCREEN_STAFF, place_staff_wired_wrong, 0, true },
    { "staff-wired-kept", SCREEN_STAFF, place_staff_wired_kept, 1000, true },
    { "staff-update", SCREEN_STAFF, place_staff_update, 0, true },
    { "staff-update-back", SCREEN_STAFF, place_staff_update_back, 0, true },
    { "staff-update-refused", SCREEN_STAFF, place_staff_update_refused, 0, true },
    { "staff-update-going", SCREEN_STAFF, place_staff_update_going, 1000, true },
    { "staff-update-ready", SCREEN_STAFF, place_staff_update_ready, 0, true },
    { "staff-logs", SCREEN_STAFF, place_staff_logs, 0, true },
    { "staff-logs-done", SCREEN_STAFF, place_staff_logs_done, 0, true },
    { "reading", SCREEN_READING, reading, 0, false },
    { "reading-long", SCREEN_READING, reading, 1000, false },
    { "card-again", SCREEN_CARD_TROUBLE, trouble_again, 0, false },
    { "card-not-id", SCREEN_CARD_TROUBLE, trouble_not_id, 0, false },
    { "card-unverified", SCREEN_CARD_TROUBLE, trouble_unverified, 0, false },
    { "card-expired", SCREEN_CARD_TROUBLE, trouble_expired, 0, false },
    { "card-other", SCREEN_CARD_TROUBLE, trouble_other, 0, false },
    { "home", SCREEN_HOME, home, 0, false },
    { "home-hint-sixty", SCREEN_HOME, place_home_hint_sixty, 0, false },
    { "home-guest", SCREEN_HOME, home_guest, 0, false },
    { "point", SCREEN_POINT, place_point, 0, false },
    { "port-home", SCREEN_HOME, place_port_home, 0, false },
    { "port-own", SCREEN_OWN, place_port_own, 0, false },
    { "port-search", SCREEN_SEARCH, place_port_search, 0, false },
    { "point-unknown", SCREEN_POINT, place_point_unknown, 0, false },
    { "ticket", SCREEN_TICKET, place_ticket, 0, false },
    { "ticket-priority", SCREEN_TICKET, place_ticket_priority, 0, false },
    { "ticket-taking", SCREEN_TICKET, place_ticket_taking, 900, false },
    { "ticket-held", SCREEN_TICKET, place_ticket_held, 0, false },
    { "ticket-offline", SCREEN_TICKET, place_ticket_offline, 0, false },
    { "ticket-refused", SCREEN_TICKET, place_ticket_refused, 0, false },
    { "calendar", SCREEN_CALENDAR, place_calendar, 0, false },
    { "calendar-full", SCREEN_CALENDAR, place_calendar_full, 0, false },
    { "calendar-visit", SCREEN_CALENDAR, place_visit_calendar, 0, false },
    { "calendar-visit-full", SCREEN_CALENDAR, place_visit_full, 0, false },
    { "booking-form", SCREEN_FORM, place_booking_form, 0, false },
    { "booking-review", SCREEN_REVIEW, place_booking_review, 0, false },
    { "booking-done", SCREEN_DONE, place_booking_done, 0, false },
    { "places", SCREEN_PLACES, place_places, 0, false },
    { "places-matter", SCREEN_PLACES, place_places_matter, 0, false },
    { "figures", SCREEN_FIGURES, place_figures, 0, false },
    { "figures-counted", SCREEN_FIGURES, place_figures_counted, 0, false },
    { "figures-few", SCREEN_FIGURES, place_figures_few, 0, false },
    { "cancel", SCREEN_CANCEL, place_cancel, 0, false },
    { "cancel-visit", SCREEN_CANCEL, place_visit_return, 0, false },
    { "cancel-sent", SCREEN_CANCEL, place_cancel_sent, 0, false },
    { "withdraw", SCREEN_WITHDRAW, place_withdraw, 0, false },
    { "withdraw-card", SCREEN_WITHDRAW, place_withdraw_card, 0, false },
    { "withdraw-kept", SCREEN_WITHDRAW, place_withdraw_kept, 0, false },
    { "withdraw-sending", SCREEN_WITHDRAW, place_withdraw_sending, 900, false },
    { "withdraw-failed", SCREEN_WITHDRAW, place_withdraw_failed, 0, false },
    { "withdraw-offline", SCREEN_WITHDRAW, place_withdraw_offline, 0, false },
    { "progress-withdrawing", SCREEN_PROGRESS, place_progress_withdrawing, 0, false },
    { "progress-withdrawal", SCREEN_PROGRESS, place_progress_withdrawal, 0, false },
    { "progress-withdrawal-refused", SCREEN_PROGRESS, place_progress_withdrawal_refused, 0, false },
    { "progress-booking", SCREEN_PROGRESS, place_progress_booking, 0, false },
    { "progress-called", SCREEN_PROGRESS, place_progress_called, 0, false },
    { "guide-ticket", SCREEN_GUIDE, place_guide_info, 0, false },
    { "theme", SCREEN_THEME, theme, 0, false },
    { "theme-events", SCREEN_THEME, place_theme_events, 0, false },
    { "theme-empty", SCREEN_THEME, theme_empty, 0, false },
    { "search", SCREEN_SEARCH, search, 0, false },
    { "search-found", SCREEN_SEARCH, search_found, 0, false },
    { "search-nothing", SCREEN_SEARCH, search_nothing, 0, false },
    { "guide", SCREEN_GUIDE, place_guide, 0, false },
    { "guide-long", SCREEN_GUIDE, guide_long, 0, false },
    { "guide-refusing", SCREEN_GUIDE, guide_refusing, 0, false },
    { "guide-of-part", SCREEN_GUIDE, place_guide_of_part, 0, false },
    { "guide-hinted", SCREEN_GUIDE, place_guide_hinted, 0, false },
    { "guide-urgent", SCREEN_GUIDE, place_guide_urgent, 0, false },
    { "guide-said", SCREEN_GUIDE, place_guide_said, 0, false },
    { "guide-printed", SCREEN_GUIDE, place_guide_printed, 0, false },
    { "condition", SCREEN_CONDITION, place_condition, 0, false },
    { "condition-window", SCREEN_CONDITION, place_condition_window, 0, false },
    { "condition-form", SCREEN_CONDITION, place_condition_form, 0, false },
    { "condition-printed", SCREEN_CONDITION, place_condition_printed, 0, false },
    { "condition-ask", SCREEN_CONDITION, place_condition_ask, 0, false },
    { "need-card", SCREEN_NEED_CARD, need_card, 0, false },
    { "need-card-broken", SCREEN_NEED_CARD, need_card_broken, 0, false },
    { "fetching", SCREEN_FETCHING, place_fetching, 900, false },
    { "fetched", SCREEN_FETCHED, place_fetched, 0, false },
    { "fetched-errors", SCREEN_FETCHED, place_fetched_errors, 0, false },
    { "fetched-disputed", SCREEN_FETCHED, place_fetched_disputed, 0, false },
    { "papers-disputed", SCREEN_PAPERS, place_papers_disputed, 0, false },
    { "review-fetched", SCREEN_REVIEW, place_review_fetched, 0, false },
    { "form", SCREEN_FORM, place_form, 0, false },
    { "form-chosen", SCREEN_FORM, place_form_chosen, 0, false },
    { "form-errors", SCREEN_FORM, place_form_errors, 0, false },
    { "form-digits", SCREEN_FORM, place_form_digits, 0, false },
    { "form-pinyin", SCREEN_FORM, place_form_pinyin, 0, false },
    { "form-date", SCREEN_FORM, place_form_date, 0, false },
    { "form-date-month", SCREEN_FORM, place_form_date_month, 0, false },
    { "form-date-day", SCREEN_FORM, place_form_date_day, 0, false },
    { "form-date-picked", SCREEN_FORM, place_form_date_picked, 0, false },
    { "form-date-ahead", SCREEN_FORM, place_form_date_ahead, 0, false },
    { "form-places", SCREEN_FORM, place_form_places, 0, false },
    { "form-roads", SCREEN_FORM, place_form_roads, 0, false },
    { "form-hand", SCREEN_FORM, place_form_hand, 0, false },
    { "form-letters", SCREEN_FORM, place_form_letters, 0, false },
    { "form-rare", SCREEN_FORM, place_form_rare, 0, false },
    { "form-picture", SCREEN_FORM, place_form_picture, 0, false },
    { "review", SCREEN_REVIEW, place_review, 0, false },
    { "review-missing", SCREEN_REVIEW, place_review_missing, 0, false },
    { "review-signed", SCREEN_REVIEW, place_review_signed, 0, false },
    { "review-shown", SCREEN_REVIEW, place_review_shown, 0, false },
    { "guide-bundle", SCREEN_GUIDE, place_guide_bundle, 0, false },
    { "form-bundle", SCREEN_FORM, place_form_bundle, 0, false },
    { "papers", SCREEN_PAPERS, place_papers, 0, false },
    { "papers-errors", SCREEN_PAPERS, place_papers_errors, 0, false },
    { "papers-later", SCREEN_PAPERS, place_papers_later, 0, false },
    { "papers-waivable", SCREEN_PAPERS, place_papers_waivable, 0, false },
    { "papers-waived", SCREEN_PAPERS, place_papers_waived, 0, false },
    { "waive-stick", SCREEN_WAIVE, place_waive_stick, 0, false },
    { "waive-may-not", SCREEN_WAIVE, place_waive_may_not, 0, false },
    { "waive-pin", SCREEN_WAIVE, place_waive_pin, 0, false },
    { "waive-checking", SCREEN_WAIVE, place_waive_checking, 900, false },
    { "waive-wrong", SCREEN_WAIVE, place_waive_wrong, 0, false },
    { "waive-evidence", SCREEN_WAIVE, place_waive_evidence, 0, false },
    { "waive-unsaid", SCREEN_WAIVE, place_waive_unsaid, 0, false },
    { "waive-words", SCREEN_WAIVE_TEXT, place_waive_words, 0, false },
    { "waive-agree", SCREEN_WAIVE, place_waive_agree, 0, false },
    { "notice", SCREEN_NOTICE, place_notice, 0, false },
    { "notice-ask", SCREEN_NOTICE, place_notice_ask, 0, false },
    { "notice-failed", SCREEN_NOTICE, place_notice_failed, 0, false },
    { "review-bundle", SCREEN_REVIEW, place_review_bundle, 0, false },
    { "done-bundle", SCREEN_DONE, place_done_bundle, 0, false },
    { "submitting", SCREEN_SUBMITTING, place_submitting, 0, false },
    { "submitting-long", SCREEN_SUBMITTING, place_submitting, 1200, false },
    { "done-printing", SCREEN_DONE, place_done, 0, false },
    { "done", SCREEN_DONE, place_done_paper, 0, false },
    { "done-deciding", SCREEN_DONE, place_done_deciding, 900, false },
    { "done-granted", SCREEN_DONE, place_done_granted, 0, false },
    { "done-undecided", SCREEN_DONE, place_done_undecided, 0, false },
    { "done-ask", SCREEN_DONE, place_done_ask, 0, false },
    { "done-no-paper", SCREEN_DONE, place_done_failed, 0, false },
    { "done-offline", SCREEN_DONE, place_done_offline, 0, false },
    { "not-saved", SCREEN_NOT_SAVED, place_not_saved, 0, false },
    { "not-certain", SCREEN_NOT_SAVED, place_not_certain, 0, false },
    { "rating", SCREEN_RATING, place_rating, 0, false },
    { "rating-bad", SCREEN_RATING, place_rating_bad, 0, false },
    { "unsettled", SCREEN_ASIDE, place_unsettled, 0, false },
    { "unsettled-chosen", SCREEN_ASIDE, place_unsettled_chosen, 0, false },
    { "unsettled-words", SCREEN_ASIDE_TEXT, place_unsettled_words, 0, false },
    { "unsettled-phone", SCREEN_ASIDE_TEXT, place_unsettled_phone, 0, false },
    { "unsettled-kept", SCREEN_ASIDE_KEPT, place_unsettled_kept, 0, false },
    { "unsettled-failed", SCREEN_ASIDE, place_unsettled_failed, 0, false },
    { "mismatch", SCREEN_ASIDE, place_mismatch, 0, false },
    { "done-again", SCREEN_DONE, place_done_again, 0, false },
    { "again", SCREEN_ASIDE, place_again, 0, false },
    { "done-claim", SCREEN_DONE, place_done_claim, 0, false },
    { "progress-open", SCREEN_PROGRESS, place_progress_open, 0, false },
    { "progress-overdue", SCREEN_PROGRESS, place_progress_overdue, 0, false },
    { "progress-answered", SCREEN_PROGRESS, place_progress_answered, 0, false },
    { "progress", SCREEN_PROGRESS, place_progress, 0, false },
    { "progress-list", SCREEN_PROGRESS, place_progress_list, 0, false },
    { "progress-bad", SCREEN_PROGRESS, place_progress_bad, 0, false },
    { "progress-away", SCREEN_PROGRESS, place_progress_away, 0, false },
    { "progress-asking", SCREEN_PROGRESS, place_ask, 900, false },
    { "progress-correction", SCREEN_PROGRESS, place_progress_correction, 0, false },
    { "progress-granted", SCREEN_PROGRESS, place_progress_granted, 0, false },
    { "progress-denied", SCREEN_PROGRESS, place_progress_denied, 0, false },
    { "progress-accepted", SCREEN_PROGRESS, place_progress_accepted, 0, false },
    { "progress-late", SCREEN_PROGRESS, place_progress_late, 0, false },
    { "progress-gap", SCREEN_PROGRESS, place_progress_gap, 0, false },
    { "progress-paused", SCREEN_PROGRESS, place_progress_paused, 0, false },
    { "progress-waived", SCREEN_PROGRESS, place_waived, 0, false },
    { "progress-parts", SCREEN_PROGRESS, place_parts_open, 0, false },
    { "progress-parts-partial", SCREEN_PROGRESS, place_parts_partial, 0, false },
    { "progress-visit-moved", SCREEN_PROGRESS, place_visit_moved, 0, false },
    { "progress-visit-full", SCREEN_PROGRESS, place_visit_taken, 0, false },
    { "progress-parts-many", SCREEN_PROGRESS, place_parts_many, 0, false },
    { "progress-pickup", SCREEN_PROGRESS, place_progress_pickup, 0, false },
    { "progress-posted", SCREEN_PROGRESS, place_progress_posted, 0, false },
    { "progress-parcel", SCREEN_PROGRESS, place_progress_parcel, 0, false },
    { "progress-returned", SCREEN_PROGRESS, place_progress_returned, 0, false },
    { "progress-refused", SCREEN_PROGRESS, place_progress_refused, 0, false },
    { "progress-here", SCREEN_PROGRESS, place_progress_here, 0, false },
    { "progress-unknown", SCREEN_PROGRESS, place_progress_unknown, 0, false },
    { "help", SCREEN_HELP, help, 0, false },
    { "bell-ringing", SCREEN_HELP, place_bell_ringing, 0, false },
    { "bell-offline", SCREEN_HELP, place_bell_offline, 0, false },
    { "bell-coming", SCREEN_HELP, place_bell_coming, 0, false },
    { "bell-band", SCREEN_GUIDE, place_bell_band, 0, false },
    { "bell-unanswered", SCREEN_HELP, place_bell_unanswered, 0, false },
    { "leave", SCREEN_LEAVE, leave, 0, false },
    { "to-phone", SCREEN_TO_PHONE, place_to_phone, 0, false },
    { "to-phone-moving", SCREEN_TO_PHONE, place_to_phone_moving, 900, false },
    { "to-phone-away", SCREEN_TO_PHONE, place_to_phone_away, 0, false },
    { "to-phone-slip", SCREEN_TO_PHONE, place_to_phone_slip, 0, false },
    { "from-phone", SCREEN_FROM_PHONE, place_from_phone, 0, false },
    { "from-phone-card", SCREEN_FROM_PHONE, place_from_phone_card, 0, false },
    { "from-phone-bad", SCREEN_FROM_PHONE, place_from_phone_bad, 0, false },
    { "from-phone-moving", SCREEN_FROM_PHONE, place_from_phone_moving, 900, false },
    { "from-phone-used", SCREEN_FROM_PHONE, place_from_phone_used, 0, false },
    { "from-phone-other", SCREEN_FROM_PHONE, place_from_phone_other, 0, false },
    { "from-phone-form", SCREEN_FORM, place_from_phone_form, 0, false },
    { "still-there", SCREEN_STILL_THERE, still_there, 0, false },
    { "card-removed", SCREEN_CARD_REMOVED, card_removed, 0, false },
    { "covered", SCREEN_COVERED, covered, 0, false },
    { "agent-card", SCREEN_AGENT_CARD, place_agent_card, 0, false },
    { "agent-unlisted", SCREEN_AGENT_CARD, place_agent_unlisted, 0, false },
    { "agent-home", SCREEN_AGENT_HOME, place_agent_empty, 0, false },
    { "agent-tasks", SCREEN_AGENT_HOME, place_agent_tasks, 0, false },
    { "agent-notice", SCREEN_AGENT_HOME, place_agent_notice, 0, false },
    { "agent-resident", SCREEN_AGENT_RESIDENT, place_agent_resident, 0, false },
    { "agent-own-card", SCREEN_AGENT_RESIDENT, place_agent_own_card, 0, false },
    { "agent-consent", SCREEN_AGENT_CONSENT, place_agent_consent, 0, false },
    { "agent-consent-signed", SCREEN_AGENT_CONSENT, place_agent_signed, 0, false },
    { "agent-wrong", SCREEN_AGENT_WRONG, place_agent_third, 0, false },
    { "acting-home", SCREEN_HOME, place_acting_home, 0, false },
    { "acting-form", SCREEN_FORM, place_acting_form, 0, false },
    { "acting-review", SCREEN_REVIEW, place_acting_review, 0, false },
    { "acting-done", SCREEN_DONE, place_acting_done, 0, false },
    { "helper", SCREEN_HELPER, place_helper_asked, 0, false },
    { "helper-form", SCREEN_FORM, place_helper_form, 0, false },
    { "helper-back", SCREEN_HELPER_BACK, place_helper_back, 0, false },
    { "practice-home", SCREEN_HOME, place_practice_home, 0, false },
    { "practice-done", SCREEN_DONE, place_practice_done, 0, false },
    { "course", SCREEN_COURSE, place_course, 0, false },
    { "course-tried", SCREEN_COURSE, place_course_tried, 0, false },
    { "course-passed", SCREEN_COURSE, place_course_passed, 0, false },
    { "course-printed", SCREEN_COURSE, place_course_printed, 0, false },
    { "task", SCREEN_TASK, place_task, 0, false },
    { "task-help", SCREEN_HELP, place_task_help, 0, false },
    { "score", SCREEN_SCORE, place_score, 0, false },
    { "score-wrong", SCREEN_SCORE, place_score_wrong, 0, false },
    { "score-refused", SCREEN_SCORE, place_score_refused, 0, false },
    { "attract-night", SCREEN_ATTRACT, place_at_night, 0, false },
    { "help-night", SCREEN_HELP, place_night_help, 0, false },
};

const size_t place_count = sizeof(places) / sizeof(places[0]);
