/* How a case stands and what was done, in a resident's words: the screen and the slip say the same. */
#include <string.h>

#include "firmware/session/timeline.h"

#define N_(msgid) msgid

const struct case_words *case_words_of(const char *state)
{
    static const struct case_words rows[] = {
        { "received", N_("Received by the county"),
          N_("The county has your application and will look at it.") },
        { "correction_requested", N_("Something is missing"),
          N_("Please bring or correct what is listed here.") },
        { "accepted", N_("Accepted"), N_("Everything is there. The office is working on it.") },
        { "accepted_gap", N_("Accepted, something may follow"),
          N_("Please hand in what is listed here in time.") },
        { "not_accepted", N_("Not accepted"),
          N_("The office could not accept it. The reason stands below.") },
        { "revoked", N_("Acceptance was revoked"),
          N_("A paper that was owed did not come in time. You can apply again at any time.") },
        { "in_review", N_("Being worked on"), N_("The office is working on it.") },
        { "suspended", N_("Paused"), N_("The time is stopped while something is examined.") },
        { "annulled", N_("The decision was revoked"),
          N_("It was granted on a promise that was not kept. You can apply again.") },
        { "granted", N_("Granted"), N_("Your application was granted.") },
        { "denied", N_("Not granted"),
          N_("Your application was not granted. You can ask for the reasons at the counter, and "
             "you may object.") },
        { "delivered", N_("Delivered"), N_("The result has been handed out or sent.") },
        { "rated", N_("Rated"), N_("It is done, and you have said how it was. Thank you.") },
        { "withdrawn", N_("Withdrawn"), N_("The application counts as withdrawn.") },
        { "terminated", N_("Ended"), N_("The case was ended.") },
        { "open", N_("Somebody is seeing to it"), N_("You get an answer by the day below.") },
        { "answered", N_("Answered"), N_("The answer stands below.") },
        { "coming", N_("Somebody is coming"), N_("Please stay at the kiosk.") },
        { "closed", N_("Closed"), N_("The matter is settled.") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].state, state))
            return &rows[i];
    return NULL;
}

const char *step_words_of(const char *what)
{
    static const struct {
        const char *what, *text;
    } rows[] = {
        { "received", N_("Received") },
        { "accept", N_("Accepted") },
        { "accept_gap", N_("Accepted, papers may follow") },
        { "notify", N_("You were told what is missing") },
        { "corrected", N_("All papers came: accepted") },
        { "gap_closed", N_("A paper that was owed came") },
        { "grant", N_("Granted") },
        { "deny", N_("Not granted") },
        { "set_out", N_("Ready to be collected") },
        { "deliver", N_("Delivered") },
        { "parcel_collected", N_("The carrier took the parcel") },
        { "parcel_under_way", N_("The parcel is on its way") },
        { "parcel_delivered", N_("The parcel has arrived") },
        { "parcel_returned", N_("The parcel came back") },
        { "pause", N_("Clock stopped for an examination") },
        { "resume", N_("Clock goes on") },
        { "refuse", N_("Not accepted") },
        { "unlawful", N_("Not accepted after the correction") },
        { "gap_failed", N_("Acceptance was revoked") },
        { "end", N_("Ended") },
        { "withdraw", N_("Withdrawn") },
        { "rate", N_("Rated") },
        { "hand_over", N_("Handed over to whoever has it now") },
        { "forward", N_("Forwarded to the county that decides") },
        { "arrived", N_("The other county has it") },
        { "promise_kept", N_("Your promise was checked: all is well") },
        { "promise_demand", N_("You were asked to put something right") },
        { "promise_reminded", N_("Reminder: to be put right soon") },
        { "promise_lapsed", N_("It was not put right in time") },
        { "annul", N_("The decision was revoked") },
        { "revisit", N_("You were called back about your rating") },
        { "phoned", N_("You were telephoned") },
        { "phoned_in_vain", N_("Somebody tried to telephone you") },
        { "waive", N_("Other evidence was accepted") },
        { "reminded_soon", N_("Reminder: a paper is due soon") },
        { "reminded_today", N_("Reminder: a paper is due today") },
        { "revoked", N_("Acceptance was revoked") },
        { "deemed_accepted", N_("Accepted by law, for nobody objected in time") },
        { "lapsed", N_("Not corrected in time: withdrawn") },
        { "late", N_("Later than promised") },
        { "late_by_law", N_("Later than the law allows") },
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].what, what))
            return rows[i].text;
    return NULL;
}
