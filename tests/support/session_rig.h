/* A session with everything around it faked, and ways into each of its states. Shared by the tests of
 * firmware/session; included, not linked: each test program has its own rig. */
#pragma once

#include <stdio.h>
#include <stdlib.h>

#include "firmware/base/json.h"
#include "firmware/calendar/calendar.h"
#include "firmware/seal/reply.h"
#include "firmware/session/internal.h"
#include "tests/support/check.h"
#include "tests/support/fill.h"
#include "tests/support/test_keys.h"

/* ---- a session with everything around it faked --------------------------------------- */

static const int64_t wall = INT64_C(1795592800000); /* 2026-11-25 */

static struct rig {
    struct session *session;
    struct catalogue *catalogue;
    struct fake_clock clock;
    struct calendar calendar; /* weekends alone, unless a test learns more */
    char kind[24];            /* of what was submitted last */
    int reserves, submits, prints, forgets, asks, spells, recognised;
    char letters[LETTERS_MAX + 1]; /* last asked of the pinyin engine */
    bool is_name, is_first;
    char token[TOKEN_TEXT], job[TOKEN_TEXT], ticket_day[9];
    bool is_reprint;
    struct bytes sealed;
    struct slip *slip;
    int notes, note_asks;
    uint8_t label[AGENT_MARK_LABEL];
    char noted[RECEIPT_TEXT];
    struct bytes note;
    int puts, gets, ends; /* of parcels */
    char parcel_label[33], taker[33];
    struct bytes parcel;
    int rings;            /* said aloud */
    int questions, drops; /* live ones */
    char question[REPLY_ID], dropped[REPLY_ID];
    struct bytes question_sealed;
    char counted[512]; /* "what about detail by;" of each */
    int figure_asks;
    struct exercises *exercises;
    int proofs;                                 /* of a PIN */
    char pin[WAIVE_PIN_TEXT], staff_notes[512]; /* "action detail;" of each */
} rig;

static inline void port_reserve(void *context, const char *token)
{
    (void)context;
    rig.reserves++;
    snprintf(rig.token, sizeof(rig.token), "%s", token);
}

static inline void port_reserve_ticket(void *context, const char *token, const char *date)
{
    port_reserve(context, token);
    snprintf(rig.ticket_day, sizeof(rig.ticket_day), "%s", date);
}

static inline void port_submit(void *context, const struct submission *s)
{
    (void)context;
    rig.submits++;
    snprintf(rig.kind, sizeof(rig.kind), "%s", s->kind);
    rig.sealed.length = 0;
    CHECK_EQ(bytes_append(&rig.sealed, s->sealed->data, s->sealed->length), 0);
}

static inline void port_ask(void *context, const char *receipt)
{
    (void)context;
    (void)receipt;
    rig.asks++;
}

static inline void port_call_out(void *context)
{
    (void)context;
    rig.rings++;
}

/* A live question: only a test that wants one has a county that can be asked (let_ask()). */
static inline void port_ask_county(void *context, const struct live_question *q)
{
    (void)context;
    rig.questions++;
    snprintf(rig.question, sizeof(rig.question), "%s", q->id);
    rig.question_sealed.length = 0;
    CHECK_EQ(bytes_append(&rig.question_sealed, q->sealed->data, q->sealed->length), 0);
}

static inline void port_drop_question(void *context, const char *id)
{
    (void)context;
    rig.drops++;
    snprintf(rig.dropped, sizeof(rig.dropped), "%s", id);
}

static inline void port_print(void *context, struct slip *slip, const char *job,
                              const char *receipt, bool is_reprint)
{
    (void)context;
    (void)receipt;
    rig.prints++;
    rig.is_reprint = is_reprint;
    snprintf(rig.job, sizeof(rig.job), "%s", job);
    slip_free(rig.slip);
    rig.slip = slip;
}

