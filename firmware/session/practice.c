/* Practice (SS-26, SS-43): the same session over ports that lead nowhere, and the answers they would have brought. */
#include "firmware/session/practice.h"

#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

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

void practice_begin(struct session *s)
{
    s->practice = (struct practice){ .real = s->config.ports, .real_context = s->config.context };
    s->config.ports = &practice_ports;
    s->config.context = s;
    s->visit.is_practice = true;
}

bool session_begin_practice(struct session *s)
{
    if (s->visit.screen != SCREEN_ATTRACT || !s->catalogue)
        return false;
    practice_begin(s);
    visit_take_person(s, &nobody);
    s->visit.is_card_present = false; /* there is no card to forget */
    s->revision++;
    session_enter(s, SCREEN_HOME);
    return true;
}

bool session_preview(struct session *s, const struct catalogue *c, const char *code)
{
    enum language language = s->visit.language;
    session_forget(s);
    session_enter(s, SCREEN_ATTRACT);
    session_set_catalogue(s, c);
    if (!session_begin_practice(s))
        return false;
    s->visit.language = language;
    session_handle(s, &(struct event){ .kind = EV_OPEN_SERVICE, .name = code, .value = "" });
    return s->visit.service != NULL;
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
