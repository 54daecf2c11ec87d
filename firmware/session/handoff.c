/* Handing an unfinished form over, and filling one in from a parcel. */
#include "firmware/session/handoff.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/handoff_draft.h"
#include "firmware/session/internal.h"

/* ---- whose it is ------------------------------------------------------------------------------ */

/* Nobody's name is on what may be said without one. */
static const char *owner(const struct session *s)
{
    return s->visit.has_person && !session_is_anonymous(s) ? s->visit.person.number : "";
}

/* ---- what goes along -------------------------------------------------------------------------- */

static bool is_of_card(const struct session *s, const char *value)
{
    const struct service *service = s->visit.service;
    bool is_known = false;
    for (size_t i = 0; i < service->field_count; i++)
        is_known |=
            service->fields[i].prefill != PREFILL_NONE && !strcmp(s->visit.answers[i].text, value);
    return is_known;
}

/* What the card says stays on the card: it is laid down again where the form ends. */
static json_t *answers_json(const struct session *s)
{
    const struct service *service = s->visit.service;
    json_t *answers = json_object();
    for (size_t i = 0; i < service->field_count; i++) {
        const struct field *f = &service->fields[i];
        const char *value = s->visit.answers[i].text;
        if (*value && f->prefill == PREFILL_NONE && session_field_is_visible(s, f) &&
            !desk_is_from_calendar(s, f) && !is_of_card(s, value))
            json_object_set_new(answers, f->name, json_string(value));
    }
    return answers;
}

static int write_draft(struct bytes *out, const struct session *s)
{
    AUTO(json_release)
    json_t *draft = json_pack("{s:i, s:s, s:o}", "schema", 1, "item_code", s->visit.service->code,
                              "answers", answers_json(s));
    return submit_append(out, draft);
}

enum handoff_trouble handoff_send(struct session *s)
{
    struct handoff *h = &s->visit.handoff;
    struct bytes text AUTO_BYTES = { 0 }, parcel AUTO_BYTES = { 0 };
    handoff_draw(h->code);
    int r = parcel_keys(&h->keys, h->code);
    if (!r)
        r = write_draft(&text, s);
    if (!r)
        r = parcel_seal(&parcel, &h->keys, owner(s), text.data, text.length);
    if (text.data)
        explicit_bzero(text.data, text.length);
    if (r)
        return HANDOFF_REFUSED;
    hex_encode(h->label, h->keys.label, PARCEL_LABEL);
    s->config.ports->put_parcel(s->config.context, h->label, HANDOFF_HOURS, &parcel);
    return HANDOFF_FINE;
}

/* ---- what comes back -------------------------------------------------------------------------- */

static bool take_typed(struct answer *to, const struct field *f, const char *value)
{
    size_t used = 0, left = strlen(value), count = 0;
    uint32_t cp;
    for (size_t n; left; value += n, left -= n) {
        n = text_decode(&cp, value, left);
        if (!n || !answer_accepts(f, cp) || count == answer_length_limit(f) ||
            used + n >= ANSWER_BYTES)
            break;
        memcpy(to->text + used, value, n);
        used += n;
        count++;
    }
    return used != 0;
}

static void take_answer(struct session *s, const struct handoff_answer *a)
{
    int i = draft_find(s, a->name);
    const struct field *f = i < 0 ? NULL : &s->visit.service->fields[i];
    if (!f || f->prefill != PREFILL_NONE || f->kind == FIELD_SIGNATURE ||
        desk_is_from_calendar(s, f) || (agency_is_acting(s) && f->acting))
        return;
    struct answer *to = &s->visit.answers[i];
    bool is_choice = f->kind == FIELD_CHOICE || f->kind == FIELD_YES_NO;
    if (is_choice && answer_check(f, a->value, NULL))
        return; /* this catalogue has no such choice */
    explicit_bzero(to->text, sizeof(to->text));
    if (is_choice)
        text_copy(to->text, sizeof(to->text), a->value);
    else
        take_typed(to, f, a->value);
}

void handoff_fill(struct session *s, const struct handoff_draft *draft)
{
    for (size_t i = 0; i < draft->count; i++)
        take_answer(s, &draft->answers[i]);
    draft_prune(s); /* what is not asked any more, now that all are known */
    s->visit.is_dirty = true;
}

/* Open what was fetched, for this card alone; it stays sealed to every other. */
enum handoff_trouble handoff_open(struct session *s, const struct bytes *parcel)
{
    struct handoff *h = &s->visit.handoff;
    struct handoff_draft draft;
    struct bytes text AUTO_BYTES = { 0 };
    int r = parcel_open(&text, &h->keys, s->visit.person.number, parcel->data, parcel->length);
    if (r)
        return r == PARCEL_E_OWNER ? HANDOFF_OTHER_CARD : HANDOFF_DAMAGED;
    bool is_read = handoff_read(&draft, text.data, text.length);
    const struct service *service = is_read ? catalogue_find(s->catalogue, draft.item) : NULL;
    if (service && service->reach != REACH_INFO) {
        memcpy(h->text, text.data, text.length);
        h->length = text.length;
    }
    explicit_bzero(text.data, text.length);
    explicit_bzero(&draft, sizeof(draft));
    return !is_read ? HANDOFF_DAMAGED : !h->length ? HANDOFF_NO_MATTER : HANDOFF_FINE;
}

/* ---- the screen ------------------------------------------------------------------------------- */

void handoff_look(struct handoff_view *out, const struct session *s)
{
    const struct handoff *h = &s->visit.handoff;
    *out = (struct handoff_view){ .step = h->step,
                                  .trouble = h->trouble,
                                  .address = h->address,
                                  .until_ms = h->until_ms,
                                  .paper = h->paper.state,
                                  .can_print = handoff_can_print(s),
                                  .is_filled = h->is_filled,
                                  .is_offered = s->config.phone_url && *s->config.phone_url };
    memcpy(out->code, h->code, sizeof(out->code));
}
