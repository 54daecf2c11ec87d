/* The county, its queue process and the devices by chance: whatever was asked may be answered well, badly, late, twice or
 * never, and what nobody asked for comes too. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/session/internal.h"
#include "tests/golden/monkey_inside.h"
#include "tests/support/check.h"

static const char code[] = "1234567890123450";

static const char *one_of(struct monkey *m, const char *const *list, size_t count)
{
    return list[draw_lot(m, (uint32_t)count)];
}
#define ONE_OF(m, ...)                              \
    one_of(m, (const char *const[]){ __VA_ARGS__ }, \
           sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))

static const struct person *holder(const struct monkey *m)
{
    const struct visit *v = &m->visits.session->visit;
    return v->has_person ? &v->person : &m->visits.person;
}

/* ---- the queue process --------------------------------------------------------------- */

static void reserve(struct monkey *m)
{
    struct visits *v = &m->visits;
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000042-7",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 42,
                             .boot_ms = 5,
                             .wall_ms = v->clock.wall,
                             .clock_quality = CLOCK_NTP,
                             .ticket = (int)draw_lot(m, 300) };
    snprintf(r.token, sizeof(r.token), "%s", v->token);
    session_handle(v->session, &(struct event){ .kind = EV_RESERVED, .reservation = &r });
}

static void say_refused(struct monkey *m)
{
    visits_event(&m->visits, EV_NOT_SUBMITTED, m->visits.token,
                 ONE_OF(m, "storage", "no-key", "disk-full", "busy", "away", "word of tomorrow"));
}

static void say_stored(struct monkey *m)
{
    visits_event(&m->visits, EV_SUBMITTED, m->visits.token, "K0012-000042-7");
}

/* ---- how a case stands --------------------------------------------------------------- */

static void draw_timeline(struct monkey *m, struct timeline *t)
{
    static const char *const steps[] = { "received", "accept",  "accept_gap", "pause", "grant",
                                         "set_out",  "deliver", "late",       "waive", "tomorrow" };
    t->is_there = draw_lot(m, 4) != 0;
    t->has_days_left = draw_lot(m, 2);
    t->days_left = (int)draw_lot(m, 30) - 10;
    snprintf(t->promised_by, TIMELINE_DAY, "%s", ONE_OF(m, "", "20261209", "20261120"));
    snprintf(t->code, sizeof(t->code), "%s", ONE_OF(m, "", "004211"));
    snprintf(t->reason, sizeof(t->reason), "%s",
             ONE_OF(m, "", "这件事归落户地的派出所管，请到那里去办。"));
    t->hand_out = (enum hand_out)draw_lot(m, 3);
    t->step_count = draw_lot(m, TIMELINE_STEPS + 1);
    for (size_t i = 0; i < t->step_count; i++) {
        t->steps[i].lane = (enum case_lane)draw_lot(m, LANES);
        snprintf(t->steps[i].what, sizeof(t->steps[i].what), "%s", one_of(m, steps, 10));
        snprintf(t->steps[i].day, TIMELINE_DAY, "202611%02u", 1 + draw_lot(m, 28));
    }
    t->owed_count = draw_lot(m, 4);
    for (size_t i = 0; i < t->owed_count; i++)
        snprintf(t->owed[i].material, sizeof(t->owed[i].material), "%s",
                 ONE_OF(m, "photo", "bank-card", "none-such"));
}

static void say_case(struct monkey *m)
{
    struct visits *v = &m->visits;
    struct case_view c = { .where = draw_lot(m, 4) ? CASE_COUNTY
                                                   : (enum case_where)(CASE_HERE + draw_lot(m, 6)),
                           .changed_ms = v->clock.wall - 86400000,
                           .as_of_ms = v->clock.wall - (int64_t)draw_lot(m, 90000000),
                           .due_ms = draw_lot(m, 2) ? v->clock.wall + 86400000 : 0 };
    snprintf(c.receipt, sizeof(c.receipt), "%s", v->receipt);
    snprintf(c.kind, sizeof(c.kind), "%s",
             ONE_OF(m, "", "application", "appointment", "ticket", "withdrawal"));
    snprintf(c.state, sizeof(c.state), "%s",
             ONE_OF(m, "received", "accepted", "accepted_gap", "suspended", "granted", "denied",
                    "delivered", "correction_requested", "not_accepted", "confirmed", "called",
                    "open", "answered", "withdrawn", "in_review", "state of tomorrow"));
    snprintf(c.note, sizeof(c.note), "%s", ONE_OF(m, "", "请带银行卡复印件到 1 号窗口"));
    c.fact_count = draw_lot(m, 4);
    for (size_t i = 0; i < c.fact_count; i++) {
        snprintf(c.facts[i].name, sizeof(c.facts[i].name), "%s",
                 ONE_OF(m, "result", "counter", "when", "owner", "phone", "level", "answer_by",
                        "answer", "claimed", "about", "why"));
        snprintf(c.facts[i].value, sizeof(c.facts[i].value), "%s",
                 ONE_OF(m, "ZM-K0012-000042-7", "3", "2026-11-27 14:00–17:00", "20261202"));
    }
    draw_timeline(m, &c.timeline);
    session_handle(v->session, &(struct event){ .kind = EV_CASE, .answer = &c });
}

