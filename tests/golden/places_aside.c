#include "tests/golden/places_aside.h"

#include <stdio.h>
#include <string.h>

#include "tests/golden/places_inside.h"

void place_unsettled(struct visits *v)
{
    place_form_chosen(v);
    tap(v, EV_OPEN_HELP);
    tap(v, EV_OPEN_UNSETTLED);
}

void place_unsettled_chosen(struct visits *v)
{
    place_unsettled(v);
    visits_event(v, EV_ASIDE_CHOOSE, "2", "");
}

void place_unsettled_words(struct visits *v)
{
    place_unsettled_chosen(v);
    visits_event(v, EV_ASIDE_TYPE, "", "words");
    visits_event(v, EV_TYPE, "", "跑了三个窗口，每个窗口说的都不一样。");
}

void place_unsettled_phone(struct visits *v)
{
    place_unsettled_chosen(v);
    visits_event(v, EV_ASIDE_TYPE, "", "phone");
    visits_event(v, EV_TYPE, "", "1380000");
    tap(v, EV_NEXT);
}

void place_unsettled_kept(struct visits *v)
{
    place_unsettled_chosen(v);
    tap(v, EV_NEXT);
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000043-5",
                             .kiosk_id = "K0012" };
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(v->session, &e);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000043-5");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

void place_unsettled_failed(struct visits *v)
{
    place_unsettled_chosen(v);
    visits_link(v, false, false);
    tap(v, EV_NEXT);
}

void place_mismatch(struct visits *v)
{
    place_guide(v);
    tap(v, EV_OPEN_MISMATCH);
    visits_event(v, EV_ASIDE_CHOOSE, "1", "");
    visits_event(v, EV_ASIDE_CHOOSE, "2", "");
}

/* The same person, the same matter, the next day. */
void place_done_again(struct visits *v)
{
    place_done(v);
    tap(v, EV_EXIT);
    fake_clock_advance(&v->clock, 86400000);
    visits_event(v, EV_LANGUAGE, "", v->wishes.language == LANGUAGE_ZH ? "zh" : "en");
    if (v->wishes.is_contrast)
        tap(v, EV_CONTRAST);
    if (v->wishes.is_elder)
        tap(v, EV_ELDER);
    if (v->wishes.is_lowered)
        tap(v, EV_LOWER);
    place_done_paper(v);
}

void place_again(struct visits *v)
{
    place_done_again(v);
    tap(v, EV_OPEN_AGAIN);
}

static void answer_open(struct visits *v, const char *by)
{
    struct case_view c = {
        .where = CASE_COUNTY,
        .state = "open",
        .changed_ms = v->clock.wall - 86400000,
        .as_of_ms = v->clock.wall - 3600000,
        .fact_count = 4,
        .facts = { { "owner", "兜底窗口 王敏" }, { "phone", "0575-00000013" }, { "level", "1" } }
    };
    snprintf(c.facts[3].name, sizeof(c.facts[3].name), "answer_by");
    snprintf(c.facts[3].value, sizeof(c.facts[3].value), "%s", by);
    place_answer(v, c);
}

void place_progress_open(struct visits *v)
{
    answer_open(v, "20261202");
}

void place_progress_overdue(struct visits *v)
{
    answer_open(v, "20261120");
}

void place_progress_answered(struct visits *v)
{
    place_answer(
        v, (struct case_view){
               .where = CASE_COUNTY,
               .state = "answered",
               .as_of_ms = v->clock.wall - 3600000,
               .fact_count = 2,
               .facts = { { "owner", "兜底窗口 王敏" },
                          { "answer", "三个部门已经会商，明天起凭身份证就能办，不用再跑。" } } });
}

enum { CLAIM_PAGES = 8 };

/* Said without a name: the code is what counts. */
void place_done_claim(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "L03", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "kind", "complaint");
    visits_event(v, EV_FOCUS, "words", "");
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "abc");
    /* As many pages as it has, and no more: the monkey comes here with a form that somebody has spoilt, too. */
    for (int page = 0; page < CLAIM_PAGES && view(v)->screen == SCREEN_FORM; page++) {
        visits_event(v, EV_CHOOSE, "reply", "anonymous");
        tap(v, EV_NEXT);
    }
    place_reserve(v);
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}