static inline void port_keep_note(void *context, const uint8_t label[AGENT_MARK_LABEL],
                                  const char *receipt, const struct bytes *note)
{
    (void)context;
    rig.notes++;
    memcpy(rig.label, label, AGENT_MARK_LABEL);
    snprintf(rig.noted, sizeof(rig.noted), "%s", receipt);
    rig.note.length = 0;
    CHECK_EQ(bytes_append(&rig.note, note->data, note->length), 0);
}

static inline void port_ask_notes(void *context, const uint8_t label[AGENT_MARK_LABEL])
{
    (void)context;
    rig.note_asks++;
    memcpy(rig.label, label, AGENT_MARK_LABEL);
}

static inline void port_put_parcel(void *context, const char *label, int hours,
                                   const struct bytes *parcel)
{
    (void)context;
    (void)hours;
    rig.puts++;
    snprintf(rig.parcel_label, sizeof(rig.parcel_label), "%s", label);
    rig.parcel.length = 0;
    CHECK_EQ(bytes_append(&rig.parcel, parcel->data, parcel->length), 0);
}

static inline void port_get_parcel(void *context, const char *label)
{
    (void)context;
    rig.gets++;
    snprintf(rig.parcel_label, sizeof(rig.parcel_label), "%s", label);
}

static inline void port_end_parcel(void *context, const char *label, const char *taker)
{
    (void)context;
    rig.ends++;
    snprintf(rig.parcel_label, sizeof(rig.parcel_label), "%s", label);
    snprintf(rig.taker, sizeof(rig.taker), "%s", taker);
}

static inline void port_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    (void)context;
    rig.spells++;
    rig.is_name = is_name;
    rig.is_first = is_first;
    snprintf(rig.letters, sizeof(rig.letters), "%s", letters);
}

/* Knows one character: whatever is written is 一, or 二. */
static inline size_t port_recognise(void *context, const struct ink *ink, struct candidate *out,
                                    size_t most)
{
    (void)context;
    CHECK(ink->point_count > 0 && most >= 2);
    rig.recognised++;
    out[0] = (struct candidate){ .text = "一" };
    out[1] = (struct candidate){ .text = "二" };
    return 2;
}

static inline void port_count(void *context, const char *what, const char *about,
                              const char *detail, int by)
{
    size_t used = strlen(rig.counted);
    (void)context;
    snprintf(rig.counted + used, sizeof(rig.counted) - used, "%s %s %s %d;", what, about, detail,
             by);
}

static inline void port_ask_figures(void *context)
{
    (void)context;
    rig.figure_asks++;
}

static inline void port_prove_staff(void *context, const char *pin)
{
    (void)context;
    rig.proofs++;
    snprintf(rig.pin, sizeof(rig.pin), "%s", pin);
}

static inline void port_note_staff(void *context, const char *action, const char *detail)
{
    size_t used = strlen(rig.staff_notes);
    (void)context;
    snprintf(rig.staff_notes + used, sizeof(rig.staff_notes) - used, "%s %s;", action, detail);
}

static inline void port_forgotten(void *context)
{
    (void)context;
    rig.forgets++;
}

static const char *port_translate(void *context, enum language language, const char *msgid)
{
    (void)context;
    (void)language;
    return msgid;
}

static const struct person person_a = { .layout = CARD_RESIDENT,
                                        .name = "测试甲",
                                        .sex = '1',
                                        .nation = "01",
                                        .birth = "19900101",
                                        .address = "浙江省测试市样例路1号",
                                        .number = "339999199001010013",
                                        .authority = "测试市公安局",
                                        .valid_from = "20200101",
                                        .is_long_term = true };
static const struct person person_b = { .layout = CARD_RESIDENT,
                                        .name = "测试戊",
                                        .sex = '2',
                                        .nation = "01",
                                        .birth = "19900101",
                                        .address = "浙江省测试市样例路5号",
                                        .number = "339999199001010021",
                                        .authority = "测试市公安局",
                                        .valid_from = "20200101",
                                        .is_long_term = true };

