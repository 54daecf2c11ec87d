/* Practice (SS-26, SS-43): the same session over ports that lead nowhere. */
#include "firmware/session/practice.h"

#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

static struct session *of(void *context)
{
    return context;
}

static void practice_reserve(void *context, const char *token)
{
    struct practice *p = &of(context)->practice;
    snprintf(p->reserving, sizeof(p->reserving), "%s", token);
}

static void practice_reserve_ticket(void *context, const char *token, const char *day)
{
    (void)day;
    practice_reserve(context, token);
    of(context)->practice.is_ticket = true;
}

static void practice_submit(void *context, const struct submission *submission)
{
    struct practice *p = &of(context)->practice;
    snprintf(p->submitting, sizeof(p->submitting), "%s", submission->token);
}

static void practice_ask_case(void *context, const char *receipt)
{
    struct practice *p = &of(context)->practice;
    snprintf(p->asking, sizeof(p->asking), "%s", receipt);
}

static void practice_call_out(void *context)
{
    (void)context;
}

static void practice_ask_county(void *context, const struct live_question *question)
{
    struct practice *p = &of(context)->practice;
    snprintf(p->question, sizeof(p->question), "%s", question->id);
}

static void practice_drop_question(void *context, const char *id)
{
    (void)id;
    of(context)->practice.question[0] = 0;
}

/* On real paper, marked by the slip itself; under no number, since there is none. */
static void practice_print(void *context, struct slip *slip, const char *job, const char *receipt,
                           bool is_reprint)
{
    struct practice *p = &of(context)->practice;
    (void)receipt;
    p->real->print(p->real_context, slip, job, "", is_reprint);
}

static void practice_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    struct practice *p = &of(context)->practice;
    p->real->spell(p->real_context, letters, is_name, is_first);
}

static size_t practice_recognise(void *context, const struct ink *ink, struct candidate *out,
                                 size_t most)
{
    struct practice *p = &of(context)->practice;
    return p->real->recognise(p->real_context, ink, out, most);
}

static void practice_keep_note(void *context, const uint8_t label[AGENT_MARK_LABEL],
                               const char *receipt, const struct bytes *note)
{
    (void)context;
    (void)label;
    (void)receipt;
    (void)note;
}

static void practice_ask_notes(void *context, const uint8_t label[AGENT_MARK_LABEL])
{
    (void)context;
    (void)label;
}

/* A code is shown and opens nothing; none that is typed leads anywhere. */
static void practice_put_parcel(void *context, const char *label, int hours,
                                const struct bytes *parcel)
{
    struct practice *p = &of(context)->practice;
    (void)hours;
    (void)parcel;
    snprintf(p->moving, sizeof(p->moving), "%s", label);
    p->moved = "well";
}

static void practice_get_parcel(void *context, const char *label)
{
    struct practice *p = &of(context)->practice;
    snprintf(p->moving, sizeof(p->moving), "%s", label);
    p->moved = "not-found";
}

static void practice_end_parcel(void *context, const char *label, const char *taker)
{
    (void)taker;
    practice_get_parcel(context, label);
}

static void practice_count(void *context, const char *what, const char *about, const char *detail,
                           int by)
{
    (void)context;
    (void)what;
    (void)about;
    (void)detail;
    (void)by;
}

/* They are nobody's: practice shows the real ones. */
static void practice_ask_figures(void *context)
{
    struct practice *p = &of(context)->practice;
    p->real->ask_figures(p->real_context);
}

static void practice_forgotten(void *context)
{
    struct practice *p = &of(context)->practice;
    p->real->forgotten(p->real_context);
}

static const char *practice_translate(void *context, enum language language, const char *msgid)
{
    const struct practice *p = &of(context)->practice;
    return p->real->translate(p->real_context, language, msgid);
}

static const struct session_ports practice_ports = { .reserve = practice_reserve,
                                                     .reserve_ticket = practice_reserve_ticket,
                                                     .submit = practice_submit,
                                                     .ask_case = practice_ask_case,
                                                     .call_out = practice_call_out,
                                                     .ask_county = practice_ask_county,
                                                     .drop_question = practice_drop_question,
                                                     .print = practice_print,
                                                     .spell = practice_spell,
                                                     .recognise = practice_recognise,
                                                     .keep_note = practice_keep_note,
                                                     .ask_notes = practice_ask_notes,
                                                     .put_parcel = practice_put_parcel,
                                                     .get_parcel = practice_get_parcel,
                                                     .end_parcel = practice_end_parcel,
                                                     .count = practice_count,
                                                     .ask_figures = practice_ask_figures,
                                                     .forgotten = practice_forgotten,
                                                     .translate = practice_translate };

