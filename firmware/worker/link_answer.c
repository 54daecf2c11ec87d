/* What kiosk-syncd answers, as posts to the main thread. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/worker/link_inside.h"

static const char *const documents[LINK_DOCUMENTS] = { "keys", "catalogue", "point" };

static int64_t number_of(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

#define COPY(to, o, key) text_copy((to), sizeof(to), json_text_at((o), (key)))

static void ask_documents(struct link *l, const json_t *status)
{
    const json_t *docs = json_object_get(status, "docs");
    for (size_t i = 0; i < LINK_DOCUMENTS; i++) {
        int64_t version = number_of(docs, documents[i]);
        if (version <= 0 || version == l->versions[i])
            continue;
        struct request *r =
            link_request(ASK_DOC, documents[i],
                         json_pack("{s:s, s:s, s:I}", "op", "doc", "name", documents[i], "have",
                                   (json_int_t)l->versions[i]));
        if (r)
            link_enqueue(l, r, true);
    }
}

void link_take_status(struct link *l, const json_t *status)
{
    struct post *p = post_event(EV_LINK, "", "", 0);
    if (!p)
        return;
    struct link_facts *f = &p->data.link;
    f->is_there = true;
    f->is_up = !strcmp(json_text_at(status, "link"), "up");
    f->is_accepting = json_is_true(json_object_get(status, "accepting"));
    COPY(f->refusal, status, "refusal");
    COPY(f->kiosk_id, status, "kiosk_id");
    int64_t quality = number_of(status, "clock_quality");
    f->clock_quality =
        quality >= CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality : CLOCK_UNSET;
    post_send(l->to, p);
    ask_documents(l, status);
}

static void take_reservation(struct link *l, const struct request *r, const json_t *o)
{
    struct post *p = post_event(EV_RESERVED, r->name, "", 0);
    if (!p)
        return;
    struct reservation *to = &p->data.reservation;
    text_copy(to->token, sizeof(to->token), r->name);
    COPY(to->id, o, "id");
    COPY(to->receipt, o, "receipt");
    COPY(to->kiosk_id, o, "kiosk_id");
    COPY(to->install_id, o, "install_id");
    COPY(to->boot_id, o, "boot_id");
    to->seq = number_of(o, "seq");
    to->boot_ms = number_of(o, "boot_ms");
    to->wall_ms = number_of(o, "wall_ms");
    int64_t ticket = number_of(o, "ticket");
    to->ticket = ticket > 0 && ticket <= INT32_MAX ? (int)ticket : 0;
    int64_t quality = number_of(o, "clock_quality");
    to->clock_quality =
        quality >= CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality : CLOCK_UNSET;
    post_send(l->to, p);
}

static enum case_where where_of(const json_t *o)
{
    const char *where = json_text_at(o, "where");
    if (!json_is_true(json_object_get(o, "found")))
        return CASE_NOT_FOUND;
    return !strcmp(where, "here") ? CASE_HERE : !strcmp(where, "county") ? CASE_COUNTY : CASE_SENT;
}

static void take_case(struct link *l, const struct request *r, const json_t *o, bool is_ok)
{
    struct post *p = post_event(EV_CASE, "", "", 0);
    if (!p)
        return;
    struct case_view *c = &p->data.answer;
    text_copy(c->receipt, sizeof(c->receipt), r->name);
    c->where = is_ok ? where_of(o) : CASE_UNAVAILABLE;
    c->as_of_ms = number_of(o, "as_of_ms");
    case_read(c, o);
    post_send(l->to, p);
}

static void take_notes(struct link *l, const json_t *o, bool is_ok)
{
    struct post *p = post_event(EV_AGENT_NOTES, "", "", 0);
    if (!p)
        return;
    struct agency_notes *notes = &p->data.notes;
    const json_t *list = json_object_get(o, "notes");
    notes->is_known = is_ok;
    notes->as_of_ms = number_of(o, "as_of_ms");
    for (size_t i = 0; i < json_array_size(list) && notes->count < AGENCY_TASKS_MAX; i++) {
        const json_t *row = json_array_get(list, i);
        struct agency_note *n = &notes->list[notes->count];
        const char *sealed = json_text_at(row, "note");
        n->length = strlen(sealed) / 2;
        if (n->length > sizeof(n->sealed) || hex_decode(n->sealed, n->length, sealed))
            continue;
        COPY(n->receipt, row, "receipt");
        COPY(n->state, row, "state");
        n->due_ms = case_read_wall(row, "due");
        notes->count++;
    }
    post_send(l->to, p);
}

static void take_parcel(struct link *l, const struct request *r, const struct message *m,
                        const char *error)
{
    struct post *p = post_event(EV_PARCEL, r->name, *error ? error : "well", 0);
    if (p && m && !*error && m->body.length <= PARCEL_MAX &&
        bytes_append(&p->parcel, m->body.data, m->body.length)) {
        post_free(p);
        p = post_event(EV_PARCEL, r->name, "away", 0);
    }
    post_send(l->to, p);
}

void link_take_reply(struct link *l, const char *id, const struct bytes *body)
{
    struct post *p = post_event(EV_COUNTY_REPLY, id, "", 0);
    if (p && body && bytes_append(&p->document, body->data, body->length))
        bytes_clear(&p->document);
    post_send(l->to, p);
}

static void take_figures(struct link *l, const json_t *o)
{
    struct post *p = post_event(EV_FIGURES, "", "", 0);
    if (!p)
        return;
    (void)figures_read(&p->data.figures, o);
    post_send(l->to, p);
}

/* Body: u32 signature length, signature, document. */
static void take_document(struct link *l, const struct request *r, const struct message *m)
{
    if (m->body.length < 4)
        return;
    size_t signature = get_be32(m->body.data);
    struct post *p = signature <= m->body.length - 4 ? post_new(POST_DOC) : NULL;
    if (!p)
        return;
    p->number = number_of(m->head, "version");
    snprintf(p->name, sizeof(p->name), "%s", r->name);
    int failed = bytes_append(&p->signature, m->body.data + 4, signature);
    if (!failed)
        failed = bytes_append(&p->document, m->body.data + 4 + signature,
                              m->body.length - 4 - signature);
    if (failed) {
        post_free(p);
        return;
    }
    for (size_t i = 0; i < LINK_DOCUMENTS; i++)
        if (!strcmp(documents[i], r->name))
            l->versions[i] = p->number;
    post_send(l->to, p);
}

