/* What the slips of the desk say: a place in the queue, a booking. Worded and masked here like the others (slips.c). */
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/bundle.h"
#include "firmware/session/internal.h"
#include "firmware/session/own.h"
#include "firmware/session/slip_both.h"
#include "firmware/slip/build.h"

#define N_(msgid) msgid

enum { BRING = 8, HALF_BYTES = 64 };

/* ---- what to have ready ---------------------------------------------------------------------- */

struct bring {
    struct slip_item items[BRING];
    size_t count;
};

static void add_thing(struct bring *b, const struct material *m)
{
    bool is_new = m->how == MATERIAL_BRING && !m->when.field && b->count < BRING;
    for (size_t i = 0; is_new && i < b->count; i++)
        is_new = strcmp(b->items[i].what.zh, m->name.in[LANGUAGE_ZH]) != 0;
    if (is_new)
        b->items[b->count++].what = slip_both(&m->name);
}

/* Of the matter, or what most matters of the theme want; always the card. */
static void list_things(struct bring *b, const struct session *s, const struct service *service)
{
    b->items[b->count++].what = slip_said(s, N_("ID card"));
    for (size_t i = 0; service && i < service->material_count; i++)
        add_thing(b, &service->materials[i]);
    if (!service)
        b->items[b->count++].what = slip_said(s, N_("what the guide of your matter names"));
}

/* ---- the ticket ------------------------------------------------------------------------------ */

static const char *const priorities[PRIORITY_COUNT] = {
    [PRIORITY_OLD] = N_("Priority: older people"),
    [PRIORITY_SOLDIER] = N_("Priority: soldiers and veterans"),
};

int slip_ticket(struct slip **out, const struct session *s)
{
    const struct desk_ticket *t = &s->visit.desk.ticket;
    const struct theme *theme = catalogue_find_theme(s->catalogue, t->theme);
    struct bring bring = { 0 };
    struct slip_head head;
    char printed[SLIP_TIME];
    head = slip_head_of(printed, s, paper_job_copy(&s->visit.paper));
    list_things(&bring, s, s->visit.service);
    struct slip_ticket_text text = {
        .ticket = t->number,
        .theme = theme ? slip_both(&theme->name) : slip_said(s, N_("Something else")),
        .window = slip_both(&catalogue_point(s->catalogue)->window),
        .ahead = (unsigned)t->ahead,
        .minutes = (unsigned)t->minutes,
        .is_wait_unknown = !t->has_queue,
        .taken = printed,
        .bring = { bring.count, bring.items },
    };
    /* What it is for is printed; why somebody goes first need not lie on the floor. */
    if (t->priority)
        text.priority =
            slip_said(s, priorities[t->priority] ? priorities[t->priority] : N_("Priority"));
    if (t->urgency)
        text.priority = slip_said(s, N_("Urgent: staff confirm it at the counter"));
    return slip_build_ticket(out, &head, &text);
}

/* ---- the booking ----------------------------------------------------------------------------- */

/* "2026-11-27 上午": from the calendar, or as wished; "" while none of it was said. */
static void write_half(char out[HALF_BYTES], const struct session *s, enum language language)
{
    int day = draft_find(s, "day"), half = draft_find(s, "half");
    const char *d = day < 0 ? "" : s->visit.answers[day].text,
               *h = half < 0 ? "" : s->visit.answers[half].text;
    out[0] = 0;
    if (strlen(d) == 8)
        snprintf(
            out, HALF_BYTES, "%.4s-%.2s-%.2s %s", d, d + 4, d + 6,
            !*h ? ""
                : session_own(s, language, !strcmp(h, "pm") ? N_("afternoon") : N_("morning")));
}

void desk_visit_words(const struct session *s, const struct bundle_part *part,
                      enum language language, char out[VISIT_BYTES])
{
    char half[HALF_BYTES];
    write_half(half, s, language);
    if (!*half || part != bundle_visit(s->visit.service))
        snprintf(out, VISIT_BYTES, "%s", session_own(s, language, N_("the county sets the time")));
    else if (*s->visit.desk.day)
        snprintf(out, VISIT_BYTES,
                 session_own(s, language, N_("at %s, once the county confirms it")), half);
    else
        snprintf(out, VISIT_BYTES,
                 session_own(s, language, N_("wished for: %s; the county sets the time")), half);
}

int slip_booking(struct slip **out, const struct session *s)
{
    const struct visit *v = &s->visit;
    struct bring bring = { 0 };
    struct slip_head head;
    char printed[SLIP_TIME], submitted[SLIP_TIME] = "", payload[160], half[2][HALF_BYTES],
                             name[MASKED_TEXT], number[MASKED_TEXT];
    struct slip_who who = { name, number };
    head = slip_head_of(printed, s, paper_job_copy(&v->paper));
    list_things(&bring, s, v->service);
    write_half(half[0], s, LANGUAGE_ZH);
    write_half(half[1], s, LANGUAGE_EN);
    snprintf(payload, sizeof(payload), "%s%s", s->config.case_url, v->receipt);
    if (v->reservation.clock_quality != CLOCK_UNSET)
        slip_time(submitted, s, v->reservation.wall_ms);
    struct slip_booking_text text = {
        .number = v->receipt,
        .payload = payload,
        .submitted = submitted,
        .matter = slip_both(&v->service->name),
        .bring = { bring.count, bring.items },
        .was_offline = v->was_offline,
    };
    if (*half[0])
        text.half = (struct slip_words){ half[0], half[1] };
    text.where = v->service->booking == BOOKING_HOME ? slip_said(s, N_("At your home"))
                                                     : slip_both(&v->service->department);
    if (v->has_person) {
        mask_name(name, *v->person.name ? v->person.name : v->person.english_name);
        mask_number_strong(number, v->person.number);
        text.who = &who;
    }
    int failed = slip_build_booking(out, &head, &text);
    explicit_bzero(name, sizeof(name));
    explicit_bzero(number, sizeof(number));
    return failed;
}
