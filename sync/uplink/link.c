#include "sync/uplink/link.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"

enum { PROBE_LIMIT_MS = 20000, PROBE_ANSWER_MAX = 16384, TELL_EVERY_MS = 3600 * 1000 };

static int64_t boot_now(const struct link *l)
{
    return l->clock->base.boot_ms(&l->clock->base);
}

void link_begin(struct link *l, struct wire *wire, struct county_clock *clock,
                struct chance *chance)
{
    *l = (struct link){ .wire = wire, .clock = clock, .chance = chance };
    int64_t now = boot_now(l);
    l->since_ms = now;
    /* Power is back in the whole street: come one by one. A restart of this process alone need not
     * wait. */
    if (now < FRESH_BOOT_MS)
        l->resume_ms = now + chance->below(chance, LINK_UP_SPREAD_MS + 1);
    for (int i = 0; i < LINK_STATE_END; i++)
        l->told_ms[i] = now - TELL_EVERY_MS;
}

static void tell(struct link *l, const struct ruling *ruling, int status)
{
    char detail[32];
    int64_t now = boot_now(l);
    if (!ruling->event || !l->watch.event || now - l->told_ms[ruling->link] < TELL_EVERY_MS)
        return;
    l->told_ms[ruling->link] = now;
    snprintf(detail, sizeof(detail), "status %d", status);
    l->watch.event(l->watch.context, ruling->event, detail);
}

static void change(struct link *l, enum link_state state)
{
    if (state == l->state)
        return;
    int64_t now = boot_now(l), away = now - l->since_ms;
    bool was_up = l->state == LINK_UP || l->state == LINK_BLOCKED, is_up = state == LINK_UP;
    /* The longer it was away, the more kiosks wait for the same moment. */
    if (is_up && !was_up && l->contact_ms && !l->is_hurried)
        l->resume_ms =
            now +
            l->chance->below(l->chance,
                             (uint32_t)(away < LINK_UP_SPREAD_MS ? away : LINK_UP_SPREAD_MS) + 1);
    if (is_up)
        l->is_hurried = false;
    if (is_up != was_up)
        l->since_ms = now;
    l->state = state;
    log_line(LOG_NOTICE, "link", "%s", link_state_word(state));
    if (l->watch.changed)
        l->watch.changed(l->watch.context);
}

static void hear(struct link *l, const struct answer *a)
{
    if (a->date_ms)
        county_clock_hear(l->clock, a->date_ms, a->sent_ms, a->came_ms);
    if (!strcmp(l->epoch, a->epoch))
        return;
    char old[UUID_TEXT];
    memcpy(old, l->epoch, sizeof(old));
    memcpy(l->epoch, a->epoch, sizeof(l->epoch));
    if (l->watch.new_epoch)
        l->watch.new_epoch(l->watch.context, old);
}

static enum link_trouble trouble_of(const struct answer *a)
{
    switch (a->transport) {
    case TRANSPORT_DOWN:
        return a->is_name_unknown ? LINK_NO_NAME : LINK_NO_ANSWER;
    case TRANSPORT_TLS:
        return LINK_STRANGER;
    case TRANSPORT_TLS_DATES:
        return LINK_DATES;
    case TRANSPORT_TOO_LARGE:
    case TRANSPORT_END:
        return LINK_FINE;
    case TRANSPORT_OK:
        break;
    }
    if (a->status >= 500 || a->status == 429)
        return LINK_SICK;
    if (!a->has_epoch)
        return LINK_LOGIN;
    return a->status == 401 || a->status == 403 ? LINK_TURNED_AWAY : LINK_FINE;
}

const char *link_trouble_word(const struct link *l)
{
    static const char *const words[LINK_TROUBLES] = { "",      "name",  "silent",      "stranger",
                                                      "dates", "login", "turned-away", "sick" };
    return words[l->trouble];
}

void link_note(struct link *l, const struct answer *a, const struct ruling *ruling)
{
    bool is_answer = a->transport == TRANSPORT_OK && a->has_epoch;
    bool is_success = is_answer && a->status < 500;
    if (is_answer)
        hear(l, a);
    l->trouble = trouble_of(a);
    l->tries++;
    l->failures = is_success ? 0 : l->failures + 1;
    if (is_success) {
        l->is_broken = false;
        backoff_clear(&l->probe);
    } else if (l->failures >= BREAKER_FAILURES && !l->is_broken) {
        l->is_broken = true;
        backoff_fail(&l->probe, boot_now(l), l->chance);
    }
    change(l, ruling->link);
    if (is_answer)
        l->contact_ms = l->clock->base.wall_ms(&l->clock->base);
    tell(l, ruling, a->status);
}

bool link_is_open(const struct link *l)
{
    return l->is_enrolled && !l->is_broken;
}

static void probe_done(void *context, struct answer *a)
{
    struct link *l = context;
    struct ruling ruling = policy_rule(a, &(struct situation){ 0 });
    l->is_probing = false;
    link_note(l, a, &ruling);
    if (l->is_broken)
        backoff_fail(&l->probe, boot_now(l), l->chance);
}

void link_tick(struct link *l)
{
    bool is_due = l->is_enrolled && l->is_broken && boot_now(l) >= l->probe.until_ms;
    if (l->is_probing || (!is_due && !l->is_asked))
        return;
    struct request r = { .lane = LANE_CONTROL,
                         .method = "GET",
                         .path = "/v1/time",
                         .is_anonymous = !l->is_enrolled,
                         .limit_ms = PROBE_LIMIT_MS,
                         .answer_max = PROBE_ANSWER_MAX,
                         .done = probe_done,
                         .context = l };
    l->is_asked = false;
    /* A busy lane is a request that will tell us just as well. */
    if (l->wire->send(l->wire, &r))
        backoff_fail(&l->probe, boot_now(l), l->chance);
    else
        l->is_probing = true;
}

int64_t link_next_ms(const struct link *l)
{
    if (l->is_probing)
        return INT64_MAX;
    if (l->is_asked)
        return 0;
    return l->is_enrolled && l->is_broken ? l->probe.until_ms : INT64_MAX;
}

void link_hurry(struct link *l)
{
    backoff_clear(&l->probe);
    l->is_hurried = l->state != LINK_UP;
    l->resume_ms = 0;
    l->is_broken = false;
    l->failures = 0;
}

void link_try(struct link *l)
{
    l->is_asked = true;
}
