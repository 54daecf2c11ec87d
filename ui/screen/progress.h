/* The files of the progress screen. Inside ui/screen only. */
#pragma once

#include "ui/screen/frame.h"

/* How a state reads. */
struct state_words {
    const char *title, *text, *icon;
    enum widget_style style;
    int step; /* without steps of the county: 0 received, 1 accepted, 2 decided, -1 nothing, -2 not known */
};

/* progress_case.c: what is known of the case that was asked about. */
void progress_add_answer(struct scene *s);
/* When something was last heard, and in words when that is long ago. */
const char *progress_age(struct scene *s, int64_t as_of);

/* progress_lanes.c: what was done, in three lanes (SS-06); what is owed; the days that are left. Each adds its part at s->y
 * with the gap behind it, or nothing. */
void progress_add_lanes(struct scene *s);
void progress_add_owed(struct scene *s);
void progress_add_clock(struct scene *s);
/* progress_parts.c: of a bundle, one line for each part; nothing for any other matter. */
void progress_add_parts(struct scene *s);
/* What can be done against a refusal (Administrative Reconsideration Law Art. 20). */
void progress_add_remedy(struct scene *s);
/* What is true of the whole while parts are open, and when some came to nothing. */
void progress_parts_words(struct state_words *w, struct scene *s);
/* progress_out.c */
void progress_add_pickup(struct scene *s);
void progress_add_comfort(struct scene *s);
/* Other evidence was accepted in place of a paper (SS-72). */
void progress_add_waived(struct scene *s);
/* How the parcel stands, and the age of the carrier's word. */
void progress_parcel_facts(struct scene *s);
/* Under way or come back, as the carrier says. */
void progress_parcel_words(struct state_words *w, const struct case_view *c);
/* The parcel came back: what to do. */
void progress_add_returned(struct scene *s);
void progress_add_reason(struct scene *s);
void progress_add_paper(struct scene *s);
/* "10 December 2026" of "20261210". */
const char *progress_day(struct scene *s, const char *day);

/* progress_more.c: which county it lies with; the check of a promise (Art. 14), its words above all while something is to be
 * put right; who has it, inside a card. */
void progress_add_elsewhere(struct scene *s);
void progress_add_check(struct scene *s);
void progress_owner_fact(struct scene *s);
/* Of a bundle: what the office has to say, above its parts. */
void progress_add_note(struct scene *s);
void progress_check_words(struct state_words *w, const struct case_view *c);

/* progress_list.c: the whole page below the header. */
void progress_add_list(struct scene *s);
/* Is the county being asked for more, or could it not be? Nothing when it has answered. */
void progress_add_reach(struct scene *s);

/* progress_desk.c. Bookings and tickets are no applications: they have no line of steps. */
bool progress_is_of_desk(const struct case_view *c);
/* The words for a state of the desk; false: it is none. */
bool progress_desk_words(struct state_words *out, const struct case_view *c);
/* When, which counter: inside a card. */
void progress_desk_facts(struct scene *s);
/* withdraw.c: a button for an application that is under way; nothing for anything else. */
void progress_add_withdraw(struct scene *s);
/* A button for a booking that still holds; nothing for anything else. */
void progress_add_cancel(struct scene *s);
