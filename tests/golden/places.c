/* The way into every screen and state. */
#include <stdio.h>
#include <string.h>

#include "tests/golden/places_bundle.h"
#include "tests/golden/places_fetched.h"
#include "tests/golden/places_desk.h"
#include "tests/golden/places_parts.h"
#include "tests/golden/places_precheck.h"
#include "tests/golden/places_handoff.h"
#include "tests/golden/places_matters.h"
#include "tests/golden/places_staff.h"
#include "tests/golden/visits.h"

static void tap(struct visits *v, enum event_kind kind)
{
    visits_event(v, kind, "", "");
}

static const struct session_view *view(const struct visits *v)
{
    return session_view(v->session);
}

static void later(struct visits *v, int64_t ms)
{
    fake_clock_advance(&v->clock, ms);
    tap(v, EV_TIME);
}

/* ---- nobody is here ------------------------------------------------------------------ */

static void attract(struct visits *v)
{
    (void)v;
}

static void attract_impaired(struct visits *v)
{
    visits_number(v, EV_READER, 0);
    visits_number(v, EV_PRINTER, 0);
    visits_link(v, true, false);
}

static void attract_refusing(struct visits *v)
{
    visits_link(v, false, false);
}

static void out_of_service(struct visits *v)
{
    session_set_catalogue(v->session, NULL);
}

static void reading(struct visits *v)
{
    tap(v, EV_CARD_COMING);
}

#define TROUBLE(name, kind)                      \
    static void name(struct visits *v)           \
    {                                            \
        visits_number(v, EV_CARD_TROUBLE, kind); \
    }
TROUBLE(trouble_again, TROUBLE_AGAIN)
TROUBLE(trouble_not_id, TROUBLE_NOT_ID)
TROUBLE(trouble_unverified, TROUBLE_UNVERIFIED)
TROUBLE(trouble_expired, TROUBLE_EXPIRED)
TROUBLE(trouble_other, TROUBLE_OTHER_CARD)

/* ---- finding a matter ---------------------------------------------------------------- */

static void home(struct visits *v)
{
    visits_card(v, &v->person);
}

static void home_guest(struct visits *v)
{
    tap(v, EV_BEGIN);
}

static void theme(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_THEME, "disability", "");
}

static void theme_empty(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_THEME, "housing", "");
}

static void search(struct visits *v)
{
    home(v);
    tap(v, EV_OPEN_SEARCH);
}

static void search_found(struct visits *v)
{
    search(v);
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "hl");
}

static void search_nothing(struct visits *v)
{
    search(v);
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "qqxx");
}

static void guide(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
}

static void guide_long(struct visits *v)
{
    home(v);
    visits_event(v, EV_OPEN_SERVICE, "E01", "");
}

static void guide_refusing(struct visits *v)
{
    guide(v);
    visits_link(v, false, false);
}

static void need_card(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
}

static void need_card_broken(struct visits *v)
{
    need_card(v);
    visits_number(v, EV_READER, 0);
}

/* ---- the form ------------------------------------------------------------------------ */

static void form(struct visits *v)
{
    guide(v);
    tap(v, EV_NEXT);
}

static void form_chosen(struct visits *v)
{
    form(v);
    visits_event(v, EV_CHOOSE, "kind", "limb");
}

static void form_errors(struct visits *v)
{
    form(v);
    for (int i = 0; i < 4; i++)
        tap(v, EV_NEXT);
}

static void choose_all(struct visits *v)
{
    visits_event(v, EV_CHOOSE, "kind", "limb");
    visits_event(v, EV_CHOOSE, "grade", "1");
    visits_event(v, EV_CHOOSE, "care", "family");
}

/* Go on until the named field is being typed, or the review is there. */
static void go_to_field(struct visits *v, const char *name)
{
    for (int i = 0; i < 40 && view(v)->screen == SCREEN_FORM; i++) {
        const struct session_view *now = view(v);
        if (now->focus >= 0 && !strcmp(now->service->fields[now->focus].name, name))
            return;
        tap(v, EV_NEXT);
    }
}

static void form_digits(struct visits *v)
{
    form(v);
    choose_all(v);
    go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "138000");
}

static void open_words(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "A04", "");
    tap(v, EV_NEXT);
    go_to_field(v, "words");
    visits_event(v, EV_FOCUS, "words", "");
}

/* An address is empty: the villages of the point are offered. */
static void form_places(struct visits *v)
{
    visits_card(v, &v->other); /* young enough for it */
    visits_event(v, EV_OPEN_SERVICE, "J04", "");
    tap(v, EV_NEXT);
    go_to_field(v, "arrival");
    visits_event(v, EV_TYPE, "", "20261101");
    go_to_field(v, "village");
}

static void form_pinyin(struct visits *v)
{
    static const char *const words[] = { "福全街道", "福泉", "父权", "福", "府", "富",
                                         "服",       "付",   "父",   "复", "妇", "扶" };
    struct candidates found = { .count = sizeof(words) / sizeof(words[0]) };
    for (size_t i = 0; i < found.count; i++)
        snprintf(found.list[i].text, sizeof(found.list[i].text), "%s", words[i]);
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "pinyin");
    visits_event(v, EV_LETTER, "", "fuquan");
    struct event e = {
        .kind = EV_CANDIDATES, .name = v->letters, .value = "", .number = 1, .candidates = &found
    };
    session_handle(v->session, &e);
}

