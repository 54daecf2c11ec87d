#include "tests/platform/wish.h"

#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"

enum {
    TEXT_CHARACTERS = 200,
    TEXT_BYTES = 800,
    NOTICE_DAYS_MAX = 60,
};

/* ---- what is asked ------------------------------------------------------------------- */

static bool has_control(const char *text)
{
    uint32_t cp;
    for (size_t left = strlen(text), n; left; text += n, left -= n) {
        n = text_decode(&cp, text, left);
        if (text_is_control(cp))
            return true;
    }
    return false;
}

static bool is_material(const char *id)
{
    return id && *id && strlen(id) < CASE_MATERIAL &&
           strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

/* An empty text is as good as none. */
static const char *line(struct json_reader *r, const json_t *o, const char *key, size_t most)
{
    const json_t *value = json_object_get(o, key);
    bool is_empty = json_is_string(value) && !json_string_length(value);
    const char *text = is_empty ? "" : json_want_string(r, o, key, most, "");
    if (text_count(text) > TEXT_CHARACTERS || has_control(text))
        json_complain(r, "%s must have at most %d characters, on one line", key, TEXT_CHARACTERS);
    return text;
}

static void read_delivery(struct json_reader *r, struct wish *w, const json_t *o)
{
    const json_t *d = json_object_get(o, "delivery");
    w->kind = w->counter = w->tracking = "";
    if (!d)
        return;
    w->kind = json_need_string(r, d, "kind", 12);
    w->counter = line(r, d, "counter", 64);
    w->tracking = line(r, d, "tracking", 40);
}

static void read_owner(struct json_reader *r, struct wish *w, const json_t *o)
{
    const json_t *owner = json_object_get(o, "owner");
    w->owner = owner ? line(r, owner, "name", MATTER_NAME - 1) : "";
    w->phone = owner ? line(r, owner, "phone", MATTER_PHONE - 1) : "";
}

void wish_read(struct json_reader *r, struct wish *w, const json_t *o)
{
    *w = (struct wish){ .id = json_need_string(r, o, "id", UUID_TEXT - 1) };
    w->event = json_need_string(r, o, "event", 16);
    w->reason = line(r, o, "reason", TEXT_BYTES);
    w->note = line(r, o, "note", TEXT_BYTES);
    w->material = line(r, o, "material", CASE_MATERIAL - 1);
    w->days = (int)json_want_integer(r, o, "days", 0, NOTICE_DAYS_MAX, 0);
    w->part = (int)json_want_integer(r, o, "part", 0, CHILDREN_MAX, 0);
    w->has_changed = json_want_bool(r, o, "has_changed", false);
    w->materials = json_want_array(r, o, "materials", MATTER_MISSING_MAX);
    for (size_t i = 0; i < json_array_size(w->materials); i++)
        if (!is_material(json_string_value(json_array_get(w->materials, i))))
            json_complain(r, "materials must hold ids of materials");
    read_delivery(r, w, o);
    read_owner(r, w, o);
}

/* ---- what it comes to ------------------------------------------------------------------ */

const struct desk_word *wish_word(const struct wish *wish)
{
    const struct desk_word *w = desk_words;
    while (w->word && strcmp(w->word, wish->event) != 0)
        w++;
    return w;
}

static enum delivery_kind kind_of(const char *word)
{
    int kind = DELIVERY_KINDS - 1;
    while (kind > DELIVERY_NONE && strcmp(delivery_words[kind], word) != 0)
        kind--;
    return (enum delivery_kind)kind;
}

/* How it leaves. What waits at a counter gets a code of six digits; a parcel has its number. */
static const char *take_delivery(struct matter *m, const struct wish *w, bool is_set_out)
{
    uint32_t random;
    enum delivery_kind kind = is_set_out ? DELIVERY_PICKUP : kind_of(w->kind);
    if (!is_set_out && m->delivery.kind == DELIVERY_PICKUP && kind == DELIVERY_NONE)
        return NULL; /* it waited, and now it is handed over */
    if (kind == DELIVERY_NONE)
        return "delivery.kind must be post, pickup, electronic or account";
    if (kind == DELIVERY_POST && !*w->tracking)
        return "what goes by post needs its tracking number";
    if (kind == DELIVERY_PICKUP && !*w->counter)
        return "what is collected needs its counter";
    m->delivery = (struct delivery){ .kind = kind };
    text_copy(m->delivery.tracking, sizeof(m->delivery.tracking), w->tracking);
    text_copy(m->delivery.counter, sizeof(m->delivery.counter), w->counter);
    if (kind == DELIVERY_PICKUP) {
        random_bytes(&random, sizeof(random));
        snprintf(m->delivery.code, sizeof(m->delivery.code), "%06u", random % 1000000);
    }
    return NULL;
}

/* Only what the published guide lets follow later may be a gap (Art. 4, Art. 11 par. 2). */
static void set_gaps(const struct platform *p, const struct matter *m, const struct wish *w,
                     struct case_owed *owed, struct case_detail *d)
{
    const json_t *service = matter_service(p, m->service);
    d->gap_count = json_array_size(w->materials);
    for (size_t i = 0; i < d->gap_count; i++) {
        const char *id = json_string_value(json_array_get(w->materials, i));
        const json_t *material = matter_material(service, id);
        owed[i].material = id;
        owed[i].late_days = (int)json_integer_value(json_object_get(material, "late_days"));
    }
    d->gaps = owed;
}

static void set_missing(struct matter *m, const struct wish *w)
{
    m->missing_count = 0;
    for (size_t i = 0; i < json_array_size(w->materials); i++)
        text_copy(m->missing[m->missing_count++], CASE_MATERIAL,
                  json_string_value(json_array_get(w->materials, i)));
}

void wish_detail(struct wish_detail *out, const struct platform *p, const struct matter *m,
                 const struct wish *w)
{
    const struct desk_word *word = wish_word(w);
    out->detail = (struct case_detail){ .by = word->by,
                                        .reason = w->reason,
                                        .has_changed = w->has_changed,
                                        .days = w->days,
                                        .material = w->material };
    if (word->event == CASE_EV_ACCEPT_GAP)
        set_gaps(p, m, w, out->owed, &out->detail);
}

const char *wish_complain(struct matter *m, const struct wish *w)
{
    enum case_event on = wish_word(w)->event;
    if (on == CASE_EV_DELIVER)
        return take_delivery(m, w, wish_is_set_out(w));
    if (on == CASE_EV_NOTIFY && !json_array_size(w->materials))
        return "a notice names everything that is missing, at once";
    return NULL;
}

void wish_keep(const struct platform *p, struct matter *m, const struct wish *w,
               const char *article)
{
    text_copy(m->reason, sizeof(m->reason), w->reason);
    text_copy(m->article, sizeof(m->article), article);
    if (wish_word(w)->event == CASE_EV_NOTIFY)
        set_missing(m, w);
    matter_take(p, m, w->owner, w->phone);
    matter_more_decided(p, m);
}

bool wish_is_set_out(const struct wish *w)
{
    return !strcmp(w->event, "set_out");
}

void wish_refuse(struct reply *r, int outcome)
{
    static const char *const why[] = {
        [CASE_E_EVENT] = "the statute has no such step from here",
        [CASE_E_ACTOR] = "this is not for the county to do",
        [CASE_E_TIME] = "a day is missing: within how many working days?",
        [CASE_E_REASON] = "this needs a reason in writing",
        [CASE_E_GAP] = "the guide does not let this paper follow later, or it is not owed",
        [CASE_E_NOTICE] =
            "a second notice is not lawful (Art. 11; Licensing Law 32): an alarm is raised",
        [CASE_E_FULL] = "more papers than a case can hold",
    };
    int status =
        outcome == CASE_E_EVENT || outcome == CASE_E_ACTOR || outcome == CASE_E_NOTICE ? 409 : 400;
    reply_problem(r, status, outcome == CASE_E_NOTICE ? "second-notice" : "step", why[outcome]);
}
