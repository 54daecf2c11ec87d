/* The network pages of staff. */
#include <stdio.h>

#include "tests/golden/places_staff_inside.h"

void place_staff_network(struct visits *v)
{
    staff_page(v, "network");
}

static void tested(struct visits *v, const char *cable, const char *address, const char *trouble)
{
    struct shift_news news = staff_facts_of(v);
    struct reach_facts *way = &news.facts.way;
    news.facts.is_link_up = false;
    snprintf(news.facts.link, sizeof(news.facts.link), "down");
    snprintf(way->cable, sizeof(way->cable), "%s", cable);
    snprintf(way->address, sizeof(way->address), "%s", address);
    snprintf(way->trouble, sizeof(way->trouble), "%s", trouble);
    way->tries++;
    way->clock_quality = CLOCK_RTC;
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_ANSWERED });
    shift_hear(v->shift, &news);
}

void place_staff_network_down(struct visits *v)
{
    staff_page(v, "network");
    tested(v, "out", "", "silent");
}

void place_staff_network_name(struct visits *v)
{
    staff_page(v, "network");
    tested(v, "in", "10.33.7.20", "name");
}

static void told(struct visits *v, struct wired wired)
{
    struct shift_news news = { .kind = SHIFT_SETTINGS, .wired = wired };
    staff_page(v, "network");
    staff_open(v, "wired");
    shift_hear(v->shift, &news);
}

void place_staff_wired(struct visits *v)
{
    told(v, (struct wired){ 0 });
}

static const struct wired fixed = {
    .is_fixed = true, .text = { "10.33.7.20", "255.255.255.0", "10.33.7.1", "10.33.0.53" }
};

void place_staff_wired_fixed(struct visits *v)
{
    told(v, fixed);
}

void place_staff_wired_wrong(struct visits *v)
{
    told(v, fixed);
    staff_press(v, SHIFT_FIELD, "2");
    for (int i = 0; i < 3; i++)
        staff_press(v, SHIFT_ERASE, "");
    staff_press(v, SHIFT_DIGIT, "9");
    staff_press(v, SHIFT_DO, "");
}

void place_staff_wired_kept(struct visits *v)
{
    told(v, fixed);
    staff_press(v, SHIFT_ERASE, "");
    staff_press(v, SHIFT_DIGIT, "1");
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_KEPT });
}
