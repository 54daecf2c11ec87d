/* What a session asks for, noted and answered by nobody: a place brings the answer itself, the monkey by chance. */
#include <stdio.h>
#include <string.h>

#include "tests/golden/visits.h"
#include "ui/text/tr.h"

/* ---- chance -------------------------------------------------------------------------- */

/* Linked in place of random_bytes(): tokens are drawn on one page. Each visit begins anew, so that no picture hangs on
 * those before it. */
static uint8_t chance;
void __wrap_random_bytes(void *out, size_t length);
void __wrap_random_bytes(void *out, size_t length)
{
    uint8_t *bytes = out;
    for (size_t i = 0; i < length; i++)
        bytes[i] = (uint8_t)(i * 37 + 11 + (length == 16 ? 0 : chance));
    chance++;
}

/* ---- ports --------------------------------------------------------------------------- */

static void port_reserve(void *context, const char *token)
{
    struct visits *v = context;
    snprintf(v->token, sizeof(v->token), "%s", token);
    v->asked |= ASKED_RESERVE;
}

static void port_reserve_ticket(void *context, const char *token, const char *day)
{
    (void)day;
    port_reserve(context, token);
}

static void port_submit(void *context, const struct submission *s)
{
    struct visits *v = context;
    snprintf(v->token, sizeof(v->token), "%s", s->token);
    v->asked |= ASKED_SUBMIT;
}

static void port_ask(void *context, const char *receipt)
{
    struct visits *v = context;
    snprintf(v->receipt, sizeof(v->receipt), "%s", receipt);
    v->asked |= ASKED_CASE;
}

static void port_call_out(void *context)
{
    (void)context;
}

static void port_print(void *context, struct slip *slip, const char *job, const char *receipt,
                       bool is_reprint)
{
    struct visits *v = context;
    (void)receipt;
    (void)is_reprint;
    slip_free(slip);
    snprintf(v->job, sizeof(v->job), "%s", job);
    v->asked |= ASKED_PRINT;
}

static void port_keep_note(void *context, const uint8_t label[AGENT_MARK_LABEL],
                           const char *receipt, const struct bytes *note)
{
    (void)context;
    (void)label;
    (void)receipt;
    (void)note;
}

static void port_ask_notes(void *context, const uint8_t label[AGENT_MARK_LABEL])
{
    (void)label;
    ((struct visits *)context)->asked |= ASKED_NOTES;
}

static void port_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    struct visits *v = context;
    (void)is_name;
    (void)is_first;
    snprintf(v->letters, sizeof(v->letters), "%s", letters);
    v->asked |= ASKED_LETTERS;
}

static size_t port_recognise(void *context, const struct ink *ink, struct candidate *out,
                             size_t most)
{
    static const char *const known[] = { "福", "祸", "祠", "禄", "神", "祥", "礼", "祖" };
    size_t n = 0;
    (void)context;
    (void)ink;
    for (; n < most && n < sizeof(known) / sizeof(known[0]); n++)
        snprintf(out[n].text, sizeof(out[n].text), "%s", known[n]);
    return n;
}

static void port_put_parcel(void *context, const char *label, int hours, const struct bytes *parcel)
{
    struct visits *v = context;
    (void)hours;
    (void)parcel;
    snprintf(v->parcel, sizeof(v->parcel), "%s", label);
    v->asked |= ASKED_PARCEL;
}

static void port_get_parcel(void *context, const char *label)
{
    struct visits *v = context;
    snprintf(v->parcel, sizeof(v->parcel), "%s", label);
    v->asked |= ASKED_PARCEL;
}

static void port_end_parcel(void *context, const char *label, const char *taker)
{
    (void)taker;
    port_get_parcel(context, label);
}

static void port_count(void *context, const char *what, const char *about, const char *detail,
                       int by)
{
    (void)context;
    (void)what;
    (void)about;
    (void)detail;
    (void)by;
}

static void port_ask_figures(void *context)
{
    ((struct visits *)context)->asked |= ASKED_FIGURES;
}

/* What the county says comes as an event. */
static void port_enrol(void *context, const char *code)
{
    (void)context;
    (void)code;
}

static void port_prove_staff(void *context, const char *pin)
{
    (void)context;
    (void)pin;
}

static void port_note_staff(void *context, const char *action, const char *detail)
{
    (void)context;
    (void)action;
    (void)detail;
}

static void port_forgotten(void *context)
{
    ((struct visits *)context)->is_forgotten = true;
}

static const char *port_translate(void *context, enum language language, const char *msgid)
{
    (void)context;
    tr_set_language(language == LANGUAGE_ZH ? "zh_CN" : "en");
    return tr(msgid);
}

/* Nobody can be asked at once, unless a place lets them (visits_let_ask()). */
static struct session_ports ports = { .reserve = port_reserve,
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
                                      .enrol = port_enrol,
                                      .prove_staff = port_prove_staff,
                                      .note_staff = port_note_staff,
                                      .forgotten = port_forgotten,
                                      .translate = port_translate };

static void port_ask_county(void *context, const struct live_question *question)
{
    (void)question;
    ((struct visits *)context)->asked |= ASKED_COUNTY;
}

void visits_let_ask(struct visits *v)
{
    (void)v;
    ports.ask_county = port_ask_county;
}

void visits_let_not_ask(struct visits *v)
{
    (void)v;
    ports.ask_county = NULL;
}

const struct session_ports *visits_ports_begin(void)
{
    chance = 0;
    ports.ask_county = NULL;
    return &ports;
}
