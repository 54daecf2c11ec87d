#include "board/common/self_test.h"

#include <string.h>
#include <unistd.h>

#include "firmware/base/json.h"
#include "firmware/base/message.h"

enum { ASK_MS = 5000 };

static const char before_key[] = "before";

static bool is_among(const char *word, const char *const *words)
{
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words;
}

/* A printer that says what ails it is one that the firmware reaches. */
static bool is_met(const json_t *status, const char *device)
{
    static const char *const well[] = { "ok", "warning", NULL }, *const own[] = {
        "printer-no-paper",
        "printer-paper-short",
        "printer-cover-open",
        "printer-hot",
        "printer-cutter",
        "printer-broken",
        NULL
    };
    const char *state = json_text_at(json_object_get(status, "devices"), device),
               *cause = json_text_at(json_object_get(status, "causes"), device);
    return is_among(state, well) || (!strcmp(state, "failed") && is_among(cause, own));
}

void self_test_read(struct self_facts *out, const json_t *status)
{
    *out = (struct self_facts){
        .is_kiosk_running = !strcmp(json_text_at(status, "kiosk"), "running"),
        .has_screen = is_met(status, "screen"),
        .is_queue_open =
            *json_text_at(status, "link") && strcmp(json_text_at(status, "refusal"), "storage"),
        .has_reader = is_met(status, "reader"),
        .has_printer = is_met(status, "printer"),
        .is_reached = json_integer_value(json_object_get(status, "last_contact_ms")) > 0,
        .is_link_up = !strcmp(json_text_at(status, "link"), "up"),
        .is_cable_out = !strcmp(json_text_at(status, "cable"), "out"),
    };
}

int self_test_ask(struct self_facts *out, const char *socket)
{
    struct message reply AUTO_MESSAGE = { 0 };
    struct bytes pending AUTO_BYTES = { 0 };
    AUTO(json_release) json_t *question = json_pack("{ss, si}", "op", "status", "n", 1);
    int fd = message_connect(socket);
    if (fd < 0)
        return fd;
    int r = question ? message_send(fd, question, NULL, 0, ASK_MS) : -ENOMEM;
    if (!r)
        r = message_receive(&reply, fd, &pending, ASK_MS);
    if (!r && !json_is_true(json_object_get(reply.head, "ok")))
        r = -EBADMSG;
    if (!r)
        self_test_read(out, reply.head);
    close(fd);
    return r;
}

json_t *self_test_before_json(const struct self_facts *f)
{
    return json_pack("{sb, sb, sb}", "reader", f->has_reader, "printer", f->has_printer, "county",
                     f->is_link_up);
}

bool self_test_before_read(struct self_facts *out, const json_t *trial)
{
    const json_t *o = json_object_get(trial, before_key);
    *out = (struct self_facts){ .has_reader = json_is_true(json_object_get(o, "reader")),
                                .has_printer = json_is_true(json_object_get(o, "printer")),
                                .is_link_up = json_is_true(json_object_get(o, "county")) };
    return json_is_object(o);
}

const char *self_test_judge(const struct self_facts *now, const struct self_facts *before)
{
    static const struct self_facts nothing = { 0 };
    const struct self_facts *b = before ? before : &nothing;
    if (!now->is_queue_open)
        return "the queue does not open";
    if (!now->is_kiosk_running)
        return "the kiosk does not run";
    if (!now->has_screen)
        return "no picture is on the screen";
    if (b->has_reader && !now->has_reader)
        return "the reader that was there before is missed";
    if (b->has_printer && !now->has_printer)
        return "the printer that was there before is missed";
    if (b->is_link_up && !now->is_reached && !now->is_cable_out)
        return "the county that was reached before is not";
    return NULL;
}
