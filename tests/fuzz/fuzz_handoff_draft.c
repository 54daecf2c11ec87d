/* links: firmware/session firmware/practice firmware/case firmware/point firmware/calendar firmware/slip firmware/seal firmware/catalogue firmware/card firmware/base */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/handoff_draft.h"

/* What a phone says in a parcel: whatever it is, what was read is text within its limits, and nothing of what was not. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(int claim)
{
    if (!claim)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct handoff_draft d, none;
    if (!handoff_read(&d, data, size)) {
        demand(!memcmp(&d, &none, sizeof(d)));
        return 0;
    }
    demand(d.count <= FORM_FIELDS_MAX && *d.item && strlen(d.item) < sizeof(d.item));
    for (size_t i = 0; i < d.count; i++) {
        const struct handoff_answer *a = &d.answers[i];
        demand(*a->name && strlen(a->name) < sizeof(a->name));
        demand(strlen(a->value) < sizeof(a->value) && text_is_valid(a->value, strlen(a->value)));
    }
    return 0;
}
