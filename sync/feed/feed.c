#include "sync/feed/feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "sync/feed/inside.h"

const char *const feed_doc_names[DOC_COUNT] = { "keys", "catalogue", "config", "updates", "point" };

int64_t feed_now(const struct feed *f)
{
    return f->o.link->clock->base.boot_ms(&f->o.link->clock->base);
}

int64_t feed_wall(const struct feed *f)
{
    return f->o.link->clock->base.wall_ms(&f->o.link->clock->base);
}

/* ---- requests ------------------------------------------------------------------------ */

struct request feed_request(struct feed *f, enum lane lane, const char *method, const char *path)
{
    struct request r = { .lane = lane,
                         .method = method,
                         .limit_ms = CONTROL_LIMIT_MS,
                         .answer_max = 64 * 1024,
                         .context = f };
    snprintf(r.path, sizeof(r.path), "%s", path);
    return r;
}

bool feed_send(struct feed *f, struct schedule *s, const struct request *r)
{
    int failed = f->o.link->wire->send(f->o.link->wire, r);
    s->is_flying = !failed;
    if (failed == -EBUSY)
        s->due_ms = feed_now(f) + 1000; /* the link's own probe has the lane */
    else if (failed)
        s->due_ms = backoff_fail(&s->backoff, feed_now(f), f->o.chance);
    return !failed;
}

bool feed_ended(struct feed *f, struct schedule *s, const struct answer *a)
{
    struct ruling ruling = policy_rule(a, &(struct situation){ 0 });
    bool is_ours = a->transport == TRANSPORT_OK && a->has_epoch;
    bool is_good = is_ours && ((a->status >= 200 && a->status < 300) || a->status == 304);
    /* "Not modified", "gone" and refusals are the platform's voice all the same: the link is up. */
    if (is_ours && a->status < 500 && ruling.move != MOVE_BLOCK) {
        ruling.link = LINK_UP;
        ruling.event = is_good || (s->is_optional && a->status == 404) ? NULL : ruling.event;
    }
    s->is_flying = false;
    link_note(f->o.link, a, &ruling);
    if (is_good)
        backoff_clear(&s->backoff);
    else
        s->due_ms = a->retry_after_ms >= 0
                        ? wait_spread(feed_now(f), a->retry_after_ms, f->o.chance)
                        : backoff_fail(&s->backoff, feed_now(f), f->o.chance);
    return is_good;
}

void feed_reason(char out[FEED_REASON], const struct answer *a)
{
    char complaint[JSON_COMPLAINT];
    if (a->transport != TRANSPORT_OK || !a->has_epoch) {
        snprintf(out, FEED_REASON, "%s",
                 a->transport == TRANSPORT_TLS
                     ? "the platform's certificate is not signed by the CA of this kiosk"
                 : a->transport == TRANSPORT_TLS_DATES
                     ? "the platform's certificate is not valid at the kiosk's time"
                     : "the platform cannot be reached");
        return;
    }
    AUTO(json_release) json_t *problem = json_parse(a->body.data, a->body.length, complaint);
    const char *title = json_string_value(json_object_get(problem, "title"));
    if (title)
        text_copy(out, FEED_REASON, title);
    else
        snprintf(out, FEED_REASON, "the platform answered with status %d", a->status);
}

/* ---- facade -------------------------------------------------------------------------- */

int feed_new(struct feed **out, const struct feed_options *options)
{
    AUTO(feed_free) struct feed *f = calloc(1, sizeof(*f));
    if (!f)
        return fault_raise(-ENOMEM);
    f->o = *options;
    f->heartbeat_ms = HEARTBEAT_MS;
    int r = identity_load(f);
    if (r)
        return r;
    documents_load(f);
    int64_t now = feed_now(f);
    f->heartbeat.due_ms = f->status.due_ms = f->renewal.due_ms = now;
    for (int i = 0; i < DOC_COUNT; i++)
        f->docs[i].when.due_ms = now;
    f->docs[DOC_UPDATES].when.is_optional = f->docs[DOC_POINT].when.is_optional = true;
    *out = TAKE(f);
    return 0;
}

void feed_free(struct feed *f)
{
    if (!f)
        return;
    seal_keys_free(f->keys);
    bytes_clear(&f->heartbeat_body);
    bytes_clear(&f->renewal_body);
    bytes_clear(&f->enrolment.body);
    explicit_bzero(&f->enrolment, sizeof(f->enrolment));
    free(f);
}

bool feed_is_enrolled(const struct feed *f)
{
    return *f->kiosk_id != 0;
}

int64_t feed_doc_version(const struct feed *f, enum feed_doc doc)
{
    return f->docs[doc].version;
}

bool feed_has_keys(const struct feed *f)
{
    return f->keys && seal_keys_are_usable(f->keys, feed_wall(f));
}

const struct seal_keys *feed_keys(const struct feed *f)
{
    return f->keys;
}

int64_t feed_as_of_ms(const struct feed *f)
{
    return f->as_of_ms;
}

void feed_restart(struct feed *f)
{
    f->cursor[0] = 0;
    f->is_cursor_loaded = true;
    f->is_waiting = false;
    f->status.due_ms = feed_now(f);
}

void feed_hurry(struct feed *f)
{
    struct schedule *all[] = { &f->heartbeat,
                               &f->renewal,
                               &f->status,
                               &f->docs[DOC_KEYS].when,
                               &f->docs[DOC_CATALOGUE].when,
                               &f->docs[DOC_CONFIG].when,
                               &f->docs[DOC_UPDATES].when,
                               &f->docs[DOC_POINT].when };
    for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
        backoff_clear(&all[i]->backoff);
        all[i]->due_ms = feed_now(f);
    }
}

void feed_tick(struct feed *f)
{
    identity_tick(f);
    if (!link_is_open(f->o.link))
        return;
    heartbeat_tick(f); /* first: who fetches all the time must not seem lost */
    documents_tick(f);
    status_tick(f);
}

static int64_t earlier(int64_t a, const struct schedule *s)
{
    return s->is_flying || a < s->due_ms ? a : s->due_ms;
}

int64_t feed_next_ms(const struct feed *f)
{
    int64_t due = INT64_MAX;
    bool is_busy = f->heartbeat.is_flying || f->renewal.is_flying || f->enrolment.is_flying;
    for (int i = 0; i < DOC_COUNT; i++)
        is_busy |= f->docs[i].when.is_flying;
    if (link_is_open(f->o.link))
        due = earlier(due, &f->status);
    /* The control lane carries one request at a time; its end brings the next tick. */
    if (is_busy || !link_is_open(f->o.link))
        return due;
    due = earlier(earlier(due, &f->heartbeat), &f->renewal);
    for (int i = 0; i < DOC_COUNT; i++)
        due = earlier(due, &f->docs[i].when);
    return due;
}
