/* From a reviewed draft to sealed bytes in the queue process. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/base/log.h"
#include "firmware/card/person_json.h"
#include "firmware/catalogue/county.h"
#include "firmware/session/internal.h"

static const char *const quality_words[] = { "unset", "rtc", "http-date", "ntp" };

json_t *submit_manifest_about(const struct session *s, const struct reservation *r,
                              const char *kind, const char *code)
{
    char wall[21];
    clock_format_utc(wall, r->wall_ms);
    return json_pack("{s:s, s:s, s:s, s:I, s:s, s:s, s:s, s:I, s:s, s:{s:s, s:I, s:s, s:s}}", "id",
                     r->id, "kiosk_id", r->kiosk_id, "install_id", r->install_id, "seq",
                     (json_int_t)r->seq, "receipt", r->receipt, "kind", kind, "item_code", code,
                     "catalogue_version", (json_int_t)catalogue_version(s->catalogue), "language",
                     s->visit.language == LANGUAGE_ZH ? "zh" : "en", "clock", "boot_id", r->boot_id,
                     "boot_ms", (json_int_t)r->boot_ms, "wall", wall, "clock_quality",
                     quality_words[r->clock_quality]);
}

json_t *submit_manifest(const struct session *s, const struct reservation *r, const char *kind)
{
    return submit_manifest_about(s, r, kind, s->visit.service ? s->visit.service->code : "");
}

static void set_text(json_t *object, const char *key, const char *text)
{
    if (*text)
        json_object_set_new(object, key, json_string(text));
}

json_t *ink_json(const struct ink *ink)
{
    json_t *all = json_array(), *stroke = NULL;
    for (size_t i = 0; i < ink->point_count; i++) {
        const struct ink_point *p = &ink->points[i];
        if (p->is_start || !stroke) {
            stroke = json_array();
            json_array_append_new(all, stroke);
        }
        json_array_append_new(stroke, json_pack("[i, i, I]", p->x, p->y, (json_int_t)p->ms));
    }
    return json_pack("{s:i, s:i, s:o}", "width", ink->width, "height", ink->height, "strokes", all);
}

static void add_answers(json_t *form, json_t *ink, const struct session *s)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->field_count; i++) {
        const struct field *f = &service->fields[i];
        const struct ink *written = session_ink(s, f);
        if (!session_field_is_visible(s, f))
            continue;
        set_text(form, f->name, session_answer(s, f));
        if (written && ink_is_written(written))
            json_object_set_new(ink, f->name, ink_json(written));
    }
}

/* Papers, what was promised, and the children of a bundle. */
static void add_promises(json_t *item, const struct session *s)
{
    const struct visit *v = &s->visit;
    const struct words *promise = &v->service->promise;
    char version[PROMISE_VERSION];
    json_t *notice = submit_notice(s), *waivers = waive_json(s), *children = submit_children(s);
    promise_version(version, promise->in[LANGUAGE_ZH], promise->in[LANGUAGE_EN]);
    json_object_set_new(item, "materials", submit_materials(s));
    json_object_set_new(item, "promise",
                        json_pack("{s:s, s:s, s:s}", "version", version, "language",
                                  v->language == LANGUAGE_ZH ? "zh" : "en", "text",
                                  promise->in[v->language]));
    json_object_set_new(item, "gaps", submit_gaps(s));
    if (notice)
        json_object_set_new(item, "notice", notice);
    if (waivers)
        json_object_set_new(item, "waivers", waivers);
    if (children)
        json_object_set_new(item, "children", children);
}

/* Which county decides, and whether what is granted rests on a promise: the county acts on both. */
static void add_beyond(json_t *item, const struct session *s)
{
    const struct service *service = s->visit.service;
    const struct county *county =
        catalogue_county_for(s->catalogue, service, draft_value(s, COUNTY_FIELD));
    if (county)
        json_object_set_new(item, "county", json_string(county->id));
    if (service->check && condition_holds(&service->check->when, draft_value, s))
        json_object_set_new(item, "rests_on_promise", json_true());
}

static const char *kind_of(const struct session *s)
{
    return s->visit.service->reach == REACH_BOOK ? "appointment" : "application";
}

int submit_append(struct bytes *out, const json_t *item)
{
    char *text = item ? json_canonical(item) : NULL;
    if (!text)
        return fault_raise(-ENOMEM);
    int r = bytes_append(out, text, strlen(text));
    json_text_free(text);
    return r;
}

/* Who helped, and for which village: never with what is said without a name. */
static void add_help(json_t *item, const struct session *s)
{
    const struct visit *v = &s->visit;
    const struct village *village =
        v->has_person ? point_village(catalogue_point(s->catalogue), v->person.address) : NULL;
    json_t *agency = agency_json(s);
    if (agency)
        json_object_set_new(item, "agency", agency);
    set_text(item, "help_mode", help_mode_word(session_help_mode(s)));
    if (session_help_mode(s) != HELP_NONE)
        set_text(item, "help_service", help_service_word(v->helper.service));
    if (village)
        set_text(item, "village", village->id);
}

