#include "firmware/service/firmware.h"

#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"

enum { PIECE = 256 * 1024 };

static void tell(const struct firmware_ports *ports, int *told, int64_t at, int64_t size)
{
    int percent = size > 0 ? (int)(at * 100 / size) : 0;
    if (percent != *told && ports->progress)
        ports->progress(ports->context, percent);
    *told = percent;
}

/* ---- looking ------------------------------------------------------------------------------ */

static enum saying sum_up(struct admit_file *out, struct stick_stream *t,
                          const struct firmware_ports *ports)
{
    struct sha256_sum *sum = sha256_begin();
    uint8_t *piece = malloc(PIECE);
    size_t got = 1;
    int r = piece ? 0 : -ENOMEM, told = -1;
    while (!r && got) {
        r = ports->is_wanted(ports->context) ? stick_stream_read(t, piece, PIECE, &got)
                                             : STICK_E_GONE;
        if (!r)
            sha256_add(sum, piece, got);
        tell(ports, &told, t->at, t->size);
    }
    out->size = t->at;
    sha256_end(sum, r ? NULL : out->sha256);
    free(piece);
    return saying_of_stick(r);
}

static enum saying of_admission(int r)
{
    static const enum saying sayings[ADMIT_END] = {
        [ADMIT_E_SIGNATURE] = SAY_SIGNATURE, [ADMIT_E_FORMAT] = SAY_FORMAT,
        [ADMIT_E_OTHER] = SAY_NOT_LISTED,    [ADMIT_E_SIZE] = SAY_NOT_LISTED,
        [ADMIT_E_SAME] = SAY_SAME_FIRMWARE,  [ADMIT_E_OLDER] = SAY_OLDER_FIRMWARE,
    };
    return r > 0 && r < ADMIT_END ? sayings[r] : r ? SAY_NOT_NOW : SAY_WELL;
}

static enum saying read_papers(struct bytes *document, struct bytes *signature, struct stick *s)
{
    int r = stick_read(s, document, "updates.json");
    if (!r)
        r = stick_read(s, signature, "updates.sig");
    return r == STICK_E_ABSENT ? SAY_NO_UPDATE : saying_of_stick(r);
}

/* Which version the file is, for the screen, when it is not let in either. */
static void name_it(struct firmware_offer *out, const struct bytes *document)
{
    struct update_manifest *m = malloc(sizeof(*m));
    char complaint[UPDATE_COMPLAINT];
    if (m && !update_manifest_read(m, document->data, document->length, complaint))
        for (size_t i = 0; i < m->count; i++)
            if (!memcmp(m->updates[i].sha256, out->sha256, SHA256_BYTES))
                text_copy(out->version, sizeof(out->version), m->updates[i].version);
    free(m);
}

static enum saying judge(struct firmware_offer *out, struct stick_stream *t,
                         const struct trust *trust, const struct bytes *document,
                         const struct bytes *signature, const struct update_self *self,
                         const struct firmware_ports *ports)
{
    struct admit_file file = { 0 };
    struct update u;
    enum saying said = sum_up(&file, t, ports);
    if (said != SAY_WELL)
        return said;
    memcpy(out->sha256, file.sha256, sizeof(out->sha256));
    out->size = file.size;
    int r = update_admit(&u, &out->is_downgrade, trust, document, signature, &file, self);
    out->is_signed = r != ADMIT_E_SIGNATURE && r >= 0;
    if (out->is_signed)
        name_it(out, document);
    return of_admission(r);
}

enum saying firmware_look(struct firmware_offer *out, struct stick *s, const struct trust *trust,
                          const struct update_self *self, const struct firmware_ports *ports)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 };
    struct stick_stream t = { .fd = -1 };
    *out = (struct firmware_offer){ 0 };
    text_copy(out->runs, sizeof(out->runs), self->version);
    text_copy(out->board, sizeof(out->board), self->board);
    enum saying said = read_papers(&document, &signature, s);
    if (said != SAY_WELL)
        return said;
    int r = stick_stream_open(&t, s, STICK_BUNDLE_NAME);
    said = r == STICK_E_ABSENT ? SAY_NO_UPDATE : saying_of_stick(r);
    if (said == SAY_WELL)
        said = judge(out, &t, trust, &document, &signature, self, ports);
    stick_stream_close(&t);
    return said;
}

