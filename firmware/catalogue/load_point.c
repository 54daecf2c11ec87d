/* The service point: names, hours, who may act for others, villages served. */
#include <string.h>

#include "firmware/base/bytes.h"
#include "firmware/base/text.h"
#include "firmware/card/person.h"
#include "firmware/catalogue/load.h"

enum {
    TIMES_MAX = 28,
    AGENTS_MAX = 200,
    VILLAGES_MAX = 40,
    ROADS_MAX = 24,
    DAY_MIN = 24 * 60,
    PLACE_MAX = 120,
    EVERY_DAY = 0x7f,
    HOLIDAY = 7 /* its bit */
};

/* ---- hours ----------------------------------------------------------------------------------- */

bool timetable_holds(const struct timetable *t, int weekday, int minute)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->list[i].days & 1u << weekday && minute >= t->list[i].from_min &&
            minute < t->list[i].to_min)
            return true;
    return !t->count;
}

/* "08:30"; -1 when it is none. */
static int minute_of(const char *text)
{
    if (strlen(text) != 5 || text[2] != ':' || !is_id(text, "0123456789:", 5))
        return -1;
    int hour = (text[0] - '0') * 10 + text[1] - '0', minute = (text[3] - '0') * 10 + text[4] - '0';
    int all = hour * 60 + minute;
    return minute < 60 && all <= DAY_MIN ? all : -1;
}

static int load_minute(struct loader *l, const struct node *json, const char *key)
{
    const char *text = doc_need_text(&l->reader, json, key, 5);
    int minute = minute_of(text);
    if (*text && minute < 0)
        complain_about(l, key, "must be a time of day, as 08:30, at most 24:00");
    return minute;
}

