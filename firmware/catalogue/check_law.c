/* The rules that law and the catalogue's design set (FORMAT.md, "What else is checked"). */
#include <string.h>

#include "firmware/catalogue/checks.h"
#include "firmware/catalogue/guide.h"

static bool says(const struct words *w, const char *zh, const char *en)
{
    return strstr(w->in[LANGUAGE_ZH], zh) && strstr(w->in[LANGUAGE_EN], en);
}

/* Personal Information Protection Law 29 and 31: sensitive data want a consent of their own, and for
 * children under 14 that of a guardian. */
static void check_consent(struct checker *k, const struct service *s)
{
    static const char *const sensitive[] = { "残疾",    "病历",       "病情",
                                             "medical", "disability", "illness" };
    bool is_sensitive = false;
    for (size_t i = 0; i < s->material_count; i++)
        for (size_t n = 0; n < sizeof(sensitive) / sizeof(sensitive[0]); n++)
            is_sensitive |= s->materials[i].how != MATERIAL_FETCHED &&
                            (strstr(s->materials[i].name.in[LANGUAGE_ZH], sensitive[n]) ||
                             strstr(s->materials[i].name.in[LANGUAGE_EN], sensitive[n]));
    if (is_sensitive && !s->needs_consent)
        check_say(k, FINDING_MISTAKE, s->code, "needs_consent",
                  "a paper about health is handed in: that needs a separate consent");
    if (!s->needs_consent)
        return;
    if (!says(&s->consent, "敏感个人信息", "sensitive personal information") &&
        !strstr(s->consent.in[LANGUAGE_EN], "sensitive"))
        check_say(k, FINDING_MISTAKE, s->code, "consent",
                  "must say that the information is sensitive");
    bool may_be_child = s->age_from < 14 && s->needs_card;
    if (may_be_child && !says(&s->consent, "监护人", "guardian"))
        check_say(k, FINDING_MISTAKE, s->code, "consent",
                  "must name the guardian, who consents for a child under 14");
}

/* Zhejiang regulations 30: agents are free; licensing law 58: a fee needs a basis. */
static void check_fee(struct checker *k, const struct service *s)
{
    bool is_free =
        strstr(s->fee.in[LANGUAGE_ZH], "不收费") || strstr(s->fee.in[LANGUAGE_ZH], "免费");
    bool is_free_en =
        strstr(s->fee.in[LANGUAGE_EN], "ree") || strstr(s->fee.in[LANGUAGE_EN], "remium");
    if (is_free && !is_free_en)
        check_say(k, FINDING_MISTAKE, s->code, "fee",
                  "is free of charge in Chinese, but not in English");
}

/* What is only booked or told of must nowhere read as accepted. */
static void check_reach(struct checker *k, const struct service *s)
{
    if (s->reach != REACH_BOOK && s->reach != REACH_INFO)
        return;
    if (strstr(s->gives.in[LANGUAGE_ZH], "受理") || strstr(s->gives.in[LANGUAGE_EN], "accepted"))
        check_say(k, FINDING_MISTAKE, s->code, "gives",
                  "a booking or an information never claims acceptance");
    if (s->reach == REACH_BOOK && !strstr(s->next.in[LANGUAGE_ZH], "预约"))
        check_say(k, FINDING_MISTAKE, s->code, "next", "must say that this is a booking (预约)");
}

/* A later paper for a matter that is done on the spot would never be waited for. */
static void check_late(struct checker *k, const struct service *s)
{
    for (size_t i = 0; i < s->material_count; i++)
        for (size_t n = 0; n < i; n++)
            if (!strcmp(s->materials[i].name.in[LANGUAGE_ZH],
                        s->materials[n].name.in[LANGUAGE_ZH]) &&
                s->materials[i].how != s->materials[n].how)
                check_say(k, FINDING_MISTAKE, s->code, s->materials[i].id,
                          "has the name of %s, but is wanted in another way", s->materials[n].id);
}

void check_law(struct checker *k, const struct service *s)
{
    check_consent(k, s);
    check_fee(k, s);
    check_reach(k, s);
    check_late(k, s);
    if (s->delivery & DELIVERY_NONE && s->delivery & (DELIVERY_POST | DELIVERY_PICKUP))
        check_say(k, FINDING_MISTAKE, s->code, "delivery",
                  "none and a way to hand over cannot both be");
}

/* ---- how fresh ------------------------------------------------------------------------ */

void check_fresh(struct checker *k, const struct catalogue *c, const struct service *s)
{
    int age;
    enum guide_freshness fresh = guide_freshness(c, s, k->today, &age);
    if (!s->reviewed)
        check_say(k, FINDING_NOTE, s->code, "reviewed",
                  "is missing: when was this guide last looked through?");
    else if (fresh == GUIDE_EARLY)
        check_say(k, FINDING_NOTE, s->code, "valid_from", "lies in the future: %s", s->valid_from);
    else if (fresh != GUIDE_UNDATED && age < 0)
        check_say(k, FINDING_MISTAKE, s->code, "reviewed", "lies in the future: %s", s->reviewed);
    else if (fresh == GUIDE_STALE)
        check_say(k, FINDING_NOTE, s->code, "reviewed",
                  "this guide was last looked through %d days ago", age);
}
