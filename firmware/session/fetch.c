#include "firmware/session/fetch.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/log.h"
#include "firmware/base/text.h"
#include "firmware/session/internal.h"

/* ---- which papers -------------------------------------------------------------------- */

/* With the answers there are: a paper that depends on one not given yet is asked for all the same. */
static bool is_wanted(const struct material *m)
{
    return m->how == MATERIAL_FETCHED && m->is_live;
}

static const struct material *wanted_paper(const struct session *s, const char *id)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->material_count; i++)
        if (!strcmp(service->materials[i].id, id))
            return is_wanted(&service->materials[i]) ? &service->materials[i] : NULL;
    return NULL;
}

/* What may be done without a name asks for nobody's certificates. */
static bool has_question(const struct session *s)
{
    const struct service *service = s->visit.service;
    bool is_any = false;
    for (size_t i = 0; i < service->material_count; i++)
        is_any |= is_wanted(&service->materials[i]);
    return is_any && s->visit.has_person && !service->anonymous && service->reach != REACH_BOOK;
}

static bool can_ask(const struct session *s)
{
    int64_t now = s->config.clock->wall_ms(s->config.clock);
    if (s->visit.is_practice)
        return true;
    return s->config.ports->ask_county && s->link.is_there && s->link.is_up && s->keys &&
           seal_keys_are_usable(s->keys, now);
}

/* ---- asking -------------------------------------------------------------------------- */

int fetch_write(struct bytes *out, const struct session *s)
{
    const struct visit *v = &s->visit;
    char key[2 * REPLY_KEY + 1];
    json_t *papers = json_array();
    for (size_t i = 0; i < v->service->material_count; i++)
        if (is_wanted(&v->service->materials[i]))
            json_array_append_new(papers, json_string(v->service->materials[i].id));
    hex_encode(key, v->secret.key, REPLY_KEY);
    AUTO(json_release)
    json_t *o = json_pack(
        "{s:i, s:{s:s, s:s, s:s, s:I}, s:{s:s, s:s}, s:o, s:s}", "schema", 1, "question", "id",
        v->secret.id, "kiosk_id", s->link.kiosk_id, "item_code", v->service->code,
        "catalogue_version", (json_int_t)catalogue_version(s->catalogue), "person", "number",
        v->person.number, "name", v->person.name, "papers", papers, "reply_key", key);
    explicit_bzero(key, sizeof(key));
    return submit_append(out, o);
}

void fetch_wipe(struct fetch_secret *secret)
{
    explicit_bzero(secret->id, sizeof(secret->id));
    explicit_bzero(secret->key, sizeof(secret->key));
}

static int send_question(struct session *s)
{
    const struct visit *v = &s->visit;
    struct bytes plain AUTO_BYTES = { 0 }, sealed AUTO_BYTES = { 0 };
    char key_id[SEAL_KEY_ID] = "";
    struct live_question q = { .id = v->secret.id, .key_id = key_id, .sealed = &sealed };
    int r = v->is_practice ? 0 : fetch_write(&plain, s);
    if (!r && !v->is_practice) /* in practice there is nothing to seal, and nobody to ask */
        r = seal_item(&sealed, key_id, s->keys, plain.data, plain.length,
                      s->config.clock->wall_ms(s->config.clock));
    if (!r)
        s->config.ports->ask_county(s->config.context, &q);
    return r;
}

bool fetch_ask(struct session *s)
{
    struct visit *v = &s->visit;
    explicit_bzero(&v->fetched, sizeof(v->fetched));
    v->fetched.service = v->service;
    if (!has_question(s))
        return false;
    v->fetched.state = FETCH_UNANSWERED;
    elsewhere_drop(s); /* one question at a time */
    if (!can_ask(s))
        return false;
    random_bytes(v->secret.key, sizeof(v->secret.key));
    token_make(v->secret.id);
    int r = send_question(s);
    if (r) {
        log_line(LOG_ERROR, "session", "a question could not be sealed: %d", r);
        fetch_wipe(&v->secret);
        return false;
    }
    v->fetched.state = FETCH_ASKING;
    return true;
}

void fetch_drop(struct session *s)
{
    struct visit *v = &s->visit;
    if (*v->secret.id && s->config.ports->drop_question)
        s->config.ports->drop_question(s->config.context, v->secret.id);
    fetch_wipe(&v->secret);
    if (v->fetched.state == FETCH_ASKING)
        v->fetched.state = FETCH_UNANSWERED;
}

/* ---- the answer ---------------------------------------------------------------------- */

/* Only what was asked for: whatever else an answer holds is not looked at. */
static void keep_wanted(struct session *s, const struct certificates *all)
{
    struct certificates *found = &s->visit.fetched.found;
    found->count = 0;
    for (size_t i = 0; i < all->count; i++)
        if (wanted_paper(s, all->list[i].paper))
            found->list[found->count++] = all->list[i];
}

bool fetch_take(struct session *s, const char *id, const struct bytes *reply)
{
    struct visit *v = &s->visit;
    struct bytes plain AUTO_BYTES = { 0 };
    if (v->fetched.state != FETCH_ASKING || !*v->secret.id || strcmp(v->secret.id, id) != 0)
        return false;
    int r = SEAL_E_FORMAT;
    if (reply && reply->length)
        r = reply_open(&plain, v->secret.key, v->secret.id, reply->data, reply->length);
    struct certificates all = { 0 };
    if (!r)
        r = certificates_read(&all, plain.data, plain.length, v->secret.id);
    if (!r)
        keep_wanted(s, &all);
    else if (reply && reply->length)
        log_line(LOG_WARNING, "session", "an answer of the county could not be used: %d", r);
    explicit_bzero(&all, sizeof(all));
    fetch_wipe(&v->secret);
    v->fetched.state = r ? FETCH_UNANSWERED : FETCH_ANSWERED;
    return true;
}

