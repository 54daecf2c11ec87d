/* The document about the point, read strictly: one complaint and nothing of it is used. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/clock.h"
#include "firmware/base/json.h"
#include "firmware/base/text.h"
#include "firmware/point/point.h"

enum { FIGURE_MAX = 1000000, MINUTES_MAX = 1440, EVERY_DAY = 0xfe, HOLIDAY = 8 };

static void read_words(struct json_reader *r, struct point_words *out, const json_t *o,
                       const char *key)
{
    const json_t *words = json_need_object(r, o, key);
    json_enter(r, key);
    json_need_line(r, out->zh, sizeof(out->zh), words, "zh");
    json_need_line(r, out->en, sizeof(out->en), words, "en");
    json_leave(r);
}

static void read_digits(struct json_reader *r, char *out, size_t digits, const json_t *o,
                        const char *key)
{
    const char *text = json_need_string(r, o, key, digits);
    if (strlen(text) != digits || strspn(text, "0123456789") != digits)
        json_complain(r, "%s must have %zu digits", key, digits);
    text_copy(out, digits + 1, text);
}

static int read_time(struct json_reader *r, char out[6], const json_t *o, const char *key)
{
    const char *t = json_need_string(r, o, key, 5);
    bool is_time = strlen(t) == 5 && strspn(t, "0123456789") == 2 && t[2] == ':' &&
                   strspn(t + 3, "0123456789") == 2;
    int minute =
        is_time ? ((t[0] - '0') * 10 + t[1] - '0') * 60 + (t[3] - '0') * 10 + t[4] - '0' : 0;
    if (!is_time || minute > MINUTES_MAX || t[3] > '5')
        json_complain(r, "%s must be a time like 08:30", key);
    text_copy(out, 6, is_time ? t : "00:00");
    return minute;
}

static void read_id(struct json_reader *r, char out[POINT_ID], const char *text)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    if (!*text || strlen(text) >= POINT_ID || strspn(text, allowed) != strlen(text))
        json_complain(r, "must be a word of letters and digits");
    else
        text_copy(out, POINT_ID, text);
}

/* ---- its parts ----------------------------------------------------------------------- */

static void read_queue(struct json_reader *r, void *to, const json_t *o)
{
    struct point_queue *q = to;
    read_id(r, q->theme, json_need_string(r, o, "theme", POINT_ID - 1));
    q->waiting = (int)json_need_integer(r, o, "waiting", 0, FIGURE_MAX);
    q->minutes = (int)json_need_integer(r, o, "minutes", 0, MINUTES_MAX);
    q->ahead_priority = (int)json_need_integer(r, o, "ahead_priority", 0, FIGURE_MAX);
    q->minutes_priority = (int)json_need_integer(r, o, "minutes_priority", 0, MINUTES_MAX);
}

static void read_half(struct json_reader *r, void *to, const json_t *o)
{
    struct point_half *h = to;
    const char *half = json_need_string(r, o, "half", 2);
    read_digits(r, h->day, 8, o, "day");
    h->is_afternoon = !strcmp(half, "pm");
    if (!h->is_afternoon && strcmp(half, "am") != 0)
        json_complain(r, "half must be am or pm");
    if (read_time(r, h->from, o, "from") >= read_time(r, h->to, o, "to"))
        json_complain(r, "from must be before to");
    h->free = (int)json_need_integer(r, o, "free", 0, FIGURE_MAX);
}

static void read_place(struct json_reader *r, void *to, const json_t *o)
{
    struct point_place *p = to;
    read_words(r, &p->name, o, "name");
    read_words(r, &p->where, o, "where");
}

static void read_span(struct json_reader *r, void *to, const json_t *o)
{
    struct point_span *s = to;
    char time[6];
    const char *days = json_need_string(r, o, "days", 7);
    if (!*days || strspn(days, "1234567") != strlen(days))
        json_complain(r, "days must be digits from 1, Monday, to 7");
    for (; *days >= '1' && *days <= '7'; days++)
        s->days |= 1u << (*days - '0');
    if (s->days == EVERY_DAY)
        s->days |= 1u << HOLIDAY;
    s->from = read_time(r, time, o, "from");
    s->to = read_time(r, time, o, "to");
}

