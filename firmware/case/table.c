#include "firmware/case/case.h"

#define COUNTY ACTOR_COUNTY
#define RESIDENT ACTOR_RESIDENT
#define KIOSK ACTOR_KIOSK
#define CLOCK ACTOR_CLOCK

/* In, on, to, by, article, written reason. */
const struct case_transition case_table[] = {
    { CASE_DRAFT, CASE_EV_SIGN, CASE_SIGNED, RESIDENT, "Art. 10", false }, /* e-sign = own hand */
    { CASE_SIGNED, CASE_EV_COMMIT, CASE_QUEUED, KIOSK, "Art. 12",
      false }, /* every application has a record */
    { CASE_QUEUED, CASE_EV_RECEIVE, CASE_RECEIVED, COUNTY, "Art. 12", false },
    /* received */
    { CASE_RECEIVED, CASE_EV_ACCEPT, CASE_ACCEPTED, COUNTY, "Art. 11 par. 1", false },
    { CASE_RECEIVED, CASE_EV_ACCEPT_GAP, CASE_ACCEPTED_GAP, COUNTY, "Art. 11 par. 2", false },
    { CASE_RECEIVED, CASE_EV_NOTIFY, CASE_CORRECT, COUNTY, "Art. 11 par. 3", false },
    { CASE_RECEIVED, CASE_EV_REFUSE, CASE_REFUSED, COUNTY, "Licensing Law 32 (1), (2)", true },
    { CASE_RECEIVED, CASE_EV_DEEM, CASE_ACCEPTED, CLOCK, "Licensing Law 32 (4)", false },
    { CASE_RECEIVED, CASE_EV_WITHDRAW, CASE_WITHDRAWN, RESIDENT, "the applicant's own will",
      false },
    /* accepted with gaps */
    { CASE_ACCEPTED_GAP, CASE_EV_GAP_CLOSED, CASE_ACCEPTED_GAP, COUNTY | KIOSK, "Art. 11 par. 2",
      false },
    { CASE_ACCEPTED_GAP, CASE_EV_GAP_FAILED, CASE_REVOKED, COUNTY | CLOCK, "Art. 11 par. 2", true },
    { CASE_ACCEPTED_GAP, CASE_EV_PAUSE, CASE_PAUSED, COUNTY, "Licensing Law 45", true },
    { CASE_ACCEPTED_GAP, CASE_EV_WITHDRAW, CASE_WITHDRAWN, RESIDENT, "the applicant's own will",
      false },
    /* correction */
    { CASE_CORRECT, CASE_EV_CORRECTED, CASE_ACCEPTED, COUNTY, "Art. 11 par. 1", false },
    { CASE_CORRECT, CASE_EV_UNLAWFUL, CASE_REFUSED, COUNTY, "Art. 11 par. 3", true },
    { CASE_CORRECT, CASE_EV_LAPSE, CASE_WITHDRAWN, CLOCK, "Art. 11 par. 3", false },
    { CASE_CORRECT, CASE_EV_NOTIFY, CASE_CORRECT, COUNTY, "Art. 11 par. 3", false },
    { CASE_CORRECT, CASE_EV_WITHDRAW, CASE_WITHDRAWN, RESIDENT, "the applicant's own will", false },
    /* accepted */
    { CASE_ACCEPTED, CASE_EV_PAUSE, CASE_PAUSED, COUNTY, "Licensing Law 45", true },
    { CASE_ACCEPTED, CASE_EV_GRANT, CASE_DONE_OK, COUNTY, "Art. 13", false },
    { CASE_ACCEPTED, CASE_EV_DENY, CASE_DONE_NO, COUNTY, "Art. 13", true },
    { CASE_ACCEPTED, CASE_EV_END, CASE_ENDED, COUNTY, "Art. 13", true },
    { CASE_ACCEPTED, CASE_EV_WITHDRAW, CASE_WITHDRAWN, RESIDENT, "the applicant's own will",
      false },
    { CASE_PAUSED, CASE_EV_RESUME, CASE_ACCEPTED, COUNTY, "Licensing Law 45", false },
    { CASE_PAUSED, CASE_EV_WITHDRAW, CASE_WITHDRAWN, RESIDENT, "the applicant's own will", false },
    { CASE_PAUSED, CASE_EV_GAP_CLOSED, CASE_PAUSED, COUNTY | KIOSK, "Art. 11 par. 2", false },
    /* decided */
    { CASE_DONE_OK, CASE_EV_DELIVER, CASE_DELIVERED, COUNTY | KIOSK, "Licensing Law 44", false },
    { CASE_DONE_NO, CASE_EV_DELIVER, CASE_DELIVERED, COUNTY | KIOSK, "Licensing Law 44", false },
    { CASE_DELIVERED, CASE_EV_RATE, CASE_RATED, RESIDENT, "Guobanfa [2019] 51", false },
    /* granted on a promise that was not kept */
    { CASE_DONE_OK, CASE_EV_ANNUL, CASE_ANNULLED, COUNTY, "Art. 14", true },
    { CASE_DELIVERED, CASE_EV_ANNUL, CASE_ANNULLED, COUNTY, "Art. 14", true },
    { CASE_RATED, CASE_EV_ANNUL, CASE_ANNULLED, COUNTY, "Art. 14", true },
};
const size_t case_table_count = sizeof(case_table) / sizeof(case_table[0]);

const struct case_transition *case_row(enum case_state in, enum case_event on)
{
    for (size_t i = 0; i < case_table_count; i++)
        if (case_table[i].in == in && case_table[i].on == on)
            return &case_table[i];
    return NULL;
}

bool case_is_over(enum case_state s)
{
    return s >= CASE_DONE_OK;
}

const char *case_state_name(enum case_state s, bool english)
{
    static const char *const names[CASE_STATES][2] = {
        [CASE_DRAFT] = { "填写中", "being filled in" },
        [CASE_SIGNED] = { "已签名", "signed" },
        [CASE_QUEUED] = { "等待送出", "waiting to be sent" },
        [CASE_RECEIVED] = { "收件", "received" },
        [CASE_ACCEPTED] = { "受理", "accepted" },
        [CASE_ACCEPTED_GAP] = { "先予受理（容缺）", "accepted with gaps" },
        [CASE_CORRECT] = { "补正", "correction" },
        [CASE_PAUSED] = { "特别程序，暂停计时", "special procedure, clock stopped" },
        [CASE_DONE_OK] = { "办结，准予", "done, granted" },
        [CASE_DONE_NO] = { "办结，不予", "done, not granted" },
        [CASE_ENDED] = { "终止", "ended" },
        [CASE_REFUSED] = { "不予受理", "refused" },
        [CASE_REVOKED] = { "撤销受理", "acceptance revoked" },
        [CASE_WITHDRAWN] = { "撤回", "withdrawn" },
        [CASE_DELIVERED] = { "送达", "delivered" },
        [CASE_RATED] = { "已评价", "rated" },
        [CASE_ANNULLED] = { "撤销决定", "decision revoked" },
    };
    return s < CASE_STATES ? names[s][english] : "";
}
