#include "sync/local/handover.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "sync/queue/handover.h"

static json_t *answer(int r, const char **error, char *reason)
{
    if (!r)
        return json_object();
    bool is_word = r == HANDOVER_E_WORD;
    *error = is_word ? "bad-request" : "storage";
    snprintf(reason, FEED_REASON_TEXT, "%s",
             is_word ? "what and serial are words of letters, digits and dashes"
                     : "the store does not work at the moment");
    return NULL;
}

static json_t *op_leave(struct service *s, const json_t *q, struct bytes *body, const char **error,
                        char *reason)
{
    (void)body;
    return answer(handover_leave(s->store, json_text_at(q, "what"), json_text_at(q, "serial")),
                  error, reason);
}

static json_t *op_done(struct service *s, const json_t *q, struct bytes *body, const char **error,
                       char *reason)
{
    (void)body;
    return answer(handover_done(s->store, json_integer_value(json_object_get(q, "note"))), error,
                  reason);
}

static json_t *op_list(struct service *s, const json_t *q, struct bytes *body, const char **error,
                       char *reason)
{
    struct handover_note notes[HANDOVER_NOTES];
    size_t count;
    (void)q;
    (void)body;
    int r = handover_list(s->store, notes, HANDOVER_NOTES, &count);
    if (r)
        return answer(r, error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, json_pack("{sI, ss, ss, sI}", "n", (json_int_t)notes[i].n,
                                              "what", notes[i].what, "serial", notes[i].serial,
                                              "at_ms", (json_int_t)notes[i].at_ms));
    return json_pack("{so}", "notes", list);
}

operation handover_find(const char *op)
{
    return !strcmp(op, "handover-leave")  ? op_leave
           : !strcmp(op, "handover-done") ? op_done
           : !strcmp(op, "handover-list") ? op_list
                                          : NULL;
}