static inline void happen(enum event_kind kind, const char *name, const char *value)
{
    struct event e = { .kind = kind, .name = name, .value = value, .number = atoi(name) };
    session_handle(rig.session, &e);
}

static inline void tap(enum event_kind kind)
{
    happen(kind, "", "");
}

static inline void number(enum event_kind kind, int n)
{
    struct event e = { .kind = kind, .name = rig.job, .value = "", .number = n };
    session_handle(rig.session, &e);
}

static inline void card(const struct person *p)
{
    struct event e = { .kind = EV_CARD_READ, .person = p };
    session_handle(rig.session, &e);
}

static inline void link_is(bool is_there, bool is_up)
{
    struct link_facts facts = { .is_there = is_there,
                                .is_up = is_up,
                                .is_accepting = is_there,
                                .kiosk_id = "K0012",
                                .clock_quality = CLOCK_NTP };
    struct event e = { .kind = EV_LINK, .link = &facts };
    session_handle(rig.session, &e);
}

/* What is answered now to the question of that name. */
static inline const char *answer_to(const char *name)
{
    const struct session_view *v = session_view(rig.session);
    return session_answer(rig.session, &v->service->fields[draft_find(rig.session, name)]);
}

static inline enum screen screen(void)
{
    return session_view(rig.session)->screen;
}

static struct session_ports rig_ports;

static inline void let_ask(void)
{
    rig_ports.ask_county = port_ask_county;
    rig_ports.drop_question = port_drop_question;
}

static inline void setup(void)
{
    rig_ports = (struct session_ports){ .reserve = port_reserve,
                                        .reserve_ticket = port_reserve_ticket,
                                        .submit = port_submit,
                                        .ask_case = port_ask,
                                        .call_out = port_call_out,
                                        .print = port_print,
                                        .spell = port_spell,
                                        .recognise = port_recognise,
                                        .keep_note = port_keep_note,
                                        .ask_notes = port_ask_notes,
                                        .put_parcel = port_put_parcel,
                                        .get_parcel = port_get_parcel,
                                        .end_parcel = port_end_parcel,
                                        .count = port_count,
                                        .ask_figures = port_ask_figures,
                                        .prove_staff = port_prove_staff,
                                        .note_staff = port_note_staff,
                                        .forgotten = port_forgotten,
                                        .translate = port_translate };
    char complaint[320];
    size_t length;
    struct trust *trust = NULL;
    struct seal_keys *keys = NULL;
    bytes_clear(&rig.sealed);
    bytes_clear(&rig.note);
    bytes_clear(&rig.parcel);
    bytes_clear(&rig.question_sealed);
    slip_free(rig.slip);
    exercises_free(rig.exercises);
    memset(&rig, 0, sizeof(rig));
    rig.clock = fake_clock_at(1000, wall);
    struct session_config config = { .clock = &rig.clock.base,
                                     .ports = &rig_ports,
                                     .utc_offset_minutes = 480,
                                     .case_url = "https://case.example/",
                                     .phone_url = "https://county.example/phone",
                                     .calendar = &rig.calendar };
    CHECK_EQ(session_new(&rig.session, &config), 0);
    char *text = test_file("../assets/catalogue/catalogue.json", &length);
    CHECK_EQ(catalogue_load(&rig.catalogue, text, length, complaint), 0);
    free(text);
    session_set_catalogue(rig.session, rig.catalogue);
    struct test_county *county =
        test_county_new(test_folder(), wall - 86400000, wall + INT64_C(86400000) * 365);
    CHECK_EQ(trust_load(&trust, test_folder()), 0);
    text = test_county_keys(county, 1, 1);
    CHECK_EQ(seal_keys_parse(&keys, trust, text, strlen(text), complaint), 0);
    free(text);
    session_set_keys(rig.session, keys);
    trust_free(trust);
    test_county_free(county);
    link_is(true, true);
    number(EV_READER, 1);
    number(EV_PRINTER, 1);
}

