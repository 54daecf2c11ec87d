/* Parcels (SS-48): sealed bytes to the county and from there, while somebody waits. Nothing is kept here: what cannot go now
 * is said at once, and the form is still on the screen. */
#include "sync/feed/parcels.h"

#include <stdio.h>
#include <string.h>

#include "sync/feed/inside.h"

static void tell(struct feed *f, const char *said, const struct bytes *body)
{
    struct relay *r = &f->relay;
    void (*done)(void *, const char *, const struct bytes *) = r->done;
    bytes_clear(&r->body);
    r->is_flying = false;
    r->done = NULL;
    if (done)
        done(r->context, said, body);
}

/* The county's word on it, as one of ours. */
static const char *said_by(const struct answer *a, char word[PROBLEM_WORD])
{
    problem_word(word, a);
    if (a->transport != TRANSPORT_OK || !a->has_epoch || a->status >= 500 || a->status == 429)
        return "unreachable";
    if (a->status == 200 || a->status == 201)
        return "";
    if (a->status == 404)
        return "not-found";
    if (a->status == 410)
        return !strcmp(word, "used") ? "used" : "expired";
    return "refused";
}

static void parcel_done(void *context, struct answer *a)
{
    struct feed *f = context;
    char word[PROBLEM_WORD];
    struct ruling ruling = policy_rule(a, &(struct situation){ 0 });
    bool is_ours = a->transport == TRANSPORT_OK && a->has_epoch;
    /* What the platform says of one parcel says nothing against the link. */
    if (is_ours && a->status < 500 && ruling.move != MOVE_BLOCK) {
        ruling.link = LINK_UP;
        ruling.event = NULL;
    }
    link_note(f->o.link, a, &ruling);
    tell(f, said_by(a, word), &a->body);
}

static int add_content(struct request *q, const struct relay *r)
{
    uint8_t sum[SHA256_BYTES];
    struct bytes digest AUTO_BYTES = { 0 };
    if (!r->body.length)
        return 0;
    sha256(sum, r->body.data, r->body.length);
    int failed = base64_encode(&digest, sum, sizeof(sum));
    request_header(q, "Content-Type: application/octet-stream");
    request_header(q, "Content-Digest: sha-256=:%.*s:", (int)digest.length,
                   (const char *)digest.data);
    q->body = &r->body;
    return failed;
}

bool feed_parcel_flies(const struct feed *f)
{
    return f->relay.is_flying;
}

void feed_parcel(struct feed *f, const struct parcel_errand *errand,
                 void (*done)(void *context, const char *said, const struct bytes *body),
                 void *context)
{
    static const char *const methods[] = {
        [PARCEL_PUT] = "PUT", [PARCEL_GET] = "GET", [PARCEL_END] = "DELETE"
    };
    char path[WIRE_PATH];
    struct relay *r = &f->relay;
    if (r->is_flying) {
        done(context, "busy", NULL);
        return;
    }
    *r = (struct relay){ .is_flying = true, .done = done, .context = context };
    snprintf(path, sizeof(path), "/v1/parcels/%s", errand->label);
    struct request q = feed_request(f, LANE_RELAY, methods[errand->what], path);
    q.limit_ms = PARCEL_LIMIT_MS;
    q.done = parcel_done;
    if (errand->what == PARCEL_PUT)
        request_header(&q, "Parcel-Hours: %d", errand->hours);
    if (errand->what == PARCEL_END)
        request_header(&q, "Parcel-Taker: %s", errand->taker);
    int failed = !feed_is_enrolled(f) || !link_is_open(f->o.link) ? -ENOTCONN : 0;
    if (!failed && errand->body)
        failed = bytes_append(&r->body, errand->body->data, errand->body->length);
    if (!failed)
        failed = add_content(&q, r);
    if (!failed)
        failed = f->o.link->wire->send(f->o.link->wire, &q);
    if (failed)
        tell(f, "unreachable", NULL);
}

void parcels_free(struct feed *f)
{
    bytes_clear(&f->relay.body);
}
