#include "firmware/worker/link.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/base/message.h"
#include "firmware/base/text.h"
#include "firmware/worker/link_door.h"

enum {
    REQUESTS_MAX = 64,
    SEND_MS = 5000,
    KEEP_MS = 20000,
};

enum request_kind {
    ASK_HELLO,
    ASK_ENROL,
    ASK_RESERVE,
    ASK_SUBMIT,
    ASK_CASE,
    ASK_QUESTION,
    ASK_DROP,
    ASK_NOTE_KEEP,
    ASK_NOTES,
    ASK_PARCEL,
    ASK_HEALTH,
    ASK_COUNT,
    ASK_FIGURES,
    ASK_DOC,
    ASK_PRINT_BEGIN,
    ASK_PRINT_STATE
};

struct request {
    struct request *next;
    enum request_kind kind;
    int64_t n, born_ms;
    bool is_sent;  /* on this connection */
    bool was_sent; /* on any: the other side may have acted on it */
    json_t *head;
    struct bytes body;
    char name[POST_NAME]; /* token, receipt, job or document: names the reply */
};

struct link {
    pthread_t thread;
    struct queue *commands, *to;
    char path[108];
    struct link_door door;
    int fd;
    struct bytes pending;
    struct request *requests; /* oldest first */
    int64_t n;
    int64_t versions[3];
};

static const char *const documents[] = { "keys", "catalogue", "point" };

/* Patience with a live peer follows real time, not the product's clock. */
static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void request_free(void *message)
{
    struct request *r = message;
    if (!r)
        return;
    json_decref(r->head);
    bytes_clear(&r->body);
    explicit_bzero(r, sizeof(*r));
    free(r);
}

/* ---- making requests (any thread) ---------------------------------------------------- */

static struct request *request_new(enum request_kind kind, const char *name, json_t *head)
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
    r->born_ms = now_ms();
    snprintf(r->name, sizeof(r->name), "%s", name);
    return r;
}

static void command(struct link *l, struct request *r)
{
    if (r && queue_send(l->commands, r)) {
        log_line(LOG_ERROR, "link", "too many requests wait for the queue process");
        request_free(r);
    }
}

void link_reserve(struct link *l, const char *token)
{
    command(l, request_new(ASK_RESERVE, token,
                           json_pack("{s:s, s:s}", "op", "reserve", "token", token)));
}

void link_reserve_ticket(struct link *l, const char *token, const char *day)
{
    command(l, request_new(ASK_RESERVE, token,
                           json_pack("{s:s, s:s, s:s}", "op", "reserve", "token", token,
                                     "ticket_day", day)));
}

void link_submit(struct link *l, const struct submission *s)
{
    char digest[2 * SHA256_BYTES + 1];
    hex_encode(digest, s->sha256, SHA256_BYTES);
    struct request *r =
        request_new(ASK_SUBMIT, s->token,
                    json_pack("{s:s, s:s, s:s, s:s, s:i, s:s, s:s}", "op", "submit", "token",
                              s->token, "id", s->id, "kind", s->kind, "suite", SEAL_SUITE_CMS_P256,
                              "key_id", s->key_id, "sha256", digest));
    if (r && bytes_append(&r->body, s->sealed->data, s->sealed->length)) {
        request_free(r);
        r = NULL;
    }
    command(l, r);
}

void link_ask_case(struct link *l, const char *receipt)
{
    command(l, request_new(ASK_CASE, receipt,
                           json_pack("{s:s, s:s}", "op", "case", "receipt", receipt)));
}

void link_ask_county(struct link *l, const struct live_question *q)
{
    struct request *r = request_new(ASK_QUESTION, q->id,
                                    json_pack("{s:s, s:s, s:i, s:s}", "op", "ask", "id", q->id,
                                              "suite", SEAL_SUITE_CMS_P256, "key_id", q->key_id));
    if (r && bytes_append(&r->body, q->sealed->data, q->sealed->length)) {
        request_free(r);
        r = NULL;
    }
    command(l, r);
}

void link_drop_question(struct link *l, const char *id)
{
    command(l, request_new(ASK_DROP, id, json_pack("{s:s, s:s}", "op", "ask-drop", "id", id)));
}

