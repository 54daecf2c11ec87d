/* The firmware page of staff, in each of its states. */
#include <stdio.h>

#include "tests/golden/places_staff_inside.h"

static void firmware_seen(struct visits *v, enum saying said, const char *version)
{
    struct shift_news news = { .kind = SHIFT_FIRMWARE_SEEN,
                               .is_over = true,
                               .said = said,
                               .percent = 100,
                               .firmware = { .runs = "1.3.0",
                                             .board = "rk3568",
                                             .size = 235929600,
                                             .is_signed = said != SAY_SIGNATURE } };
    snprintf(news.firmware.version, sizeof(news.firmware.version), "%s", version);
    news.firmware.is_downgrade = said == SAY_WELL && *version == '1' && version[2] < '3';
    staff_page(v, "update");
    shift_hear(v->shift, &news);
}

void place_staff_update(struct visits *v)
{
    firmware_seen(v, SAY_WELL, "1.4.0");
}

void place_staff_update_back(struct visits *v)
{
    firmware_seen(v, SAY_WELL, "1.2.7");
}

void place_staff_update_refused(struct visits *v)
{
    firmware_seen(v, SAY_SIGNATURE, "");
}

void place_staff_update_going(struct visits *v)
{
    firmware_seen(v, SAY_WELL, "1.4.0");
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_FIRMWARE_COPIED, .percent = 43 });
}

void place_staff_update_ready(struct visits *v)
{
    struct shift_news news = staff_facts_of(v);
    place_staff_update_going(v);
    shift_hear(v->shift, &(struct shift_news){ .kind = SHIFT_FIRMWARE_COPIED, .is_over = true });
    news.facts.update = (struct staff_update){ .state = STAFF_UPDATE_READY,
                                               .version = "1.4.0",
                                               .last = STAFF_UPDATE_FELL_BACK,
                                               .last_version = "1.3.9" };
    shift_hear(v->shift, &news);
}