static unsigned load_days(struct loader *l, const struct node *json)
{
    const struct node *list = doc_need_list(&l->reader, json, "days", 1, 7), *value;
    unsigned days = 0;
    size_t i;
    load_enter(l, "days");
    DOC_EACH(list, i, value)
    {
        bool is_day = value->type == NODE_INTEGER && value->integer >= 1 && value->integer <= 7;
        load_enter_index(l, i);
        if (!is_day)
            json_complain(&l->reader, "must be 1 (Monday) to 7 (Sunday)");
        else if (days & 1u << (value->integer - 1))
            json_complain(&l->reader, "%d stands twice", (int)value->integer);
        else
            days |= 1u << (value->integer - 1);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    return days == EVERY_DAY ? days | 1u << HOLIDAY : days;
}

static void load_times(struct loader *l, struct times *out, const struct node *json)
{
    static const char *const members[] = { "days", "from", "to", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    out->days = load_days(l, json);
    out->from_min = load_minute(l, json, "from");
    out->to_min = load_minute(l, json, "to");
    if (out->from_min >= 0 && out->to_min >= 0 && out->from_min >= out->to_min)
        complain_about(l, "to", "must be later than from; a night is two entries");
}

static void load_timetable(struct loader *l, struct timetable *out, const struct node *point,
                           const char *key)
{
    const struct node *list = doc_want_list(&l->reader, point, key, TIMES_MAX), *value;
    struct times *times = arena_take(l->arena, doc_size(list), sizeof(*times));
    size_t i;
    if (!times)
        return;
    load_enter(l, key);
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        load_times(l, &times[i], value);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    out->list = times;
    out->count = doc_size(list);
}

/* ---- agents ---------------------------------------------------------------------------------- */

static void load_hex(struct loader *l, uint8_t *out, size_t length, const struct node *json,
                     const char *key)
{
    const char *text = doc_need_text(&l->reader, json, key, 2 * length);
    if (*text && hex_decode(out, length, text))
        complain_about(l, key, "must be %d hexadecimal digits", (int)(2 * length));
}

static void load_scope(struct loader *l, struct agent_entry *out, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "themes", CATALOGUE_THEMES_MAX),
                      *value;
    const char **themes = arena_take(l->arena, doc_size(list), sizeof(*themes));
    size_t i;
    if (!themes)
        return;
    DOC_EACH(list, i, value)
    {
        const char *id = doc_text(value);
        if (!id || !is_id(id, LETTERS_DASH, 20))
            complain_about(l, "themes", "must be ids of themes");
        themes[i] = load_keep(l, id ? id : "");
    }
    out->themes = themes;
    out->theme_count = doc_size(list);
}

static void load_agent(struct loader *l, struct agent_entry *out, const struct node *json)
{
    static const char *const members[] = { "tag", "role", "until", "themes", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    load_hex(l, out->tag, sizeof(out->tag), json, "tag");
    out->role = load_words(l, json, "role");
    const char *until = doc_want_text(&l->reader, json, "until", 8, NULL);
    if (until && *until && !date_is_real(until))
        complain_about(l, "until", "must be a day as YYYYMMDD");
    out->until = load_keep(l, until);
    load_scope(l, out, json);
}

static void load_agents(struct loader *l, const struct node *point)
{
    static const char *const members[] = { "salt", "list", NULL };
    struct agent_list *a = &l->catalogue->point.agents;
    const struct node *json = doc_get(point, "agents"), *value;
    size_t i;
    if (!json)
        return;
    load_enter(l, "agents");
    if (load_object(l, json)) {
        load_no_others(l, json, members);
        load_hex(l, a->salt, sizeof(a->salt), json, "salt");
        const struct node *list = doc_need_list(&l->reader, json, "list", 1, AGENTS_MAX);
        struct agent_entry *entries = arena_take(l->arena, doc_size(list), sizeof(*entries));
        load_enter(l, "list");
        DOC_EACH(list, i, value)
        {
            if (!entries)
                break;
            load_enter_index(l, i);
            load_agent(l, &entries[i], value);
            for (size_t k = 0; k < i; k++)
                if (!memcmp(entries[k].tag, entries[i].tag, AGENT_TAG_BYTES))
                    complain_about(l, "tag", "stands twice");
            json_leave(&l->reader);
        }
        json_leave(&l->reader);
        a->list = entries;
        a->count = entries ? doc_size(list) : 0;
    }
    json_leave(&l->reader);
}

void check_agents(struct loader *l)
{
    const struct agent_list *a = &l->catalogue->point.agents;
    for (size_t i = 0; i < a->count; i++)
        for (size_t k = 0; k < a->list[i].theme_count; k++)
            if (a->list[i].themes[k] && !catalogue_find_theme(l->catalogue, a->list[i].themes[k]))
                json_complain(&l->reader, "point.agents.list[%zu].themes: there is no theme %s", i,
                              a->list[i].themes[k]);
}

/* ---- villages -------------------------------------------------------------------------------- */

const struct village *point_village(const struct point *p, const char *address)
{
    for (size_t i = 0; i < p->village_count; i++)
        if (strstr(address, p->villages[i].address))
            return &p->villages[i];
    return NULL;
}

static void load_roads(struct loader *l, struct village *out, const struct node *json)
{
    const struct node *list = doc_want_list(&l->reader, json, "roads", ROADS_MAX), *value;
    struct words *roads = arena_take(l->arena, doc_size(list), sizeof(*roads));
    size_t i;
    if (!roads)
        return;
    load_enter(l, "roads");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        roads[i] = load_these_words(l, value);
        for (size_t k = 0; k < i; k++)
            if (!strcmp(roads[k].in[LANGUAGE_ZH], roads[i].in[LANGUAGE_ZH]))
                complain_about(l, "zh", "%s stands twice", roads[i].in[LANGUAGE_ZH]);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    out->roads = roads;
    out->road_count = doc_size(list);
}

static void load_village(struct loader *l, struct village *out, const struct node *json)
{
    static const char *const members[] = { "id", "name", "committee", "address", "roads", NULL };
    if (!load_object(l, json))
        return;
    load_no_others(l, json, members);
    out->id = load_id(l, json, "id", LETTERS_DIGITS_DASH, 24);
    out->name = load_words(l, json, "name");
    out->committee = load_words(l, json, "committee");
    const char *address = doc_need_text(&l->reader, json, "address", PLACE_MAX);
    if (*address && text_count(address) < 2)
        complain_about(l, "address", "must be at least two characters of an address");
    out->address = load_keep(l, address);
    load_roads(l, out, json);
}

static void load_villages(struct loader *l, const struct node *point)
{
    const struct node *list = doc_want_list(&l->reader, point, "serves", VILLAGES_MAX), *value;
    struct village *villages = arena_take(l->arena, doc_size(list), sizeof(*villages));
    struct point *p = &l->catalogue->point;
    size_t i;
    if (!villages)
        return;
    load_enter(l, "serves");
    DOC_EACH(list, i, value)
    {
        load_enter_index(l, i);
        villages[i].id = villages[i].address = "";
        load_village(l, &villages[i], value);
        for (size_t k = 0; k < i; k++)
            if (!strcmp(villages[k].id, villages[i].id))
                complain_about(l, "id", "%s stands twice", villages[i].id);
        json_leave(&l->reader);
    }
    json_leave(&l->reader);
    p->villages = villages;
    p->village_count = doc_size(list);
}

/* ---- the point ------------------------------------------------------------------------------- */

void load_point(struct loader *l, const struct node *document)
{
    static const char *const members[] = { "name",   "address", "hours",      "staff_hours",
                                           "window", "phone",   "open_times", "staff_times",
                                           "agents", "serves",  NULL };
    const struct node *json = doc_need_object(&l->reader, document, "point");
    struct point *p = &l->catalogue->point;
    if (!json)
        return;
    load_enter(l, "point");
    load_no_others(l, json, members);
    p->name = load_words(l, json, "name");
    p->address = load_words(l, json, "address");
    p->hours = load_words(l, json, "hours");
    p->staff_hours = load_words(l, json, "staff_hours");
    p->window = load_words(l, json, "window");
    const char *phone = doc_need_text(&l->reader, json, "phone", 20);
    if (*phone && !is_id(phone, "0123456789-", 20))
        complain_about(l, "phone", "must be digits and dashes");
    p->phone = load_keep(l, phone);
    load_timetable(l, &p->open, json, "open_times");
    load_timetable(l, &p->staffed, json, "staff_times");
    load_agents(l, json);
    load_villages(l, json);
    json_leave(&l->reader);
}