int submit_write(struct bytes *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    AUTO(json_release) json_t *item = json_object();
    json_t *claim = claim_json(s), *insisted = precheck_json(s);
    json_t *form = json_object(), *ink = json_object();
    add_answers(form, ink, s);
    json_object_set_new(item, "schema", json_integer(1));
    json_object_set_new(item, "manifest", submit_manifest(s, &v->reservation, kind_of(s)));
    bool is_anonymous = session_is_anonymous(s);
    json_object_set_new(item, "resident",
                        v->has_person && !is_anonymous ? person_json(&v->person) : json_null());
    json_object_set_new(item, "form", form);
    if (json_object_size(ink))
        json_object_set_new(item, "ink", ink);
    else
        json_decref(ink);
    add_promises(item, s);
    add_beyond(item, s);
    if (v->service->needs_consent)
        json_object_set_new(item, "consent", json_boolean(v->has_consented));
    if (!is_anonymous)
        add_help(item, s);
    if (insisted)
        json_object_set_new(item, "insisted", insisted);
    if (v->hints.taken && v->hints.taken == v->service)
        json_object_set_new(item, "hinted", json_true());
    bool needs_signature = session_needs_signature(s);
    if (needs_signature && ink_is_written(&v->signature))
        json_object_set_new(item, "signature", ink_json(&v->signature));
    else if (needs_signature)
        json_object_set_new(item, "affirmed", json_string("keypad"));
    if (*v->desk.day)
        json_object_set_new(item, "booking",
                            json_pack("{s:s, s:s, s:s}", "calendar", v->desk.kind, "day",
                                      v->desk.day, "half", v->desk.half));
    if (claim)
        json_object_set_new(item, "claim", claim);
    return submit_append(out, item);
}

/* ---- handing over -------------------------------------------------------------------- */

static void refuse(struct session *s, const char *why)
{
    snprintf(s->visit.refusal, sizeof(s->visit.refusal), "%s", why);
    session_enter(s, SCREEN_NOT_SAVED);
}

void submit_reserve(struct session *s)
{
    if (s->visit.is_reserving || s->visit.has_reservation)
        return;
    s->visit.is_reserving = true;
    s->config.ports->reserve(s->config.context, s->visit.token);
}

int submit_sealed(struct session *s, const char *token, const struct reservation *r,
                  const char *kind, const struct bytes *plain)
{
    if (s->visit.is_practice) { /* nothing to seal, and nowhere to send it */
        s->config.ports->submit(s->config.context, &(struct submission){ .token = token });
        return 0;
    }
    struct bytes sealed AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID];
    uint8_t digest[SHA256_BYTES];
    int failed = seal_item(&sealed, key_id, s->keys, plain->data, plain->length,
                           s->config.clock->wall_ms(s->config.clock));
    if (failed)
        return failed;
    sha256(digest, sealed.data, sealed.length);
    struct submission submission = { .token = token,
                                     .id = r->id,
                                     .kind = kind,
                                     .key_id = key_id,
                                     .sha256 = digest,
                                     .sealed = &sealed };
    s->config.ports->submit(s->config.context, &submission);
    return 0;
}

bool submit_beside(struct session *s, const struct reservation *r, const char *kind,
                   submit_writer write)
{
    struct bytes plain AUTO_BYTES = { 0 };
    int failed = write(&plain, s, r);
    if (!failed)
        failed = submit_sealed(s, r->token, r, kind, &plain);
    if (failed)
        log_line(LOG_ERROR, "session", "an item (%s) could not be sealed: %d", kind, failed);
    return !failed;
}

static void hand_over(struct session *s)
{
    struct visit *v = &s->visit;
    struct bytes plain AUTO_BYTES = { 0 };
    claim_make(s);
    int r = submit_write(&plain, s);
    v->is_sent = !r;
    v->was_offline = !s->link.is_up;
    if (!r)
        r = submit_sealed(s, v->token, &v->reservation, kind_of(s), &plain);
    if (r) {
        v->is_sent = false;
        log_line(LOG_ERROR, "session", "an application could not be sealed: %d", r);
        refuse(s, r == SEAL_E_NO_KEY ? "no-key" : "storage");
    }
}

void submit_start(struct session *s)
{
    if (!session_can_submit(s)) {
        refuse(s, !s->link.is_there ? "away" : *s->link.refusal ? s->link.refusal : "no-key");
        return;
    }
    s->visit.refusal[0] = 0;
    if (s->visit.has_reservation)
        hand_over(s);
    else
        submit_reserve(s);
}
