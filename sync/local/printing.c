#include "sync/local/printing.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/prints.h"

enum { OPEN_MAX = 64 };

static json_t *op_print_begin(struct service *s, const json_t *q, struct bytes *body,
                              const char **error, char *reason)
{
    struct print_job job = { .is_reprint = json_is_true(json_object_get(q, "is_reprint")) };
    int64_t attempt;
    (void)body;
    if (hex_decode(job.job, sizeof(job.job), json_text_at(q, "job")))
        return service_fail(error, reason, "bad-request", "job must be 32 hex digits");
    const char *receipt = json_text_at(q, "receipt");
    if (*receipt && receipt_parse(job.receipt, receipt))
        return service_fail(error, reason, "bad-request", "receipt is no receipt number");
    snprintf(job.kind, sizeof(job.kind), "%s", json_text_at(q, "kind"));
    int r = prints_begin(s->store, &attempt, &job);
    if (r == STORE_E_NONE)
        return service_fail(error, reason, "refused",
                            "this job may not be printed again without a mark");
    return r ? service_fail_store(r, error, reason)
             : json_pack("{sI}", "attempt", (json_int_t)attempt);
}

static json_t *op_print_state(struct service *s, const json_t *q, struct bytes *body,
                              const char **error, char *reason)
{
    struct print_progress p = { .bytes_sent =
                                    json_integer_value(json_object_get(q, "bytes_sent")) };
    (void)body;
    if (print_state_parse(&p.state, json_text_at(q, "state")))
        return service_fail(error, reason, "bad-request",
                            "state is none of sending, sent, confirmed, uncertain, failed-clean");
    snprintf(p.level, sizeof(p.level), "%.1s", json_text_at(q, "level"));
    snprintf(p.detail, sizeof(p.detail), "%s", json_text_at(q, "detail"));
    int r = prints_state(s->store, json_integer_value(json_object_get(q, "attempt")), &p);
    if (r == PRINT_E_ILLEGAL)
        return service_fail(error, reason, "refused",
                            "no such step from the state of this attempt");
    return r ? service_fail_store(r, error, reason) : json_object();
}

static json_t *op_print_open(struct service *s, const json_t *q, struct bytes *body,
                             const char **error, char *reason)
{
    struct print_open rows[OPEN_MAX];
    size_t count = 0;
    (void)q;
    (void)body;
    int r = prints_open(s->store, rows, OPEN_MAX, &count);
    if (r)
        return service_fail_store(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_t *o = json_pack("{sI, ss, sI}", "attempt", (json_int_t)rows[i].attempt, "receipt",
                              rows[i].receipt, "at_ms", (json_int_t)rows[i].at_ms);
        char job[2 * UUID_BYTES + 1];
        hex_encode(job, rows[i].job, UUID_BYTES);
        json_object_set_new(o, "job", json_string(job));
        json_array_append_new(list, o);
    }
    return json_pack("{so}", "attempts", list);
}

operation printing_find(const char *op)
{
    static const struct {
        const char *name;
        operation run;
    } operations[] = {
        { "print-begin", op_print_begin },
        { "print-state", op_print_state },
        { "print-open", op_print_open },
    };
    for (size_t i = 0; i < sizeof(operations) / sizeof(operations[0]); i++)
        if (!strcmp(operations[i].name, op))
            return operations[i].run;
    return NULL;
}
