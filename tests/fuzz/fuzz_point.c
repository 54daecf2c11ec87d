/* links: firmware/point firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/point/point.h"

/* The document about the point comes from the network, signed; its reader trusts nothing of it all the same, and what is
 * read must bear every question. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void use_calendar(const struct point_calendar *c)
{
    size_t steps = 0;
    demand(c->half_count <= POINT_HALVES);
    for (size_t i = point_next_half(c, 0, "20261126", 600); i < c->half_count;
         i = point_next_half(c, i + 1, "20261126", 600))
        demand(++steps <= POINT_HALVES && strcmp(c->halves[i].day, "20261126") >= 0);
    demand(steps || !point_has_free(c, "20261126", 600));
}

static void use_other(const struct point_other *o)
{
    demand(text_is_valid(o->name.zh, strlen(o->name.zh)) && o->theme_count <= POINT_THEMES);
    for (int day = 1; day <= 7; day++)
        (void)point_is_open(o, day, 720);
    demand(point_can(o, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char complaint[POINT_COMPLAINT];
    struct point_news *p = NULL;
    int r = point_parse(&p, data, size, complaint);
    if (r) {
        demand(r == -EBADMSG && *complaint && strlen(complaint) < POINT_COMPLAINT && !p);
        return 0;
    }
    demand(p->version > 0 && p->queue_count <= POINT_QUEUES);
    for (size_t i = 0; i < p->queue_count; i++)
        demand(point_queue_now(p, p->queues[i].theme, p->made_ms) != NULL);
    for (size_t i = 0; i < p->calendar_count; i++)
        use_calendar(&p->calendars[i]);
    for (size_t i = 0; i < p->other_count; i++)
        use_other(&p->others[i]);
    point_free(p);
    return 0;
}
