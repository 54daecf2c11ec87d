/* links: sync/feed sync/uplink sync/queue firmware/session firmware/practice firmware/case firmware/calendar firmware/point firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
/* A page of the status feed as a county may send it, through both readers: kiosk-syncd's, and what kiosk makes of that. */
#include <stdlib.h>
#include <string.h>

#include "firmware/base/json.h"
#include "firmware/calendar/calendar.h"
#include "firmware/session/timeline.h"
#include "sync/feed/feed.h"
#include "sync/queue/cases.h"

enum { ENTRIES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_kept(const struct case_entry *e)
{
    static const struct calendar weekends;
    char complaint[JSON_COMPLAINT];
    struct timeline t;
    AUTO(json_release) json_t *o = json_parse(e->timeline, strlen(e->timeline), complaint);
    if (!o) /* what is kept is always a document */
        abort();
    timeline_read(&t, o);
    timeline_count_down(&t, &weekends, "20261126", true);
    for (size_t i = 0; i < t.parts.count; i++) {
        const struct case_part *part = &t.parts.list[i];
        bool is_day = !*part->promised_by || day_from_text(part->promised_by) != DAY_NONE;
        if (part->no < 1 || part->no > CASE_PARTS_MAX || !*part->name[0] || !*part->state ||
            !is_day)
            abort();
    }
    if (t.check.state == CHECK_DEMANDED && day_from_text(t.check.by) == DAY_NONE)
        abort(); /* it could not be met */
    for (size_t i = 0; i < t.step_count; i++)
        if (day_from_text(t.steps[i].day) == DAY_NONE)
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct case_entry entries[ENTRIES];
    char complaint[JSON_COMPLAINT];
    AUTO(json_release) json_t *list = json_parse(data, size, complaint);
    size_t count = feed_read_cases(entries, ENTRIES, list);
    for (size_t i = 0; i < count; i++)
        read_kept(&entries[i]);
    return 0;
}