static void write_stroke(struct visits *v, int x, int y)
{
    for (int i = 0; i < 24; i++) {
        struct event e = { .kind = i ? EV_INK_MOVE : EV_INK_BEGIN,
                           .x = x + 12 * i,
                           .y = y + (i % 6) * 14 };
        fake_clock_advance(&v->clock, 10);
        session_handle(v->session, &e);
    }
    tap(v, EV_INK_END);
}

#define WAY(function, way)                    \
    static void function(struct visits *v)    \
    {                                         \
        open_words(v);                        \
        visits_event(v, EV_USE_WAY, "", way); \
    }
WAY(form_letters, "latin")
WAY(form_rare, "rare")

static void form_hand(struct visits *v)
{
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "hand");
    write_stroke(v, 100, 150);
}

static void form_picture(struct visits *v)
{
    open_words(v);
    visits_event(v, EV_USE_WAY, "", "picture");
    write_stroke(v, 100, 150);
}

/* ---- review and what comes of it ----------------------------------------------------- */

static void review(struct visits *v)
{
    form(v);
    choose_all(v);
    go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    go_to_field(v, "");
}

static void review_missing(struct visits *v)
{
    review(v);
    tap(v, EV_NEXT);
}

static void review_signed(struct visits *v)
{
    review(v);
    tap(v, EV_CONSENT);
    write_stroke(v, 200, 120);
}

static void review_shown(struct visits *v)
{
    review(v);
    tap(v, EV_REVEAL);
}

static void reserve(struct visits *v)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = v->clock.wall,
                             .clock_quality = CLOCK_NTP };
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(v->session, &e);
}

static void submitting(struct visits *v)
{
    review_signed(v);
    reserve(v);
    tap(v, EV_NEXT);
}

static void done(struct visits *v)
{
    submitting(v);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
}

#define PAPER(function, state)                   \
    static void function(struct visits *v)       \
    {                                            \
        done(v);                                 \
        visits_number(v, EV_PRINT_STATE, state); \
    }
PAPER(done_paper, PAPER_DONE)
PAPER(done_ask, PAPER_ASK)

static void done_failed(struct visits *v)
{
    done(v);
    visits_number(v, EV_PRINT_STATE, PAPER_FAILED);
    visits_number(v, EV_PRINTER, 0);
}

static void done_offline(struct visits *v)
{
    visits_link(v, true, false);
    done(v);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
    tap(v, EV_CARD_GONE);
}

static void not_saved(struct visits *v)
{
    submitting(v);
    visits_event(v, EV_NOT_SUBMITTED, v->token, "no-key");
}

static void not_certain(struct visits *v)
{
    submitting(v);
    later(v, 20000);
}

static void rating(struct visits *v)
{
    done_paper(v);
    tap(v, EV_OPEN_RATING);
}

static void rating_bad(struct visits *v)
{
    rating(v);
    visits_number(v, EV_RATE, 2);
    visits_number(v, EV_RATE_TAG, 1);
}

/* ---- progress ------------------------------------------------------------------------ */

static void progress(struct visits *v)
{
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_TYPE, "", "0000");
}

static void progress_bad(struct visits *v)
{
    progress(v);
    visits_event(v, EV_TYPE, "", "421");
    tap(v, EV_NEXT);
}

static void progress_away(struct visits *v)
{
    visits_link(v, false, false);
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_CLEAR, "", "");
    visits_event(v, EV_TYPE, "", "K0012-000042-");
    for (char c = '0'; c <= 'Z' && view(v)->asked.where != CASE_UNAVAILABLE; c++) {
        char text[2] = { c, 0 };
        visits_event(v, EV_TYPE, "", text);
        tap(v, EV_NEXT);
        if (view(v)->asked.where != CASE_UNAVAILABLE)
            tap(v, EV_ERASE);
    }
}

static void ask(struct visits *v)
{
    tap(v, EV_OPEN_PROGRESS);
    visits_event(v, EV_CLEAR, "", "");
    visits_event(v, EV_TYPE, "", "K0012-000042-");
    for (char c = '0'; c <= 'Z' && view(v)->asked.where != CASE_ASKING; c++) {
        char text[2] = { c, 0 };
        visits_event(v, EV_TYPE, "", text);
        tap(v, EV_NEXT);
        if (view(v)->asked.where != CASE_ASKING)
            tap(v, EV_ERASE);
    }
}

static void answer(struct visits *v, struct case_view c)
{
    ask(v);
    snprintf(c.receipt, sizeof(c.receipt), "%s", view(v)->asked.receipt);
    struct event e = { .kind = EV_CASE, .answer = &c };
    session_handle(v->session, &e);
}

static void progress_correction(struct visits *v)
{
    answer(v, (struct case_view){ .where = CASE_COUNTY,
                                  .state = "correction_requested",
                                  .server_ref = "330603-2026-000318",
                                  .note = "请带银行卡复印件到 1 号窗口",
                                  .changed_ms = v->clock.wall - 86400000,
                                  .as_of_ms = v->clock.wall - 3600000,
                                  .due_ms = v->clock.wall + INT64_C(86400000) * 8,
                                  .missing_count = 1,
                                  .missing = { "bank-card" } });
}

