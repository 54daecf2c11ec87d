/* What answers to a batch mean for its items and for the sender. */
#include "sync/uplink/sender_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "sync/queue/events.h"

enum {
    HELD_MS = 6 * 3600 * 1000,
    UNJUDGED_MS = 30 * 1000,
    CHAIN_MS = 30 * 1000,
    CONFLICT_MS = 5000,
    SHRUNK_MS = 3600 * 1000,
    STORM_TIMES = 3,
};

/* ---- verdicts ------------------------------------------------------------------------ */
static int64_t jitter(struct sender *s, int64_t ms)
{
    return wait_spread(0, ms, s->link->chance);
}

struct verdict sender_fail_verdict(struct sender *s, const struct claim *c, int limit,
                                   int64_t wait_ms, const char *problem)
{
    struct verdict v = { .seq = c->item.seq, .kind = VERDICT_FAILED, .wait_ms = wait_ms };
    snprintf(v.problem, sizeof(v.problem), "%s", problem);
    if (c->fails + 1 >= limit) {
        v.kind = VERDICT_HELD;
        v.wait_ms = limit == POISON_TIMES ? HELD_MS : 0;
        events_add(s->store, "item-held", "seq %lld: %.100s", (long long)v.seq, problem);
    }
    return v;
}

static void bury(struct sender *s, struct verdict *v, const struct result *result, const char *why)
{
    v->kind = VERDICT_DEAD;
    snprintf(v->problem, sizeof(v->problem), "%s%s%s", why, *result->problem ? ": " : "",
             result->problem);
    events_add(s->store, "dead-letter", "seq %lld %s", (long long)v->seq, why);
}

/* The platform has lost the blob of this item after all. Returns whether it was thought to be
 * there. */
static bool forget_blob(struct sender *s, int64_t seq)
{
    bool was_there = false;
    for (size_t i = 0; i < BLOBS_MAX; i++)
        if (s->done[i] == seq) {
            s->done[i] = 0;
            was_there = true;
        }
    return was_there;
}

/* What the platform's word on one item means for it. */
static struct verdict verdict_of(struct sender *s, const struct claim *c,
                                 const struct result *result)
{
    struct verdict v = { .seq = c->item.seq,
                         .kind = VERDICT_LATER,
                         .wait_ms = jitter(s, UNJUDGED_MS) };
    if (!result)
        return v;
    switch (result->outcome) {
    case OUTCOME_ACCEPTED:
    case OUTCOME_DUPLICATE:
        v.kind = VERDICT_ACCEPTED;
        snprintf(v.server_ref, sizeof(v.server_ref), "%s", result->server_ref);
        break;
    case OUTCOME_CONFLICT:
        bury(s, &v, result, "conflict");
        break;
    case OUTCOME_REJECTED:
        bury(s, &v, result, "rejected");
        break;
    case OUTCOME_MISSING_BLOBS:
        v.kind = VERDICT_AS_BLOB;
        if (!forget_blob(s, v.seq))
            v.wait_ms = 0; /* it was not known to be one */
        break;
    case OUTCOME_WAIT:
        v.wait_ms = jitter(s, CHAIN_MS);
        break;
    case OUTCOME_RETRY:
        if (result->retry_after_s >= 0)
            v.wait_ms = jitter(s, result->retry_after_s * 1000);
        break;
    case OUTCOME_NONE:
    case OUTCOME_END:
        break;
    }
    return v;
}

static int64_t accepted_at(const struct sender *s)
{
    const struct clock *clock = &s->link->clock->base;
    int64_t known = county_clock_known_ms(s->link->clock);
    return known ? known : clock->wall_ms(clock);
}

void sender_store_verdicts(struct sender *s, const struct verdict *verdicts, size_t count)
{
    /* A verdict that cannot be stored is simply not stored: the item goes again and comes back
     * "duplicate".
     */
    int r = outbox_judge(s->store, verdicts, count, accepted_at(s));
    if (r)
        log_line(LOG_WARNING, "sender", "%zu verdicts were not stored (%d)", count, r);
    if (s->watch.moved)
        s->watch.moved(s->watch.context);
}

static void judge_batch(struct sender *s, const struct batch *b, const struct results *results)
{
    struct verdict verdicts[BATCH_ITEMS_MAX] = { 0 };
    size_t unjudged = 0;
    bool has_more = false;
    for (size_t i = 0; i < b->count; i++) {
        const struct result *result = verdicts_find(results, b->claims[i].item.id);
        unjudged += !result;
        verdicts[i] = verdict_of(s, &b->claims[i], result);
        has_more = has_more || verdicts[i].kind == VERDICT_AS_BLOB;
    }
    if (unjudged)
        events_add(s->store, "items-unjudged", "%zu of %zu", unjudged, b->count);
    if (results->count + unjudged > b->count)
        log_line(LOG_WARNING, "sender", "the platform judged items that were not in the batch");
    sender_store_verdicts(s, verdicts, b->count);
    if (has_more) {
        s->swept = 0;
        sender_nudge(s);
    }
}

/* ---- what a whole answer means ------------------------------------------------------- */
void sender_back_off(struct sender *s)
{
    s->quiet_until_ms = backoff_fail(&s->backoff, sender_now(s), s->link->chance);
}

void sender_wait_for(struct sender *s, const struct answer *a)
{
    int64_t wait = a->retry_after_ms < 0 && a->status == 409 ? CONFLICT_MS : a->retry_after_ms;
    if (wait < 0)
        sender_back_off(s);
    else
        s->quiet_until_ms = wait_spread(sender_now(s), wait, s->link->chance);
}