void link_keep_note(struct link *l, const uint8_t label[AGENT_MARK_LABEL], const char *receipt,
                    const struct bytes *note)
{
    char name[2 * AGENT_MARK_LABEL + 1], sealed[2 * AGENT_NOTE_SEALED + 1];
    if (note->length > AGENT_NOTE_SEALED)
        return;
    hex_encode(name, label, AGENT_MARK_LABEL);
    hex_encode(sealed, note->data, note->length);
    command(l, request_new(ASK_NOTE_KEEP, receipt,
                           json_pack("{s:s, s:s, s:s, s:s}", "op", "note-keep", "label", name,
                                     "receipt", receipt, "note", sealed)));
}

void link_ask_notes(struct link *l, const uint8_t label[AGENT_MARK_LABEL])
{
    char name[2 * AGENT_MARK_LABEL + 1];
    hex_encode(name, label, AGENT_MARK_LABEL);
    command(l,
            request_new(ASK_NOTES, "", json_pack("{s:s, s:s}", "op", "note-list", "label", name)));
}

void link_put_parcel(struct link *l, const char *label, int hours, const struct bytes *parcel)
{
    struct request *r = request_new(
        ASK_PARCEL, label,
        json_pack("{s:s, s:s, s:i}", "op", "parcel-put", "label", label, "hours", hours));
    if (r && bytes_append(&r->body, parcel->data, parcel->length)) {
        request_free(r);
        r = NULL;
    }
    command(l, r);
}

void link_get_parcel(struct link *l, const char *label)
{
    command(l, request_new(ASK_PARCEL, label,
                           json_pack("{s:s, s:s}", "op", "parcel-get", "label", label)));
}

void link_end_parcel(struct link *l, const char *label, const char *taker)
{
    command(l, request_new(ASK_PARCEL, label,
                           json_pack("{s:s, s:s, s:s}", "op", "parcel-end", "label", label, "taker",
                                     taker)));
}

void link_tell_health(struct link *l, const struct link_health *h)
{
    command(
        l, request_new(ASK_HEALTH, "",
                       json_pack("{s:s, s:{s:s, s:s, s:s, s:s, s:s}, s:{s:s, s:s}, s:I, s:b}", "op",
                                 "health", "devices", "reader", h->reader, "printer", h->printer,
                                 "keypad", h->keypad, "scanner", h->scanner, "screen", h->screen,
                                 "causes", "reader", h->reader_cause, "printer", h->printer_cause,
                                 "paper_mm", (json_int_t)h->paper_mm, "closed", h->is_closed)));
}

void link_count(struct link *l, const char *what, const char *about, const char *detail, int by)
{
    command(l, request_new(ASK_COUNT, what,
                           json_pack("{s:s, s:s, s:s, s:s, s:i}", "op", "figure-add", "what", what,
                                     "about", about, "detail", detail, "count", by)));
}

void link_enrol(struct link *l, const char *code)
{
    command(l, request_new(ASK_ENROL, "", json_pack("{s:s, s:s}", "op", "enrol", "code", code)));
}

void link_ask_figures(struct link *l)
{
    command(l, request_new(ASK_FIGURES, "", json_pack("{s:s}", "op", "figures")));
}

void link_print_begin(struct link *l, const char *job, const char *receipt, bool is_reprint)
{
    command(
        l, request_new(ASK_PRINT_BEGIN, job,
                       json_pack("{s:s, s:s, s:s, s:b, s:s}", "op", "print-begin", "job", job,
                                 "receipt", receipt, "is_reprint", is_reprint, "kind", "receipt")));
}

void link_print_state(struct link *l, int64_t attempt, const char *state, const char *level,
                      uint64_t bytes_sent)
{
    command(l, request_new(ASK_PRINT_STATE, "",
                           json_pack("{s:s, s:I, s:s, s:s, s:I, s:s}", "op", "print-state",
                                     "attempt", (json_int_t)attempt, "state", state, "level", level,
                                     "bytes_sent", (json_int_t)bytes_sent, "detail", "")));
}

/* ---- answers (the link's thread) ----------------------------------------------------- */

static const char *text_of(const json_t *o, const char *key)
{
    const char *text = json_string_value(json_object_get(o, key));
    return text ? text : "";
}

static int64_t number_of(const json_t *o, const char *key)
{
    return json_integer_value(json_object_get(o, key));
}

#define COPY(to, o, key) text_copy((to), sizeof(to), text_of((o), (key)))

