/* Live questions: sealed bytes in, sealed bytes out. The server can read neither; county-open answers, and nothing is
 * kept. */
#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/seal/reply.h"
#include "tests/platform/platform.h"

enum { SEALED_TEXT = (QUESTION_MAX + 2) / 3 * 4 };

struct asked {
    const char *id, *sealed;
};

static bool read_question(struct asked *out, const json_t *o, struct reply *r)
{
    static const char *const members[] = { "id", "suite", "key_id", "sealed", NULL };
    struct json_reader reader = { 0 };
    struct bytes sealed AUTO_BYTES = { 0 };
    json_no_others(&reader, o, members);
    out->id = json_need_string(&reader, o, "id", REPLY_ID - 1);
    out->sealed = json_need_string(&reader, o, "sealed", SEALED_TEXT);
    (void)json_need_integer(&reader, o, "suite", SEAL_SUITE_CMS_P256, SEAL_SUITE_CMS_P256);
    (void)json_need_string(&reader, o, "key_id", SEAL_KEY_ID - 1);
    if (strspn(out->id, "0123456789abcdef") != REPLY_ID - 1)
        json_complain(&reader, "id must be 32 hexadecimal digits");
    if (json_is_clean(&reader) && base64_decode(&sealed, out->sealed, strlen(out->sealed)))
        json_complain(&reader, "sealed must be base64");
    if (!json_is_clean(&reader))
        reply_problem(r, 400, "bad-question", reader.complaint);
    return json_is_clean(&reader);
}

void questions_post(struct platform *p, const struct request_in *q, struct reply *r)
{
    struct asked asked;
    char line[SEALED_TEXT + KIOSK_ID_MAX + REPLY_ID + 16];
    AUTO(json_release) json_t *o = request_json(q, r);
    if (!o || !read_question(&asked, o, r))
        return;
    snprintf(line, sizeof(line), "answer %s %s %s", q->kiosk, asked.id, asked.sealed);
    AUTO(json_release) json_t *answer = opener_ask(p, line);
    const char *text = json_string_value(json_object_get(answer, "reply"));
    if (!answer)
        reply_problem(r, 503, "opener", "county-open does not answer: nothing can be looked up");
    else if (!text || base64_decode(&r->body, text, strlen(text)))
        reply_problem(r, 422, "unreadable-question", "this question cannot be opened here");
    else
        r->status = 200;
    if (r->status == 200)
        r->type = "application/octet-stream";
}
