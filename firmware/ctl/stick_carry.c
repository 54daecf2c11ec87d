/* kioskctl stick carry: an errand from the command line, with kiosk-syncd on one side and a mounted stick on the other. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "firmware/ctl/stick_inside.h"
#include "firmware/service/errand.h"

enum { ANSWER_MS = 30000 };

struct line {
    int fd;
    int n;
    bool is_telling;
};

static int ask(void *context, json_t *request, const void *body, size_t length,
               struct message *reply)
{
    struct line *l = context;
    struct bytes pending AUTO_BYTES = { 0 };
    int r = request ? json_object_set_new(request, "n", json_integer(++l->n)) : -ENOMEM;
    if (!r)
        r = message_send(l->fd, request, body, length, ANSWER_MS);
    json_decref(request);
    return r ? r : message_receive(reply, l->fd, &pending, ANSWER_MS);
}

static void progress(void *context, const struct errand_report *report)
{
    const struct line *l = context;
    if (l->is_telling)
        fprintf(stderr, "\r%u answers in, %u files out ", report->answers, report->loads);
}

/* This kiosk's id; false when there is none, which has been said. */
static bool ask_kiosk(char out[24], struct line *l, const char *socket)
{
    struct message reply AUTO_MESSAGE = { 0 };
    int r = ask(l, json_pack("{ss}", "op", "status"), NULL, 0, &reply);
    const char *id = r ? NULL : json_string_value(json_object_get(reply.head, "kiosk_id"));
    if (r)
        ctl_fail("kiosk-syncd does not answer at %s: %s", socket, strerror(-r));
    else if (!id || !*id)
        ctl_fail("this kiosk has not joined a county yet: kioskctl enrol CODE");
    snprintf(out, 24, "%s", id ? id : "");
    return *out != 0;
}

static void note(struct line *l, const struct errand_report *r, enum saying s)
{
    char detail[100];
    struct message reply AUTO_MESSAGE = { 0 };
    snprintf(detail, sizeof(detail), "%s out=%u settled=%u", saying_word(s), r->items, r->settled);
    (void)!ask(l,
               json_pack("{ss, ss, ss, ss}", "op", "staff-note", "serial", "", "action", "carry",
                         "detail", detail),
               NULL, 0, &reply);
}

static void print_report(const struct ctl *c, const struct errand_report *r, enum saying s)
{
    if (c->is_json) {
        ctl_print_json(json_pack(
            "{ss, ss, si, si, si, si, si, si, si, si, si, si, si, ss, ss}", "state", saying_word(s),
            "says", saying_en(s), "documents", (int)r->documents, "answers", (int)r->answers,
            "settled", (int)r->settled, "known", (int)r->known, "refused", (int)r->refused,
            "strange", (int)r->strange, "cases", (int)r->cases, "loads", (int)r->loads,
            "loads_there", (int)r->loads_there, "items", (int)r->items, "troubles",
            (int)r->troubles, "trouble", saying_word(r->trouble), "trouble_file", r->trouble_file));
        return;
    }
    printf("in   %u documents, %u answers: %u items settled, %u refused, %u cases\n", r->documents,
           r->answers, r->settled, r->refused, r->cases);
    printf("out  %u items in %u files, %u of them were there\n", r->items,
           r->loads + r->loads_there, r->loads_there);
    if (r->troubles)
        printf("not used: %u files; %s: %s\n", r->troubles, r->trouble_file, saying_en(r->trouble));
}

int ctl_stick_carry(const struct ctl *c, const char *mount, int argc, char **argv)
{
    static const char *const names[] = { NULL };
    AUTO(stick_free) struct stick *stick = NULL;
    struct errand_report report;
    char kiosk[24];
    if (!ctl_values_are_known(argc, argv, names))
        return 2;
    if (ctl_open_stick(&stick, mount))
        return 1;
    struct line l = { .fd = message_connect(c->socket),
                      .is_telling = !c->is_json && isatty(STDERR_FILENO) };
    if (l.fd < 0)
        return ctl_fail("kiosk-syncd does not answer at %s: %s", c->socket, strerror(-l.fd));
    bool is_known = ask_kiosk(kiosk, &l, c->socket);
    if (!is_known) {
        close(l.fd);
        return 1;
    }
    const struct errand_ports ports = { ask, progress, &l };
    enum saying s = errand_run(&report, stick, kiosk, &ports);
    note(&l, &report, s);
    close(l.fd);
    print_report(c, &report, s);
    return s != SAY_WELL ? ctl_say(mount, s) : report.troubles ? 1 : 0;
}