static void ask_documents(struct link *l, const json_t *status)
{
    const json_t *docs = json_object_get(status, "docs");
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++) {
        int64_t version = number_of(docs, documents[i]);
        if (version <= 0 || version == l->versions[i])
            continue;
        struct request *r =
            request_new(ASK_DOC, documents[i],
                        json_pack("{s:s, s:s, s:I}", "op", "doc", "name", documents[i], "have",
                                  (json_int_t)l->versions[i]));
        if (r) {
            r->n = ++l->n;
            r->next = l->requests;
            l->requests = r;
        }
    }
}

static void take_status(struct link *l, const json_t *status)
{
    struct post *p = post_event(EV_LINK, "", "", 0);
    if (!p)
        return;
    struct link_facts *f = &p->data.link;
    f->is_there = true;
    f->is_up = !strcmp(text_of(status, "link"), "up");
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
    const char *where = text_of(o, "where");
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
        const char *sealed = text_of(row, "note");
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
    if (p && !*error && m->body.length <= PARCEL_MAX &&
        bytes_append(&p->parcel, m->body.data, m->body.length)) {
        post_free(p);
        p = post_event(EV_PARCEL, r->name, "away", 0);
    }
    post_send(l->to, p);
}

/* The county's answer to a live question, or none: `body` NULL. */
static void take_reply(struct link *l, const char *id, const struct bytes *body)
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
    for (size_t i = 0; i < sizeof(documents) / sizeof(documents[0]); i++)
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

