/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/elsewhere.h"
#include "firmware/session/view.h"

/* What the county has of a card's matters, once its answer is open: whatever is listed has a number that is one, can be opened, and is
 * fit to be shown. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char question[] = "00112233445566778899aabbccddeeff";

static void demand(int claim)
{
    if (!claim)
        abort();
}

static void demand_shown(const char *text, size_t size)
{
    size_t length = strnlen(text, size);
    demand(length < size && text_is_valid(text, length));
}

static void use(const struct case_view *c)
{
    demand(c->where == CASE_COUNTY);
    demand_shown(c->state, sizeof(c->state));
    demand_shown(c->note, sizeof(c->note));
    demand_shown(c->server_ref, sizeof(c->server_ref));
    demand(c->missing_count <= CASE_MISSING_MAX && c->fact_count <= CASE_FACTS_MAX);
    for (size_t i = 0; i < c->missing_count; i++)
        demand_shown(c->missing[i], sizeof(c->missing[i]));
    for (size_t i = 0; i < c->fact_count; i++)
        demand_shown(c->facts[i].value, sizeof(c->facts[i].value));
    demand(c->timeline.step_count <= TIMELINE_STEPS && c->timeline.owed_count <= TIMELINE_OWED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct case_view one;
    struct agency_tasks tasks;
    char number[RECEIPT_TEXT];
    if (elsewhere_read(&tasks, data, size, question)) {
        demand(!tasks.count && !tasks.is_known);
        return 0;
    }
    demand(tasks.count <= AGENCY_TASKS_MAX);
    for (size_t i = 0; i < tasks.count; i++) {
        demand(!receipt_parse(number, tasks.list[i].receipt));
        demand_shown(tasks.list[i].state, sizeof(tasks.list[i].state));
        demand_shown(tasks.list[i].code, sizeof(tasks.list[i].code));
        demand(elsewhere_case(&one, data, size, tasks.list[i].receipt));
        use(&one);
    }
    return 0;
}
