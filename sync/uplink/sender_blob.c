/* Large bodies in parts of 256 KiB, resumed from what the platform has. */
#include "sync/uplink/sender_inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PART_TRIES = 3 };

void blob_drop(struct sender *s)
{
    if (!s->blob)
        return;
    claim_clear(&s->blob->claim);
    bytes_clear(&s->blob->data);
    free(s->blob);
    s->blob = NULL;
}

static unsigned part_count(const struct blob_job *job)
{
    return (unsigned)((job->claim.item.size + PART_BYTES - 1) / PART_BYTES);
}

static void blob_finish(struct sender *s)
{
    s->done[s->done_next++ % BLOBS_MAX] = s->blob->claim.item.seq;
    blob_drop(s);
    s->swept = 0;
    sender_nudge(s);
}

/* The item keeps its place in the queue, but others go first for a while. */
static void blob_give_up(struct sender *s, const char *why, int limit, int64_t wait_ms)
{
    struct verdict v = sender_fail_verdict(s, &s->blob->claim, limit, wait_ms, why);
    sender_store_verdicts(s, &v, 1);
    blob_drop(s);
    sender_nudge(s);
}

static void blob_answer(struct sender *s, struct answer *a)
{
    struct blob_job *job = s->blob;
    bool was_part = job->is_known;
    if (blob_state_parse(&job->state, job->claim.item.sha256, a->body.data, a->body.length)) {
        sender_back_off(s);
        return;
    }
    sender_be_well(s);
    job->is_known = true;
    job->part_tries = 0;
    if (was_part)
        job->part++;
    if (job->state.is_complete)
        blob_finish(s);
}

static void blob_trouble(struct sender *s, const struct answer *a, enum move move)
{
    struct blob_job *job = s->blob;
    bool is_asking = !job->is_known;
    switch (move) {
    case MOVE_BLOCK:
        sender_block(s);
        return;
    case MOVE_WAIT:
        sender_wait_for(s, a);
        return;
    case MOVE_STOP:
        if (is_asking && a->status == 404) {
            job->is_known = true; /* nothing of it is there */
            return;
        }
        sender_stop(s);
        return;
    case MOVE_HOLD:
    case MOVE_AS_BLOB:
    case MOVE_SHRINK:
        blob_give_up(s, "too large for the platform", 1, 0);
        return;
    case MOVE_ASIDE:
    case MOVE_SPLIT:
        blob_give_up(s, "its blob is refused", ASIDE_TIMES, ASIDE_MS);
        return;
    case MOVE_NEW_KEY: /* 422: the part came in damaged */
    case MOVE_STORM:
        if (++job->part_tries >= PART_TRIES && !s->link->is_broken)
            blob_give_up(s, "its blob fails", POISON_TIMES, ASIDE_MS);
        break;
    case MOVE_READ:
    case MOVE_BACK_OFF:
        break;
    }
    sender_back_off(s);
}

static void blob_done(void *context, struct answer *a)
{
    struct sender *s = context;
    struct ruling ruling = policy_rule(a, &(struct situation){ .items = 1, .is_all_blobs = true });
    s->is_flying = false;
    if (a->transport == TRANSPORT_OK && a->has_epoch && a->status == 404)
        ruling.event = NULL; /* an unknown blob is an answer, not a wrong server */
    link_note(s->link, a, &ruling);
    if (!s->blob)
        return; /* noting it has restarted the sender */
    bytes_clear(&s->blob->data);
    if (ruling.move == MOVE_READ)
        blob_answer(s, a);
    else
        blob_trouble(s, a, ruling.move);
}

enum blob_outcome { BLOB_E_ASK_AGAIN = 1, BLOB_E_UNREADABLE };

static int ask_request(struct sender *s, struct blob_job *job, struct request *r)
{
    char hash[2 * SHA256_BYTES + 1];
    int mended = outbox_mend(s->store, &job->claim.item);
    if (mended)
        return mended == STORE_E_NONE ? (int)BLOB_E_UNREADABLE : fault_fold(mended);
    hex_encode(hash, job->claim.item.sha256, SHA256_BYTES);
    r->method = "GET";
    snprintf(r->path, sizeof(r->path), "/v1/blobs/%s", hash);
    return 0;
}

static int read_part(struct sender *s, struct blob_job *job)
{
    int r = outbox_part(s->store, job->claim.item.seq, job->part, &job->data);
    if (r == STORE_E_NONE)
        return BLOB_E_UNREADABLE;
    return r ? r : content_digest(job->digest, job->data.data, job->data.length);
}

static int part_request(struct sender *s, struct blob_job *job, struct request *r)
{
    char hash[2 * SHA256_BYTES + 1];
    while (job->part < part_count(job) && job->state.has[job->part])
        job->part++;
    if (job->part == part_count(job)) {
        job->part = 0;
        job->is_known = false;
        return BLOB_E_ASK_AGAIN; /* all sent, and yet it was not called complete */
    }
    int read = read_part(s, job);
    if (read)
        return read;
    hex_encode(hash, job->claim.item.sha256, SHA256_BYTES);
    r->method = "PUT";
    r->body = &job->data;
    snprintf(r->path, sizeof(r->path), "/v1/blobs/%s/parts/%u?size=%zu", hash, job->part,
             job->claim.item.size);
    request_header(r, "Content-Type: application/octet-stream");
    request_header(r, "Content-Digest: %s", job->digest);
    return 0;
}

void blob_send(struct sender *s)
{
    struct request r = { .lane = LANE_UPLOAD,
                         .limit_ms = REQUEST_LIMIT_MS,
                         .answer_max = UPLOAD_ANSWER_MAX,
                         .done = blob_done,
                         .context = s };
    int made = s->blob->is_known ? part_request(s, s->blob, &r) : ask_request(s, s->blob, &r);
    if (made == BLOB_E_UNREADABLE) {
        blob_give_up(s, "its bytes cannot be read", 1, 0);
        return;
    }
    s->attempt_ms = sender_now(s);
    s->is_flying = !made && !s->link->wire->send(s->link->wire, &r);
    if (!s->is_flying) {
        bytes_clear(&s->blob->data);
        sender_back_off(s);
    }
}

void blob_begin(struct sender *s)
{
    s->blob = calloc(1, sizeof(*s->blob));
    if (!s->blob)
        return;
    s->blob->claim = s->blobs[0];
    memmove(s->blobs, s->blobs + 1, (--s->blob_count) * sizeof(*s->blobs));
}
