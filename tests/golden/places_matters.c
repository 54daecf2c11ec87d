#include "tests/golden/places_matters.h"

#include <stdio.h>
#include <string.h>

#include "firmware/seal/agent_mark.h"

static void add(struct agency_notes *notes, const struct person *p, uint64_t seq, const char *code,
                const char *state)
{
    struct agency_note *n = &notes->list[notes->count++];
    struct bytes sealed AUTO_BYTES = { 0 };
    struct agent_mark mark;
    receipt_format(n->receipt, "K0012", seq);
    snprintf(n->state, sizeof(n->state), "%s", state);
    if (card_mark(&mark, p->number, p->valid_from, p->chip) ||
        agent_note_seal(&sealed, &mark, n->receipt, code) || sealed.length > sizeof(n->sealed))
        return;
    memcpy(n->sealed, sealed.data, sealed.length);
    n->length = sealed.length;
}

void place_progress_list(struct visits *v)
{
    struct person p = v->person;
    struct agency_notes notes = { .is_known = true };
    memset(p.chip, 7, sizeof(p.chip));
    notes.as_of_ms = v->clock.base.wall_ms(&v->clock.base) - 600000;
    add(&notes, &p, 71, "F02", "");
    add(&notes, &p, 64, "D01", "in_review");
    add(&notes, &p, 42, "E01", "granted");
    add(&notes, &p, 37, "H03", "correction_requested");
    visits_card(v, &p);
    visits_event(v, EV_OPEN_PROGRESS, "", "");
    session_handle(v->session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &notes });
}