static void progress_granted(struct visits *v)
{
    answer(v, (struct case_view){ .where = CASE_COUNTY,
                                  .state = "granted",
                                  .server_ref = "330603-2026-000318",
                                  .changed_ms = v->clock.wall - 86400000,
                                  .as_of_ms = v->clock.wall - 3600000 });
}

static void progress_denied(struct visits *v)
{
    answer(v, (struct case_view){
                  .where = CASE_COUNTY, .state = "denied", .as_of_ms = v->clock.wall - 3600000 });
}

/* A case with everything that the county may say of it; each place changes what it is about. */
static struct case_view told(const struct visits *v, const char *state)
{
    struct case_view c = { .where = CASE_COUNTY,
                           .server_ref = "330603-2026-000318",
                           .changed_ms = v->clock.wall - 86400000,
                           .as_of_ms = v->clock.wall - 3600000,
                           .timeline = { .is_there = true,
                                         .promised_by = "20261209",
                                         .legal_by = "20261223",
                                         .has_days_left = true,
                                         .days_left = 10,
                                         .office = { "区民政局、区残疾人联合会（福全街道初审）",
                                                     "District Civil Affairs Bureau and Disabled "
                                                     "Persons' Federation" },
                                         .step_count = 2,
                                         .steps = { { "received", "20261124", LANE_FRONT },
                                                    { "accept", "20261125", LANE_FRONT } } } };
    snprintf(c.state, sizeof(c.state), "%s", state);
    return c;
}

static void add_step(struct case_view *c, const char *what, const char *day, enum case_lane lane)
{
    struct timeline_step *step = &c->timeline.steps[c->timeline.step_count++];
    snprintf(step->what, sizeof(step->what), "%s", what);
    snprintf(step->day, sizeof(step->day), "%s", day);
    step->lane = lane;
}

static void progress_accepted(struct visits *v)
{
    struct case_view c = told(v, "accepted");
    c.timeline.needs_no_return = true;
    answer(v, c);
}

static void progress_late(struct visits *v)
{
    struct case_view c = told(v, "accepted");
    snprintf(c.timeline.promised_by, TIMELINE_DAY, "20261120");
    c.timeline.days_left = -3;
    c.as_of_ms = v->clock.wall - INT64_C(4) * 86400000;
    add_step(&c, "late", "20261121", LANE_DEPARTMENTS);
    answer(v, c);
}

static void progress_gap(struct visits *v)
{
    struct case_view c = told(v, "accepted_gap");
    c.timeline.owed_count = 2;
    c.timeline.owed[0] = (struct timeline_paper){ "guardian-proof", "20261202" };
    c.timeline.owed[1] = (struct timeline_paper){ "photo", "20261204" };
    snprintf(c.timeline.steps[1].what, sizeof(c.timeline.steps[1].what), "accept_gap");
    add_step(&c, "reminded_soon", "20261127", LANE_FRONT);
    answer(v, c);
}

static void progress_paused(struct visits *v)
{
    struct case_view c = told(v, "suspended");
    snprintf(c.timeline.paused_since, TIMELINE_DAY, "20261125");
    add_step(&c, "pause", "20261125", LANE_DEPARTMENTS);
    answer(v, c);
}

static void progress_pickup(struct visits *v)
{
    struct case_view c = told(v, "granted");
    c.timeline.hand_out = HAND_OUT_PICKUP;
    snprintf(c.timeline.code, sizeof(c.timeline.code), "004211");
    snprintf(c.timeline.counter, sizeof(c.timeline.counter), "福全街道便民服务中心 3 号窗口");
    add_step(&c, "grant", "20261126", LANE_DEPARTMENTS);
    add_step(&c, "set_out", "20261126", LANE_HAND_OUT);
    answer(v, c);
}

static void progress_posted(struct visits *v)
{
    struct case_view c = told(v, "delivered");
    c.timeline.hand_out = HAND_OUT_POST;
    c.timeline.needs_no_return = true;
    snprintf(c.timeline.tracking, sizeof(c.timeline.tracking), "EX123456789CN");
    add_step(&c, "grant", "20261126", LANE_DEPARTMENTS);
    add_step(&c, "deliver", "20261126", LANE_HAND_OUT);
    answer(v, c);
    tap(v, EV_PRINT_CASE);
}

static void progress_refused(struct visits *v)
{
    struct case_view c = told(v, "not_accepted");
    snprintf(c.timeline.reason, sizeof(c.timeline.reason),
             "这件事归区人力资源和社会保障局管，请到区行政服务中心二楼 12 号窗口办理。");
    c.timeline.promised_by[0] = c.timeline.legal_by[0] = 0;
    c.timeline.has_days_left = false;
    snprintf(c.timeline.steps[1].what, sizeof(c.timeline.steps[1].what), "refuse");
    answer(v, c);
}

static void progress_here(struct visits *v)
{
    answer(v, (struct case_view){ .where = CASE_HERE });
}