static inline void teardown(void)
{
    session_free(rig.session);
    catalogue_free(rig.catalogue);
    bytes_clear(&rig.sealed);
    bytes_clear(&rig.note);
    bytes_clear(&rig.parcel);
    bytes_clear(&rig.question_sealed);
    slip_free(rig.slip);
    rig.slip = NULL;
    exercises_free(rig.exercises);
    rig.exercises = NULL;
}

/* Is anything of a visit left in the session's memory? */
static inline bool is_clean(void)
{
    const struct visit *v = &rig.session->visit;
    struct visit none = { .screen = v->screen,
                          .focus = -1,
                          .only = -1,
                          .preferences = { .volume = VOLUME_DEFAULT },
                          .touched_ms = v->touched_ms,
                          .entered_ms = v->entered_ms };
    for (size_t i = 0; i < INK_FIELDS; i++)
        none.written[i].field = -1;
    return !memcmp(v, &none, sizeof(none)) &&
           !memmem(rig.session, sizeof(*rig.session), person_a.number, 18) &&
           !memmem(rig.session, sizeof(*rig.session), person_a.name, strlen(person_a.name));
}

static inline void sign(void)
{
    for (int i = 0; i < 20; i++) {
        struct event e = { .kind = i ? EV_INK_MOVE : EV_INK_BEGIN,
                           .x = 50 + 30 * i,
                           .y = 100 + 5 * (i % 7) };
        session_handle(rig.session, &e);
    }
    tap(EV_INK_END);
}

static inline void reserve_answered(void)
{
    struct reservation r = { .id = "01936000-0000-7000-8000-000000000001",
                             .receipt = "K0012-000001-X",
                             .kiosk_id = "K0012",
                             .install_id = "i",
                             .boot_id = "b",
                             .seq = 1,
                             .boot_ms = 5,
                             .wall_ms = wall,
                             .clock_quality = CLOCK_NTP,
                             .ticket = 7 };
    snprintf(r.token, sizeof(r.token), "%s", rig.token);
    struct event e = { .kind = EV_RESERVED, .reservation = &r };
    session_handle(rig.session, &e);
}

/* From the card to the review of the care subsidy, as the person himself. */
static inline void fill_subsidy(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
    happen(EV_CHOOSE, "grade", "1");
    tap(EV_NEXT);
    happen(EV_CHOOSE, "care", "family");
    tap(EV_NEXT);
    happen(EV_TYPE, "", "13800000000");
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_REVIEW);
}

static inline void submit_subsidy(void)
{
    fill_subsidy();
    reserve_answered();
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_SUBMITTING);
    CHECK_EQ(rig.submits, 1);
}

/* Does it stand on the slip that was printed last? */
static inline bool last_slip_says(const char *text)
{
    for (size_t i = 0; rig.slip && i < rig.slip->count; i++) {
        const struct slip_line *l = &rig.slip->lines[i];
        if ((l->text && strstr(l->text, text)) || (l->label && strstr(l->label, text)))
            return true;
    }
    return false;
}

/* What the county reads of what was handed over last. */
static inline json_t *opened_item(void)
{
    char key[300], certificate[300], complaint[JSON_COMPLAINT];
    struct bytes plain AUTO_BYTES = { 0 };
    AUTO(seal_opener_free) struct seal_opener *opener = NULL;
    snprintf(key, sizeof(key), "%s/county.key", test_folder());
    snprintf(certificate, sizeof(certificate), "%s/county.pem", test_folder());
    CHECK_EQ(seal_opener_load(&opener, key, certificate), 0);
    CHECK_EQ(seal_open(&plain, opener, rig.sealed.data, rig.sealed.length), 0);
    json_t *item = json_parse(plain.data, plain.length, complaint);
    CHECK(item != NULL);
    return item;
}

/* ---- ways into every state ----------------------------------------------------------- */