/* A list of at most `most` objects, each read by `read` into the next place of `out`. */
static size_t read_list(struct json_reader *r, void *out, size_t size, const json_t *o,
                        const char *key, size_t most,
                        void (*read)(struct json_reader *r, void *to, const json_t *o))
{
    const json_t *list = json_want_array(r, o, key, most);
    size_t count = json_array_size(list);
    json_enter(r, key);
    for (size_t i = 0; json_is_clean(r) && i < count; i++) {
        json_enter_index(r, i);
        read(r, (char *)out + i * size, json_array_get(list, i));
        json_leave(r);
    }
    json_leave(r);
    return json_is_clean(r) ? count : 0;
}
#define READ_LIST(r, out, o, key, read) \
    read_list((r), (out), sizeof((out)[0]), (o), (key), sizeof(out) / sizeof((out)[0]), (read))

static void read_calendar(struct json_reader *r, void *to, const json_t *o)
{
    struct point_calendar *c = to;
    read_id(r, c->name, json_need_string(r, o, "name", POINT_ID - 1));
    c->half_count = READ_LIST(r, c->halves, o, "halves", read_half);
    for (size_t i = 1; i < c->half_count; i++) {
        const struct point_half *a = &c->halves[i - 1], *b = &c->halves[i];
        int order = strcmp(a->day, b->day);
        if (order > 0 || (order == 0 && strcmp(a->from, b->from) >= 0))
            json_complain(r, "halves must rise");
    }
}

static size_t read_themes(struct json_reader *r, char out[POINT_THEMES][POINT_ID], const json_t *o)
{
    const json_t *list = json_want_array(r, o, "themes", POINT_THEMES);
    size_t count = 0;
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *theme = json_string_value(json_array_get(list, i));
        read_id(r, out[count++], theme ? theme : "");
    }
    return count;
}

static void read_other(struct json_reader *r, void *to, const json_t *o)
{
    struct point_other *p = to;
    read_words(r, &p->name, o, "name");
    read_words(r, &p->address, o, "address");
    read_words(r, &p->road, o, "road");
    read_words(r, &p->hours, o, "hours");
    json_need_line(r, p->phone, sizeof(p->phone), o, "phone");
    if (strspn(p->phone, "0123456789-") != strlen(p->phone))
        json_complain(r, "phone must be digits and dashes");
    p->metres = (int)json_want_integer(r, o, "metres", 0, FIGURE_MAX, 0);
    p->span_count = READ_LIST(r, p->spans, o, "open", read_span);
    p->theme_count = read_themes(r, p->themes, o);
}

static void read_codes(struct json_reader *r, struct point_profile *p, const json_t *o)
{
    const json_t *list = json_want_array(r, o, "away", POINT_AWAY);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));
        read_id(r, p->away[p->away_count++], code ? code : "");
    }
}

static void read_own(struct json_reader *r, struct point_own *own, const json_t *o)
{
    const json_t *json = json_object_get(o, "own");
    if (!json)
        return;
    json_enter(r, "own");
    read_words(r, &own->name, json, "name");
    own->is_large = json_want_bool(r, json, "large", false);
    const json_t *list = json_need_array(r, json, "matters", 1, POINT_OWN);
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *code = json_string_value(json_array_get(list, i));
        read_id(r, own->matters[own->count++], code ? code : "");
    }
    json_leave(r);
}

static void read_services(struct json_reader *r, struct point_profile *p, const json_t *o)
{
    static const char *const words[] = { "tickets", "window", "home", "bell" };
    const json_t *list = json_object_get(o, "services");
    p->services = list ? 0 : POINT_ALL;
    if (list && !json_is_array(list))
        json_complain(r, "services must be a list");
    for (size_t i = 0; json_is_clean(r) && i < json_array_size(list); i++) {
        const char *word = json_string_value(json_array_get(list, i));
        size_t n = 0;
        while (n < 4 && (!word || strcmp(words[n], word) != 0))
            n++;
        if (n == 4)
            json_complain(r, "services holds a word that is not known here");
        else
            p->services |= 1u << n;
    }
}

