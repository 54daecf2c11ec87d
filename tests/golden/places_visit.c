/* Walks to the pages of a bundle's joint visit: its calendar, its times under the number, giving one back. */
#include "tests/golden/places_visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "tests/golden/places_parts.h"
#include "tests/support/check.h"

/* The county's word about this point, with one of its calendars as that of joint visits. */
static void know(struct visits *v, size_t which)
{
    char complaint[POINT_COMPLAINT];
    size_t length;
    struct point_news *news = NULL;
    char *text = test_file("fuzz/corpus/point/full.json", &length);
    AUTO(json_release) json_t *o = json_parse(text, length, complaint);
    json_t *calendar = json_array_get(json_object_get(o, "calendars"), which);
    json_object_set_new(calendar, "name", json_string("joint"));
    char *made = json_canonical(o);
    if (!made || point_parse(&news, made, strlen(made), complaint)) {
        fprintf(stderr, "gallery: %s\n", complaint);
        exit(2);
    }
    json_text_free(made);
    free(text);
    session_set_point(v->session, news);
}

static void open_connections(struct visits *v, size_t which)
{
    know(v, which);
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, "P04", "");
    visits_event(v, EV_NEXT, "", "");
}

void place_visit_calendar(struct visits *v)
{
    open_connections(v, 0);
}

void place_visit_full(struct visits *v)
{
    open_connections(v, 2);
}

#define PART(no, zh, en, office_zh, office_en)                 \
    "{\"no\":" #no ",\"name\":{\"zh\":\"" zh "\",\"en\":\"" en \
    "\"},\"office\":{\"zh\":\"" office_zh "\",\"en\":\"" office_en "\"}"
#define SURVEY PART(1, "联合踏勘", "Joint visit", "建设局", "Construction")
#define ROAD PART(2, "破路、占绿许可", "Road and green permit", "道路、绿化", "Roads and green")
#define WATER PART(3, "接水", "Water", "水务公司", "Water")

static void told(struct visits *v, const char *visit)
{
    char text[1200];
    snprintf(
        text, sizeof(text),
        "{\"promised_by\":\"2026-12-03\",\"days_left\":4,\"parts\":[" SURVEY
        ",\"state\":\"accepted\",\"promised_by\":\"2026-12-01\",\"days_left\":2,\"visit\":%s}," ROAD
        ",\"state\":\"received\",\"waits_for\":[1]}," WATER
        ",\"state\":\"received\",\"waits_for\":[2]}]}",
        visit);
    place_told(v, "accepted", text, "", "");
}

void place_visit_moved(struct visits *v)
{
    told(v,
         "{\"state\":\"moved\",\"day\":\"2026-11-30\",\"half\":\"am\",\"hours\":\"09:00–11:30\"}");
}

void place_visit_taken(struct visits *v)
{
    told(v,
         "{\"state\":\"full\",\"day\":\"2026-11-30\",\"half\":\"am\",\"hours\":\"09:00–11:30\"}");
}

void place_visit_return(struct visits *v)
{
    place_visit_moved(v);
    visits_event(v, EV_OPEN_CANCEL, "", "");
    visits_event(v, EV_TYPE, "", "00");
}