static inline void to_reading(void)
{
    tap(EV_CARD_COMING);
}

static inline void to_trouble(void)
{
    number(EV_CARD_TROUBLE, TROUBLE_NOT_ID);
}

static inline void to_home(void)
{
    card(&person_a);
}

static inline void to_theme(void)
{
    card(&person_a);
    happen(EV_OPEN_THEME, "disability", "");
}

static inline void to_search(void)
{
    card(&person_a);
    tap(EV_OPEN_SEARCH);
    happen(EV_TYPE, "", "hl");
}

static inline void to_guide(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "D01", "");
}

/* She is 36: the allowance begins at 80. */
static inline void to_condition(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "E02", "");
    tap(EV_NEXT);
}

static inline void to_need_card(void)
{
    tap(EV_BEGIN);
    happen(EV_OPEN_SERVICE, "D01", "");
    tap(EV_NEXT);
}

static inline void to_form(void)
{
    to_guide();
    tap(EV_NEXT);
    happen(EV_CHOOSE, "kind", "limb");
}

static inline void to_fetching(void)
{
    let_ask();
    to_guide();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_FETCHING);
}

/* What the county answers: a certificate of disability, and the household's. */
static const char two_certificates[] =
    "[{\"paper\":\"disability-certificate\",\"id\":\"33999919900101001344\",\"version\":\"2\","
    "\"office\":{\"zh\":\"测试市残疾人联合会\",\"en\":\"Federation\"},\"issued\":\"20240312\","
    "\"until\":\"20340311\",\"values\":["
    "{\"name\":\"kind\",\"label\":{\"zh\":\"残疾类别\",\"en\":\"Kind\"},\"value\":\"limb\"},"
    "{\"name\":\"grade\",\"label\":{\"zh\":\"残疾等级\",\"en\":\"Grade\"},\"value\":\"2\"}]},"
    "{\"paper\":\"household\",\"id\":\"HJ-0100013\",\"version\":\"7\",\"office\":{\"zh\":"
    "\"测试市公安局\",\"en\":\"Police\"},\"issued\":\"20190604\",\"values\":[]}]";

/* The county's sealed answer to the question of that id, under that key. */
static inline void answer_with(const char *id, const uint8_t key[REPLY_KEY], const char *list)
{
    struct bytes plain AUTO_BYTES = { 0 }, reply AUTO_BYTES = { 0 };
    CHECK_EQ(bytes_append_text(&plain, "{\"schema\":1,\"question\":\""), 0);
    CHECK_EQ(bytes_append_text(&plain, id), 0);
    CHECK_EQ(bytes_append_text(&plain, "\",\"certificates\":"), 0);
    CHECK_EQ(bytes_append_text(&plain, list), 0);
    CHECK_EQ(bytes_append_text(&plain, "}"), 0);
    CHECK_EQ(reply_seal(&reply, key, id, plain.data, plain.length), 0);
    struct event e = { .kind = EV_COUNTY_REPLY, .name = id, .reply = &reply };
    session_handle(rig.session, &e);
}

static inline void county_answers(const char *list)
{
    char id[REPLY_ID];
    uint8_t key[REPLY_KEY];
    memcpy(id, rig.session->visit.secret.id, sizeof(id));
    memcpy(key, rig.session->visit.secret.key, sizeof(key));
    answer_with(id, key, list);
}

static inline void to_fetched(void)
{
    to_fetching();
    county_answers(two_certificates);
    CHECK_EQ(screen(), SCREEN_FETCHED);
}

/* H03 asks for three papers that may not follow and one that may. */
static inline void to_papers(void)
{
    card(&person_a);
    happen(EV_OPEN_SERVICE, "H03", "");
    tap(EV_NEXT);
    CHECK(fill_form(rig.session, NULL));
}

