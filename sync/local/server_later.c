/* Requests that the county answers, and whom the answer is for: it may find the connection gone. */
#include "firmware/base/json.h"
#include "sync/local/parcels.h"
#include "sync/local/server_inside.h"

/* Whoever asked, if that connection still stands. */
static struct client *client_of(struct server *s, const struct asker *a)
{
    struct client *c = &s->clients[a->client];
    return a->serial && c->fd >= 0 && c->serial == a->serial ? c : NULL;
}

static void enrolled(void *context, enum enrol_result result, const char *message)
{
    static const char *const words[] = { "", "refused", "unreachable", "refused", "storage" };
    struct server *s = context;
    struct client *c = client_of(s, &s->enrolling);
    if (!c)
        return;
    c->is_stopped = false;
    if (result == ENROL_DONE)
        client_reply(c, s->enrolling.n, json_pack("{ss}", "kiosk_id", message), NULL);
    else
        client_refuse(c, s->enrolling.n, words[result], message);
    client_flush(c);
}

void server_take_enrolment(struct server *s, size_t client, json_int_t n, const json_t *q)
{
    struct client *c = &s->clients[client];
    const char *code = json_text_at(q, "code");
    const struct client *other = client_of(s, &s->enrolling);
    if (!*code) {
        client_refuse(c, n, "bad-request", "code is missing");
        return;
    }
    if (other && other->is_stopped) {
        client_refuse(c, n, "refused", "an enrolment is under way");
        return;
    }
    s->enrolling = (struct asker){ client, c->serial, n };
    c->is_stopped = true;
    feed_enrol(s->service->feed, code, enrolled, s);
}

static void parcel_ended(void *context, const char *said, const struct bytes *body)
{
    struct server *s = context;
    struct client *c = client_of(s, &s->parcel);
    if (!c)
        return;
    if (*said)
        client_refuse(c, s->parcel.n, said, "the county has not done it");
    else
        client_reply(c, s->parcel.n, json_object(), body);
    client_flush(c);
}

/* Behind somebody else's it would wait too long: whoever stands there may touch again. */
void server_take_parcel(struct server *s, size_t client, json_int_t n, const struct message *m)
{
    struct parcel_errand errand;
    struct client *c = &s->clients[client];
    const char *fault = parcels_read(&errand, m);
    if (fault || feed_parcel_flies(s->service->feed)) {
        client_refuse(c, n, fault ? "bad-request" : "busy",
                      fault ? fault : "another parcel is on its way");
        return;
    }
    s->parcel = (struct asker){ client, c->serial, n };
    feed_parcel(s->service->feed, &errand, parcel_ended, s);
}

void server_replied(void *context, const char *id, const struct bytes *reply)
{
    struct server *s = context;
    struct client *c = client_of(s, &s->asking);
    if (!c)
        return;
    client_say(c, json_pack("{ss, ss, sb}", "ev", "reply", "id", id, "answered", reply != NULL),
               reply);
    client_flush(c);
}

void server_forget_question(struct server *s)
{
    if (s->asking.serial && !client_of(s, &s->asking)) {
        s->asking = (struct asker){ 0 };
        question_drop(s->service->question, NULL);
    }
}
