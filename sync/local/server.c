#include "sync/local/server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "sync/local/by_hand.h"
#include "sync/local/errands.h"
#include "sync/local/figures.h"
#include "sync/local/health.h"
#include "sync/local/handover.h"
#include "sync/local/inspect.h"
#include "sync/local/join.h"
#include "sync/local/notes.h"
#include "sync/local/parcels.h"
#include "sync/local/printing.h"
#include "sync/local/questions.h"
#include "sync/local/server_inside.h"

static void welcome(struct server *s)
{
    int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0)
        return;
    for (size_t i = 0; i < SERVER_CLIENTS; i++)
        if (s->clients[i].fd < 0) {
            s->clients[i].fd = fd;
            s->clients[i].serial = ++s->serials;
            return;
        }
    log_line(LOG_WARNING, "local", "more than %d connections: the newest is closed",
             SERVER_CLIENTS);
    close(fd);
}

/* ---- submissions --------------------------------------------------------------------- */

static void carry_out_group(struct server *s)
{
    if (!s->group_count)
        return;
    outbox_submit(s->service->store, s->group, s->group_count);
    for (size_t i = 0; i < s->group_count; i++) {
        struct client *c = &s->clients[s->waiting[i].client];
        const char *error = "";
        char reason[FEED_REASON_TEXT] = "";
        json_t *fields = service_submitted(s->service, &s->group[i], &error, reason);
        if (c->fd >= 0 && fields)
            client_reply(c, s->waiting[i].n, fields, NULL);
        else if (c->fd >= 0)
            client_refuse(c, s->waiting[i].n, *error ? error : "storage", reason);
        else
            json_decref(fields);
        bytes_clear(&s->group[i].body);
    }
    s->group_count = 0;
    s->has_submitted = true;
}

static void take_submission(struct server *s, size_t client, json_int_t n, struct message *m)
{
    struct client *c = &s->clients[client];
    if (s->group_count == GROUP_MAX)
        carry_out_group(s);
    const char *fault = service_read_submission(&s->group[s->group_count], m);
    if (fault) {
        carry_out_group(s); /* answers of one connection come in order */
        client_refuse(c, n, "bad-request", fault);
        return;
    }
    s->group[s->group_count].only_again = *service_refusal(s->service) != 0;
    s->waiting[s->group_count++] = (struct waiting){ client, n };
}

/* ---- requests ------------------------------------------------------------------------ */

static operation find_operation(const char *op)
{
    static operation (*const tables[])(const char *) = {
        service_find,   printing_find, inspect_find, errands_find, notes_find,  health_find,
        questions_find, handover_find, by_hand_find, join_find,    figures_find
    };
    operation run = NULL;
    for (size_t i = 0; !run && i < sizeof(tables) / sizeof(tables[0]); i++)
        run = tables[i](op);
    return run;
}

static bool takes_body(const char *op)
{
    return !strcmp(op, "carry-in") || !strcmp(op, "join-in") || !strcmp(op, "ask") ||
           !strcmp(op, "update-begin") || !strcmp(op, "update-piece");
}

static void take_request(struct server *s, size_t client, struct message *m)
{
    struct client *c = &s->clients[client];
    const char *op = json_string_value(json_object_get(m->head, "op"));
    json_int_t n = json_integer_value(json_object_get(m->head, "n"));
    struct bytes body AUTO_BYTES = { 0 };
    char reason[FEED_REASON_TEXT] = "";
    const char *error = "";
    if (op && !strcmp(op, "submit")) {
        take_submission(s, client, n, m);
        return;
    }
    carry_out_group(s); /* answers of one connection come in order */
    if (c->fd < 0)
        return;
    if (op && !strcmp(op, "enrol")) {
        server_take_enrolment(s, client, n, m->head);
        return;
    }
    if (op && parcels_are_meant(op)) {
        server_take_parcel(s, client, n, m);
        return;
    }
    operation run = op ? find_operation(op) : NULL;
    if (!run) {
        client_refuse(c, n, op ? "unknown-op" : "bad-request",
                      op ? "there is no such operation" : "op is missing");
        return;
    }
    if (!strcmp(op, "hello"))
        c->wants_events = json_is_true(json_object_get(m->head, "events"));
    if (takes_body(op)) {
        body = m->body;
        m->body = (struct bytes){ 0 };
    }
    if (!strcmp(op, "ask")) {
        s->asking = (struct asker){ client, c->serial, n };
    }
    json_t *fields = run(s->service, m->head, &body, &error, reason);
    if (fields)
        client_reply(c, n, fields, &body);
    else
        client_refuse(c, n, *error ? error : "storage",
                      *reason ? reason : "the answer could not be put into words");
}