/* A stick goes in or out: what the loop says of it. */
static inline void pass_is(enum pass_right right, const char *serial)
{
    struct event e = { .kind = EV_PASS, .name = "", .value = serial, .number = (int)right };
    session_handle(rig.session, &e);
}

static inline void pin_said(enum pin_said said)
{
    struct event e = { .kind = EV_PIN_SAID, .name = "", .value = "", .number = (int)said };
    session_handle(rig.session, &e);
}

/* The diagnosis is not here, and staff are asked about it. */
static inline void to_waive(void)
{
    to_papers();
    happen(EV_ANSWER_PAPER, "diagnosis", "not");
    happen(EV_OPEN_WAIVE, "diagnosis", "");
}

/* A clerk has proven who they are. */
static inline void to_evidence(void)
{
    to_waive();
    pass_is(PASS_MAY, "S-2026-0009");
    for (const char *c = "480913"; *c; c++)
        happen(EV_TYPE, "", (char[]){ *c, 0 });
    tap(EV_NEXT);
    pin_said(PIN_SAID_RIGHT);
}

static inline void to_waive_text(void)
{
    to_evidence();
    tap(EV_WAIVE_WORDS);
    happen(EV_TYPE, "", "县档案馆");
}

static inline void to_notice(void)
{
    to_papers();
    fill_papers(rig.session, "not");
    tap(EV_NEXT);
}

static inline void to_done(void)
{
    submit_subsidy();
    happen(EV_SUBMITTED, rig.token, "K0012-000001-X");
}

static inline void to_not_saved(void)
{
    submit_subsidy();
    happen(EV_NOT_SUBMITTED, rig.token, "storage");
}

static inline void to_rating(void)
{
    to_done();
    tap(EV_OPEN_RATING);
}

static inline void to_progress(void)
{
    card(&person_a);
    tap(EV_OPEN_PROGRESS);
    happen(EV_TYPE, "", "000042");
}

/* The county's word about this point, made six minutes ago. */
static inline void know_point_as(const char *file)
{
    char complaint[POINT_COMPLAINT];
    size_t length;
    struct point_news *news = NULL;
    char *text = test_file(file, &length);
    CHECK_EQ(point_parse(&news, text, length, complaint), 0);
    free(text);
    session_set_point(rig.session, news);
}

static inline void know_point(void)
{
    know_point_as("fuzz/corpus/point/whole.json");
}

/* A port, with matters of its own. */
static inline void to_own(void)
{
    know_point_as("fuzz/corpus/point/park.json");
    card(&person_a);
    tap(EV_OPEN_OWN);
}

static inline void to_point(void)
{
    know_point();
    card(&person_a);
    tap(EV_OPEN_POINT);
}

static inline void to_ticket(void)
{
    to_point();
    tap(EV_OPEN_TICKET);
    happen(EV_CHOOSE, "theme", "elders");
}

static inline void to_calendar(void)
{
    know_point();
    card(&person_a);
    happen(EV_OPEN_SERVICE, "F02", "");
    tap(EV_NEXT);
}

static inline void to_places(void)
{
    to_point();
    tap(EV_OPEN_PLACES);
}

static inline void to_figures(void)
{
    to_point();
    tap(EV_OPEN_FIGURES);
}

/* Something of this kiosk was looked up. */
static inline void look_up_item(const char *kind, enum case_where where, const char *state)
{
    struct case_view answer = { .where = where };
    struct event e = { .kind = EV_CASE, .answer = &answer };
    snprintf(answer.kind, sizeof(answer.kind), "%s", kind);
    snprintf(answer.state, sizeof(answer.state), "%s", state);
    tap(EV_OPEN_PROGRESS);
    tap(EV_CLEAR);
    happen(EV_TYPE, "", "K0012-000042-");
    char digits[2] = "0", number[32];
    for (const char *c = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"; *c; c++) {
        char canonical[RECEIPT_TEXT];
        *digits = *c;
        snprintf(number, sizeof(number), "K0012-000042-%s", digits);
        if (!receipt_parse(canonical, number))
            break;
    }
    happen(EV_TYPE, "", digits);
    tap(EV_NEXT);
    snprintf(answer.receipt, sizeof(answer.receipt), "%s",
             session_view(rig.session)->asked.receipt);
    session_handle(rig.session, &e);
}

