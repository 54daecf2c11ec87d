/* Joining a county by hand: the request goes there and the certificate comes back on a stick (sync/api/stick.md). The key stays here. The
 * answer is signed by the county, and counts for the installation and the key that it names alone, until the day it names. */
#include <string.h>

#include "firmware/base/log.h"
#include "sync/feed/files.h"
#include "sync/feed/inside.h"

static const char request_type[] = "join-request", answer_type[] = "join";

int feed_join_request(struct feed *f, struct bytes *out, uint8_t key_hash[SHA256_BYTES])
{
    struct bytes body AUTO_BYTES = { 0 }, key AUTO_BYTES = { 0 };
    char complaint[JSON_COMPLAINT];
    if (feed_is_enrolled(f))
        return -EALREADY;
    int r = identity_make_request(f, &body, true);
    if (!r)
        r = fault_fold(key_file_read(&key, f->o.key));
    if (!r && identity_key_hash(key_hash, key.data, key.length))
        r = fault_raise(-EBADMSG);
    if (r)
        return r;
    AUTO(json_release) json_t *o = json_parse(body.data, body.length, complaint);
    if (!o || json_object_set_new(o, "type", json_string(request_type)) ||
        json_object_set_new(o, "version", json_integer(1)))
        return -ENOMEM;
    char *text = json_canonical(o);
    r = text ? bytes_append_text(out, text) : -ENOMEM;
    json_text_free(text);
    return r;
}

/* ---- the answer ------------------------------------------------------------------------- */

struct joining {
    uint8_t install_id[UUID_BYTES];
    const char *kiosk, *certificate; /* the document's */
    int64_t floor, until_ms;
};

static bool read_answer(struct joining *out, const json_t *o)
{
    struct json_reader r = { 0 };
    int64_t from, to;
    const char *type = json_need_string(&r, o, "type", sizeof(request_type));
    const char *install = json_need_string(&r, o, "install_id", UUID_TEXT - 1);
    const char *until = json_need_string(&r, o, "not_after", 20);
    json_need_integer(&r, o, "version", 1, 1);
    out->kiosk = json_need_string(&r, o, "kiosk_id", KIOSK_ID_MAX);
    out->certificate = json_need_string(&r, o, "certificate", SMALL_FILE_MAX / 2);
    out->floor = json_want_integer(&r, o, "seq_floor", 0, INT64_C(1) << 60, 0);
    return json_is_clean(&r) && !strcmp(type, answer_type) &&
           !uuid_parse(out->install_id, install) && identity_is_kiosk(out->kiosk) &&
           !clock_parse_utc(&out->until_ms, until) &&
           !identity_dates(&from, &to, out->certificate, strlen(out->certificate));
}

static bool is_for_our_key(const struct feed *f, const struct joining *j)
{
    struct bytes key AUTO_BYTES = { 0 };
    uint8_t ours[SHA256_BYTES], theirs[SHA256_BYTES];
    return !key_file_read(&key, f->o.key) && !identity_key_hash(ours, key.data, key.length) &&
           !identity_certificate_hash(theirs, j->certificate, strlen(j->certificate)) &&
           !memcmp(ours, theirs, sizeof(ours));
}

/* A clock that nobody set judges nothing; key and installation still must fit. */
static bool is_over(const struct feed *f, const struct joining *j)
{
    return county_clock_quality(f->o.link->clock) != CLOCK_UNSET && feed_wall(f) > j->until_ms;
}

static enum feed_joined judge(const struct feed *f, const struct joining *j)
{
    if (memcmp(j->install_id, f->o.install_id, UUID_BYTES) != 0)
        return FEED_JOIN_OTHER;
    bool is_ours = is_for_our_key(f, j);
    if (feed_is_enrolled(f))
        return is_ours && !strcmp(j->kiosk, f->kiosk_id) ? FEED_JOIN_SAME : FEED_JOIN_AGAIN;
    if (!is_ours)
        return FEED_JOIN_KEY;
    return is_over(f, j) ? FEED_JOIN_EXPIRED : FEED_JOINED;
}

enum feed_joined feed_join(struct feed *f, const struct bytes *document,
                           const struct bytes *signature)
{
    char complaint[JSON_COMPLAINT];
    struct joining j;
    if (!f->o.trust || !document->length ||
        document_verify(f->o.trust, document->data, document->length, signature->data,
                        signature->length, 0))
        return FEED_JOIN_SIGNATURE;
    AUTO(json_release) json_t *o = json_parse(document->data, document->length, complaint);
    if (!o || !read_answer(&j, o))
        return FEED_JOIN_FORMAT;
    enum feed_joined said = judge(f, &j);
    if (said != FEED_JOINED)
        return said;
    if (!store_is_up(f->o.store) || identity_keep(f, j.kiosk, j.certificate, j.floor))
        return FEED_JOIN_NOT_NOW;
    log_line(LOG_NOTICE, "identity", "joined as %s by stick", f->kiosk_id);
    identity_joined(f, " by stick");
    return FEED_JOINED;
}