/* ---- answers --------------------------------------------------------------------------------- */

/* A number of the usual form, of a kiosk that no county has. */
static void number(char out[RECEIPT_TEXT], const struct practice *p)
{
    receipt_format(out, "DEMO0", p->count);
}

static void answer_reserve(struct session *s)
{
    struct practice *p = &s->practice;
    const struct clock *clock = s->config.clock;
    struct reservation r = { .kiosk_id = "DEMO0",
                             .seq = ++p->count,
                             .boot_ms = clock->boot_ms(clock),
                             .wall_ms = clock->wall_ms(clock),
                             .ticket = p->is_ticket,
                             .clock_quality = s->link.clock_quality };
    snprintf(r.token, sizeof(r.token), "%s", p->reserving);
    number(r.receipt, p);
    p->reserving[0] = 0;
    p->is_ticket = false;
    session_handle(s, &(struct event){ .kind = EV_RESERVED, .reservation = &r });
}

static void answer_submit(struct session *s)
{
    char token[sizeof(s->practice.submitting)], receipt[RECEIPT_TEXT];
    memcpy(token, s->practice.submitting, sizeof(token));
    number(receipt, &s->practice);
    s->practice.submitting[0] = 0;
    session_handle(s, &(struct event){ .kind = EV_SUBMITTED, .name = token, .value = receipt });
}

static void answer_case(struct session *s)
{
    const struct clock *clock = s->config.clock;
    struct case_view c = { .where = CASE_COUNTY, .state = "in_review" };
    memcpy(c.receipt, s->practice.asking, sizeof(c.receipt));
    c.as_of_ms = clock->wall_ms(clock);
    s->practice.asking[0] = 0;
    session_handle(s, &(struct event){ .kind = EV_CASE, .answer = &c });
}

static void answer_parcel(struct session *s)
{
    char label[sizeof(s->practice.moving)];
    memcpy(label, s->practice.moving, sizeof(label));
    s->practice.moving[0] = 0;
    session_handle(s,
                   &(struct event){ .kind = EV_PARCEL, .name = label, .value = s->practice.moved });
}

static void answer_question(struct session *s)
{
    char id[sizeof(s->practice.question)];
    struct bytes reply AUTO_BYTES = { 0 };
    memcpy(id, s->practice.question, sizeof(id));
    s->practice.question[0] = 0;
    if (practice_certificates(&reply, s))
        bytes_clear(&reply); /* as if the county had not answered */
    session_handle(s, &(struct event){ .kind = EV_COUNTY_REPLY, .name = id, .reply = &reply });
}

void practice_answer(struct session *s)
{
    struct practice *p = &s->practice;
    if (p->real && *p->reserving)
        answer_reserve(s);
    if (p->real && *p->submitting)
        answer_submit(s);
    if (p->real && *p->asking)
        answer_case(s);
    if (p->real && *p->moving)
        answer_parcel(s);
    if (p->real && *p->question)
        answer_question(s);
}

/* ---- beginning and ending -------------------------------------------------------------------- */

/* Nobody: the division 339999 does not exist. */
static const struct person nobody = { .layout = CARD_RESIDENT,
                                      .name = "演示人",
                                      .sex = '2',
                                      .nation = "01",
                                      .birth = "19480101",
                                      .address = "演示县演示镇演示村1号",
                                      .number = "339999194801010019",
                                      .authority = "演示县公安局",
                                      .valid_from = "20200101",
                                      .is_long_term = true };

bool session_begin_practice(struct session *s)
{
    if (s->visit.screen != SCREEN_ATTRACT || !s->catalogue)
        return false;
    struct practice *p = &s->practice;
    *p = (struct practice){ .real = s->config.ports, .real_context = s->config.context };
    s->config.ports = &practice_ports;
    s->config.context = s;
    visit_take_person(s, &nobody);
    s->visit.is_card_present = false; /* there is no card to forget */
    s->visit.is_practice = true;
    s->revision++;
    session_enter(s, SCREEN_HOME);
    return true;
}

void practice_end(struct session *s)
{
    struct practice *p = &s->practice;
    if (p->real) {
        s->config.ports = p->real;
        s->config.context = p->real_context;
    }
    *p = (struct practice){ 0 };
}