void sender_stop(struct sender *s)
{
    s->quiet_until_ms = wait_spread(sender_now(s), STOP_MS, s->link->chance);
}

void sender_block(struct sender *s)
{
    sender_stop(s);
    if (s->watch.identity_refused)
        s->watch.identity_refused(s->watch.context);
}

/* A good answer: waits are over. Batches may grow again an hour after they were too large. */
void sender_be_well(struct sender *s)
{
    backoff_clear(&s->backoff);
    s->quiet_until_ms = 0;
    s->storms = 0;
    s->salt = 0;
    if (sender_now(s) - s->shrunk_ms > SHRUNK_MS)
        s->most = BATCH_ITEMS_MAX;
}

static void set_aside(struct sender *s, const struct batch *b, const struct answer *a)
{
    char problem[40];
    snprintf(problem, sizeof(problem), "refused alone with status %d", a->status);
    struct verdict v = sender_fail_verdict(s, &b->claims[0], ASIDE_TIMES, ASIDE_MS, problem);
    sender_store_verdicts(s, &v, 1);
}

/* No answer to this batch: its items are simply queued still, and the sweep goes back to them. */
static void rewind_to(struct sender *s, const struct batch *b)
{
    if (s->swept >= b->claims[0].item.seq)
        s->swept = b->claims[0].item.seq - 1;
    batch_free(s->next);
    s->next = NULL;
    sender_nudge(s);
}

static void shrink(struct sender *s, const struct batch *b)
{
    s->most = b->count / 2;
    s->shrunk_ms = sender_now(s);
    rewind_to(s, b);
}

/* Send the items of this batch singly, once. */
static void go_solo(struct sender *s, const struct batch *b)
{
    s->solo_until = b->claims[b->count - 1].item.seq;
    rewind_to(s, b);
}

/* The suspect failed while another item passed: it is the item, not the platform. */
static void convict_suspect(struct sender *s)
{
    if (!s->suspect)
        return;
    const struct claim c = { .item = { .seq = s->suspect }, .fails = s->suspect_fails };
    int64_t wait = INT64_C(60000) << (s->suspect_fails < 6 ? s->suspect_fails : 6);
    struct verdict v =
        sender_fail_verdict(s, &c, POISON_TIMES, wait, "the platform fails on this item");
    s->suspect = 0;
    sender_store_verdicts(s, &v, 1);
}

/* The platform fails. If that goes on, find out whether it fails on one item: send singly, step
 * over the one that fails, and see whether the next one passes. */
static void weather_storm(struct sender *s, const struct batch *b)
{
    bool goes_on = ++s->storms >= STORM_TIMES;
    sender_back_off(s);
    if (b->count > 1 && goes_on) {
        go_solo(s, b);
    } else if (b->count == 1 && goes_on && !s->suspect) {
        s->suspect = b->claims[0].item.seq;
        s->suspect_fails = b->claims[0].fails;
        sender_nudge(s);
    } else {
        s->suspect = 0; /* two in a row: it is the platform */
        rewind_to(s, b);
    }
}

static void read_verdicts(struct sender *s, const struct batch *b, const struct answer *a)
{
    struct results *results = malloc(sizeof(*results));
    if (!results || verdicts_parse(results, a->body.data, a->body.length)) {
        rewind_to(s, b);
        sender_back_off(s);
    } else {
        sender_be_well(s);
        sender_send(s); /* the line is busy again while we write */
        convict_suspect(s);
        judge_batch(s, b, results);
    }
    free(results);
}

static void give_own_verdict(struct sender *s, const struct batch *b, enum verdict_kind kind,
                             const char *problem)
{
    struct verdict v = { .seq = b->claims[0].item.seq, .kind = kind };
    snprintf(v.problem, sizeof(v.problem), "%s", problem);
    sender_store_verdicts(s, &v, 1);
    s->swept = 0;
    sender_nudge(s);
}

static void carry_out(struct sender *s, const struct batch *b, const struct answer *a,
                      enum move move)
{
    switch (move) {
    case MOVE_READ:
        read_verdicts(s, b, a);
        return;
    case MOVE_STORM:
        weather_storm(s, b);
        return;
    case MOVE_SPLIT:
        go_solo(s, b);
        return;
    case MOVE_ASIDE:
        set_aside(s, b, a);
        return;
    case MOVE_SHRINK:
        shrink(s, b);
        return;
    case MOVE_AS_BLOB:
        give_own_verdict(s, b, VERDICT_AS_BLOB, "");
        return;
    case MOVE_HOLD:
        give_own_verdict(s, b, VERDICT_HELD, "too large for the platform");
        return;
    case MOVE_NEW_KEY:
        s->salt++;
        sender_back_off(s);
        break;
    case MOVE_BACK_OFF:
        sender_back_off(s);
        break;
    case MOVE_WAIT:
        sender_wait_for(s, a);
        break;
    case MOVE_BLOCK:
        sender_block(s);
        break;
    case MOVE_STOP:
        sender_stop(s);
        break;
    }
    rewind_to(s, b);
}

static bool is_inline(const struct sender *s, const struct claim *c)
{
    return !c->as_blob && c->item.size <= s->limits.inline_max;
}

void sender_batch_done(void *context, struct answer *a)
{
    struct sender *s = context;
    AUTO(batch_free) struct batch *b = TAKE(s->flying);
    struct situation situation = { .items = b->count, .is_all_blobs = true };
    for (size_t i = 0; i < b->count; i++)
        situation.is_all_blobs = situation.is_all_blobs && !is_inline(s, &b->claims[i]);
    struct ruling ruling = policy_rule(a, &situation);
    s->is_flying = false;
    link_note(s->link, a, &ruling);
    carry_out(s, b, a, ruling.move);
}
