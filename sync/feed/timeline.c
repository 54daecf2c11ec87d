/* The timeline of a case, as the county sends it: rebuilt member by member, so that what is kept holds nothing but what
 * the interface names, in its limits. A member that is not well formed is left out; the state still counts. */
#include <string.h>

#include "firmware/base/text.h"
#include "sync/feed/inside.h"
#include "sync/queue/cases.h"

enum { STEPS_MAX = 24, OWED_MAX = 24, WORD = 23, MATERIAL = 40, TEXT = 800, NAME = 200 };

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

static void take_parts(json_t *out, const json_t *o, const char *key, const char *const *parts,
                       size_t most)
{
    const json_t *from = json_object_get(o, key);
    json_t *kept = json_object();
    for (size_t i = 0; parts[i]; i++)
        take_text(kept, from, parts[i], most);
    if (json_object_size(kept))
        json_object_set(out, key, kept);
    json_decref(kept);
}

static json_t *rebuild(const json_t *o)
{
    static const char *const words[] = { "zh", "en", NULL }, *const ways[] = { "kind", "code",
                                                                               "counter",
                                                                               "tracking", NULL };
    const json_t *days_left = json_object_get(o, "days_left");
    json_int_t left = json_integer_value(days_left);
    json_t *out = json_object();
    take_day(out, o, "promised_by");
    take_day(out, o, "legal_by");
    take_day(out, o, "paused_since");
    if (json_is_integer(days_left) && left > -10000 && left < 10000)
        json_object_set_new(out, "days_left", json_integer(left));
    take_flag(out, o, "is_provisional");
    take_flag(out, o, "no_return");
    take_text(out, o, "reason", TEXT);
    take_text(out, o, "article", 63);
    take_parts(out, o, "office", words, NAME);
    take_parts(out, o, "delivery", ways, 64);
    json_object_set_new(out, "owed", take_owed(json_object_get(o, "owed")));
    json_object_set_new(out, "steps", take_steps(json_object_get(o, "steps")));
    return out;
}

void timeline_copy(char out[CASE_TIMELINE_TEXT], const json_t *timeline)
{
    AUTO(json_release) json_t *kept = json_is_object(timeline) ? rebuild(timeline) : NULL;
    char *text = kept ? json_canonical(kept) : NULL;
    bool fits = text && strlen(text) < CASE_TIMELINE_TEXT;
    text_copy(out, CASE_TIMELINE_TEXT, fits ? text : "{}");
    json_text_free(text);
}
