#include "tests/golden/places_form.h"

#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

void place_form(struct visits *v)
{
    place_guide(v);
    tap(v, EV_NEXT);
}

void place_form_chosen(struct visits *v)
{
    place_form(v);
    visits_event(v, EV_CHOOSE, "kind", "limb");
}

void place_form_errors(struct visits *v)
{
    place_form(v);
    for (int i = 0; i < 4; i++)
        tap(v, EV_NEXT);
}

void place_choose_all(struct visits *v)
{
    visits_event(v, EV_CHOOSE, "kind", "limb");
    visits_event(v, EV_CHOOSE, "grade", "1");
    visits_event(v, EV_CHOOSE, "care", "family");
}

/* Go on until the named field is being typed, or the review is there. */
void place_go_to_field(struct visits *v, const char *name)
{
    for (int i = 0; i < 40 && view(v)->screen == SCREEN_FORM; i++) {
        const struct session_view *now = view(v);
        if (now->focus >= 0 && !strcmp(now->service->fields[now->focus].name, name))
            return;
        tap(v, EV_NEXT);
    }
}

void place_form_digits(struct visits *v)
{
    place_form(v);
    place_choose_all(v);
    place_go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "138000");
}

static void open_words(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "A04", "");
    tap(v, EV_NEXT);
    place_go_to_field(v, "words");
    visits_event(v, EV_FOCUS, "words", "");
}

/* A day is picked: ten years, the year, the month, the day. */
static void open_date(struct visits *v, const char *so_far)
{
    visits_card(v, &v->other);
    visits_event(v, EV_OPEN_SERVICE, "J01", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "work", "stall");
    place_go_to_field(v, "place");
    visits_event(v, EV_TYPE, "", "样例镇长寿村");
    place_go_to_field(v, "since");
    visits_event(v, EV_PICK_DATE, "", so_far);
}

#define DATE(function, so_far)      \
    void function(struct visits *v) \
    {                               \
        open_date(v, so_far);       \
    }
DATE(place_form_date, "")
DATE(place_form_date_month, "2026")
DATE(place_form_date_day, "202611")
DATE(place_form_date_picked, "20240308")

/* Only days to come: few years, and months that are over. */
void place_form_date_ahead(struct visits *v)
{
    visits_card(v, &v->person);
    visits_event(v, EV_OPEN_SERVICE, "D03", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "kind_suspected", "limb");
    visits_event(v, EV_CHOOSE, "hospital", "district");
    place_go_to_field(v, "day");
}

/* An address is empty: the villages of the point are offered. */
void place_form_places(struct visits *v)
{
    visits_card(v, &v->other); /* young enough for it */
    visits_event(v, EV_OPEN_SERVICE, "J04", "");
    tap(v, EV_NEXT);
    place_go_to_field(v, "arrival");
    visits_event(v, EV_TYPE, "", "20261101");
    place_go_to_field(v, "village");
}

void place_form_roads(struct visits *v)
{
    place_form_places(v);
    visits_event(v, EV_TYPE, "", "样例镇长寿村");
}

void place_form_pinyin(struct visits *v)
{
    static const char *const words[] = { "福全街道", "福泉", "父权", "福", "府", "富",
                                         "服",       "付",   "父",   "复", "妇", "扶" };
    struct candidates found = { .count = sizeof(words) / sizeof(words[0]) };
    for (size_t i = 0; i < found.count; i++)
        snprintf(found.list[i].text, sizeof(found.list[i].text), "%s", words[i]);
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "pinyin");
    visits_event(v, EV_LETTER, "", "fuquan");
    struct event e = {
        .kind = EV_CANDIDATES, .name = v->letters, .value = "", .number = 1, .candidates = &found
    };
    session_handle(v->session, &e);
}

void place_write_stroke(struct visits *v, int x, int y)
{
    for (int i = 0; i < 24; i++) {
        struct event e = { .kind = i ? EV_INK_MOVE : EV_INK_BEGIN,
                           .x = x + 12 * i,
                           .y = y + (i % 6) * 14 };
        fake_clock_advance(&v->clock, 10);
        session_handle(v->session, &e);
    }
    tap(v, EV_INK_END);
}

#define WAY(function, way)                    \
    void function(struct visits *v)           \
    {                                         \
        open_words(v);                        \
        visits_event(v, EV_USE_WAY, "", way); \
    }
WAY(place_form_letters, "latin")
WAY(place_form_rare, "rare")

void place_form_hand(struct visits *v)
{
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "hand");
    place_write_stroke(v, 100, 150);
}

void place_form_picture(struct visits *v)
{
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "picture");
    place_write_stroke(v, 100, 150);
}