static void take_messages(struct server *s, size_t client)
{
    struct client *c = &s->clients[client];
    while (c->fd >= 0 && !c->is_stopped) {
        struct message m AUTO_MESSAGE = { 0 };
        int r = message_decode(&m, &c->in);
        if (r == MESSAGE_E_MORE)
            return;
        if (r) {
            log_line(LOG_WARNING, "local", "a client sent what is no message: hung up");
            client_hang_up(c);
            return;
        }
        take_request(s, client, &m);
    }
}

size_t server_polls(const struct server *s, struct pollfd polls[SERVER_POLLS])
{
    size_t count = 0;
    polls[count++] = (struct pollfd){ s->listener, POLLIN, 0 };
    for (size_t i = 0; i < SERVER_CLIENTS; i++) {
        const struct client *c = &s->clients[i];
        if (c->fd >= 0)
            polls[count++] = (struct pollfd){
                c->fd, (short)((c->is_stopped ? 0 : POLLIN) | (c->out.length ? POLLOUT : 0)), 0
            };
    }
    return count;
}

bool server_take(struct server *s, const struct pollfd *polls, size_t count)
{
    s->has_submitted = false;
    for (size_t i = 0; i < SERVER_CLIENTS; i++)
        for (size_t k = 0; k < count && s->clients[i].fd >= 0; k++)
            if (polls[k].fd == s->clients[i].fd && polls[k].revents & POLLIN &&
                client_read(&s->clients[i]))
                take_messages(s, i);
    carry_out_group(s);
    /* What was left behind an enrolment. */
    for (size_t i = 0; i < SERVER_CLIENTS; i++) {
        if (s->clients[i].fd >= 0 && s->clients[i].in.length)
            take_messages(s, i);
        client_flush(&s->clients[i]);
    }
    carry_out_group(s);
    server_forget_question(s);
    if (count && polls[0].revents & POLLIN)
        welcome(s);
    return s->has_submitted;
}

/* ---- news ---------------------------------------------------------------------------- */

static void tell(struct server *s, json_t *event)
{
    for (size_t i = 0; event && i < SERVER_CLIENTS; i++)
        if (s->clients[i].fd >= 0 && s->clients[i].wants_events) {
            client_say(&s->clients[i], json_incref(event), NULL);
            client_flush(&s->clients[i]);
        }
    json_decref(event);
}

void server_tell_status(struct server *s)
{
    char gist[SERVICE_GIST];
    service_gist(gist, s->service);
    if (!strcmp(gist, s->gist))
        return;
    memcpy(s->gist, gist, sizeof(gist));
    json_t *status = service_status(s->service);
    if (!status)
        return;
    json_object_set_new(status, "ev", json_string("status"));
    tell(s, status);
}

void server_tell_cases(struct server *s)
{
    tell(s, json_pack("{ss}", "ev", "cases"));
}

/* ---- life ---------------------------------------------------------------------------- */

int server_new(struct server **out, const char *path, struct service *service)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    if (strlen(path) >= sizeof(address.sun_path))
        return fault_raise(-ENAMETOOLONG);
    AUTO(server_free) struct server *s = calloc(1, sizeof(*s));
    if (!s)
        return fault_raise(-ENOMEM);
    s->service = service;
    for (size_t i = 0; i < SERVER_CLIENTS; i++)
        s->clients[i].fd = -1;
    memcpy(address.sun_path, path, strlen(path));
    s->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0)
        return fault_raise(-errno);
    unlink(path);
    mode_t before = umask(0117);
    int failed =
        bind(s->listener, (struct sockaddr *)&address, sizeof(address)) || listen(s->listener, 16)
            ? -errno
            : 0;
    umask(before);
    if (failed)
        return fault_raise(failed);
    snprintf(s->path, sizeof(s->path), "%s", path);
    question_watch(service->question, server_replied, s);
    *out = TAKE(s);
    return 0;
}

void server_free(struct server *s)
{
    if (!s)
        return;
    question_drop(s->service->question, NULL);
    question_watch(s->service->question, NULL, NULL);
    for (size_t i = 0; i < SERVER_CLIENTS; i++)
        client_hang_up(&s->clients[i]);
    for (size_t i = 0; i < s->group_count; i++)
        bytes_clear(&s->group[i].body);
    if (s->listener >= 0)
        close(s->listener);
    if (*s->path)
        unlink(s->path);
    free(s);
}