/* ---- bringing ----------------------------------------------------------------------------- */

static enum saying ask(const struct firmware_ports *ports, json_t *request, const void *body,
                       size_t length, int64_t *have)
{
    struct message reply AUTO_MESSAGE = { 0 };
    int r = request ? ports->ask(ports->context, request, body, length, &reply) : -ENOMEM;
    if (r)
        return r == -ENODEV ? SAY_PULLED : SAY_SYNCD;
    const char *said = json_string_value(json_object_get(reply.head, "said"));
    if (!json_is_true(json_object_get(reply.head, "ok")) || !said)
        return SAY_NOT_NOW;
    if (have)
        *have = json_integer_value(json_object_get(reply.head, "have"));
    enum saying found = saying_find(said);
    return found == SAY_END ? SAY_NOT_NOW : found;
}

static enum saying begin(struct stick *s, const struct firmware_offer *offer,
                         const struct firmware_ports *ports, int64_t *have)
{
    struct bytes document AUTO_BYTES = { 0 }, signature AUTO_BYTES = { 0 }, body AUTO_BYTES = { 0 };
    char sum[2 * SHA256_BYTES + 1];
    enum saying said = read_papers(&document, &signature, s);
    if (said != SAY_WELL)
        return said;
    hex_encode(sum, offer->sha256, SHA256_BYTES);
    int r = bytes_append_be32(&body, (uint32_t)signature.length);
    if (!r)
        r = bytes_append(&body, signature.data, signature.length);
    if (!r)
        r = bytes_append(&body, document.data, document.length);
    if (r)
        return SAY_NOT_NOW;
    said = ask(ports, json_pack("{ss, ss}", "op", "update-begin", "sha256", sum), body.data,
               body.length, have);
    return said == SAY_WELL && (*have < 0 || *have > offer->size) ? SAY_SYNCD : said;
}

static enum saying send_pieces(struct stick_stream *t, const struct firmware_ports *ports)
{
    uint8_t *piece = malloc(PIECE);
    enum saying said = piece ? SAY_WELL : SAY_NOT_NOW;
    int told = -1;
    while (said == SAY_WELL && t->at < t->size) {
        size_t got = 0;
        int64_t at = t->at;
        int r = ports->is_wanted(ports->context) ? stick_stream_read(t, piece, PIECE, &got)
                                                 : STICK_E_GONE;
        said = saying_of_stick(r);
        if (said == SAY_WELL)
            said = ask(ports, json_pack("{ss, sI}", "op", "update-piece", "at", (json_int_t)at),
                       piece, got, NULL);
        tell(ports, &told, t->at, t->size);
    }
    free(piece);
    return said;
}

enum saying firmware_bring(struct stick *s, const struct firmware_offer *offer,
                           const struct firmware_ports *ports)
{
    struct stick_stream t = { .fd = -1 };
    int64_t have = 0;
    int r = stick_stream_open(&t, s, STICK_BUNDLE_NAME);
    enum saying said = r == STICK_E_ABSENT ? SAY_NO_UPDATE : saying_of_stick(r);
    if (said == SAY_WELL && t.size != offer->size)
        said = SAY_NOT_LISTED; /* another file than the one that was looked at */
    if (said == SAY_WELL)
        said = begin(s, offer, ports, &have);
    bool is_begun = said == SAY_WELL;
    if (is_begun)
        said = saying_of_stick(stick_stream_seek(&t, have));
    if (said == SAY_WELL)
        said = send_pieces(&t, ports);
    stick_stream_close(&t);
    if (!is_begun)
        return said;
    enum saying ended = ask(
        ports, json_pack("{ss, sb}", "op", "update-end", "whole", said == SAY_WELL), NULL, 0, NULL);
    return said == SAY_WELL ? ended : said;
}