/* A reply, or its absence (`m` NULL): then `error` says why. */
static void answer(struct link *l, const struct request *r, const struct message *m,
                   const char *error)
{
    bool is_ok = m && json_is_true(json_object_get(m->head, "ok"));
    const json_t *o = m ? m->head : NULL;
    if (m && !is_ok)
        error = *text_of(o, "error") ? text_of(o, "error") : "storage";
    switch (r->kind) {
    case ASK_HELLO:
        if (is_ok)
            take_status(l, o);
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
        post_send(l->to, is_ok ? post_event(EV_SUBMITTED, r->name, text_of(o, "receipt"), 0)
                               : post_event(EV_NOT_SUBMITTED, r->name, error, 0));
        break;
    case ASK_CASE:
        take_case(l, r, o, is_ok);
        break;
    case ASK_QUESTION: /* what the county says comes by itself, as "reply" */
        if (!is_ok)
            take_reply(l, r->name, NULL);
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

/* ---- the connection ------------------------------------------------------------------ */

static void say_lost(struct link *l)
{
    post_send(l->to, post_event(EV_LINK, "", "", 0)); /* all facts zero: nobody there */
}

/* Said now or not at all: whoever waits for it is gone a moment later, or it is of now. */
static bool is_live(const struct request *r)
{
    return r->kind == ASK_QUESTION || r->kind == ASK_DROP || r->kind == ASK_HEALTH;
}

static void drop_connection(struct link *l)
{
    if (l->fd < 0)
        return;
    close(l->fd);
    l->fd = -1;
    bytes_clear(&l->pending);
    for (struct request **at = &l->requests; *at;) {
        struct request *r = *at;
        r->is_sent = false;
        /* These belong to one connection; what may have been counted is not counted again. */
        bool was_counted = r->kind == ASK_COUNT && r->was_sent;
        if (was_counted || r->kind == ASK_HELLO || r->kind == ASK_DOC ||
            r->kind == ASK_PRINT_STATE || is_live(r)) {
            *at = r->next;
            if (r->kind == ASK_QUESTION)
                take_reply(l, r->name, NULL);
            request_free(r);
        } else {
            at = &r->next;
        }
    }
    say_lost(l);
}

static void enqueue(struct link *l, struct request *r, bool is_first)
{
    r->n = ++l->n;
    struct request **at = &l->requests;
    while (*at && !is_first)
        at = &(*at)->next;
    r->next = *at;
    *at = r;
}

static void take_command(struct link *l, struct request *r)
{
    if (l->fd >= 0 || !is_live(r)) {
        enqueue(l, r, false);
        return;
    }
    if (r->kind == ASK_QUESTION)
        take_reply(l, r->name, NULL);
    request_free(r);
}

static void send_waiting(struct link *l)
{
    for (struct request *r = l->requests; r && l->fd >= 0; r = r->next) {
        if (r->is_sent)
            continue;
        json_object_set_new(r->head, "n", json_integer(r->n));
        if (message_send(l->fd, r->head, r->body.data, r->body.length, SEND_MS)) {
            drop_connection(l);
            return;
        }
        r->is_sent = r->was_sent = true;
    }
}

static void connect_again(struct link *l)
{
    l->fd = link_door_try(&l->door);
    if (l->fd < 0)
        return;
    struct request *hello = request_new(
        ASK_HELLO, "", json_pack("{s:s, s:s, s:b}", "op", "hello", "client", "kiosk", "events", 1));
    if (hello)
        enqueue(l, hello, true);
}

static void take_message(struct link *l, const struct message *m)
{
    const char *ev = text_of(m->head, "ev");
    if (!strcmp(ev, "status")) {
        take_status(l, m->head);
        return;
    }
    if (!strcmp(ev, "cases")) {
        post_send(l->to, post_event(EV_CASES, "", "", 0));
        return;
    }
    if (!strcmp(ev, "reply")) {
        bool is_answered = json_is_true(json_object_get(m->head, "answered"));
        take_reply(l, text_of(m->head, "id"), is_answered ? &m->body : NULL);
        return;
    }
    int64_t re = number_of(m->head, "re");
    for (struct request **at = &l->requests; *at; at = &(*at)->next) {
        struct request *r = *at;
        if (!r->is_sent || r->n != re)
            continue;
        *at = r->next;
        answer(l, r, m, "");
        request_free(r);
        return;
    }
}

static void receive(struct link *l)
{
    struct message m AUTO_MESSAGE = { 0 };
    int r = message_receive(&m, l->fd, &l->pending, 0);
    while (!r) {
        take_message(l, &m);
        message_clear(&m);
        r = message_receive(&m, l->fd, &l->pending, 0);
    }
    if (r != -ETIMEDOUT)
        drop_connection(l);
}

static void give_up_old(struct link *l)
{
    int64_t limit = now_ms() - KEEP_MS;
    for (struct request **at = &l->requests; *at;) {
        struct request *r = *at;
        if (r->born_ms >= limit) {
            at = &r->next;
            continue;
        }
        *at = r->next;
        answer(l, r, NULL, r->kind == ASK_SUBMIT && r->was_sent ? "unknown-outcome" : "away");
        request_free(r);
    }
}

/* Until the oldest request is given up; -1: none waits. */
static int patience_ms(const struct link *l)
{
    int64_t oldest = INT64_MAX;
    for (const struct request *r = l->requests; r; r = r->next)
        oldest = r->born_ms < oldest ? r->born_ms : oldest;
    if (oldest == INT64_MAX)
        return -1;
    int64_t left = oldest + KEEP_MS + 1 - now_ms();
    return left > 0 ? (int)left : 0;
}

static void wait_for_work(struct link *l)
{
    struct pollfd fds[2] = { { .fd = queue_fd(l->commands), .events = POLLIN },
                             { .fd = l->fd, .events = POLLIN } };
    int limit = patience_ms(l), rest = link_door_rest_ms(&l->door);
    if (l->fd < 0)
        link_door_await(&l->door, fds[0].fd, limit >= 0 && limit < rest ? limit : rest);
    else
        poll(fds, 2, limit);
}

static void *run(void *context)
{
    struct link *l = context;
    struct request *r;
    while (!queue_is_closed(l->commands)) {
        if (l->fd < 0)
            connect_again(l);
        send_waiting(l);
        wait_for_work(l);
        while ((r = queue_receive(l->commands, 0)))
            take_command(l, r);
        if (l->fd >= 0)
            receive(l);
        give_up_old(l);
    }
    return NULL;
}

int link_start(struct link **out, const char *socket_path, struct queue *to)
{
    struct link *l = calloc(1, sizeof(*l));
    if (!l)
        return fault_raise(-ENOMEM);
    l->fd = -1;
    l->to = to;
    snprintf(l->path, sizeof(l->path), "%s", socket_path);
    l->door = link_door_at(l->path);
    int r = queue_new(&l->commands, REQUESTS_MAX, request_free);
    if (!r)
        r = -pthread_create(&l->thread, NULL, run, l);
    if (r) {
        queue_free(l->commands);
        free(l);
        return r;
    }
    *out = l;
    return 0;
}

void link_stop(struct link *l)
{
    if (!l)
        return;
    queue_close(l->commands);
    pthread_join(l->thread, NULL);
    if (l->fd >= 0)
        close(l->fd);
    link_door_close(&l->door);
    while (l->requests) {
        struct request *r = l->requests;
        l->requests = r->next;
        request_free(r);
    }
    bytes_clear(&l->pending);
    queue_free(l->commands);
    free(l);
}
