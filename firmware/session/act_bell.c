/* A person is called from any page, by way of its help. The answer may come while any page is shown, so what belongs to
 * the bell is taken before the table is asked. */
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/acts.h"

static bool is_waiting(const struct bell *b)
{
    return b->state == BELL_RINGING || b->state == BELL_UNANSWERED;
}

/* Said aloud at once, whatever the network does: the room is nearer than the county. */
enum screen act_ring(struct session *s, const struct event *e)
{
    struct bell *b = &s->visit.bell;
    (void)e;
    if (s->visit.is_practice || !point_has(desk_news(s), POINT_BELL) || b->state == BELL_RINGING ||
        b->state == BELL_COMING)
        return stay();
    *b = (struct bell){ .state = BELL_RINGING,
                        .is_offline = !s->link.is_there || !s->link.is_up,
                        .until_ms = session_now(s) + BELL_ANSWER_MS };
    s->config.ports->call_out(s->config.context);
    if (!session_can_submit(s))
        return stay();
    token_make(b->token);
    s->config.ports->reserve(s->config.context, b->token);
    return stay();
}

/* ---- the item -------------------------------------------------------------------------------- */

static int write_call(struct bytes *out, const struct session *s, const struct reservation *r)
{
    json_t *manifest = submit_manifest(s, r, "bell");
    AUTO(json_release)
    json_t *item = json_pack("{s:i, s:o, s:n}", "schema", 1, "manifest", manifest, "resident");
    return submit_append(out, item);
}

static void reserved(struct session *s, const struct reservation *r)
{
    struct bell *b = &s->visit.bell;
    if (submit_beside(s, r, "bell", write_call))
        memcpy(b->receipt, r->receipt, sizeof(b->receipt));
}

/* ---- what comes back ------------------------------------------------------------------------- */

static bool take_answer(struct bell *b, const struct case_view *c)
{
    if (!c || !*b->receipt || strcmp(c->receipt, b->receipt) != 0)
        return false;
    if (is_waiting(b) && c->where == CASE_COUNTY && !strcmp(c->state, "coming")) {
        b->state = BELL_COMING;
        text_copy(b->by, sizeof(b->by), case_fact(c, "by"));
    }
    /* The county found it late by its own clock: then it has an owner there, and waiting here leads nowhere. */
    if (b->state == BELL_RINGING && c->where == CASE_COUNTY && !strcmp(c->state, "open"))
        b->state = BELL_UNANSWERED;
    return true;
}

static bool is_token(const struct bell *b, const char *token)
{
    return *b->token && token && !strcmp(token, b->token);
}

bool bell_took(struct session *s, const struct event *e)
{
    struct bell *b = &s->visit.bell;
    switch (e->kind) {
    case EV_RESERVED:
        if (!is_token(b, e->reservation->token))
            return false;
        reserved(s, e->reservation);
        return true;
    case EV_SUBMITTED:
        b->is_kept |= is_token(b, e->name);
        return is_token(b, e->name);
    case EV_NOT_SUBMITTED:
        return is_token(b, e->name);
    case EV_CASE:
        /* The progress page may have asked after the same number: it gets its answer too. */
        return take_answer(b, e->answer) && strcmp(e->answer->receipt, s->visit.asked.receipt) != 0;
    case EV_CASES:
        if (is_waiting(b) && b->is_kept)
            s->config.ports->ask_case(s->config.context, b->receipt);
        return false;
    default:
        return false;
    }
}

bool bell_is_late(struct session *s)
{
    struct bell *b = &s->visit.bell;
    if (b->state != BELL_RINGING || session_now(s) < b->until_ms)
        return false;
    b->state = BELL_UNANSWERED;
    return true;
}
