/* Is the stick that was found a good one? */
#include <stdio.h>
#include <string.h>

#include "firmware/worker/stick_inside.h"

/* 0, also with nothing; -EBADMSG: not the county's; or kiosk-syncd does not say. */
static int fetch_config(struct stick_worker *w, struct bytes *config)
{
    struct message reply AUTO_MESSAGE = { 0 };
    int r =
        stick_ask(w, json_pack("{ss, ss, si}", "op", "doc", "name", "config", "have", 0), &reply);
    bool is_none = !r && !strcmp(json_text_at(reply.head, "error"), "not-found");
    if (!r && !is_none && !json_is_true(json_object_get(reply.head, "ok")))
        r = -EIO;
    return r || is_none ? r : token_list_open(config, w->trust, &reply.body);
}

static enum saying judge(struct stick_worker *w, struct token *out, const struct bytes *document,
                         const struct bytes *signature)
{
    struct message reply AUTO_MESSAGE = { 0 };
    struct bytes config AUTO_BYTES = { 0 };
    if (stick_ask(w, json_pack("{ss}", "op", "status"), &reply) ||
        !json_is_true(json_object_get(reply.head, "ok")))
        return SAY_SYNCD;
    const char *kiosk = json_string_value(json_object_get(reply.head, "kiosk_id"));
    json_int_t quality = json_integer_value(json_object_get(reply.head, "clock_quality"));
    snprintf(w->kiosk, sizeof(w->kiosk), "%s", kiosk ? kiosk : "");
    w->has_joined = json_is_true(json_object_get(reply.head, "enrolled"));
    int r = fetch_config(w, &config);
    if (r && r != -EBADMSG)
        return SAY_SYNCD;
    json_int_t wall_ms = json_integer_value(json_object_get(reply.head, "wall_ms"));
    const struct token_scene scene = {
        .kiosk = w->kiosk,
        .wall_ms = wall_ms > 0 ? wall_ms : w->config.clock->wall_ms(w->config.clock),
        .quality = quality > CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality
                                                                 : CLOCK_UNSET,
        .config = &config,
        .is_list_unread = r == -EBADMSG,
    };
    return token_admit(out, w->trust, document, signature, &scene);
}

enum saying stick_admit(struct stick_worker *w, struct token *out)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    int r = stick_read(w->stick, &document, "stick.json");
    if (!r)
        r = stick_read(w->stick, &signature, "stick.sig");
    return r ? saying_of_stick(r) : judge(w, out, &document, &signature);
}