static void progress_unknown(struct visits *v)
{
    answer(v, (struct case_view){ .where = CASE_NOT_FOUND });
}

/* ---- what is reported beside the matter ---------------------------------------------- */

static void unsettled(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_OPEN_HELP);
    tap(v, EV_OPEN_UNSETTLED);
}

static void unsettled_chosen(struct visits *v)
{
    unsettled(v);
    visits_event(v, EV_ASIDE_CHOOSE, "2", "");
}

static void unsettled_words(struct visits *v)
{
    unsettled_chosen(v);
    visits_event(v, EV_ASIDE_TYPE, "", "words");
    visits_event(v, EV_TYPE, "", "跑了三个窗口，每个窗口说的都不一样。");
}

static void unsettled_phone(struct visits *v)
{
    unsettled_chosen(v);
    visits_event(v, EV_ASIDE_TYPE, "", "phone");
    visits_event(v, EV_TYPE, "", "1380000");
    tap(v, EV_NEXT);
}

static void unsettled_kept(struct visits *v)
{
    unsettled_chosen(v);
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

static void unsettled_failed(struct visits *v)
{
    unsettled_chosen(v);
    visits_link(v, false, false);
    tap(v, EV_NEXT);
}

static void mismatch(struct visits *v)
{
    guide(v);
    tap(v, EV_OPEN_MISMATCH);
    visits_event(v, EV_ASIDE_CHOOSE, "1", "");
    visits_event(v, EV_ASIDE_CHOOSE, "2", "");
}

/* The same person, the same matter, the next day. */
static void done_again(struct visits *v)
{
    done(v);
    tap(v, EV_EXIT);
    fake_clock_advance(&v->clock, 86400000);
    visits_event(v, EV_LANGUAGE, "", v->wishes.language == LANGUAGE_ZH ? "zh" : "en");
    if (v->wishes.is_contrast)
        tap(v, EV_CONTRAST);
    if (v->wishes.is_elder)
        tap(v, EV_ELDER);
    if (v->wishes.is_lowered)
        tap(v, EV_LOWER);
    done_paper(v);
}

static void again(struct visits *v)
{
    done_again(v);
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
    answer(v, c);
}

static void progress_open(struct visits *v)
{
    answer_open(v, "20261202");
}

static void progress_overdue(struct visits *v)
{
    answer_open(v, "20261120");
}

static void progress_answered(struct visits *v)
{
    answer(v,
           (struct case_view){
               .where = CASE_COUNTY,
               .state = "answered",
               .as_of_ms = v->clock.wall - 3600000,
               .fact_count = 2,
               .facts = { { "owner", "兜底窗口 王敏" },
                          { "answer", "三个部门已经会商，明天起凭身份证就能办，不用再跑。" } } });
}

/* Said without a name: the code is what counts. */
static void done_claim(struct visits *v)
{
    tap(v, EV_BEGIN);
    visits_event(v, EV_OPEN_SERVICE, "L03", "");
    tap(v, EV_NEXT);
    visits_event(v, EV_CHOOSE, "kind", "complaint");
    visits_event(v, EV_FOCUS, "words", "");
    visits_event(v, EV_USE_WAY, "", "latin");
    visits_event(v, EV_TYPE, "", "abc");
    while (view(v)->screen == SCREEN_FORM) {
        visits_event(v, EV_CHOOSE, "reply", "anonymous");
        tap(v, EV_NEXT);
    }
    reserve(v);
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

/* ---- help and questions -------------------------------------------------------------- */

static void help(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_OPEN_HELP);
}

static void leave(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_EXIT);
}

static void still_there(struct visits *v)
{
    form_chosen(v);
    later(v, 300000);
}

static void card_removed(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_CARD_GONE);
}

static void covered(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_COVER);
}

/* ---- somebody helps ------------------------------------------------------------------ */

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

static void agent_card(struct visits *v)
{
    tap(v, EV_OPEN_AGENT);
}

static void agent_unlisted(struct visits *v)
{
    agent_card(v);
    visits_card(v, &v->other);
}

static void agent_empty(struct visits *v)
{
    agent_card(v);
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

static void agent_tasks(struct visits *v)
{
    struct agency_notes notes = { .is_known = true };
    struct agent_mark mark;
    const struct agent_list *list = &catalogue_point(v->catalogue)->agents;
    agent_empty(v);
    if (agent_mark(&mark, list->salt, agent.number, agent.valid_from))
        return;
    add_note(&notes, &mark, "K0012-000042-7", "D01", "granted");
    add_note(&notes, &mark, "K0012-000041-9", "E01", "correction_requested");
    add_note(&notes, &mark, "K0012-00003F-2", "E02", "in_review");
    add_note(&notes, &mark, "K0012-00003D-6", "D02", "");
    session_handle(v->session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &notes });
}

