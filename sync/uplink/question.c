#include "sync/uplink/question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"

struct question {
    struct link *link;
    question_done done;
    void *context;
    char id[REPLY_ID]; /* of the one under way; "" none */
    struct bytes body;
};

int question_new(struct question **out, struct link *link)
{
    struct question *q = calloc(1, sizeof(*q));
    if (!q)
        return fault_raise(-ENOMEM);
    q->link = link;
    *out = q;
    return 0;
}

void question_free(struct question *q)
{
    if (!q)
        return;
    question_drop(q, NULL);
    free(q);
}

void question_watch(struct question *q, question_done done, void *context)
{
    q->done = done;
    q->context = context;
}

void question_drop(struct question *q, const char *id)
{
    if (!*q->id || (id && strcmp(q->id, id) != 0))
        return;
    q->link->wire->cancel(q->link->wire, LANE_QUESTION);
    q->id[0] = 0;
    bytes_clear(&q->body);
}

/* Only the platform's own, and only bytes: what is in them is for whoever asked. */
static bool is_reply(const struct answer *a)
{
    return a->transport == TRANSPORT_OK && a->has_epoch && a->status == 200 &&
           !strcmp(a->type, "application/octet-stream") && a->body.length &&
           a->body.length <= REPLY_MAX;
}

/* Our impatience says nothing about the link: a good answer alone is noted. */
static void finished(void *context, struct answer *a)
{
    struct question *q = context;
    char id[REPLY_ID];
    bool is_good = is_reply(a);
    memcpy(id, q->id, sizeof(id));
    q->id[0] = 0;
    bytes_clear(&q->body);
    if (is_good) {
        struct ruling ruling = policy_rule(a, &(struct situation){ 0 });
        link_note(q->link, a, &ruling);
    }
    if (q->done && *id)
        q->done(q->context, id, is_good ? &a->body : NULL);
}

static int write_body(struct question *q, const char *id, const char *key_id,
                      const struct bytes *sealed)
{
    struct bytes text AUTO_BYTES = { 0 };
    int r = base64_encode(&text, sealed->data, sealed->length);
    if (!r)
        r = bytes_append_byte(&text, 0);
    if (r)
        return r;
    AUTO(json_release)
    json_t *o = json_pack("{ss, si, ss, ss}", "id", id, "suite", SEAL_SUITE_CMS_P256, "key_id",
                          key_id, "sealed", (const char *)text.data);
    char *body = o ? json_canonical(o) : NULL;
    r = body ? bytes_append_text(&q->body, body) : fault_raise(-ENOMEM);
    json_text_free(body);
    return r;
}

int question_ask(struct question *q, const char *id, const char *key_id, const struct bytes *sealed)
{
    struct wire *wire = q->link->wire;
    question_drop(q, NULL);
    if (!link_is_open(q->link) || q->link->state != LINK_UP)
        return QUESTION_E_UNREACHABLE;
    int r = write_body(q, id, key_id, sealed);
    if (r) {
        bytes_clear(&q->body);
        return r;
    }
    struct request request = { .lane = LANE_QUESTION,
                               .method = "POST",
                               .path = "/v1/questions",
                               .body = &q->body,
                               .limit_ms = QUESTION_LIMIT_MS,
                               .answer_max = REPLY_MAX,
                               .done = finished,
                               .context = q };
    request_header(&request, "Content-Type: application/json");
    request_header(&request, "Accept: application/octet-stream");
    if (wire->send(wire, &request)) {
        bytes_clear(&q->body);
        return QUESTION_E_UNREACHABLE;
    }
    snprintf(q->id, sizeof(q->id), "%s", id);
    return 0;
}
