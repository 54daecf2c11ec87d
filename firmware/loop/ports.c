/* What the session asks for, carried to whoever does it. */
#include <string.h>

#include "firmware/loop/kiosk.h"
#include "ui/text/tr.h"

static void port_reserve(void *context, const char *token)
{
    link_reserve(((struct kiosk *)context)->link, token);
}

static void port_reserve_ticket(void *context, const char *token, const char *ticket_day)
{
    link_reserve_ticket(((struct kiosk *)context)->link, token, ticket_day);
}

static void port_submit(void *context, const struct submission *submission)
{
    link_submit(((struct kiosk *)context)->link, submission);
}

static void port_ask_case(void *context, const char *receipt)
{
    link_ask_case(((struct kiosk *)context)->link, receipt);
}

static void port_call_out(void *context)
{
    reading_call_out(context);
}

static void port_ask_county(void *context, const struct live_question *question)
{
    link_ask_county(((struct kiosk *)context)->link, question);
}

static void port_drop_question(void *context, const char *id)
{
    link_drop_question(((struct kiosk *)context)->link, id);
}

static void port_keep_note(void *context, const uint8_t label[AGENT_MARK_LABEL],
                           const char *receipt, const struct bytes *note)
{
    link_keep_note(((struct kiosk *)context)->link, label, receipt, note);
}

static void port_ask_notes(void *context, const uint8_t label[AGENT_MARK_LABEL])
{
    link_ask_notes(((struct kiosk *)context)->link, label);
}

static void port_put_parcel(void *context, const char *label, int hours, const struct bytes *parcel)
{
    link_put_parcel(((struct kiosk *)context)->link, label, hours, parcel);
}

static void port_get_parcel(void *context, const char *label)
{
    link_get_parcel(((struct kiosk *)context)->link, label);
}

static void port_end_parcel(void *context, const char *label, const char *taker)
{
    link_end_parcel(((struct kiosk *)context)->link, label, taker);
}

static void port_print(void *context, struct slip *slip, const char *job, const char *receipt,
                       bool is_reprint)
{
    reading_keep_slip(context, slip);
    kiosk_print(context, slip, job, receipt, is_reprint);
}

static void port_spell(void *context, const char *letters, bool is_name, bool is_first)
{
    struct kiosk *k = context;
    spelling_ask(k->spelling, letters, is_name, is_first);
}

static size_t port_recognise(void *context, const struct ink *ink, struct candidate *out,
                             size_t most)
{
    struct kiosk *k = context;
    struct handwriting_candidate found[HANDWRITING_CANDIDATES_MAX];
    size_t count =
        k->handwriting ? handwriting_recognise_ink(k->handwriting, ink, 0, found, most) : 0;
    for (size_t i = 0; i < count; i++) {
        out[i].letters = 0;
        memcpy(out[i].text, found[i].text, sizeof(found[i].text));
    }
    explicit_bzero(found, sizeof(found));
    return count;
}

static void port_count(void *context, const char *what, const char *about, const char *detail,
                       int by)
{
    link_count(((struct kiosk *)context)->link, what, about, detail, by);
}

static void port_enrol(void *context, const char *code)
{
    link_enrol(((struct kiosk *)context)->link, code);
}

static void port_ask_figures(void *context)
{
    link_ask_figures(((struct kiosk *)context)->link);
}

static void port_prove_staff(void *context, const char *pin)
{
    staff_prove(context, pin);
}

static void port_note_staff(void *context, const char *action, const char *detail)
{
    staff_note(context, action, detail);
}

/* The next page is drawn before caches are wiped: the screen forgets first. */
static void port_forgotten(void *context)
{
    ((struct kiosk *)context)->is_forgetting = true;
}

static const char *port_translate(void *context, enum language language, const char *msgid)
{
    (void)context;
    tr_set_language(language == LANGUAGE_ZH ? "zh_CN" : "en");
    return tr(msgid);
}

static const char *port_in_tongue(void *context, const char *code, const char *english)
{
    (void)context;
    tr_set_language(code);
    return tr(english);
}

const struct session_ports kiosk_ports = { .reserve = port_reserve,
                                           .reserve_ticket = port_reserve_ticket,
                                           .submit = port_submit,
                                           .ask_case = port_ask_case,
                                           .call_out = port_call_out,
                                           .ask_county = port_ask_county,
                                           .drop_question = port_drop_question,
                                           .print = port_print,
                                           .spell = port_spell,
                                           .recognise = port_recognise,
                                           .keep_note = port_keep_note,
                                           .ask_notes = port_ask_notes,
                                           .put_parcel = port_put_parcel,
                                           .get_parcel = port_get_parcel,
                                           .end_parcel = port_end_parcel,
                                           .count = port_count,
                                           .enrol = port_enrol,
                                           .ask_figures = port_ask_figures,
                                           .prove_staff = port_prove_staff,
                                           .note_staff = port_note_staff,
                                           .forgotten = port_forgotten,
                                           .translate = port_translate,
                                           .in_tongue = port_in_tongue };