static void read_profile(struct json_reader *r, struct point_profile *p, const json_t *o)
{
    p->has_printer = true;
    p->services = POINT_ALL;
    if (!o)
        return;
    json_enter(r, "profile");
    const char *level = json_need_string(r, o, "level", 16);
    for (int i = LEVEL_VILLAGE; i < LEVEL_COUNT; i++)
        if (!strcmp(level, point_level_words[i]))
            p->level = (enum point_level)i;
    if (p->level == LEVEL_UNSAID)
        json_complain(r, "level must be village, town, area, hall or park");
    p->has_printer = json_want_bool(r, o, "printer", true);
    read_services(r, p, o);
    p->theme_count = read_themes(r, p->themes, o);
    read_codes(r, p, o);
    read_own(r, &p->own, o);
    p->span_count = READ_LIST(r, p->staffed, o, "staffed", read_span);
    json_leave(r);
}

static void read_month(struct json_reader *r, struct point_month *m, const json_t *o)
{
    m->cases = m->on_time_percent = m->rating_tenths = m->ratings = m->minutes = -1;
    if (!o)
        return;
    json_enter(r, "month");
    read_digits(r, m->month, 6, o, "month");
    m->cases = (int)json_want_integer(r, o, "cases", 0, FIGURE_MAX, -1);
    m->on_time_percent = (int)json_want_integer(r, o, "on_time", 0, 100, -1);
    m->rating_tenths = (int)json_want_integer(r, o, "rating", 10, 50, -1);
    m->ratings = (int)json_want_integer(r, o, "ratings", 0, FIGURE_MAX, -1);
    m->minutes = (int)json_want_integer(r, o, "minutes", 0, MINUTES_MAX, -1);
    json_leave(r);
}

/* ---- the whole ----------------------------------------------------------------------- */

static void read_head(struct json_reader *r, struct point_news *p, const json_t *o)
{
    const char *type = json_need_string(r, o, "type", 16);
    const char *kiosk = json_need_string(r, o, "kiosk_id", KIOSK_ID_MAX);
    const char *prefix = json_want_string(r, o, "prefix", sizeof(p->prefix) - 1, "");
    if (json_is_clean(r) && strcmp(type, "point") != 0)
        json_complain(r, "type must be point");
    if (strspn(prefix, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != strlen(prefix))
        json_complain(r, "prefix must be capital letters");
    p->version = json_need_integer(r, o, "version", 1, INT64_MAX);
    if (clock_parse_utc(&p->made_ms, json_need_string(r, o, "made", 30)))
        json_complain(r, "made must be a time like 2026-11-26T08:00:00Z");
    text_copy(p->kiosk_id, sizeof(p->kiosk_id), kiosk);
    text_copy(p->prefix, sizeof(p->prefix), prefix);
}

static void read_all(struct json_reader *r, struct point_news *p, const json_t *o)
{
    read_head(r, p, o);
    p->has_queues = json_object_get(o, "queues") != NULL;
    p->queue_count = READ_LIST(r, p->queues, o, "queues", read_queue);
    p->calendar_count = READ_LIST(r, p->calendars, o, "calendars", read_calendar);
    p->place_count = READ_LIST(r, p->places, o, "places", read_place);
    p->other_count = READ_LIST(r, p->others, o, "points", read_other);
    read_month(r, &p->month, json_object_get(o, "month"));
    read_profile(r, &p->profile, json_object_get(o, "profile"));
}

int point_parse(struct point_news **out, const void *text, size_t length,
                char complaint[POINT_COMPLAINT])
{
    _Static_assert((int)POINT_COMPLAINT == (int)JSON_COMPLAINT, "a reader's sentence fits");
    struct json_reader r = { 0 };
    *complaint = 0;
    AUTO(json_release) json_t *o = json_parse(text, length, complaint);
    if (!o)
        return -EBADMSG;
    AUTO(point_free) struct point_news *p = calloc(1, sizeof(*p));
    if (!p)
        return fault_raise(-ENOMEM);
    read_all(&r, p, o);
    if (!json_is_clean(&r)) {
        memcpy(complaint, r.complaint, sizeof(r.complaint));
        return -EBADMSG;
    }
    *out = TAKE(p);
    return 0;
}
