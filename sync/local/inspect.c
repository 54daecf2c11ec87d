#include "sync/local/inspect.h"

#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/events.h"

enum { LIST_MAX = 1000, EVENTS_MAX = 500 };

static json_t *row_json(const struct outbox_row *row)
{
    json_t *o = json_pack("{sI, ss, ss, ss, sI, sI, ss, sI}", "seq", (json_int_t)row->seq,
                          "receipt", row->receipt, "kind", item_kind_word(row->kind), "state",
                          item_state_word(row->state), "size", (json_int_t)row->size, "tries",
                          (json_int_t)row->tries, "problem", row->problem, "accepted_ms",
                          (json_int_t)row->accepted_ms);
    char id[UUID_TEXT];
    uuid_format(id, row->id);
    json_object_set_new(o, "id", json_string(id));
    return o;
}

static json_t *op_queue_list(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    static struct outbox_row rows[LIST_MAX]; /* large; one thread */
    enum item_state state = ITEM_STATE_END;
    const char *word = json_text_at(q, "state");
    size_t count = 0;
    (void)body;
    if (*word && item_state_parse(&state, word))
        return service_fail(error, reason, "bad-request",
                            "state is none of queued, held, accepted, dead");
    int r = outbox_list(s->store, rows, LIST_MAX, &count, state);
    if (r)
        return service_fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, row_json(&rows[i]));
    return json_pack("{so}", "items", list);
}

static json_t *op_events(struct service *s, const json_t *q, struct bytes *body, const char **error,
                         char *reason)
{
    static struct event events[EVENTS_MAX];
    size_t count = 0;
    (void)body;
    int r = events_list(s->store, events, EVENTS_MAX, &count,
                        json_integer_value(json_object_get(q, "from")), false);
    if (r)
        return service_fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{sI, ss, ss, sI}", "n", (json_int_t)events[i].n,
                                              "what", events[i].what, "detail", events[i].detail,
                                              "wall_ms", (json_int_t)events[i].wall_ms));
    return json_pack("{so}", "events", list);
}

static json_t *op_sync_now(struct service *s, const json_t *q, struct bytes *body,
                           const char **error, char *reason)
{
    (void)q;
    (void)body;
    (void)error;
    (void)reason;
    link_hurry(s->link);
    if (!feed_is_enrolled(s->feed)) /* else the heartbeat goes now, and would only wait for this */
        link_try(s->link);
    sender_hurry(s->sender);
    feed_hurry(s->feed);
    return json_object();
}

static json_t *op_item_release(struct service *s, const json_t *q, struct bytes *body,
                               const char **error, char *reason)
{
    (void)body;
    int r = outbox_release(s->store, json_integer_value(json_object_get(q, "seq")));
    if (r)
        return service_fail_store(r, error, reason);
    sender_hurry(s->sender);
    return json_object();
}

operation inspect_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        { "queue-list", op_queue_list },
        { "events", op_events },
        { "sync-now", op_sync_now },
        { "item-release", op_item_release },
    };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
