#include "tests/golden/places_waive.h"

#include "tests/golden/places_inside.h"

static void pass(struct visits *v, enum pass_right right)
{
    const struct event e = {
        .kind = EV_PASS, .name = "", .value = "S-2026-0009", .number = (int)right
    };
    session_handle(v->session, &e);
}

static void type(struct visits *v, const char *digits)
{
    for (const char *c = digits; *c; c++)
        visits_event(v, EV_TYPE, "", (char[]){ *c, 0 });
}

static void said(struct visits *v, enum pin_said said)
{
    const struct event e = { .kind = EV_PIN_SAID, .name = "", .value = "", .number = (int)said };
    session_handle(v->session, &e);
}

/* The first paper that is asked for and may be waived. */
void place_papers_waivable(struct visits *v)
{
    place_papers(v);
    const struct checklist_view *papers = &view(v)->papers;
    for (size_t i = 0; i < papers->count; i++)
        visits_event(v, EV_ANSWER_PAPER, papers->rows[i].material->id, "not");
}

void place_waive_stick(struct visits *v)
{
    place_papers_waivable(v);
    const struct checklist_view *papers = &view(v)->papers;
    for (size_t i = 0; i < papers->count; i++)
        if (papers->rows[i].can_be_waived) {
            visits_event(v, EV_OPEN_WAIVE, papers->rows[i].material->id, "");
            return;
        }
}

void place_waive_may_not(struct visits *v)
{
    place_waive_stick(v);
    pass(v, PASS_MAY_NOT);
}

void place_waive_pin(struct visits *v)
{
    place_waive_stick(v);
    pass(v, PASS_MAY);
    type(v, "4809");
}

void place_waive_checking(struct visits *v)
{
    place_waive_pin(v);
    type(v, "13");
    tap(v, EV_NEXT);
}

void place_waive_wrong(struct visits *v)
{
    place_waive_checking(v);
    said(v, PIN_SAID_WRONG);
}

void place_waive_evidence(struct visits *v)
{
    place_waive_checking(v);
    said(v, PIN_SAID_RIGHT);
}

void place_waive_unsaid(struct visits *v)
{
    place_waive_evidence(v);
    tap(v, EV_NEXT);
}

void place_waive_words(struct visits *v)
{
    place_waive_evidence(v);
    visits_event(v, EV_WAIVE_CHOOSE, "", "archive");
    tap(v, EV_WAIVE_WORDS);
    visits_event(v, EV_TYPE, "", "县档案馆住院登记第12号");
}

void place_waive_agree(struct visits *v)
{
    place_waive_words(v);
    tap(v, EV_NEXT);
    tap(v, EV_NEXT);
}

void place_papers_waived(struct visits *v)
{
    place_waive_agree(v);
    tap(v, EV_NEXT);
}
