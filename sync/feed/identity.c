/* Who this kiosk is: an installation id of its own, a P-256 key that never leaves the folder (key_file.h), and the county's
 * certificate for it, got with a one-time code and renewed in its last third. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "sync/feed/files.h"
#include "sync/feed/inside.h"
#include "sync/queue/events.h"

#define CERTIFICATE_FILE "cert.pem"
#define KIOSK_FILE "kiosk-id"
#define INSTALL_FILE "install-id"

int feed_install_id(uint8_t out[UUID_BYTES], const char *folder, struct uuid_source *ids)
{
    struct bytes text AUTO_BYTES = { 0 };
    char fresh[UUID_TEXT];
    int r = file_read(&text, folder, INSTALL_FILE);
    if (!r && !bytes_append_byte(&text, 0) && !uuid_parse(out, (const char *)text.data))
        return 0;
    if (r && r != -ENOENT)
        return fault_raise(r);
    uuid_v7(out, ids);
    uuid_format(fresh, out);
    return file_write(folder, INSTALL_FILE, fresh, strlen(fresh));
}

bool identity_is_kiosk(const char *text)
{
    size_t length = strlen(text);
    for (const char *c = text; *c; c++)
        if (!(*c >= '0' && *c <= '9') && !(*c >= 'A' && *c <= 'Z'))
            return false;
    return length >= 4 && length <= KIOSK_ID_MAX;
}

/* Why the key is of no use with this certificate, or NULL. One that is not there, or that the medium does not give, may
 * still come. */
static const char *trouble_of_key(const struct feed *f, const struct bytes *certificate)
{
    struct bytes key AUTO_BYTES = { 0 };
    uint8_t ours[SHA256_BYTES], theirs[SHA256_BYTES];
    int r = key_file_read(&key, f->o.key);
    if (r < 0)
        return NULL;
    if (r == KEY_FILE_E_CLOSED)
        return f->o.key->secret ? "cannot be opened with this device's secret"
                                : "cannot be opened: this device has no secret";
    bool is_one = !identity_key_hash(ours, key.data, key.length) &&
                  !identity_certificate_hash(theirs, certificate->data, certificate->length) &&
                  !memcmp(ours, theirs, sizeof(ours));
    return is_one ? NULL : "does not belong to the certificate";
}

/* The medium came from another board, or this board's TPM was cleared. The county is out of reach until staff let it join again; it
 * still knows by which number it goes and whom it seals for, so what residents hand in is taken and kept. */
static void lock_out(struct feed *f, const char *trouble)
{
    log_line(LOG_ERROR, "identity", "%s/%s %s: enrol this kiosk again", f->o.folder, KEY_FILE,
             trouble);
    events_add(f->o.store, "identity-lost", "key %s", trouble);
    f->kiosk_id[0] = 0;
}

/* 0 also when there is none: not enrolled. */
int identity_load(struct feed *f)
{
    struct bytes id AUTO_BYTES = { 0 }, pem AUTO_BYTES = { 0 };
    f->kiosk_id[0] = 0;
    f->o.link->is_enrolled = false;
    int r = file_read(&id, f->o.folder, KIOSK_FILE);
    if (!r)
        r = file_read(&pem, f->o.folder, CERTIFICATE_FILE);
    if (r)
        return r == -ENOENT ? 0 : fault_raise(r);
    r = bytes_append_byte(&id, 0);
    if (r)
        return r;
    bool is_good =
        identity_is_kiosk((const char *)id.data) &&
        !identity_dates(&f->certificate_from_ms, &f->certificate_to_ms, pem.data, pem.length);
    if (!is_good) {
        log_line(LOG_ERROR, "identity", "%s/%s or %s is damaged: enrol this kiosk again",
                 f->o.folder, KIOSK_FILE, CERTIFICATE_FILE);
        return 0;
    }
    snprintf(f->kiosk_id, sizeof(f->kiosk_id), "%s", (const char *)id.data);
    store_set_kiosk(f->o.store, f->kiosk_id);
    const char *trouble = trouble_of_key(f, &pem);
    if (trouble)
        lock_out(f, trouble);
    f->o.link->is_enrolled = !trouble;
    return 0;
}

