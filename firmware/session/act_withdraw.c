/* Acts of a withdrawal: an application that was looked up and is still under way is taken back by whoever made it. The card
 * says who that is; the county compares it with the one inside the application, and decides what comes of it. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/card/person_json.h"
#include "firmware/session/acts.h"

/* ---- may it be? ---------------------------------------------------------------------- */

/* The states from which the statute's table leads to a withdrawal (firmware/case/table.c), in the words of the interface. */
static bool is_under_way(const struct case_view *c)
{
    static const char *const states[] = { "received",  "correction_requested", "accepted",
                                          "in_review", "accepted_gap",         "suspended" };
    if (strcmp(c->kind, "application") != 0)
        return false;
    for (size_t i = 0; c->where == CASE_COUNTY && i < sizeof(states) / sizeof(states[0]); i++)
        if (!strcmp(c->state, states[i]))
            return true;
    return c->where == CASE_HERE || c->where == CASE_SENT;
}

/* An agent is asked to bring matters, not to take them back: the resident does that in person. */
static bool is_offered(const struct session *s)
{
    return is_under_way(&s->visit.asked) && s->visit.agency.step == AGENCY_NONE;
}

static bool is_on_its_way(const struct session *s)
{
    const struct withdrawal *w = &s->visit.withdrawal;
    return w->state == WITHDRAWAL_KEPT && !strcmp(w->about, s->visit.asked.receipt);
}

/* What the card found says which matter it is. */
static const struct service *service_of(const struct session *s, const char *receipt)
{
    const struct agency_tasks *found[] = { &s->visit.matters.tasks, &s->visit.elsewhere.tasks };
    for (size_t k = 0; k < 2; k++)
        for (size_t i = 0; i < found[k]->count; i++)
            if (!strcmp(found[k]->list[i].receipt, receipt))
                return catalogue_find(s->catalogue, found[k]->list[i].code);
    return NULL;
}

struct withdrawal_view withdrawal_look(const struct session *s)
{
    const struct withdrawal *w = &s->visit.withdrawal;
    return (struct withdrawal_view){ .is_offered = is_offered(s),
                                     .is_on_its_way = is_on_its_way(s),
                                     .state = w->state,
                                     .about = w->about,
                                     .receipt = w->receipt,
                                     .service = service_of(s, w->about),
                                     .paper = w->paper.state,
                                     .can_print_again = paper_job_can_print(s, &w->paper) };
}

void withdrawal_drop(struct session *s)
{
    if (s->visit.withdrawal.state == WITHDRAWAL_OPEN)
        s->visit.withdrawal = (struct withdrawal){ 0 };
}

bool withdrawal_waits_for_card(const struct session *s)
{
    const struct withdrawal *w = &s->visit.withdrawal;
    return *w->about && w->state == WITHDRAWAL_OPEN;
}

/* ---- acts ---------------------------------------------------------------------------- */

enum screen act_open_withdraw(struct session *s, const struct event *e)
{
    struct withdrawal *w = &s->visit.withdrawal;
    (void)e;
    if (!is_offered(s) || w->state == WITHDRAWAL_SENDING)
        return stay();
    if (is_on_its_way(s)) /* asking twice would make two of it */
        return SCREEN_WITHDRAW;
    *w = (struct withdrawal){ 0 };
    memcpy(w->about, s->visit.asked.receipt, sizeof(w->about));
    return SCREEN_WITHDRAW;
}

/* Whoever looked the number up without a card lays theirs down now. */
enum screen act_withdraw_card(struct session *s, const struct event *e)
{
    return s->visit.has_person ? act_card_again(s, e) : act_card_begins(s, e);
}

/* Only who has none yet is waiting for one to be read. */
enum screen act_withdraw_trouble(struct session *s, const struct event *e)
{
    return s->visit.has_person ? stay() : act_card_trouble(s, e);
}

/* Nothing is asked when it is done: taking the card is what one should do. */
enum screen act_withdraw_card_gone(struct session *s, const struct event *e)
{
    return s->visit.withdrawal.state == WITHDRAWAL_KEPT ? act_card_taken(s, e)
                                                        : act_card_gone(s, e);
}

enum screen act_withdraw_send(struct session *s, const struct event *e)
{
    struct withdrawal *w = &s->visit.withdrawal;
    if (w->state == WITHDRAWAL_KEPT) {
        text_copy(s->visit.typed, sizeof(s->visit.typed), w->about);
        act_ask_case(s, e);
        return SCREEN_PROGRESS;
    }
    if (w->state == WITHDRAWAL_SENDING || !s->visit.has_person)
        return stay();
    if (!session_can_submit(s)) {
        w->state = WITHDRAWAL_FAILED;
        return stay();
    }
    token_make(w->token);
    w->state = WITHDRAWAL_SENDING;
    s->config.ports->reserve(s->config.context, w->token);
    return stay();
}

enum screen act_leave_withdraw(struct session *s, const struct event *e)
{
    struct withdrawal *w = &s->visit.withdrawal;
    (void)e;
    if (w->state == WITHDRAWAL_SENDING)
        return stay();
    if (w->state == WITHDRAWAL_FAILED)
        w->state = WITHDRAWAL_OPEN;
    withdrawal_drop(s);
    return SCREEN_PROGRESS;
}

/* ---- the item ------------------------------------------------------------------------ */

static int write_withdrawal(struct bytes *out, const struct session *s, const struct reservation *r)
{
    AUTO(json_release)
    json_t *item =
        json_pack("{s:i, s:o, s:o, s:{s:s}}", "schema", 1, "manifest",
                  submit_manifest_about(s, r, "withdrawal", ""), "resident",
                  person_json(&s->visit.person), "withdraw", "receipt", s->visit.withdrawal.about);
    return submit_append(out, item);
}

bool withdrawal_reserved(struct session *s, const struct reservation *r)
{
    struct withdrawal *w = &s->visit.withdrawal;
    if (w->state != WITHDRAWAL_SENDING || strcmp(r->token, w->token) != 0)
        return false;
    if (!submit_beside(s, r, "withdrawal", write_withdrawal))
        w->state = WITHDRAWAL_FAILED;
    return true;
}

static void print(struct session *s)
{
    struct withdrawal *w = &s->visit.withdrawal;
    struct slip *slip = NULL;
    int failed = s->has_printer ? slip_withdrawal(&slip, s) : -ENODEV;
    paper_job_send(s, &w->paper, failed, slip, w->receipt);
}

bool withdrawal_stored(struct session *s, const char *token, const char *receipt)
{
    struct withdrawal *w = &s->visit.withdrawal;
    if (w->state != WITHDRAWAL_SENDING || !token || strcmp(token, w->token) != 0)
        return false;
    w->state = receipt ? WITHDRAWAL_KEPT : WITHDRAWAL_FAILED;
    if (!receipt)
        return true;
    text_copy(w->receipt, sizeof(w->receipt), receipt);
    print(s);
    return true;
}

/* ---- its slip ------------------------------------------------------------------------ */

bool withdrawal_printed(struct session *s, const struct event *e)
{
    return paper_job_heard(&s->visit.withdrawal.paper, e);
}

enum screen act_withdraw_slip(struct session *s, const struct event *e)
{
    struct withdrawal *w = &s->visit.withdrawal;
    if (e->kind == EV_SLIP_BAD && paper_job_can_print(s, &w->paper))
        print(s);
    else
        w->paper.state = e->kind == EV_SLIP_GOOD ? PAPER_DONE : PAPER_FAILED;
    return stay();
}
