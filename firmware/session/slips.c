/* What the session's slips say: texts worded and masked here, set by the builders of firmware/slip.
 * Strong masks only: a slip found on the floor names nobody (rules 4.4). */
#include <stdio.h>
#include <string.h>

#include "firmware/calendar/calendar.h"
#include "firmware/catalogue/county.h"
#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/slip_both.h"
#include "firmware/session/slip_parts.h"
#include "firmware/slip/build.h"

#define N_(msgid) msgid

enum { NOTE_BYTES = 64, RESULT_BYTES = 160, COUNTY_BYTES = 1300 };

/* The receipt's texts while they are being put together; all person data, wiped by slip_receipt(). */
struct receipt {
    struct slip_papers papers;
    struct slip_parts parts;
    struct slip_receipt_text text;
    struct slip_head head;
    char masked_name[MASKED_TEXT], masked_number[MASKED_TEXT], agent_name[MASKED_TEXT];
    char submitted[SLIP_TIME], printed[SLIP_TIME], payload[160], promised[2][NOTE_BYTES];
    char granted[2][RESULT_BYTES], decided_by[2][COUNTY_BYTES];
    struct slip_who who, agent;
};

void slip_time(char out[SLIP_TIME], const struct session *s, int64_t wall_ms)
{
    char utc[21];
    clock_format_utc(utc, wall_ms + (int64_t)s->config.utc_offset_minutes * 60000);
    snprintf(out, SLIP_TIME, "%.10s %.5s", utc, utc + 11);
}

/* The resident's copy is in the resident's language; the Chinese below it is the counter's. */
static const char *own_words(const void *context, const char *english)
{
    return session_own(context, LANGUAGE_EN, english);
}

struct slip_head slip_head_of(char printed[SLIP_TIME], const struct session *s, unsigned copy)
{
    const struct visit *v = &s->visit;
    const struct point *point = catalogue_point(s->catalogue);
    printed[0] = 0;
    if (s->link.clock_quality != CLOCK_UNSET)
        slip_time(printed, s, s->config.clock->wall_ms(s->config.clock));
    return (struct slip_head){ .language = v->language == LANGUAGE_ZH ? SLIP_ZH : SLIP_EN,
                               .is_double_size = v->preferences.is_elder,
                               .point = slip_both(&point->name),
                               .phone = point->phone,
                               .printed = printed,
                               .copy = copy,
                               .is_practice = v->is_practice,
                               .own = *session_tongue(s) ? own_words : NULL,
                               .own_context = s };
}

static void set_who(struct receipt *r, const struct session *s)
{
    const struct person *p = &s->visit.person;
    if (!s->visit.has_person || session_is_anonymous(s))
        return;
    mask_name(r->masked_name, *p->name ? p->name : p->english_name);
    mask_number_strong(r->masked_number, p->number);
    r->who = (struct slip_who){ r->masked_name, r->masked_number };
    r->text.who = &r->who;
}

/* Whoever cannot read names beside "helper" still finds what kind of help it was. */
static const char *help_words(enum help_mode mode)
{
    static const char *const words[HELP_MODES] = {
        [HELP_GUIDE] = N_("Shown the way by staff"),
        [HELP_ASSIST] = N_("Filled in together with staff"),
        [HELP_ACT] = N_("An agent acted"),
        [HELP_DO] = N_("Filled in by staff"),
    };
    return words[mode];
}

static void set_help(struct receipt *r, const struct session *s)
{
    const struct visit *v = &s->visit;
    const char *words = help_words(session_help_mode(s));
    const struct village *village =
        v->has_person ? point_village(catalogue_point(s->catalogue), v->person.address) : NULL;
    if (session_is_anonymous(s))
        return;
    if (words)
        r->text.help = slip_said(s, words);
    if (village)
        r->text.village = slip_both(&village->committee);
    if (!agency_is_acting(s))
        return;
    mask_name(r->agent_name,
              *v->agency.agent.name ? v->agency.agent.name : v->agency.agent.english_name);
    r->agent.name = r->agent_name;
    r->text.agent = &r->agent;
    r->text.agent_role = slip_both(&v->agency.entry->role);
    r->text.holder = v->agency.copy ? SLIP_AGENTS_COPY : SLIP_RESIDENTS_COPY;
}

