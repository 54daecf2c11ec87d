#include <stdio.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/calendar/calendar.h"

enum { HOLIDAYS_MAX = 20, WORKING_MAX = 40, HOLIDAY_DAYS_MAX = 20, FORMAT = 1 };

struct learner {
    struct json_reader reader;
    int year;
    struct calendar_year made;
};

/* The day that member `key` names; it lies in the year of the pack. DAY_NONE after a complaint. */
static day need_day(struct learner *l, const json_t *json, const char *key)
{
    char text[9];
    day d = day_from_text(json_need_string(&l->reader, json, key, 8));
    day_to_text(text, d);
    if (d != DAY_NONE &&
        (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0' ==
            l->year)
        return d;
    json_enter(&l->reader, key);
    json_complain(&l->reader, "must be a day of %d as YYYYMMDD", l->year);
    json_leave(&l->reader);
    return DAY_NONE;
}

static size_t place_of(const struct learner *l, day d)
{
    char first[9];
    snprintf(first, sizeof(first), "%04u0101", (unsigned)l->year % 10000);
    return (size_t)(d - day_from_text(first));
}

static void load_holiday(struct learner *l, const json_t *json)
{
    static const char *const members[] = { "name", "from", "to", NULL };
    if (!json_is_object(json)) {
        json_complain(&l->reader, "must be an object");
        return;
    }
    json_no_others(&l->reader, json, members);
    const json_t *name = json_need_object(&l->reader, json, "name");
    if (name) {
        json_need_string(&l->reader, name, "zh", 60);
        json_need_string(&l->reader, name, "en", 60);
    }
    day from = need_day(l, json, "from"), to = need_day(l, json, "to");
    if (!json_is_clean(&l->reader))
        return;
    if (to < from || to - from >= HOLIDAY_DAYS_MAX) {
        json_complain(&l->reader, "to: %s",
                      to < from ? "is before from" : "is more than 20 days after from");
        return;
    }
    for (day d = from; d <= to; d++)
        l->made.off[place_of(l, d) / 64] |= 1ull << place_of(l, d) % 64;
}

static void load_working(struct learner *l, const json_t *list)
{
    json_t *value;
    size_t i;
    json_array_foreach(list, i, value)
    {
        day d = day_from_text(json_string_value(value));
        char text[9];
        day_to_text(text, d);
        json_enter(&l->reader, "working");
        json_enter_index(&l->reader, i);
        char year[5] = { text[0], text[0] ? text[1] : 0, text[0] ? text[2] : 0,
                         text[0] ? text[3] : 0, 0 };
        char wanted[12];
        snprintf(wanted, sizeof(wanted), "%d", l->year);
        if (d == DAY_NONE || strcmp(year, wanted) != 0)
            json_complain(&l->reader, "must be a day of %d as YYYYMMDD", l->year);
        else if (day_of_week(d) < 5)
            json_complain(&l->reader, "%s is no Saturday or Sunday", text);
        else if (l->made.off[place_of(l, d) / 64] >> place_of(l, d) % 64 & 1)
            json_complain(&l->reader, "%s is a holiday too", text);
        else
            l->made.work[place_of(l, d) / 64] |= 1ull << place_of(l, d) % 64;
        json_leave(&l->reader);
        json_leave(&l->reader);
    }
}

static void load_pack(struct learner *l, const json_t *json)
{
    static const char *const members[] = { "format", "year",     "document", "published",
                                           "source", "holidays", "working",  NULL };
    json_t *value;
    size_t i;
    json_need_integer(&l->reader, json, "format", FORMAT, FORMAT);
    l->year = (int)json_need_integer(&l->reader, json, "year", CALENDAR_FIRST_YEAR,
                                     CALENDAR_FIRST_YEAR + CALENDAR_YEARS - 1);
    json_no_others(&l->reader, json, members);
    json_need_string(&l->reader, json, "document", 120);
    json_need_string(&l->reader, json, "source", 300);
    if (day_from_text(json_need_string(&l->reader, json, "published", 8)) == DAY_NONE)
        json_complain(&l->reader, "published: must be a day as YYYYMMDD");
    const json_t *holidays = json_need_array(&l->reader, json, "holidays", 1, HOLIDAYS_MAX);
    const json_t *working = json_need_array(&l->reader, json, "working", 0, WORKING_MAX);
    if (!json_is_clean(&l->reader))
        return;
    json_array_foreach(holidays, i, value)
    {
        json_enter(&l->reader, "holidays");
        json_enter_index(&l->reader, i);
        load_holiday(l, value);
        json_leave(&l->reader);
        json_leave(&l->reader);
    }
    load_working(l, working);
}

static int learn(struct calendar *c, const json_t *json, char complaint[CALENDAR_COMPLAINT])
{
    struct learner l = { 0 };
    if (json_is_object(json))
        load_pack(&l, json);
    else
        json_complain(&l.reader, "the document must be an object");
    snprintf(complaint, CALENDAR_COMPLAINT, "%s", l.reader.complaint);
    if (!json_is_clean(&l.reader))
        return -EINVAL;
    l.made.is_known = true;
    c->years[l.year - CALENDAR_FIRST_YEAR] = l.made;
    return 0;
}

int calendar_learn(struct calendar *c, const void *json, size_t length,
                   char complaint[CALENDAR_COMPLAINT])
{
    _Static_assert((int)CALENDAR_COMPLAINT == (int)JSON_COMPLAINT, "one sentence, one size");
    if (length > CALENDAR_PACK_BYTES_MAX) {
        snprintf(complaint, CALENDAR_COMPLAINT, "the pack has more than %d bytes",
                 CALENDAR_PACK_BYTES_MAX);
        return -EINVAL;
    }
    AUTO(json_release) json_t *document = json_parse(json, length, complaint);
    return document ? learn(c, document, complaint) : -EINVAL;
}

int calendar_learn_file(struct calendar *c, const char *path, char complaint[CALENDAR_COMPLAINT])
{
    AUTO(json_release) json_t *document = json_parse_file(path, CALENDAR_PACK_BYTES_MAX, complaint);
    return document ? learn(c, document, complaint) : -EINVAL;
}
