/* What the session's slips say. Strong masks only: a slip found on the floor names nobody
 * (rules 4.4). */
#include <stdio.h>
#include <string.h>

#include "firmware/session/internal.h"

#define N_(msgid) msgid

/* A slip in the making. Chinese slips speak Chinese; any other language prints both, its own first,
 * so that whoever helps at the counter can read it too (SS-61). */
struct writer {
    struct slip *slip;
    const struct session *session;
    enum language language;
};

__attribute__((format_arg(2))) static const char *say(const struct writer *w, const char *msgid)
{
    return session_tr(w->session, w->language, msgid);
}

static bool is_bilingual(const struct writer *w)
{
    return w->language != LANGUAGE_ZH;
}

static void both(char *out, size_t size, const struct writer *w, const char *msgid)
{
    if (is_bilingual(w))
        snprintf(out, size, "%s %s", say(w, msgid), session_tr(w->session, LANGUAGE_ZH, msgid));
    else
        snprintf(out, size, "%s", say(w, msgid));
}

static void pair(struct writer *w, enum slip_kind kind, const char *label, const char *value)
{
    char text[96];
    both(text, sizeof(text), w, label);
    if (*value)
        slip_add(w->slip, kind, text, value);
}

static void words(struct writer *w, enum slip_kind kind, const struct words *in)
{
    slip_add(w->slip, kind, NULL, in->in[w->language]);
    if (is_bilingual(w) && strcmp(in->in[w->language], in->in[LANGUAGE_ZH]))
        slip_add(w->slip, kind == SLIP_TITLE ? SLIP_STRONG : kind, NULL, in->in[LANGUAGE_ZH]);
}

static void paragraph(struct writer *w, enum slip_kind kind, const char *msgid)
{
    slip_add(w->slip, kind, NULL, say(w, msgid));
    if (is_bilingual(w))
        slip_add(w->slip, kind == SLIP_TITLE ? SLIP_STRONG : kind, NULL,
                 session_tr(w->session, LANGUAGE_ZH, msgid));
}

static void local_time(char out[20], const struct session *s, int64_t wall_ms)
{
    char utc[21];
    clock_format_utc(utc, wall_ms + (int64_t)s->config.utc_offset_minutes * 60000);
    snprintf(out, 20, "%.10s %.5s", utc, utc + 11);
}

static void add_who(struct writer *w)
{
    const struct person *p = &w->session->visit.person;
    char masked[MASKED_TEXT];
    if (!w->session->visit.has_person || session_is_anonymous(w->session))
        return;
    mask_name(masked, *p->name ? p->name : p->english_name);
    pair(w, SLIP_NAME, N_("Applicant"), masked);
    mask_number_strong(masked, p->number);
    pair(w, SLIP_PAIR, N_("ID number"), masked);
    explicit_bzero(masked, sizeof(masked));
}

static void add_matter(struct writer *w)
{
    const struct session *s = w->session;
    const struct service *service = s->visit.service;
    char text[128];
    pair(w, SLIP_PAIR, N_("Matter"), service->name.in[w->language]);
    if (is_bilingual(w))
        slip_add(w->slip, SLIP_PAIR, "", service->name.in[LANGUAGE_ZH]);
    add_who(w);
    local_time(text, s, s->visit.reservation.wall_ms);
    if (s->visit.reservation.clock_quality != CLOCK_UNSET)
        pair(w, SLIP_PAIR, N_("Submitted"), text);
    if (service->promised_days > 0)
        snprintf(text, sizeof(text), say(w, N_("%d working days")), service->promised_days);
    else
        snprintf(text, sizeof(text), "%s", say(w, N_("on the spot, once checked")));
    pair(w, SLIP_PAIR, N_("Promised"), text);
    pair(w, SLIP_PAIR, N_("Fee"), service->fee.in[w->language]);
}

static const char *slip_value(const void *context, const char *field)
{
    const struct session *s = context;
    int i = draft_find(s, field);
    return i < 0 ? "" : s->visit.answers[i].text;
}

/* The three columns of the one-time notice, as lines: not needed from you, to show, to follow. */
static void add_materials(struct writer *w)
{
    static const char *const titles[] = { N_("Not needed from you"), N_("To show"),
                                          N_("May follow later") };
    const struct service *service = w->session->visit.service;
    for (int how = MATERIAL_FETCHED; how <= MATERIAL_LATER; how++) {
        const char *title = titles[how];
        for (size_t i = 0; i < service->material_count; i++) {
            const struct material *m = &service->materials[i];
            char text[256], days[64] = "";
            if ((int)m->how != how || !condition_holds(&m->when, slip_value, w->session))
                continue;
            if (how == MATERIAL_LATER) {
                days[0] = ' ';
                snprintf(days + 1, sizeof(days) - 1, say(w, N_("(within %d working days)")),
                         m->late_days);
            }
            snprintf(text, sizeof(text), "%s%s", m->name.in[w->language], days);
            if (*title)
                pair(w, SLIP_PAIR, title, text);
            else
                slip_add(w->slip, SLIP_PAIR, "", text);
            title = "";
        }
    }
}

static void add_code(struct writer *w)
{
    char payload[160];
    snprintf(payload, sizeof(payload), "%s%s", w->session->config.case_url,
             w->session->visit.receipt);
    slip_add(w->slip, SLIP_QR, NULL, payload);
}

int slip_receipt(struct slip **out, const struct session *s, bool is_reprint)
{
    struct writer w = { .session = s, .language = s->visit.language };
    const struct point *point = catalogue_point(s->catalogue);
    int r = slip_new(&w.slip);
    if (r)
        return r;
    if (is_reprint)
        paragraph(&w, SLIP_MARK, N_("Reprint"));
    words(&w, SLIP_SMALL, &point->name);
    paragraph(&w, SLIP_TITLE, N_("Receipt"));
    slip_add(w.slip, SLIP_NUMBER, NULL, s->visit.receipt);
    add_code(&w);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    add_matter(&w);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    add_materials(&w);
    slip_add(w.slip, SLIP_RULE, NULL, "");
    words(&w, SLIP_TEXT, &s->visit.service->next);
    if (s->visit.was_offline)
        paragraph(&w, SLIP_TEXT,
                  N_("The network is down at the moment. Your application is stored safely and "
                     "goes to the county by itself."));
    paragraph(&w, SLIP_SMALL,
              N_("Ask how it is going: at any kiosk with this number, or by phone 12345."));
    pair(&w, SLIP_PAIR, N_("Phone"), point->phone);
    r = slip_finish(w.slip);
    if (r) {
        slip_free(w.slip);
        return r;
    }
    *out = w.slip;
    return 0;
}