/* Which county decides, where it is and how it is called (SS-47). */
static const struct county *set_county(struct receipt *r, const struct session *s)
{
    const struct county *county =
        catalogue_county_for(s->catalogue, s->visit.service, draft_value(s, COUNTY_FIELD));
    for (int l = 0; county && l < 2; l++)
        snprintf(r->decided_by[l], COUNTY_BYTES, l ? "%s, %s, %s" : "%s，%s，%s",
                 county->office.in[l], county->address.in[l], county->phone);
    if (county)
        r->text.decided_by = (struct slip_words){ r->decided_by[0], r->decided_by[1] };
    return county;
}

static void set_promise(struct receipt *r, const struct session *s)
{
    static const enum language languages[2] = { LANGUAGE_ZH, LANGUAGE_EN };
    const struct county *county = set_county(r, s);
    int days = s->visit.service->promised_days + (county ? s->visit.service->elsewhere->days : 0);
    for (int i = 0; i < 2; i++) {
        if (days > 0)
            snprintf(r->promised[i], NOTE_BYTES,
                     session_own(s, languages[i], N_("%d working days")), days);
        else
            snprintf(r->promised[i], NOTE_BYTES, "%s",
                     session_own(s, languages[i], N_("on the spot, once checked")));
    }
    r->text.promised = (struct slip_words){ r->promised[0], r->promised[1] };
}

/* Granted while the resident was still here: that is what happens next. */
static void set_result(struct receipt *r, const struct session *s)
{
    const struct instant *i = &s->visit.instant;
    if (i->state != INSTANT_GRANTED)
        return;
    for (int l = 0; l < 2; l++) {
        if (*i->number)
            snprintf(r->granted[l], RESULT_BYTES,
                     session_own(s, (enum language)l, N_("Granted on the spot. Its number: %s")),
                     i->number);
        else
            snprintf(r->granted[l], RESULT_BYTES, "%s",
                     session_own(s, (enum language)l, N_("Granted on the spot.")));
    }
    r->text.next = (struct slip_words){ r->granted[0], r->granted[1] };
}

int slip_receipt(struct slip **out, const struct session *s)
{
    const struct visit *v = &s->visit;
    struct receipt r = { 0 };
    r.head = slip_head_of(r.printed, s, paper_job_copy(&v->paper));
    set_who(&r, s);
    set_help(&r, s);
    set_promise(&r, s);
    slip_add_papers(&r.text, &r.papers, s);
    slip_add_parts(&r.text, &r.parts, s);
    snprintf(r.payload, sizeof(r.payload), "%s%s", s->config.case_url, v->receipt);
    if (v->reservation.clock_quality != CLOCK_UNSET)
        slip_time(r.submitted, s, v->reservation.wall_ms);
    r.text.number = v->receipt;
    r.text.payload = r.payload;
    r.text.matter = slip_both(&v->service->name);
    r.text.fee = slip_both(&v->service->fee);
    r.text.next = slip_both(&v->service->next);
    set_result(&r, s);
    r.text.submitted = r.submitted;
    r.text.was_offline = v->was_offline;
    r.text.needs_no_return = session_needs_no_return(s);
    r.text.claim = v->claim;
    int failed = slip_build_receipt(out, &r.head, &r.text);
    explicit_bzero(&r, sizeof(r));
    return failed;
}

/* ---- an agent's notice ------------------------------------------------------------------------ */

enum agency_duty agency_duty_of(const struct agency_task *task)
{
    static const struct {
        const char *state;
        enum agency_duty duty;
    } rows[] = { { "correction_requested", DUTY_HAND_IN },
                 { "accepted_gap", DUTY_HAND_IN },
                 { "not_accepted", DUTY_NOTIFY },
                 { "granted", DUTY_SIGN },
                 { "denied", DUTY_NOTIFY },
                 { "withdrawn", DUTY_NOTIFY },
                 { "terminated", DUTY_NOTIFY } };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        if (!strcmp(rows[i].state, task->state))
            return rows[i].duty;
    return DUTY_WAIT;
}