static void take_attempt(struct link *l, const struct request *r, const json_t *o, bool is_ok)
{
    struct post *p = post_new(POST_ATTEMPT);
    if (!p)
        return;
    snprintf(p->name, sizeof(p->name), "%s", r->name);
    p->number = is_ok ? number_of(o, "attempt") : -1;
    post_send(l->to, p);
}

void link_answer(struct link *l, const struct request *r, const struct message *m,
                 const char *error)
{
    bool is_ok = m && json_is_true(json_object_get(m->head, "ok"));
    const json_t *o = m ? m->head : NULL;
    if (m && !is_ok)
        error = *json_text_at(o, "error") ? json_text_at(o, "error") : "storage";
    switch (r->kind) {
    case ASK_HELLO:
        if (is_ok)
            link_take_status(l, o);
        break;
    case ASK_ENROL:
        post_send(l->to, post_event(EV_ENROLLED, "", is_ok ? "" : error, 0));
        break;
    case ASK_RESERVE:
        if (is_ok)
            take_reservation(l, r, o);
        else
            post_send(l->to, post_event(EV_NOT_SUBMITTED, r->name, error, 0));
        break;
    case ASK_SUBMIT:
        post_send(l->to, is_ok ? post_event(EV_SUBMITTED, r->name, json_text_at(o, "receipt"), 0)
                               : post_event(EV_NOT_SUBMITTED, r->name, error, 0));
        break;
    case ASK_CASE:
        take_case(l, r, o, is_ok);
        break;
    case ASK_QUESTION: /* what the county says comes by itself, as "reply" */
        if (!is_ok)
            link_take_reply(l, r->name, NULL);
        break;
    case ASK_NOTE_KEEP:
    case ASK_COUNT:
        if (!is_ok)
            log_line(LOG_WARNING, "link", "%s was not kept: %s",
                     r->kind == ASK_COUNT ? "a figure" : "an agent's reminder", error);
        break;
    case ASK_NOTES:
        take_notes(l, o, is_ok);
        break;
    case ASK_PARCEL:
        take_parcel(l, r, m, is_ok ? "" : error);
        break;
    case ASK_FIGURES:
        take_figures(l, o);
        break;
    case ASK_DOC:
        if (is_ok)
            take_document(l, r, m);
        break;
    case ASK_PRINT_BEGIN:
        take_attempt(l, r, o, is_ok);
        break;
    case ASK_DROP:
    case ASK_HEALTH:
    case ASK_PRINT_STATE:
        break;
    }
}
