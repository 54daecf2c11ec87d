#include "sync/local/notes.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/json.h"
#include "sync/queue/cases.h"
#include "sync/queue/notes.h"

enum { LEAST_NOTE = 28 };

static json_t *op_note_keep(struct service *s, const json_t *q, struct bytes *body,
                            const char **error, char *reason)
{
    uint8_t label[NOTE_LABEL];
    struct note note = { 0 };
    const char *sealed = json_text_at(q, "note");
    (void)body;
    if (hex_decode(label, sizeof(label), json_text_at(q, "label")))
        return service_fail(error, reason, "bad-request", "label must be 32 hex digits");
    if (receipt_parse(note.receipt, json_text_at(q, "receipt")))
        return service_fail(error, reason, "bad-request", "receipt is no receipt number");
    note.length = strlen(sealed) / 2;
    if (note.length < LEAST_NOTE || note.length > NOTE_BYTES ||
        hex_decode(note.sealed, note.length, sealed))
        return service_fail(error, reason, "bad-request", "note must be 56 to 184 hex digits");
    return notes_keep(s->store, label, &note) ? service_fail_storage(error, reason) : json_object();
}

/* A note with what the county has said of its case; nothing of the clerk's words, which may be personal. */
static json_t *note_json(struct service *s, const struct note *n)
{
    struct case_entry e = { 0 };
    char sealed[2 * NOTE_BYTES + 1];
    hex_encode(sealed, n->sealed, n->length);
    bool is_known = !cases_find(s->store, &e, n->receipt);
    json_t *o = json_pack("{ss, ss, ss, ss}", "receipt", n->receipt, "note", sealed, "state",
                          is_known ? e.state : "", "due", is_known ? e.due : "");
    explicit_bzero(&e, sizeof(e));
    return o;
}

static json_t *op_note_list(struct service *s, const json_t *q, struct bytes *body,
                            const char **error, char *reason)
{
    uint8_t label[NOTE_LABEL];
    struct note notes[NOTES_MAX];
    size_t count;
    (void)body;
    if (hex_decode(label, sizeof(label), json_text_at(q, "label")))
        return service_fail(error, reason, "bad-request", "label must be 32 hex digits");
    if (notes_list(s->store, label, notes, &count))
        return service_fail_storage(error, reason);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(list, note_json(s, &notes[i]));
    return json_pack("{so, sI}", "notes", list, "as_of_ms",
                     (json_int_t)(s->feed ? feed_as_of_ms(s->feed) : 0));
}

operation notes_find(const char *op)
{
    if (!strcmp(op, "note-keep"))
        return op_note_keep;
    return !strcmp(op, "note-list") ? op_note_list : NULL;
}