/* A request for a certificate as JSON: csr, install_id and, for enrolment, hardware. */
static int write_request(struct bytes *out, const struct bytes *csr,
                         const uint8_t install_id[UUID_BYTES], bool is_first)
{
    char id[UUID_TEXT];
    uuid_format(id, install_id);
    AUTO(json_release)
    json_t *o = json_pack("{ss%, ss}", "csr", csr->data, csr->length, "install_id", id);
    if (o && is_first)
        json_object_set_new(o, "hardware",
                            json_pack("{ss, ss}", "serial", id, "model", "onetrip-host"));
    char *text = o ? json_canonical(o) : NULL;
    int r = text ? bytes_append_text(out, text) : -ENOMEM;
    json_text_free(text);
    return r;
}

/* The key as it is, or a new one where there is none that can be used; a request signed with it. */
int identity_make_request(struct feed *f, struct bytes *body, bool is_first)
{
    struct bytes key AUTO_BYTES = { 0 }, csr AUTO_BYTES = { 0 };
    char name[UUID_TEXT];
    uuid_format(name, f->o.install_id);
    const char *common_name = is_first ? name : f->kiosk_id;
    int r = key_file_read(&key, f->o.key);
    if (r == -ENOENT || r == KEY_FILE_E_CLOSED) {
        r = identity_create(&key, &csr, common_name);
        if (!r)
            r = key_file_write(f->o.key, &key);
    } else if (!r) {
        r = identity_request(&csr, key.data, key.length, common_name);
    }
    return r ? r : write_request(body, &csr, f->o.install_id, is_first);
}

int identity_keep(struct feed *f, const char *kiosk, const char *pem, int64_t floor)
{
    int r = floor ? store_raise_floor(f->o.store, floor) : 0;
    if (!r)
        r = file_write(f->o.folder, CERTIFICATE_FILE, pem, strlen(pem));
    if (!r)
        r = file_write(f->o.folder, KIOSK_FILE, kiosk, strlen(kiosk));
    if (!r)
        r = identity_load(f);
    if (!r && f->o.watch.identity_changed)
        f->o.watch.identity_changed(f->o.watch.context);
    return r;
}

/* The answer to both: certificate, kiosk id, floor of the sequence. */
static int take_certificate(struct feed *f, const struct answer *a, const char **problem)
{
    char complaint[JSON_COMPLAINT];
    int64_t from, to;
    *problem = "the platform's answer is not understood";
    AUTO(json_release) json_t *o = json_parse(a->body.data, a->body.length, complaint);
    struct json_reader r = { 0 };
    const char *id = json_need_string(&r, o, "kiosk_id", KIOSK_ID_MAX);
    const char *pem = json_need_string(&r, o, "certificate", SMALL_FILE_MAX / 2);
    int64_t floor = json_want_integer(&r, o, "seq_floor", 0, INT64_C(1) << 60, 0);
    if (!json_is_clean(&r) || !identity_is_kiosk(id) ||
        identity_dates(&from, &to, pem, strlen(pem)))
        return -EBADMSG;
    *problem = "the certificate could not be stored";
    return identity_keep(f, id, pem, floor);
}

void identity_joined(struct feed *f, const char *how)
{
    events_add(f->o.store, "enrolled", "as %s%s", f->kiosk_id, how);
    link_hurry(f->o.link);
    sender_hurry(f->o.sender); /* it may have been refused before */
    feed_hurry(f);
}

/* ---- enrolment ----------------------------------------------------------------------- */

static void tell(struct feed *f, enum enrol_result result, const char *message)
{
    struct enrolment *e = &f->enrolment;
    void (*done)(void *, enum enrol_result, const char *) = e->done;
    void *context = e->context;
    bytes_clear(&e->body);
    explicit_bzero(e, sizeof(*e));
    if (done)
        done(context, result, message);
}

static void enrol_done(void *context, struct answer *a)
{
    struct feed *f = context;
    char reason[FEED_REASON];
    const char *problem = "";
    bool is_ours = a->transport == TRANSPORT_OK && a->has_epoch;
    if (is_ours && a->status == 201) {
        struct ruling well = { MOVE_READ, LINK_UP, NULL };
        int r = take_certificate(f, a, &problem);
        if (r) {
            tell(f, ENROL_STORAGE, problem);
            return;
        }
        link_note(f->o.link, a, &well);
        identity_joined(f, "");
        tell(f, ENROL_DONE, f->kiosk_id);
        return;
    }
    feed_reason(reason, a);
    tell(f, is_ours ? ENROL_REFUSED : ENROL_UNREACHABLE, reason);
}

