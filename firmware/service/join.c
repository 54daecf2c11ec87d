#include "firmware/service/join.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/text.h"

struct join {
    struct join_report *report;
    struct stick *stick;
    const struct errand_ports *ports;
    char install[UUID_TEXT], request[STICK_NAME], answer[STICK_NAME], signature[STICK_NAME];
    bool has_answer;
};

/* ---- who is it? --------------------------------------------------------------------------- */

/* "1a2b3c4d" as people read it aloud. */
static void write_code(char out[JOIN_CODE], const char *hex)
{
    size_t used = 0;
    for (size_t i = 0; hex[i] && used + 1 < JOIN_CODE; i++) {
        if (i == 4)
            out[used++] = '-';
        out[used++] = (char)toupper((unsigned char)hex[i]);
    }
    out[used] = 0;
}

static enum saying ask_request(struct join *j, struct message *reply)
{
    if (j->ports->ask(j->ports->context, json_pack("{ss}", "op", "join-request"), NULL, 0, reply))
        return SAY_SYNCD;
    if (!json_is_true(json_object_get(reply->head, "ok")))
        return !strcmp(json_text_at(reply->head, "error"), "enrolled") ? SAY_JOINED : SAY_NOT_NOW;
    uint8_t id[UUID_BYTES];
    text_copy(j->install, sizeof(j->install), json_text_at(reply->head, "install_id"));
    if (uuid_parse(id, j->install))
        return SAY_SYNCD;
    write_code(j->report->code, json_text_at(reply->head, "code"));
    snprintf(j->request, sizeof(j->request), "request-%s.json", j->install);
    snprintf(j->answer, sizeof(j->answer), "join-%s.json", j->install);
    snprintf(j->signature, sizeof(j->signature), "join-%s.sig", j->install);
    return SAY_WELL;
}

static int note_answer(void *context, const char *name, enum stick_kind kind)
{
    struct join *j = context;
    j->has_answer |= kind == STICK_JOIN && !strcmp(name, j->answer);
    return 0;
}

/* ---- in and out ----------------------------------------------------------------------------- */

/* What has done its work goes: nobody need wonder what it is. A stick that fails now has joined the kiosk all the same. */
static void tidy(struct join *j)
{
    const char *const names[] = { j->request, j->answer, j->signature };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (stick_remove(j->stick, names[i]))
            return;
}

static enum saying take(struct join *j)
{
    struct bytes body AUTO_BYTES = { 0 };
    struct message reply AUTO_MESSAGE = { 0 };
    int r = errand_read_signed(j->stick, &body, j->answer);
    if (r)
        return saying_of_stick(r);
    if (j->ports->ask(j->ports->context, json_pack("{ss}", "op", "join-in"), body.data, body.length,
                      &reply) ||
        !json_is_true(json_object_get(reply.head, "ok")))
        return SAY_SYNCD;
    enum saying said = saying_find(json_text_at(reply.head, "said"));
    if (said != SAY_WELL && said != SAY_SAME)
        return said == SAY_END ? SAY_FORMAT : said;
    j->report->step = JOIN_DONE;
    text_copy(j->report->kiosk, sizeof(j->report->kiosk), json_text_at(reply.head, "kiosk_id"));
    tidy(j);
    return SAY_WELL;
}

static enum saying put(struct join *j, const struct bytes *request)
{
    int r = stick_write(j->stick, j->request, request->data, request->length);
    if (!r)
        j->report->step = JOIN_REQUESTED;
    return saying_of_stick(r);
}

enum saying join_run(struct join_report *out, struct stick *s, const struct errand_ports *ports)
{
    struct join j = { .report = out, .stick = s, .ports = ports };
    struct message reply AUTO_MESSAGE = { 0 };
    *out = (struct join_report){ 0 };
    enum saying said = ask_request(&j, &reply);
    if (said == SAY_WELL)
        said = saying_of_stick(stick_list(s, note_answer, &j));
    if (said != SAY_WELL)
        return said;
    return j.has_answer ? take(&j) : put(&j, &reply.body);
}