static inline void to_cancel(void)
{
    card(&person_a);
    look_up_item("appointment", CASE_SENT, "");
    tap(EV_OPEN_CANCEL);
}

static inline void to_withdraw(void)
{
    card(&person_a);
    look_up_item("application", CASE_COUNTY, "accepted");
    tap(EV_OPEN_WITHDRAW);
}

static inline void to_help(void)
{
    to_form();
    tap(EV_OPEN_HELP);
}

static inline void to_leave(void)
{
    to_form();
    tap(EV_EXIT);
}

static inline void to_still_there(void)
{
    to_form();
    fake_clock_advance(&rig.clock, 120001);
    tap(EV_TIME);
}

static inline void to_covered(void)
{
    to_form();
    tap(EV_COVER);
}

static inline void to_card_removed(void)
{
    to_form();
    tap(EV_CARD_GONE);
}

/* The agent of the shipped catalogue: listed by this number and this first day. */
static const struct person person_agent = { .layout = CARD_RESIDENT,
                                            .name = "周建国",
                                            .sex = '1',
                                            .nation = "01",
                                            .birth = "19680512",
                                            .address = "浙江省测试市样例县样例镇长寿村21号",
                                            .number = "339999196805120070",
                                            .authority = "测试市公安局",
                                            .valid_from = "20150301",
                                            .valid_to = "20350301" };

static inline void to_agent_card(void)
{
    tap(EV_OPEN_AGENT);
}

static inline void to_agent_home(void)
{
    tap(EV_OPEN_AGENT);
    card(&person_agent);
}

static inline void to_agent_resident(void)
{
    to_agent_home();
    tap(EV_CARD_GONE);
}

static inline void to_agent_consent(void)
{
    to_agent_resident();
    card(&person_a);
}

/* The resident has agreed: what is done now is done for person_a. */
static inline void to_acting(void)
{
    to_agent_consent();
    sign();
    tap(EV_NEXT);
    CHECK_EQ(screen(), SCREEN_HOME);
}

static inline void to_agent_wrong(void)
{
    to_acting();
    card(&person_b);
}

static inline void to_helper(void)
{
    to_form();
    tap(EV_OPEN_HELP);
    tap(EV_HELPER_TAKES);
}

static inline void to_helper_back(void)
{
    fill_subsidy();
    tap(EV_OPEN_HELP);
    tap(EV_HELPER_TAKES);
    happen(EV_HELP_MODE, "", "assist");
    tap(EV_CONSENT);
    sign();
    tap(EV_NEXT);
}

/* Half a form is handed to a phone, and the county has it. */
static inline void to_phone(void)
{
    to_leave();
    tap(EV_TO_PHONE);
    happen(EV_PARCEL, rig.parcel_label, "well");
}

static inline void to_from_phone(void)
{
    card(&person_a);
    tap(EV_OPEN_FROM_PHONE);
    happen(EV_TYPE, "", "1234");
}

static inline void to_aside(void)
{
    to_help();
    tap(EV_OPEN_UNSETTLED);
    happen(EV_ASIDE_CHOOSE, "2", "");
}

static inline void to_aside_text(void)
{
    to_aside();
    happen(EV_ASIDE_TYPE, "", "words");
    happen(EV_TYPE, "", "跑了三个窗口");
}

static inline void to_aside_kept(void)
{
    to_aside_text();
    tap(EV_NEXT);
    tap(EV_NEXT);
    reserve_answered();
    happen(EV_SUBMITTED, rig.token, "K0012-000002-Y");
}

