/* Is the stick that was found a good one? */
#include <stdio.h>

#include "firmware/worker/stick_inside.h"

/* The county's configuration names revoked sticks. What kiosk-syncd keeps is believed only with its signature. */
static void fetch_config(struct stick_worker *w, struct bytes *config)
{
    struct message reply AUTO_MESSAGE = { 0 };
    if (stick_ask(w, json_pack("{ss, ss, si}", "op", "doc", "name", "config", "have", 0), &reply))
        return;
    const struct bytes *b = &reply.body;
    uint32_t cut = b->length > 4 ? get_be32(b->data) : 0;
    if (!cut || cut >= b->length - 4 ||
        document_verify(w->trust, b->data + 4 + cut, b->length - 4 - cut, b->data + 4, cut,
                        w->config.clock->wall_ms(w->config.clock)))
        return;
    if (bytes_append(config, b->data + 4 + cut, b->length - 4 - cut))
        config->length = 0;
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
    fetch_config(w, &config);
    const struct token_scene scene = {
        .kiosk = w->kiosk,
        .wall_ms = w->config.clock->wall_ms(w->config.clock),
        .quality = quality > CLOCK_UNSET && quality <= CLOCK_NTP ? (enum clock_quality)quality
                                                                 : CLOCK_UNSET,
        .config = &config,
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
