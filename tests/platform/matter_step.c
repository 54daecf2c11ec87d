/* The steps that a clerk may take: the words of the page for the events of the statute's table. */
#include "tests/platform/matter.h"

#include <string.h>

const struct desk_word desk_words[] = {
    { "accept", CASE_EV_ACCEPT, ACTOR_COUNTY },
    { "accept_gap", CASE_EV_ACCEPT_GAP, ACTOR_COUNTY },
    { "notify", CASE_EV_NOTIFY, ACTOR_COUNTY },
    { "corrected", CASE_EV_CORRECTED, ACTOR_COUNTY },
    { "gap_closed", CASE_EV_GAP_CLOSED, ACTOR_COUNTY },
    { "grant", CASE_EV_GRANT, ACTOR_COUNTY },
    { "deny", CASE_EV_DENY, ACTOR_COUNTY },
    { "set_out", CASE_EV_DELIVER, ACTOR_COUNTY }, /* waits at a counter; handed over later */
    { "deliver", CASE_EV_DELIVER, ACTOR_COUNTY },
    { "pause", CASE_EV_PAUSE, ACTOR_COUNTY },
    { "resume", CASE_EV_RESUME, ACTOR_COUNTY },
    { "refuse", CASE_EV_REFUSE, ACTOR_COUNTY },
    { "unlawful", CASE_EV_UNLAWFUL, ACTOR_COUNTY },
    { "gap_failed", CASE_EV_GAP_FAILED, ACTOR_COUNTY },
    { "end", CASE_EV_END, ACTOR_COUNTY },
    { "withdraw", CASE_EV_WITHDRAW, ACTOR_RESIDENT },
    { NULL, CASE_EVENTS, 0 },
};

/* One front accepts, the departments decide behind it, one counter hands out (SS-06). */
const char *matter_lane(const char *what)
{
    static const char *const departments[] = { "pause",
                                               "resume",
                                               "grant",
                                               "deny",
                                               "end",
                                               "late",
                                               "late_by_law",
                                               "check_soon",
                                               "check_late",
                                               "promise_kept",
                                               "promise_demand",
                                               "promise_reminded",
                                               "promise_lapsed",
                                               "annul",
                                               NULL },
                             *const hand_out[] = { "set_out",
                                                   "deliver",
                                                   "parcel_collected",
                                                   "parcel_under_way",
                                                   "parcel_delivered",
                                                   "parcel_returned",
                                                   "rate",
                                                   NULL };
    for (size_t i = 0; departments[i]; i++)
        if (!strcmp(departments[i], what))
            return "departments";
    for (size_t i = 0; hand_out[i]; i++)
        if (!strcmp(hand_out[i], what))
            return "hand-out";
    return "front";
}

bool matter_may_be_set_out(const struct matter *m)
{
    bool is_decided = m->file.state == CASE_DONE_OK || m->file.state == CASE_DONE_NO;
    return is_decided && m->delivery.kind == DELIVERY_NONE;
}