static const char *call_words(enum agency_duty duty)
{
    return duty == DUTY_SIGN      ? N_("It was granted. Please come, sign, and take what is yours.")
           : duty == DUTY_HAND_IN ? N_("Something is missing. Please hand it in at the counter.")
                                  : N_("There is an answer. Please come and hear the reasons.");
}

int slip_call(struct slip **out, const struct session *s, const struct agency_task *task)
{
    const struct point *point = catalogue_point(s->catalogue);
    const struct service *service = catalogue_find(s->catalogue, task->code);
    const char *why = call_words(agency_duty_of(task));
    struct receipt r = { 0 };
    char payload[160], due[SLIP_TIME] = "";
    r.head = slip_head_of(r.printed, s, 0);
    if (task->due_ms) {
        slip_time(due, s, task->due_ms);
        due[10] = 0; /* the day alone */
    }
    snprintf(payload, sizeof(payload), "%s%s", s->config.case_url, task->receipt);
    struct slip_item card = { .what = slip_said(s, N_("ID card")) };
    struct slip_call_text text = { .number = task->receipt,
                                   .payload = payload,
                                   .due = due,
                                   .why = slip_said(s, why),
                                   .where = slip_both(&point->window),
                                   .hours = slip_both(&point->staff_hours),
                                   .bring = { 1, &card } };
    if (service)
        text.matter = slip_both(&service->short_name);
    return slip_build_call(out, &r.head, &text);
}

/* ---- what could not be done ---------------------------------------------------------- */

static const char *const unsettled_words[UNSETTLED_REASONS] = {
    [UNSETTLED_PAPERS] = N_("Papers were missing"),
    [UNSETTLED_CONDITIONS] = N_("I was told that I do not qualify"),
    [UNSETTLED_OFFICES] = N_("Several offices are needed"),
    [UNSETTLED_SYSTEM] = N_("A machine or a computer failed"),
    [UNSETTLED_RULES] = N_("Nobody could explain the rules"),
    [UNSETTLED_OTHER] = N_("Something else"),
};

/* The reason, and the matter it was about; nothing of what was written. */
static void say_reason(char out[256], const struct session *s, enum language language)
{
    const struct aside *a = &s->visit.aside;
    const char *reason = "";
    for (int i = 0; i < UNSETTLED_REASONS; i++)
        if (a->chosen & 1u << i)
            reason = session_own(s, language, unsettled_words[i]);
    snprintf(out, 256, "%s%s%s", a->about ? session_words(s, language, &a->about->short_name) : "",
             !a->about                 ? ""
             : language == LANGUAGE_ZH ? "："
                                       : ": ",
             reason);
}

int slip_unsettled(struct slip **out, const struct session *s)
{
    const struct aside *a = &s->visit.aside;
    struct unsettled to = catalogue_unsettled(s->catalogue);
    const struct point *point = catalogue_point(s->catalogue);
    enum language language = s->visit.language;
    char printed[SLIP_TIME] = "", opened[SLIP_TIME] = "", payload[160], by[16] = "", reason[2][256];
    struct slip_head head = slip_head_of(printed, s, paper_job_copy(&a->paper));
    if (s->link.clock_quality != CLOCK_UNSET)
        slip_time(opened, s, s->config.clock->wall_ms(s->config.clock));
    char d[9];
    day_to_text(d, a->answer_by);
    if (*d)
        snprintf(by, sizeof(by), "%.4s-%.2s-%.2s", d, d + 4, d + 6);
    snprintf(payload, sizeof(payload), "%s%s", s->config.case_url, a->receipt);
    say_reason(reason[0], s, LANGUAGE_ZH);
    say_reason(reason[1], s, LANGUAGE_EN);
    const char *owner = *to.owner.in[language] ? to.owner.in[language] : point->window.in[language];
    struct slip_escalation_text text = { .number = a->receipt,
                                         .payload = payload,
                                         .opened = opened,
                                         .answer_by = by,
                                         .owner = owner,
                                         .owner_phone = *to.phone ? to.phone : point->phone,
                                         .reason = { reason[0], reason[1] } };
    int r = slip_build_escalation(out, &head, &text);
    explicit_bzero(reason, sizeof(reason));
    return r;
}
