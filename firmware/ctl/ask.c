/* Questions for kiosk-syncd over its local socket (sync/api/local-socket.md). */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/message.h"
#include "firmware/base/text.h"
#include "firmware/ctl/ctl.h"

enum { ANSWER_MS = 30000 };

void ctl_print_json(json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    if (text)
        puts(text);
    json_text_free(text);
    json_decref(value);
}

int ctl_fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("kioskctl: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    return 1;
}

static long long number_of(const json_t *o, const char *key)
{
    return (long long)json_integer_value(json_object_get(o, key));
}

/* The reply's head, or NULL after saying what went wrong. Takes `request`. */
static json_t *ask(const struct ctl *c, json_t *request)
{
    struct message reply AUTO_MESSAGE = { 0 };
    struct bytes pending AUTO_BYTES = { 0 };
    json_t *head = NULL;
    int fd = message_connect(c->socket), r = fd < 0 ? fd : 0;
    if (request)
        json_object_set_new(request, "n", json_integer(1));
    if (!r)
        r = request ? message_send(fd, request, NULL, 0, ANSWER_MS) : -ENOMEM;
    if (!r)
        r = message_receive(&reply, fd, &pending, ANSWER_MS);
    if (r)
        ctl_fail("kiosk-syncd does not answer at %s: %s", c->socket, strerror(-r));
    else if (!json_is_true(json_object_get(reply.head, "ok")))
        ctl_fail("%s: %s", json_text_at(reply.head, "error"), json_text_at(reply.head, "message"));
    else
        head = json_incref(reply.head);
    json_decref(request);
    if (fd >= 0)
        close(fd);
    return head;
}

/* Asks something whose whole answer is that it was done. */
static int tell(const struct ctl *c, json_t *request, const char *done)
{
    json_t *reply = ask(c, request);
    if (!reply)
        return 1;
    puts(done);
    json_decref(reply);
    return 0;
}

static void drop_envelope(json_t *reply)
{
    json_object_del(reply, "re");
    json_object_del(reply, "ok");
}

int ctl_status(const struct ctl *c, const char *argument)
{
    (void)argument;
    json_t *s = ask(c, json_pack("{ss}", "op", "status"));
    if (!s)
        return 1;
    drop_envelope(s);
    if (c->is_json) {
        ctl_print_json(s);
        return 0;
    }
    const json_t *queue = json_object_get(s, "queue"), *docs = json_object_get(s, "docs");
    printf("kiosk      %s\n",
           *json_text_at(s, "kiosk_id") ? json_text_at(s, "kiosk_id") : "not enrolled");
    printf("county     %s\n", json_text_at(s, "link"));
    printf("accepting  %s %s\n", json_is_true(json_object_get(s, "accepting")) ? "yes" : "no",
           json_text_at(s, "refusal"));
    printf("queue      %lld waiting, %lld held, %lld refused, %lld delivered; oldest %lld s\n",
           number_of(queue, "queued"), number_of(queue, "held"), number_of(queue, "dead"),
           number_of(queue, "accepted"), number_of(queue, "oldest_s"));
    printf("documents  keys %lld, catalogue %lld, config %lld\n", number_of(docs, "keys"),
           number_of(docs, "catalogue"), number_of(docs, "config"));
    json_decref(s);
    return 0;
}

/* Asks for a list and prints it, whole as JSON or one row for each element of `key`. */
static int list(const struct ctl *c, json_t *request, const char *key,
                void (*print)(const json_t *row))
{
    size_t i;
    json_t *reply = ask(c, request), *row;
    if (!reply)
        return 1;
    drop_envelope(reply);
    if (c->is_json) {
        ctl_print_json(reply);
        return 0;
    }
    json_array_foreach(json_object_get(reply, key), i, row) print(row);
    json_decref(reply);
    return 0;
}

static void print_item(const json_t *item)
{
    printf("%6lld  %-18s %-9s %8lld B  %lld tries  %s\n", number_of(item, "seq"),
           json_text_at(item, "receipt"), json_text_at(item, "state"), number_of(item, "size"),
           number_of(item, "tries"), json_text_at(item, "problem"));
}

int ctl_queue_list(const struct ctl *c, const char *state)
{
    json_t *request = json_pack("{ss}", "op", "queue-list");
    if (request && *state)
        json_object_set_new(request, "state", json_string(state));
    return list(c, request, "items", print_item);
}

int ctl_queue_sync(const struct ctl *c, const char *argument)
{
    (void)argument;
    return tell(c, json_pack("{ss}", "op", "sync-now"), "trying now");
}

int ctl_queue_release(const struct ctl *c, const char *seq)
{
    int number;
    if (!text_to_int(&number, seq) || number < 1)
        return ctl_fail("queue release wants the item's number (kioskctl queue list), not \"%s\"",
                        seq),
               2;
    return tell(c, json_pack("{sssi}", "op", "item-release", "seq", number), "queued again");
}

int ctl_enrol(const struct ctl *c, const char *code)
{
    if (!*code)
        return ctl_fail("enrol wants the one-time code from the county"), 2;
    json_t *reply = ask(c, json_pack("{ssss}", "op", "enrol", "code", code));
    if (!reply)
        return 1;
    printf("enrolled as %s\n", json_text_at(reply, "kiosk_id"));
    json_decref(reply);
    return 0;
}

static void print_event(const json_t *event)
{
    printf("%6lld  %lld  %s  %s\n", number_of(event, "n"), number_of(event, "wall_ms"),
           json_text_at(event, "what"), json_text_at(event, "detail"));
}

int ctl_events(const struct ctl *c, const char *from)
{
    int first = 0;
    if (*from && !text_to_int(&first, from))
        return ctl_fail("events wants a number to begin with, not \"%s\"", from), 2;
    return list(c, json_pack("{sssi}", "op", "events", "from", first), "events", print_event);
}
