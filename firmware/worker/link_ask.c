/* What is asked of kiosk-syncd: one function an operation, from any thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/worker/link_inside.h"

void link_request_free(void *message)
{
    struct request *r = message;
    if (!r)
        return;
    json_decref(r->head);
    bytes_clear(&r->body);
    explicit_bzero(r, sizeof(*r));
    free(r);
}

struct request *link_request(enum request_kind kind, const char *name, json_t *head)
{
    struct request *r = calloc(1, sizeof(*r));
    if (!r || !head) {
        free(r);
        json_decref(head);
        (void)fault_raise(-ENOMEM);
        return NULL;
    }
    r->kind = kind;
    r->head = head;
    r->born_ms = link_now_ms();
    snprintf(r->name, sizeof(r->name), "%s", name);
    return r;
}

static void command(struct link *l, struct request *r)
{
    if (r && queue_send(l->commands, r)) {
        log_line(LOG_ERROR, "link", "too many requests wait for the queue process");
        link_request_free(r);
    }
}

static void command_with(struct link *l, struct request *r, const struct bytes *body)
{
    if (r && bytes_append(&r->body, body->data, body->length)) {
        link_request_free(r);
        return;
    }
    command(l, r);
}

void link_reserve(struct link *l, const char *token)
{
    command(l, link_request(ASK_RESERVE, token,
                            json_pack("{s:s, s:s}", "op", "reserve", "token", token)));
}

void link_reserve_ticket(struct link *l, const char *token, const char *day)
{
    command(l, link_request(ASK_RESERVE, token,
                            json_pack("{s:s, s:s, s:s}", "op", "reserve", "token", token,
                                      "ticket_day", day)));
}

void link_submit(struct link *l, const struct submission *s)
{
    char digest[2 * SHA256_BYTES + 1];
    hex_encode(digest, s->sha256, SHA256_BYTES);
    struct request *r =
        link_request(ASK_SUBMIT, s->token,
                     json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "op", "submit", "token",
                               s->token, "id", s->id, "kind", s->kind, "suite", SEAL_SUITE_CMS_P256,
                               "key_id", s->key_id, "sha256", digest));
    command_with(l, r, s->sealed);
}

void link_ask_case(struct link *l, const char *receipt)
{
    command(l, link_request(ASK_CASE, receipt,
                            json_pack("{s:s, s:s}", "op", "case", "receipt", receipt)));
}

void link_ask_county(struct link *l, const struct live_question *q)
{
    struct request *r = link_request(ASK_QUESTION, q->id,
                                     json_pack("{s:s, s:s, s:i, s:s}", "op", "ask", "id", q->id,
                                               "suite", SEAL_SUITE_CMS_P256, "key_id", q->key_id));
    command_with(l, r, q->sealed);
}

void link_drop_question(struct link *l, const char *id)
{
    command(l, link_request(ASK_DROP, id, json_pack("{s:s, s:s}", "op", "ask-drop", "id", id)));
}

void link_keep_note(struct link *l, const uint8_t label[AGENT_MARK_LABEL], const char *receipt,
                    const struct bytes *note)
{
    char name[2 * AGENT_MARK_LABEL + 1], sealed[2 * AGENT_NOTE_SEALED + 1];
    if (note->length > AGENT_NOTE_SEALED)
        return;
    hex_encode(name, label, AGENT_MARK_LABEL);
    hex_encode(sealed, note->data, note->length);
    command(l, link_request(ASK_NOTE_KEEP, receipt,
                            json_pack("{s:s, s:s, s:s, s:s}", "op", "note-keep", "label", name,
                                      "receipt", receipt, "note", sealed)));
}

void link_ask_notes(struct link *l, const uint8_t label[AGENT_MARK_LABEL])
{
    char name[2 * AGENT_MARK_LABEL + 1];
    hex_encode(name, label, AGENT_MARK_LABEL);
    command(l,
            link_request(ASK_NOTES, "", json_pack("{s:s, s:s}", "op", "note-list", "label", name)));
}

void link_put_parcel(struct link *l, const char *label, int hours, const struct bytes *parcel)
{
    struct request *r = link_request(
        ASK_PARCEL, label,
        json_pack("{s:s, s:s, s:i}", "op", "parcel-put", "label", label, "hours", hours));
    command_with(l, r, parcel);
}

void link_get_parcel(struct link *l, const char *label)
{
    command(l, link_request(ASK_PARCEL, label,
                            json_pack("{s:s, s:s}", "op", "parcel-get", "label", label)));
}

void link_end_parcel(struct link *l, const char *label, const char *taker)
{
    command(l, link_request(ASK_PARCEL, label,
                            json_pack("{s:s, s:s, s:s}", "op", "parcel-end", "label", label,
                                      "taker", taker)));
}

void link_tell_health(struct link *l, const struct link_health *h)
{
    command(l, link_request(ASK_HEALTH, "",
                            json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s}, s:{s:s, s:s}, s:I, s:b}",
                                      "op", "health", "devices", "reader", h->reader, "printer",
                                      h->printer, "keypad", h->keypad, "scanner", h->scanner,
                                      "screen", h->screen, "causes", "reader", h->reader_cause,
                                      "printer", h->printer_cause, "paper_mm",
                                      (json_int_t)h->paper_mm, "closed", h->is_closed)));
}

void link_count(struct link *l, const char *what, const char *about, const char *detail, int by)
{
    command(l, link_request(ASK_COUNT, what,
                            json_pack("{s:s, s:s, s:s, s:s, s:i}", "op", "figure-add", "what", what,
                                      "about", about, "detail", detail, "count", by)));
}

void link_enrol(struct link *l, const char *code)
{
    command(l, link_request(ASK_ENROL, "", json_pack("{s:s, s:s}", "op", "enrol", "code", code)));
}

void link_ask_figures(struct link *l)
{
    command(l, link_request(ASK_FIGURES, "", json_pack("{s:s}", "op", "figures")));
}

void link_print_begin(struct link *l, const char *job, const char *receipt, bool is_reprint)
{
    command(l, link_request(ASK_PRINT_BEGIN, job,
                            json_pack("{s:s, s:s, s:s, s:b, s:s}", "op", "print-begin", "job", job,
                                      "receipt", receipt, "is_reprint", is_reprint, "kind",
                                      "receipt")));
}

void link_print_state(struct link *l, int64_t attempt, const char *state, const char *level,
                      uint64_t bytes_sent)
{
    command(l, link_request(ASK_PRINT_STATE, "",
                            json_pack("{s:s, s:I, s:s, s:s, s:I, s:s}", "op", "print-state",
                                      "attempt", (json_int_t)attempt, "state", state, "level",
                                      level, "bytes_sent", (json_int_t)bytes_sent, "detail", "")));
}