int fetch_find(const struct session *s, const char *paper)
{
    const struct certificates *found = &s->visit.fetched.found;
    bool is_current = s->visit.fetched.service == s->visit.service;
    for (size_t i = 0; is_current && i < found->count; i++)
        if (!strcmp(found->list[i].paper, paper))
            return (int)i;
    return -1;
}

enum proof fetch_proof(const struct session *s, const struct material *m)
{
    int i = is_wanted(m) ? fetch_find(s, m->id) : -1;
    if (!is_wanted(m))
        return PROOF_NONE;
    if (i >= 0 && s->visit.fetched.said[i] == CERTIFICATE_RIGHT)
        return PROOF_CONFIRMED;
    return i >= 0 && s->visit.fetched.said[i] == CERTIFICATE_WRONG ? PROOF_DISPUTED
                                                                   : PROOF_TO_FETCH;
}

/* ---- what it fills in ---------------------------------------------------------------- */

static const char *value_for(const struct session *s, const struct material *m,
                             const struct certificate *c, const struct field *f)
{
    char day[9];
    for (size_t i = 0; i < m->fill_count; i++) {
        const struct certificate_value *v =
            strcmp(m->fills[i].field, f->name) ? NULL : certificate_find(c, m->fills[i].value);
        if (v && *v->value && !answer_check(f, v->value, session_today(s, day)))
            return v->value;
    }
    return "";
}

const char *fetch_value(const struct session *s, const struct field *f)
{
    const struct service *service = s->visit.service;
    for (size_t i = 0; i < service->material_count; i++) {
        const struct material *m = &service->materials[i];
        if (fetch_proof(s, m) != PROOF_CONFIRMED)
            continue;
        const char *value = value_for(s, m, &s->visit.fetched.found.list[fetch_find(s, m->id)], f);
        if (*value)
            return value;
    }
    return "";
}

static void each_filled(struct session *s, size_t i,
                        void (*change)(struct answer *answer, const char *value))
{
    const struct certificate *c = &s->visit.fetched.found.list[i];
    const struct material *m = wanted_paper(s, c->paper);
    for (size_t n = 0; m && n < s->visit.service->field_count; n++) {
        const struct field *f = &s->visit.service->fields[n];
        bool is_open = session_field_is_visible(s, f) && !session_field_is_locked(s, f);
        const char *value = is_open ? value_for(s, m, c, f) : "";
        if (*value)
            change(draft_answer(s, f), value);
    }
    draft_prune(s);
}

static void put(struct answer *answer, const char *value)
{
    text_copy(answer->text, sizeof(answer->text), value);
}

/* What the resident wrote over it stays. */
static void take_out(struct answer *answer, const char *value)
{
    if (!strcmp(answer->text, value))
        explicit_bzero(answer->text, sizeof(answer->text));
}

void fetch_fill(struct session *s, size_t i)
{
    each_filled(s, i, put);
}

void fetch_clear(struct session *s, size_t i)
{
    each_filled(s, i, take_out);
}

/* ---- what the county is told --------------------------------------------------------- */

/* Answers that are not what the certificate says although it was confirmed: the form is what counts. */
static json_t *changed(const struct session *s, const struct material *m,
                       const struct certificate *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < s->visit.service->field_count; i++) {
        const struct field *f = &s->visit.service->fields[i];
        const char *value = session_field_is_visible(s, f) ? value_for(s, m, c, f) : "";
        if (*value && strcmp(value, session_answer(s, f)) != 0)
            json_array_append_new(list, json_string(f->name));
    }
    return list;
}

void fetch_describe(json_t *row, const struct session *s, const struct material *m)
{
    static const char *const reasons[DISPUTES] = { [DISPUTE_UNSAID] = "unsaid",
                                                   [DISPUTE_OLD] = "out-of-date",
                                                   [DISPUTE_VALUE] = "wrong-value",
                                                   [DISPUTE_NOT_MINE] = "not-mine" };
    enum proof proof = fetch_proof(s, m);
    if (proof != PROOF_CONFIRMED && proof != PROOF_DISPUTED)
        return;
    int i = fetch_find(s, m->id);
    const struct certificate *c = &s->visit.fetched.found.list[i];
    json_t *o = json_pack("{s:s, s:s}", "id", c->id, "version", c->version);
    if (proof == PROOF_DISPUTED) {
        json_object_set_new(o, "reason", json_string(reasons[s->visit.fetched.reason[i]]));
        json_object_set_new(row, "disputed", o);
        return;
    }
    json_t *other = changed(s, m, c);
    if (json_array_size(other))
        json_object_set(o, "changed", other);
    json_decref(other);
    json_object_set_new(row, "certificate", o);
}

size_t fetch_spared(const struct session *s)
{
    const struct service *service = s->visit.service;
    size_t count = 0;
    for (size_t i = 0; service && i < service->material_count; i++)
        count += condition_holds(&service->materials[i].when, draft_value, s) &&
                 fetch_proof(s, &service->materials[i]) == PROOF_CONFIRMED;
    return count;
}