void feed_enrol(struct feed *f, const char *code,
                void (*done)(void *, enum enrol_result, const char *), void *context)
{
    struct enrolment *e = &f->enrolment;
    if (e->is_waiting || e->is_flying) {
        done(context, ENROL_BUSY, "an enrolment is under way");
        return;
    }
    e->done = done;
    e->context = context;
    e->is_waiting = true;
    text_copy(e->code, sizeof(e->code), code);
    for (const char *c = e->code; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '-') {
            tell(f, ENROL_REFUSED, "a code has letters, digits and dashes only");
            return;
        }
    if (identity_make_request(f, &e->body, true))
        tell(f, ENROL_STORAGE, "the key of this kiosk could not be made or stored");
}

static void send_enrolment(struct feed *f)
{
    struct enrolment *e = &f->enrolment;
    struct request r = feed_request(f, LANE_CONTROL, "POST", "/v1/enrolments");
    char id[UUID_TEXT];
    uuid_format(id, f->o.install_id);
    request_header(&r, "Content-Type: application/json");
    request_header(&r, "Authorization: Bearer %s", e->code);
    request_header(&r, "Idempotency-Key: \"%s\"", id);
    r.is_anonymous = true;
    r.body = &e->body;
    r.done = enrol_done;
    int failed = f->o.link->wire->send(f->o.link->wire, &r);
    explicit_bzero(&r, sizeof(r));
    if (failed == -EBUSY)
        return;
    e->is_waiting = false;
    e->is_flying = !failed;
    if (failed)
        tell(f, ENROL_UNREACHABLE, "the request could not be sent");
}

/* ---- renewal ------------------------------------------------------------------------- */

static void renewal_done(void *context, struct answer *a)
{
    struct feed *f = context;
    const char *problem = "";
    bytes_clear(&f->renewal_body);
    if (!feed_ended(f, &f->renewal, a)) {
        char reason[FEED_REASON];
        feed_reason(reason, a);
        log_line(LOG_WARNING, "identity", "the certificate is not renewed yet: %s", reason);
        return;
    }
    int r = take_certificate(f, a, &problem);
    if (r) {
        log_line(LOG_ERROR, "identity", "no new certificate: %s", problem);
        f->renewal.due_ms = backoff_fail(&f->renewal.backoff, feed_now(f), f->o.chance);
        return;
    }
    events_add(f->o.store, "renewed", "certificate");
    link_hurry(f->o.link);
    sender_hurry(f->o.sender);
}

/* In its last third, or as soon as it was refused. */
static bool is_renewal_due(const struct feed *f)
{
    int64_t life = f->certificate_to_ms - f->certificate_from_ms;
    bool is_old = feed_wall(f) > f->certificate_to_ms - life / 3;
    bool is_refused = f->o.link->state == LINK_BLOCKED;
    return feed_is_enrolled(f) && !f->renewal.is_flying && feed_now(f) >= f->renewal.due_ms &&
           (is_old || is_refused);
}

static void send_renewal(struct feed *f)
{
    struct request r = feed_request(f, LANE_CONTROL, "POST", "/v1/enrolments/renewals");
    bytes_clear(&f->renewal_body);
    if (identity_make_request(f, &f->renewal_body, false)) {
        f->renewal.due_ms = backoff_fail(&f->renewal.backoff, feed_now(f), f->o.chance);
        return;
    }
    request_header(&r, "Content-Type: application/json");
    r.body = &f->renewal_body;
    r.done = renewal_done;
    (void)feed_send(f, &f->renewal, &r);
}

void feed_identity_refused(struct feed *f)
{
    if (!f->renewal.is_flying && !f->renewal.backoff.count)
        f->renewal.due_ms = feed_now(f);
}

void identity_tick(struct feed *f)
{
    if (f->enrolment.is_waiting)
        send_enrolment(f);
    else if (is_renewal_due(f))
        send_renewal(f);
    else if (!f->renewal.is_flying && f->renewal.due_ms <= feed_now(f))
        f->renewal.due_ms = feed_now(f) + 3600 * 1000;
}