/* ---- reminders of a card, and of an agent -------------------------------------------- */

static void say_notes(struct monkey *m)
{
    const struct visit *visit = &m->visits.session->visit;
    struct agency_notes notes = { .is_known = draw_lot(m, 6) != 0,
                                  .as_of_ms = m->visits.clock.wall - 60000 };
    struct agent_mark mark = visit->matters.has_mark ? visit->matters.mark : visit->agency.mark;
    size_t count = draw_lot(m, AGENCY_TASKS_MAX + 1);
    for (size_t i = 0; i < count; i++) {
        struct agency_note *n = &notes.list[i];
        struct bytes sealed AUTO_BYTES = { 0 };
        receipt_format(n->receipt, "K0012", 71 - i);
        snprintf(n->state, sizeof(n->state), "%s",
                 ONE_OF(m, "", "granted", "in_review", "correction_requested"));
        if (draw_lot(m, 5) &&
            !agent_note_seal(&sealed, &mark, n->receipt, ONE_OF(m, "D01", "E01", "F02", "XX")))
            memcpy(n->sealed, sealed.data, n->length = sealed.length);
        notes.count++;
    }
    session_handle(m->visits.session, &(struct event){ .kind = EV_AGENT_NOTES, .notes = &notes });
    explicit_bzero(&mark, sizeof(mark));
}

/* ---- one card, phones, figures, pinyin ----------------------------------------------- */

static const char certificates[] =
    "{\"schema\":1,\"question\":\"%s\",\"certificates\":[{\"paper\":\"disability-certificate\","
    "\"id\":\"33999919460315004544\",\"version\":\"2\",\"office\":{\"zh\":\"测试市残疾人联合会\","
    "\"en\":\"Federation\"},\"issued\":\"20240312\",\"until\":\"20340311\",\"values\":[{\"name\":"
    "\"kind\",\"label\":{\"zh\":\"残疾类别\",\"en\":\"Kind\"},\"value\":\"limb\"},{\"name\":"
    "\"grade\",\"label\":{\"zh\":\"残疾等级\",\"en\":\"Grade\"},\"value\":\"2\"}]},{\"paper\":"
    "\"household\",\"id\":\"HJ-0450046\",\"version\":\"7\",\"office\":{\"zh\":\"测试市公安局\","
    "\"en\":\"Police\"},\"issued\":\"20190604\",\"values\":[{\"name\":\"head\",\"label\":{\"zh\":"
    "\"户主\",\"en\":\"Head\"},\"mask\":\"name\",\"value\":\"林测试\"}]}]}";

static void say_certificates(struct monkey *m)
{
    const struct fetch_secret *secret = &m->visits.session->visit.secret;
    struct bytes reply AUTO_BYTES = { 0 };
    char text[2048], id[REPLY_ID];
    snprintf(id, sizeof(id), "%s", secret->id);
    int length = snprintf(text, sizeof(text), draw_lot(m, 4) ? certificates : "{\"%s\":", id);
    if (*id && length > 0 && !reply_seal(&reply, secret->key, id, text, (size_t)length))
        session_handle(m->visits.session,
                       &(struct event){ .kind = EV_COUNTY_REPLY,
                                        .name = id,
                                        .reply = draw_lot(m, 6) ? &reply : NULL });
}

