#include "tests/platform/open/tally.h"

#include <stdbool.h>
#include <string.h>

enum { NUMBER_MOST = 100, DIGITS_MOST = 3 };

/* Long numbers would be somebody's: a telephone, a card. */
static bool is_word(const char *text, size_t most)
{
    size_t digits = 0, length = text ? strlen(text) : 0;
    bool is_plain = length && length < most;
    for (size_t i = 0; is_plain && i < length; i++) {
        char c = text[i];
        bool is_digit = c >= '0' && c <= '9';
        digits += is_digit;
        is_plain = is_digit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
    }
    return is_plain && digits <= DIGITS_MOST;
}

static void take_word(json_t *out, const char *as, const json_t *o, const char *key, size_t most)
{
    json_t *value = json_object_get(o, key);
    if (is_word(json_string_value(value), most))
        json_object_set(out, as, value);
}

static void take_number(json_t *out, const char *as, const json_t *o, const char *key)
{
    const json_t *value = json_object_get(o, key);
    json_int_t n = json_integer_value(value);
    if (json_is_integer(value) && n > 0 && n <= NUMBER_MOST)
        json_object_set_new(out, as, json_integer(n));
}

static void take_cause(json_t *causes, json_t *value)
{
    if (is_word(json_string_value(value), TALLY_WORD) && json_array_size(causes) < TALLY_CAUSES)
        json_array_append(causes, value);
}

static void take_causes(json_t *out, const json_t *item, const json_t *rating)
{
    const json_t *lists[] = { json_object_get(item, "differs"), json_object_get(rating, "tags") };
    json_t *causes = json_array();
    take_cause(causes, json_object_get(item, "reason"));
    for (size_t k = 0; k < sizeof(lists) / sizeof(lists[0]); k++)
        for (size_t i = 0; i < json_array_size(lists[k]); i++)
            take_cause(causes, json_array_get(lists[k], i));
    json_object_set_new(out, "causes", causes);
}

/* Papers that the county looks up instead of asking for them. */
static int looked_up(const json_t *materials)
{
    int count = 0;
    for (size_t i = 0; i < json_array_size(materials); i++) {
        const char *how = json_string_value(json_object_get(json_array_get(materials, i), "how"));
        count += how && !strcmp(how, "fetched");
    }
    return count;
}

static void set_count(json_t *out, const char *key, size_t count)
{
    if (count)
        json_object_set_new(out, key,
                            json_integer(count < NUMBER_MOST ? (json_int_t)count : NUMBER_MOST));
}

json_t *tally_of(const json_t *item)
{
    json_t *out = json_object();
    const json_t *manifest = json_object_get(item, "manifest"),
                 *rating = json_object_get(item, "rating");
    size_t parts = json_array_size(json_object_get(item, "children"));
    take_word(out, "matter", manifest, "item_code", TALLY_CODE);
    take_word(out, "way", item, "help_mode", TALLY_WORD);
    take_word(out, "service", item, "help_service", TALLY_WORD);
    take_word(out, "village", item, "village", TALLY_VILLAGE);
    if (json_object_get(item, "agency"))
        json_object_set_new(out, "way", json_string("act"));
    set_count(out, "papers", (size_t)looked_up(json_object_get(item, "materials")));
    set_count(out, "links", parts ? parts - 1 : 0);
    take_number(out, "level", rating, "level");
    take_number(out, "trips", item, "trips");
    take_causes(out, item, rating);
    return out;
}