/* The exercises that are shipped, with the first `old` changed; NULL: as they are. */
static inline void know_exercises(const char *old, const char *fresh)
{
    char complaint[EXERCISE_COMPLAINT];
    size_t length;
    char *text = test_file("../assets/practice/exercises.json", &length);
    char *at = old ? strstr(text, old) : text + length;
    CHECK(at);
    size_t room = length + strlen(fresh) + 1;
    char *changed = malloc(room);
    CHECK(changed);
    snprintf(changed, room, "%.*s%s%s", (int)(at - text), text, fresh,
             at + (old ? strlen(old) : 0));
    CHECK_EQ(exercises_parse(&rig.exercises, changed, strlen(changed), complaint), 0);
    free(changed);
    free(text);
    session_set_exercises(rig.session, rig.exercises);
}

static inline void to_course(void)
{
    know_exercises(NULL, "");
    CHECK(session_begin_course(rig.session, LANGUAGE_ZH));
}

static inline void to_task(void)
{
    to_course();
    happen(EV_OPEN_TASK, "free-bus", "");
}

static inline void to_score(void)
{
    to_task();
    tap(EV_NEXT);
    tap(EV_EXIT);
}

static const struct {
    enum screen screen;
    void (*go)(void);
} ways[] = {
    { SCREEN_READING, to_reading },
    { SCREEN_CARD_TROUBLE, to_trouble },
    { SCREEN_HOME, to_home },
    { SCREEN_POINT, to_point },
    { SCREEN_TICKET, to_ticket },
    { SCREEN_CALENDAR, to_calendar },
    { SCREEN_PLACES, to_places },
    { SCREEN_FIGURES, to_figures },
    { SCREEN_CANCEL, to_cancel },
    { SCREEN_WITHDRAW, to_withdraw },
    { SCREEN_OWN, to_own },
    { SCREEN_THEME, to_theme },
    { SCREEN_SEARCH, to_search },
    { SCREEN_GUIDE, to_guide },
    { SCREEN_CONDITION, to_condition },
    { SCREEN_NEED_CARD, to_need_card },
    { SCREEN_FETCHING, to_fetching },
    { SCREEN_FETCHED, to_fetched },
    { SCREEN_FORM, to_form },
    { SCREEN_REVIEW, fill_subsidy },
    { SCREEN_PAPERS, to_papers },
    { SCREEN_WAIVE, to_waive },
    { SCREEN_WAIVE_TEXT, to_waive_text },
    { SCREEN_NOTICE, to_notice },
    { SCREEN_SUBMITTING, submit_subsidy },
    { SCREEN_DONE, to_done },
    { SCREEN_NOT_SAVED, to_not_saved },
    { SCREEN_RATING, to_rating },
    { SCREEN_PROGRESS, to_progress },
    { SCREEN_HELP, to_help },
    { SCREEN_ASIDE, to_aside },
    { SCREEN_ASIDE_TEXT, to_aside_text },
    { SCREEN_ASIDE_KEPT, to_aside_kept },
    { SCREEN_LEAVE, to_leave },
    { SCREEN_STILL_THERE, to_still_there },
    { SCREEN_CARD_REMOVED, to_card_removed },
    { SCREEN_COVERED, to_covered },
    { SCREEN_AGENT_CARD, to_agent_card },
    { SCREEN_AGENT_HOME, to_agent_home },
    { SCREEN_AGENT_RESIDENT, to_agent_resident },
    { SCREEN_AGENT_CONSENT, to_agent_consent },
    { SCREEN_AGENT_WRONG, to_agent_wrong },
    { SCREEN_COURSE, to_course },
    { SCREEN_TASK, to_task },
    { SCREEN_SCORE, to_score },
    { SCREEN_TO_PHONE, to_phone },
    { SCREEN_FROM_PHONE, to_from_phone },
    { SCREEN_HELPER, to_helper },
    { SCREEN_HELPER_BACK, to_helper_back },
};

enum { WAYS = sizeof(ways) / sizeof(ways[0]) };