static void say_parcel(struct monkey *m)
{
    struct visits *v = &m->visits;
    struct parcel_keys keys;
    struct bytes parcel AUTO_BYTES = { 0 };
    const char *draft = ONE_OF(
        m, "{\"schema\":1,\"item_code\":\"D01\",\"answers\":{\"kind\":\"limb\",\"grade\":\"1\"}}",
        "{\"schema\":1,\"item_code\":\"Q99\",\"answers\":{}}", "no draft at all");
    struct event e = { .kind = EV_PARCEL, .name = v->parcel, .value = "well", .parcel = &parcel };
    if (!draw_lot(m, 4))
        e.value = ONE_OF(m, "not-found", "expired", "used", "unreachable", "away", "busy", "else");
    if (v->session->visit.screen == SCREEN_TO_PHONE)
        e.parcel = NULL;
    if (!parcel_keys(&keys, code) &&
        !parcel_seal(&parcel, &keys, holder(m)->number, draft, strlen(draft)))
        session_handle(v->session, &e);
}

static void say_figures(struct monkey *m)
{
    struct point_figures f = { .is_known = draw_lot(m, 4) != 0,
                               .month = "202611",
                               .done = (int)draw_lot(m, 400),
                               .zero = (int)draw_lot(m, 200),
                               .papers = (int)draw_lot(m, 900) };
    session_handle(m->visits.session, &(struct event){ .kind = EV_FIGURES, .figures = &f });
}

static void say_candidates(struct monkey *m)
{
    static const char *const words[] = { "福全街道", "福泉", "祸", "府" };
    struct candidates found = { .count = draw_lot(m, 5) };
    for (size_t i = 0; i < found.count; i++)
        snprintf(found.list[i].text, sizeof(found.list[i].text), "%s", words[i]);
    session_handle(m->visits.session, &(struct event){ .kind = EV_CANDIDATES,
                                                       .name = m->visits.letters,
                                                       .value = "",
                                                       .number = draw_lot(m, 10) != 0,
                                                       .candidates = &found });
}

static void say_printed(struct monkey *m)
{
    visits_number(&m->visits, EV_PRINT_STATE, (int)draw_lot(m, PAPER_FAILED + 1));
}

/* ---- answering ----------------------------------------------------------------------- */

static const struct {
    enum visits_asked asked;
    void (*say)(struct monkey *m);
} answers[] = {
    { ASKED_RESERVE, reserve },         { ASKED_SUBMIT, say_stored },
    { ASKED_CASE, say_case },           { ASKED_PRINT, say_printed },
    { ASKED_NOTES, say_notes },         { ASKED_LETTERS, say_candidates },
    { ASKED_PARCEL, say_parcel },       { ASKED_FIGURES, say_figures },
    { ASKED_COUNTY, say_certificates },
};
enum { ANSWERS = sizeof(answers) / sizeof(answers[0]) };

void county_answer(struct monkey *m)
{
    uint32_t from = draw_lot(m, ANSWERS);
    for (uint32_t i = 0; i < ANSWERS; i++) {
        uint32_t at = (from + i) % ANSWERS;
        unsigned asked = answers[at].asked;
        if (!(m->visits.asked & asked))
            continue;
        if (draw_lot(m, 20)) /* else it answers once more */
            m->visits.asked &= ~asked;
        bool is_refusing = asked & (ASKED_RESERVE | ASKED_SUBMIT) && !draw_lot(m, 8);
        is_refusing ? say_refused(m) : answers[at].say(m);
        return;
    }
}

void county_say_unasked(struct monkey *m)
{
    switch (draw_lot(m, 5)) {
    case 0:
        visits_event(&m->visits, EV_CASES, "", "");
        break;
    case 1:
        visits_event(&m->visits, draw_lot(m, 3) ? EV_SCANNED_CODE : EV_SCANNED, "",
                     ONE_OF(m, code, "1234567890123451", "K0012-000042-7", "12", "🙂"));
        break;
    case 2:
        say_refused(m);
        break;
    default:
        answers[draw_lot(m, ANSWERS)].say(m);
        break;
    }
}

/* The point's news come, are forgotten, and grow old. */
void county_know_point(struct monkey *m)
{
    static char *text;
    char complaint[POINT_COMPLAINT];
    size_t length = 0;
    struct point_news *news = NULL;
    if (!text)
        text = test_file("fuzz/corpus/point/full.json", &length);
    if (draw_lot(m, 4) && point_parse(&news, text, strlen(text), complaint))
        exit(2);
    session_set_point(m->visits.session, news);
}
