/* The timeline of a case, as the county sends it: rebuilt member by member, so that what is kept holds nothing but what
 * the interface names, in its limits. A member that is not well formed is left out; the state still counts. */
#include <string.h>

#include "firmware/base/text.h"
#include "sync/feed/inside.h"
#include "sync/queue/cases.h"

enum {
    STEPS_MAX = 24,
    OWED_MAX = 24,
    PARTS_MAX = 16,
    WAIVED_MAX = 8,
    HALF = 2,
    WORD = 23,
    MATERIAL = 40,
    TEXT = 800,
    PART_TEXT = 600,
    NAME = 200,
};

/* "2026-12-10": what it means is the kiosk's to know, but it must be shaped like a day. */
static bool is_day(const char *text)
{
    static const char digits[] = "0123456789";
    return text && strlen(text) == 10 && text[4] == '-' && text[7] == '-' &&
           strspn(text, digits) == 4 && strspn(text + 5, digits) == 2 &&
           strspn(text + 8, digits) == 2;
}

static const char *text_in(const json_t *o, const char *key, size_t most)
{
    const json_t *value = json_object_get(o, key);
    size_t length = json_string_length(value);
    return length && length <= most ? json_string_value(value) : NULL;
}

static void take_text(json_t *out, const json_t *o, const char *key, size_t most)
{
    const char *text = text_in(o, key, most);
    if (text)
        json_object_set_new(out, key, json_string(text));
}

static void take_day(json_t *out, const json_t *o, const char *key)
{
    const char *text = text_in(o, key, 10);
    if (is_day(text))
        json_object_set_new(out, key, json_string(text));
}

static void take_flag(json_t *out, const json_t *o, const char *key)
{
    if (json_is_true(json_object_get(o, key)))
        json_object_set_new(out, key, json_true());
}

static json_t *take_steps(const json_t *list)
{
    json_t *out = json_array();
    for (size_t i = 0; i < json_array_size(list) && i < STEPS_MAX; i++) {
        const json_t *step = json_array_get(list, i);
        json_t *kept = json_object();
        take_text(kept, step, "what", WORD);
        take_text(kept, step, "lane", WORD);
        take_day(kept, step, "day");
        if (json_object_size(kept) == 3)
            json_array_append(out, kept);
        json_decref(kept);
    }
    return out;
}

static json_t *take_owed(const json_t *list)
{
    json_t *out = json_array();
    for (size_t i = 0; i < json_array_size(list) && i < OWED_MAX; i++) {
        const json_t *paper = json_array_get(list, i);
        json_t *kept = json_object();
        take_text(kept, paper, "material", MATERIAL);
        take_day(kept, paper, "due");
        if (json_object_get(kept, "material"))
            json_array_append(out, kept);
        json_decref(kept);
    }
    return out;
}

/* Other evidence in place of a paper. */
static void take_waived(json_t *out, const json_t *list)
{
    json_t *all = json_array();
    for (size_t i = 0; i < json_array_size(list) && i < WAIVED_MAX; i++) {
        const json_t *waiver = json_array_get(list, i);
        json_t *kept = json_object();
        take_text(kept, waiver, "paper", NAME);
        take_text(kept, waiver, "evidence", NAME);
        if (json_object_size(kept) == 2) {
            take_day(kept, waiver, "day");
            json_array_append(all, kept);
        }
        json_decref(kept);
    }
    if (json_array_size(all))
        json_object_set(out, "waived", all);
    json_decref(all);
}

static void take_texts(json_t *out, const json_t *o, const char *key, const char *const *names,
                       size_t most)
{
    const json_t *from = json_object_get(o, key);
    json_t *kept = json_object();
    for (size_t i = 0; names[i]; i++)
        take_text(kept, from, names[i], most);
    if (json_object_size(kept))
        json_object_set(out, key, kept);
    json_decref(kept);
}

static const char *const words[] = { "zh", "en", NULL };

/* How it leaves, and how the parcel stands that a carrier took. */
static void take_delivery(json_t *out, const json_t *o)
{
    static const char *const ways[] = { "kind", "code", "counter", "tracking", NULL },
                             *const parcel[] = { "state", "at", "as_of", NULL };
    take_texts(out, o, "delivery", ways, 64);
    json_t *kept = json_object_get(out, "delivery");
    if (kept)
        take_texts(kept, json_object_get(o, "delivery"), "parcel", parcel, WORD);
}

/* Who has it now: staff, by name and telephone. */
static void take_owner(json_t *out, const json_t *owner)
{
    json_t *kept = json_object();
    take_text(kept, owner, "name", NAME);
    take_text(kept, owner, "phone", WORD);
    if (json_object_get(kept, "name")) {
        take_texts(kept, owner, "office", words, NAME);
        take_day(kept, owner, "since");
        json_object_set(out, "owner", kept);
    }
    json_decref(kept);
}

/* What was promised in place of a proof, and how its check stands. */
static void take_check(json_t *out, const json_t *check)
{
    json_t *kept = json_object();
    take_texts(kept, check, "what", words, NAME);
    take_text(kept, check, "state", WORD);
    if (json_object_size(kept) == 2) {
        take_day(kept, check, "by");
        json_object_set(out, "check", kept);
    }
    json_decref(kept);
}

