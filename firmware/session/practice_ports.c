/* The ports of practice: they lead nowhere, and note what an answer is waited for. */
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

const struct session_ports practice_ports = { .reserve = practice_reserve,
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
