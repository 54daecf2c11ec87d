/* A kiosk that has not joined a county, set up by a technician. */
#include <stdio.h>

#include "tests/golden/places_staff_inside.h"

static void joined(struct visits *v, enum saying said, enum join_step step)
{
    struct shift_news news = { .kind = SHIFT_JOINED,
                               .said = said,
                               .join = { step, "K0099", "1A2B-3C4D" } };
    place_staff_join(v);
    staff_press(v, SHIFT_DO, "");
    shift_hear(v->shift, &news);
}

void place_staff_menu_new(struct visits *v)
{
    v->is_new_kiosk = true;
    staff_page(v, "menu");
}

void place_staff_join(struct visits *v)
{
    v->is_new_kiosk = true;
    staff_page(v, "join");
}

void place_staff_join_requested(struct visits *v)
{
    joined(v, SAY_WELL, JOIN_REQUESTED);
}

void place_staff_join_refused(struct visits *v)
{
    joined(v, SAY_JOIN_EXPIRED, JOIN_NOTHING);
}

void place_staff_join_done(struct visits *v)
{
    joined(v, SAY_WELL, JOIN_DONE);
}