/* The county that decides. */
static void take_elsewhere(json_t *out, const json_t *elsewhere)
{
    json_t *kept = json_object();
    take_texts(kept, elsewhere, "name", words, NAME);
    if (json_object_size(kept)) {
        take_texts(kept, elsewhere, "address", words, NAME);
        take_text(kept, elsewhere, "phone", WORD);
        take_text(kept, elsewhere, "ref", MATERIAL);
        take_day(kept, elsewhere, "since");
        json_object_set(out, "elsewhere", kept);
    }
    json_decref(kept);
}

/* What the whole and its parts have alike. */
static void take_common(json_t *out, const json_t *o, size_t reason)
{
    const json_t *days_left = json_object_get(o, "days_left");
    json_int_t left = json_integer_value(days_left);
    take_day(out, o, "promised_by");
    take_day(out, o, "legal_by");
    take_day(out, o, "paused_since");
    if (json_is_integer(days_left) && left > -10000 && left < 10000)
        json_object_set_new(out, "days_left", json_integer(left));
    take_flag(out, o, "is_provisional");
    take_text(out, o, "reason", reason);
    take_texts(out, o, "office", words, NAME);
    take_delivery(out, o);
    take_owner(out, json_object_get(o, "owner"));
    take_check(out, json_object_get(o, "check"));
}

/* Numbers of parts, 1 to PARTS_MAX. */
static bool is_number(const json_t *no)
{
    json_int_t n = json_integer_value(no);
    return json_is_integer(no) && n >= 1 && n <= PARTS_MAX;
}

static void take_waits(json_t *out, const json_t *list)
{
    json_t *kept = json_array();
    for (size_t i = 0; i < json_array_size(list) && i < PARTS_MAX; i++)
        if (is_number(json_array_get(list, i)))
            json_array_append_new(kept, json_integer(json_integer_value(json_array_get(list, i))));
    if (json_array_size(kept))
        json_object_set(out, "waits_for", kept);
    json_decref(kept);
}

/* When the offices come to it together, or what becomes of that (SS-30). */
static void take_visit(json_t *out, const json_t *visit)
{
    json_t *kept = json_object();
    take_text(kept, visit, "state", WORD);
    if (json_object_size(kept)) {
        take_day(kept, visit, "day");
        take_text(kept, visit, "half", HALF);
        take_text(kept, visit, "hours", WORD);
        json_object_set(out, "visit", kept);
    }
    json_decref(kept);
}

/* A part of a bundle, or nothing when nobody could tell which part it is or how it stands. */
static void take_part(json_t *out, const json_t *part)
{
    const json_t *no = json_object_get(part, "no");
    json_t *kept = json_object();
    if (is_number(no))
        json_object_set_new(kept, "no", json_integer(json_integer_value(no)));
    take_text(kept, part, "state", WORD);
    take_texts(kept, part, "name", words, NAME);
    bool is_told = json_object_size(kept) == 3;
    take_day(kept, part, "since");
    take_waits(kept, json_object_get(part, "waits_for"));
    take_common(kept, part, PART_TEXT);
    take_visit(kept, json_object_get(part, "visit"));
    if (json_array_size(json_object_get(part, "owed")))
        json_object_set_new(kept, "owed", take_owed(json_object_get(part, "owed")));
    if (is_told)
        json_array_append(out, kept);
    json_decref(kept);
}

static void take_parts(json_t *out, const json_t *list)
{
    json_t *kept = json_array();
    for (size_t i = 0; i < json_array_size(list) && i < PARTS_MAX; i++)
        take_part(kept, json_array_get(list, i));
    if (json_array_size(kept))
        json_object_set(out, "parts", kept);
    json_decref(kept);
}

static json_t *rebuild(const json_t *o)
{
    json_t *out = json_object();
    take_common(out, o, TEXT);
    take_flag(out, o, "no_return");
    take_text(out, o, "article", 63);
    take_parts(out, json_object_get(o, "parts"));
    take_waived(out, json_object_get(o, "waived"));
    take_elsewhere(out, json_object_get(o, "elsewhere"));
    json_object_set_new(out, "owed", take_owed(json_object_get(o, "owed")));
    json_object_set_new(out, "steps", take_steps(json_object_get(o, "steps")));
    return out;
}

/* False, and nothing written, when it is too long. */
static bool write(char out[CASE_TIMELINE_TEXT], const json_t *kept)
{
    char *text = kept ? json_canonical(kept) : NULL;
    bool fits = text && strlen(text) < CASE_TIMELINE_TEXT;
    if (fits)
        text_copy(out, CASE_TIMELINE_TEXT, text);
    json_text_free(text);
    return fits;
}

/* How things stand comes before how they came to stand so, and before why. */
void timeline_copy(char out[CASE_TIMELINE_TEXT], const json_t *timeline)
{
    AUTO(json_release) json_t *kept = json_is_object(timeline) ? rebuild(timeline) : NULL;
    text_copy(out, CASE_TIMELINE_TEXT, "{}");
    if (write(out, kept) || !kept)
        return;
    json_object_del(kept, "steps");
    for (size_t i = 0; i < PARTS_MAX && !write(out, kept); i++)
        json_object_del(json_array_get(json_object_get(kept, "parts"), i), "reason");
}
