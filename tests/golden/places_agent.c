#include "tests/golden/places_agent.h"

#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

static const struct person agent = { .layout = CARD_RESIDENT,
                                     .name = "周建国",
                                     .sex = '1',
                                     .nation = "01",
                                     .birth = "19680512",
                                     .address = "浙江省测试市样例县样例镇长寿村21号",
                                     .number = "339999196805120070",
                                     .authority = "测试市公安局",
                                     .valid_from = "20150301",
                                     .valid_to = "20350301" };

void place_agent_card(struct visits *v)
{
    tap(v, EV_OPEN_AGENT);
}

void place_agent_unlisted(struct visits *v)
{
    place_agent_card(v);
    visits_card(v, &v->other);
}

void place_agent_empty(struct visits *v)
{
    place_agent_card(v);
    visits_card(v, &agent);
    struct agency_notes none = { .is_known = true };
    session_handle(v->session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &none });
}

static void add_note(struct agency_notes *notes, const struct agent_mark *mark, const char *receipt,
                     const char *code, const char *state)
{
    struct agency_note *n = &notes->list[notes->count++];
    struct bytes sealed AUTO_BYTES = { 0 };
    snprintf(n->receipt, sizeof(n->receipt), "%s", receipt);
    snprintf(n->state, sizeof(n->state), "%s", state);
    if (agent_note_seal(&sealed, mark, receipt, code))
        return;
    n->length = sealed.length;
    memcpy(n->sealed, sealed.data, sealed.length);
}

void place_agent_tasks(struct visits *v)
{
    struct agency_notes notes = { .is_known = true };
    struct agent_mark mark;
    const struct agent_list *list = &catalogue_point(v->catalogue)->agents;
    place_agent_empty(v);
    if (agent_mark(&mark, list->salt, agent.number, agent.valid_from))
        return;
    add_note(&notes, &mark, "K0012-000042-7", "D01", "granted");
    add_note(&notes, &mark, "K0012-000041-9", "E01", "correction_requested");
    add_note(&notes, &mark, "K0012-00003F-2", "E02", "in_review");
    add_note(&notes, &mark, "K0012-00003D-6", "D02", "");
    session_handle(v->session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &notes });
}

void place_agent_notice(struct visits *v)
{
    place_agent_tasks(v);
    visits_event(v, EV_AGENT_NOTICE, "K0012-000042-7", "");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_agent_resident(struct visits *v)
{
    place_agent_empty(v);
    tap(v, EV_CARD_GONE);
}

void place_agent_own_card(struct visits *v)
{
    place_agent_resident(v);
    visits_card(v, &agent);
}

void place_agent_consent(struct visits *v)
{
    place_agent_resident(v);
    visits_card(v, &v->person);
}

void place_agent_signed(struct visits *v)
{
    place_agent_consent(v);
    place_write_stroke(v, 200, 120);
}

void place_acting_home(struct visits *v)
{
    place_agent_signed(v);
    tap(v, EV_NEXT);
}

void place_agent_third(struct visits *v)
{
    place_acting_home(v);
    visits_card(v, &v->other);
}

void place_acting_form(struct visits *v)
{
    place_acting_home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
}

void place_acting_review(struct visits *v)
{
    place_acting_form(v);
    place_choose_all(v);
    for (int i = 0; i < 40 && view(v)->screen == SCREEN_FORM; i++) {
        const struct session_view *now = view(v);
        const char *name = now->focus >= 0 ? now->service->fields[now->focus].name : "";
        if (strstr(name, "phone") &&
            !*session_answer(v->session, &now->service->fields[now->focus]))
            visits_event(v, EV_TYPE, "", "13800000000");
        tap(v, EV_NEXT);
    }
}

void place_acting_done(struct visits *v)
{
    place_acting_review(v);
    tap(v, EV_CONSENT);
    place_write_stroke(v, 200, 120);
    place_reserve(v);
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE); /* the resident's */
    visits_number(v, EV_PRINT_STATE, PAPER_DONE); /* the agent's */
}

void place_helper_asked(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_OPEN_HELP);
    tap(v, EV_HELPER_TAKES);
}

void place_helper_form(struct visits *v)
{
    place_helper_asked(v);
    visits_event(v, EV_HELP_MODE, "", "assist");
}

void place_helper_back(struct visits *v)
{
    place_helper_form(v);
    place_choose_all(v);
    place_go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    place_go_to_field(v, "");
}

void place_practice_home(struct visits *v)
{
    (void)session_begin_practice(v->session);
}

void place_practice_done(struct visits *v)
{
    place_practice_home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
    place_all_right(v);
    place_choose_all(v);
    place_go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    place_go_to_field(v, "");
    tap(v, EV_CONSENT);
    place_write_stroke(v, 200, 120);
    tap(v, EV_NEXT);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

/* At ten in the evening somebody comes. */
void place_at_night(struct visits *v)
{
    place_rest_dark(v);
    tap(v, EV_TOUCHED);
}

void place_night_help(struct visits *v)
{
    place_at_night(v);
    tap(v, EV_OPEN_HELP);
}