static void agent_notice(struct visits *v)
{
    agent_tasks(v);
    visits_event(v, EV_AGENT_NOTICE, "K0012-000042-7", "");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

static void agent_resident(struct visits *v)
{
    agent_empty(v);
    tap(v, EV_CARD_GONE);
}

static void agent_own_card(struct visits *v)
{
    agent_resident(v);
    visits_card(v, &agent);
}

static void agent_consent(struct visits *v)
{
    agent_resident(v);
    visits_card(v, &v->person);
}

static void agent_signed(struct visits *v)
{
    agent_consent(v);
    write_stroke(v, 200, 120);
}

static void acting_home(struct visits *v)
{
    agent_signed(v);
    tap(v, EV_NEXT);
}

static void agent_third(struct visits *v)
{
    acting_home(v);
    visits_card(v, &v->other);
}

static void acting_form(struct visits *v)
{
    acting_home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
}

static void acting_review(struct visits *v)
{
    acting_form(v);
    choose_all(v);
    for (int i = 0; i < 40 && view(v)->screen == SCREEN_FORM; i++) {
        const struct session_view *now = view(v);
        const char *name = now->focus >= 0 ? now->service->fields[now->focus].name : "";
        if (strstr(name, "phone") &&
            !*session_answer(v->session, &now->service->fields[now->focus]))
            visits_event(v, EV_TYPE, "", "13800000000");
        tap(v, EV_NEXT);
    }
}

static void acting_done(struct visits *v)
{
    acting_review(v);
    tap(v, EV_CONSENT);
    write_stroke(v, 200, 120);
    reserve(v);
    tap(v, EV_NEXT);
    visits_event(v, EV_SUBMITTED, v->token, "K0012-000042-7");
    visits_number(v, EV_PRINT_STATE, PAPER_DONE); /* the resident's */
    visits_number(v, EV_PRINT_STATE, PAPER_DONE); /* the agent's */
}

static void helper_asked(struct visits *v)
{
    form_chosen(v);
    tap(v, EV_OPEN_HELP);
    tap(v, EV_HELPER_TAKES);
}

static void helper_form(struct visits *v)
{
    helper_asked(v);
    visits_event(v, EV_HELP_MODE, "", "assist");
}

static void helper_back(struct visits *v)
{
    helper_form(v);
    choose_all(v);
    go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    go_to_field(v, "");
}

static void practice_home(struct visits *v)
{
    (void)session_begin_practice(v->session);
}

static void practice_done(struct visits *v)
{
    practice_home(v);
    visits_event(v, EV_OPEN_SERVICE, "D01", "");
    tap(v, EV_NEXT);
    place_all_right(v);
    choose_all(v);
    go_to_field(v, "phone");
    visits_event(v, EV_TYPE, "", "13800000000");
    go_to_field(v, "");
    tap(v, EV_CONSENT);
    write_stroke(v, 200, 120);
    tap(v, EV_NEXT);
    visits_number(v, EV_PRINT_STATE, PAPER_DONE);
}

/* At ten in the evening. */
static void at_night(struct visits *v)
{
    fake_clock_advance(&v->clock, INT64_C(6) * 3600000 + 14 * 60000);
    tap(v, EV_TIME);
}

static void night_help(struct visits *v)
{
    at_night(v);
    tap(v, EV_OPEN_HELP);
}

const struct place places[] = {
    { "attract", SCREEN_ATTRACT, attract, 0, false },
    { "attract-impaired", SCREEN_ATTRACT, attract_impaired, 0, false },
    { "attract-refusing", SCREEN_ATTRACT, attract_refusing, 0, false },
    { "out-of-service", SCREEN_OUT_OF_SERVICE, out_of_service, 0, false },
    { "staff-refused", SCREEN_STAFF, place_staff_refused, 0, true },
    { "staff-pulled", SCREEN_STAFF, place_staff_pulled, 0, true },
    { "staff-pin", SCREEN_STAFF, place_staff_pin, 0, true },
    { "staff-pin-wrong", SCREEN_STAFF, place_staff_pin_wrong, 0, true },
    { "staff-pin-blocked", SCREEN_STAFF, place_staff_pin_blocked, 0, true },
    { "staff-checking", SCREEN_STAFF, place_staff_checking, 1000, true },
    { "staff-menu", SCREEN_STAFF, place_staff_menu, 0, true },
    { "staff-menu-paper", SCREEN_STAFF, place_staff_menu_paper, 0, true },
    { "staff-menu-clock", SCREEN_STAFF, place_staff_menu_clock, 0, true },
    { "staff-readiness", SCREEN_STAFF, place_staff_readiness, 0, true },
    { "staff-readiness-signed", SCREEN_STAFF, place_staff_readiness_signed, 0, true },
    { "staff-readiness-bad", SCREEN_STAFF, place_staff_readiness_bad, 0, true },
    { "staff-paper", SCREEN_STAFF, place_staff_paper, 0, true },
    { "staff-paper-new", SCREEN_STAFF, place_staff_paper_new, 0, true },
    { "staff-settle", SCREEN_STAFF, place_staff_settle, 0, true },
    { "staff-settle-none", SCREEN_STAFF, place_staff_settle_none, 0, true },
    { "staff-settle-copy", SCREEN_STAFF, place_staff_settle_copy, 0, true },
    { "staff-carry", SCREEN_STAFF, place_staff_carry, 0, true },
    { "staff-carry-going", SCREEN_STAFF, place_staff_carry_going, 1000, true },
    { "staff-carry-done", SCREEN_STAFF, place_staff_carry_done, 0, true },
    { "staff-carry-trouble", SCREEN_STAFF, place_staff_carry_trouble, 0, true },
    { "staff-devices", SCREEN_STAFF, place_staff_devices, 0, true },
    { "staff-reader", SCREEN_STAFF, place_staff_reader, 0, true },
    { "staff-reader-read", SCREEN_STAFF, place_staff_reader_read, 0, true },
    { "staff-printer", SCREEN_STAFF, place_staff_printer, 0, true },
    { "staff-keypad", SCREEN_STAFF, place_staff_keypad, 0, true },
    { "staff-scanner", SCREEN_STAFF, place_staff_scanner, 0, true },
    { "staff-sound", SCREEN_STAFF, place_staff_sound, 0, true },
    { "staff-touch", SCREEN_STAFF, place_staff_touch, 0, true },
    { "staff-figures", SCREEN_STAFF, place_staff_figures, 0, true },
    { "staff-counters", SCREEN_STAFF, place_staff_counters, 0, true },
    { "staff-queue", SCREEN_STAFF, place_staff_queue, 0, true },
    { "staff-network", SCREEN_STAFF, place_staff_network, 0, true },
    { "staff-network-down", SCREEN_STAFF, place_staff_network_down, 0, true },
    { "staff-logs", SCREEN_STAFF, place_staff_logs, 0, true },
    { "staff-logs-done", SCREEN_STAFF, place_staff_logs_done, 0, true },
    { "reading", SCREEN_READING, reading, 0, false },
    { "reading-long", SCREEN_READING, reading, 1000, false },
    { "card-again", SCREEN_CARD_TROUBLE, trouble_again, 0, false },
    { "card-not-id", SCREEN_CARD_TROUBLE, trouble_not_id, 0, false },
    { "card-unverified", SCREEN_CARD_TROUBLE, trouble_unverified, 0, false },
    { "card-expired", SCREEN_CARD_TROUBLE, trouble_expired, 0, false },
    { "card-other", SCREEN_CARD_TROUBLE, trouble_other, 0, false },
    { "home", SCREEN_HOME, home, 0, false },
    { "home-hint", SCREEN_HOME, place_home_hint, 0, false },
    { "home-hint-sixty", SCREEN_HOME, place_home_hint_sixty, 0, false },
    { "home-guest", SCREEN_HOME, home_guest, 0, false },
    { "point", SCREEN_POINT, place_point, 0, false },
    { "point-unknown", SCREEN_POINT, place_point_unknown, 0, false },
    { "ticket", SCREEN_TICKET, place_ticket, 0, false },
    { "ticket-priority", SCREEN_TICKET, place_ticket_priority, 0, false },
    { "ticket-taking", SCREEN_TICKET, place_ticket_taking, 900, false },
    { "ticket-held", SCREEN_TICKET, place_ticket_held, 0, false },
    { "ticket-offline", SCREEN_TICKET, place_ticket_offline, 0, false },
    { "ticket-refused", SCREEN_TICKET, place_ticket_refused, 0, false },
    { "calendar", SCREEN_CALENDAR, place_calendar, 0, false },
    { "calendar-full", SCREEN_CALENDAR, place_calendar_full, 0, false },
    { "booking-form", SCREEN_FORM, place_booking_form, 0, false },
    { "booking-review", SCREEN_REVIEW, place_booking_review, 0, false },
    { "booking-done", SCREEN_DONE, place_booking_done, 0, false },
    { "places", SCREEN_PLACES, place_places, 0, false },
    { "places-matter", SCREEN_PLACES, place_places_matter, 0, false },
    { "figures", SCREEN_FIGURES, place_figures, 0, false },
    { "figures-counted", SCREEN_FIGURES, place_figures_counted, 0, false },
    { "figures-few", SCREEN_FIGURES, place_figures_few, 0, false },
    { "cancel", SCREEN_CANCEL, place_cancel, 0, false },
    { "cancel-sent", SCREEN_CANCEL, place_cancel_sent, 0, false },
    { "progress-booking", SCREEN_PROGRESS, place_progress_booking, 0, false },
    { "progress-called", SCREEN_PROGRESS, place_progress_called, 0, false },
    { "guide-ticket", SCREEN_GUIDE, place_guide_info, 0, false },
    { "theme", SCREEN_THEME, theme, 0, false },
    { "theme-events", SCREEN_THEME, place_theme_events, 0, false },
    { "theme-empty", SCREEN_THEME, theme_empty, 0, false },
    { "search", SCREEN_SEARCH, search, 0, false },
    { "search-found", SCREEN_SEARCH, search_found, 0, false },
    { "search-nothing", SCREEN_SEARCH, search_nothing, 0, false },
    { "guide", SCREEN_GUIDE, guide, 0, false },
    { "guide-long", SCREEN_GUIDE, guide_long, 0, false },
    { "guide-refusing", SCREEN_GUIDE, guide_refusing, 0, false },
    { "guide-of-part", SCREEN_GUIDE, place_guide_of_part, 0, false },
    { "guide-hinted", SCREEN_GUIDE, place_guide_hinted, 0, false },
    { "guide-urgent", SCREEN_GUIDE, place_guide_urgent, 0, false },
    { "guide-said", SCREEN_GUIDE, place_guide_said, 0, false },
    { "guide-printed", SCREEN_GUIDE, place_guide_printed, 0, false },
    { "condition", SCREEN_CONDITION, place_condition, 0, false },
    { "condition-window", SCREEN_CONDITION, place_condition_window, 0, false },
    { "condition-form", SCREEN_CONDITION, place_condition_form, 0, false },
    { "condition-printed", SCREEN_CONDITION, place_condition_printed, 0, false },
    { "condition-ask", SCREEN_CONDITION, place_condition_ask, 0, false },
    { "need-card", SCREEN_NEED_CARD, need_card, 0, false },
    { "need-card-broken", SCREEN_NEED_CARD, need_card_broken, 0, false },
    { "fetching", SCREEN_FETCHING, place_fetching, 900, false },
    { "fetched", SCREEN_FETCHED, place_fetched, 0, false },
    { "fetched-errors", SCREEN_FETCHED, place_fetched_errors, 0, false },
    { "fetched-disputed", SCREEN_FETCHED, place_fetched_disputed, 0, false },
    { "papers-disputed", SCREEN_PAPERS, place_papers_disputed, 0, false },
    { "review-fetched", SCREEN_REVIEW, place_review_fetched, 0, false },
    { "form", SCREEN_FORM, form, 0, false },
    { "form-chosen", SCREEN_FORM, form_chosen, 0, false },
    { "form-errors", SCREEN_FORM, form_errors, 0, false },
    { "form-digits", SCREEN_FORM, form_digits, 0, false },
    { "form-pinyin", SCREEN_FORM, form_pinyin, 0, false },
    { "form-places", SCREEN_FORM, form_places, 0, false },
    { "form-hand", SCREEN_FORM, form_hand, 0, false },
    { "form-letters", SCREEN_FORM, form_letters, 0, false },
    { "form-rare", SCREEN_FORM, form_rare, 0, false },
    { "form-picture", SCREEN_FORM, form_picture, 0, false },
    { "review", SCREEN_REVIEW, review, 0, false },
    { "review-missing", SCREEN_REVIEW, review_missing, 0, false },
    { "review-signed", SCREEN_REVIEW, review_signed, 0, false },
    { "review-shown", SCREEN_REVIEW, review_shown, 0, false },
    { "guide-bundle", SCREEN_GUIDE, place_guide_bundle, 0, false },
    { "form-bundle", SCREEN_FORM, place_form_bundle, 0, false },
    { "papers", SCREEN_PAPERS, place_papers, 0, false },
    { "papers-errors", SCREEN_PAPERS, place_papers_errors, 0, false },
    { "papers-later", SCREEN_PAPERS, place_papers_later, 0, false },
    { "notice", SCREEN_NOTICE, place_notice, 0, false },
    { "notice-ask", SCREEN_NOTICE, place_notice_ask, 0, false },
    { "notice-failed", SCREEN_NOTICE, place_notice_failed, 0, false },
    { "review-bundle", SCREEN_REVIEW, place_review_bundle, 0, false },
    { "done-bundle", SCREEN_DONE, place_done_bundle, 0, false },
    { "submitting", SCREEN_SUBMITTING, submitting, 0, false },
    { "submitting-long", SCREEN_SUBMITTING, submitting, 1200, false },
    { "done-printing", SCREEN_DONE, done, 0, false },
    { "done", SCREEN_DONE, done_paper, 0, false },
    { "done-deciding", SCREEN_DONE, place_done_deciding, 900, false },
    { "done-granted", SCREEN_DONE, place_done_granted, 0, false },
    { "done-undecided", SCREEN_DONE, place_done_undecided, 0, false },
    { "done-ask", SCREEN_DONE, done_ask, 0, false },
    { "done-no-paper", SCREEN_DONE, done_failed, 0, false },
    { "done-offline", SCREEN_DONE, done_offline, 0, false },
    { "not-saved", SCREEN_NOT_SAVED, not_saved, 0, false },
    { "not-certain", SCREEN_NOT_SAVED, not_certain, 0, false },
    { "rating", SCREEN_RATING, rating, 0, false },
    { "rating-bad", SCREEN_RATING, rating_bad, 0, false },
    { "unsettled", SCREEN_ASIDE, unsettled, 0, false },
    { "unsettled-chosen", SCREEN_ASIDE, unsettled_chosen, 0, false },
    { "unsettled-words", SCREEN_ASIDE_TEXT, unsettled_words, 0, false },
    { "unsettled-phone", SCREEN_ASIDE_TEXT, unsettled_phone, 0, false },
    { "unsettled-kept", SCREEN_ASIDE_KEPT, unsettled_kept, 0, false },
    { "unsettled-failed", SCREEN_ASIDE, unsettled_failed, 0, false },
    { "mismatch", SCREEN_ASIDE, mismatch, 0, false },
    { "done-again", SCREEN_DONE, done_again, 0, false },
    { "again", SCREEN_ASIDE, again, 0, false },
    { "done-claim", SCREEN_DONE, done_claim, 0, false },
    { "progress-open", SCREEN_PROGRESS, progress_open, 0, false },
    { "progress-overdue", SCREEN_PROGRESS, progress_overdue, 0, false },
    { "progress-answered", SCREEN_PROGRESS, progress_answered, 0, false },
    { "progress", SCREEN_PROGRESS, progress, 0, false },
    { "progress-list", SCREEN_PROGRESS, place_progress_list, 0, false },
    { "progress-bad", SCREEN_PROGRESS, progress_bad, 0, false },
    { "progress-away", SCREEN_PROGRESS, progress_away, 0, false },
    { "progress-asking", SCREEN_PROGRESS, ask, 900, false },
    { "progress-correction", SCREEN_PROGRESS, progress_correction, 0, false },
    { "progress-granted", SCREEN_PROGRESS, progress_granted, 0, false },
    { "progress-denied", SCREEN_PROGRESS, progress_denied, 0, false },
    { "progress-accepted", SCREEN_PROGRESS, progress_accepted, 0, false },
    { "progress-late", SCREEN_PROGRESS, progress_late, 0, false },
    { "progress-gap", SCREEN_PROGRESS, progress_gap, 0, false },
    { "progress-paused", SCREEN_PROGRESS, progress_paused, 0, false },
    { "progress-waived", SCREEN_PROGRESS, place_waived, 0, false },
    { "progress-parts", SCREEN_PROGRESS, place_parts_open, 0, false },
    { "progress-parts-partial", SCREEN_PROGRESS, place_parts_partial, 0, false },
    { "progress-parts-many", SCREEN_PROGRESS, place_parts_many, 0, false },
    { "progress-pickup", SCREEN_PROGRESS, progress_pickup, 0, false },
    { "progress-posted", SCREEN_PROGRESS, progress_posted, 0, false },
    { "progress-refused", SCREEN_PROGRESS, progress_refused, 0, false },
    { "progress-here", SCREEN_PROGRESS, progress_here, 0, false },
    { "progress-unknown", SCREEN_PROGRESS, progress_unknown, 0, false },
    { "help", SCREEN_HELP, help, 0, false },
    { "leave", SCREEN_LEAVE, leave, 0, false },
    { "to-phone", SCREEN_TO_PHONE, place_to_phone, 0, false },
    { "to-phone-moving", SCREEN_TO_PHONE, place_to_phone_moving, 900, false },
    { "to-phone-away", SCREEN_TO_PHONE, place_to_phone_away, 0, false },
    { "to-phone-slip", SCREEN_TO_PHONE, place_to_phone_slip, 0, false },
    { "from-phone", SCREEN_FROM_PHONE, place_from_phone, 0, false },
    { "from-phone-card", SCREEN_FROM_PHONE, place_from_phone_card, 0, false },
    { "from-phone-bad", SCREEN_FROM_PHONE, place_from_phone_bad, 0, false },
    { "from-phone-moving", SCREEN_FROM_PHONE, place_from_phone_moving, 900, false },
    { "from-phone-used", SCREEN_FROM_PHONE, place_from_phone_used, 0, false },
    { "from-phone-other", SCREEN_FROM_PHONE, place_from_phone_other, 0, false },
    { "from-phone-form", SCREEN_FORM, place_from_phone_form, 0, false },
    { "still-there", SCREEN_STILL_THERE, still_there, 0, false },
    { "card-removed", SCREEN_CARD_REMOVED, card_removed, 0, false },
    { "covered", SCREEN_COVERED, covered, 0, false },
    { "agent-card", SCREEN_AGENT_CARD, agent_card, 0, false },
    { "agent-unlisted", SCREEN_AGENT_CARD, agent_unlisted, 0, false },
    { "agent-home", SCREEN_AGENT_HOME, agent_empty, 0, false },
    { "agent-tasks", SCREEN_AGENT_HOME, agent_tasks, 0, false },
    { "agent-notice", SCREEN_AGENT_HOME, agent_notice, 0, false },
    { "agent-resident", SCREEN_AGENT_RESIDENT, agent_resident, 0, false },
    { "agent-own-card", SCREEN_AGENT_RESIDENT, agent_own_card, 0, false },
    { "agent-consent", SCREEN_AGENT_CONSENT, agent_consent, 0, false },
    { "agent-consent-signed", SCREEN_AGENT_CONSENT, agent_signed, 0, false },
    { "agent-wrong", SCREEN_AGENT_WRONG, agent_third, 0, false },
    { "acting-home", SCREEN_HOME, acting_home, 0, false },
    { "acting-form", SCREEN_FORM, acting_form, 0, false },
    { "acting-review", SCREEN_REVIEW, acting_review, 0, false },
    { "acting-done", SCREEN_DONE, acting_done, 0, false },
    { "helper", SCREEN_HELPER, helper_asked, 0, false },
    { "helper-form", SCREEN_FORM, helper_form, 0, false },
    { "helper-back", SCREEN_HELPER_BACK, helper_back, 0, false },
    { "practice-home", SCREEN_HOME, practice_home, 0, false },
    { "practice-done", SCREEN_DONE, practice_done, 0, false },
    { "attract-night", SCREEN_ATTRACT, at_night, 0, false },
    { "help-night", SCREEN_HELP, night_help, 0, false },
};

const size_t place_count = sizeof(places) / sizeof(places[0]);
