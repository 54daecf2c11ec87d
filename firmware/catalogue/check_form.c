/* What a form asks: by the rules of a bundle, of the home screen, and of refusals. */
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/checks.h"

enum { POPULAR_FOR_ANYONE = 3, GROWN = 40 };

static void check_bundle(struct checker *k, const struct service *s)
{
    char field[48];
    for (size_t i = 0; i < s->field_count; i++) {
        const struct department *one[1];
        if (!bundle_field_departments(s, &s->fields[i], one, 1))
            check_say(k, FINDING_MISTAKE, s->code, s->fields[i].name,
                      "no part of the bundle needs this question: do not ask it");
    }
    for (size_t i = 0; i < s->department_count; i++) {
        bool is_used = s->departments[i].role == ROLE_DATA;
        for (size_t p = 0; p < s->part_count; p++)
            is_used |= s->parts[p].department == &s->departments[i];
        snprintf(field, sizeof(field), "departments[%zu]", i);
        if (!is_used)
            check_say(k, FINDING_MISTAKE, s->code, field, "%s has no part in the bundle",
                      s->departments[i].id);
    }
    for (size_t p = 0; p < s->part_count; p++) {
        snprintf(field, sizeof(field), "parts[%zu].delivery", p);
        if (s->parts[p].delivery & ~s->delivery & ~(unsigned)DELIVERY_NONE)
            check_say(k, FINDING_MISTAKE, s->code, field,
                      "%s is delivered in a way the bundle does not announce", s->parts[p].id);
    }
}

/* A resident must be reachable: a phone number, unless nothing remains to be said. */
static void check_contact(struct checker *k, const struct service *s)
{
    bool has_phone = false;
    for (size_t i = 0; i < s->field_count; i++)
        has_phone |= s->fields[i].kind == FIELD_PHONE;
    bool is_over = !s->promised_days && !(s->delivery & (DELIVERY_POST | DELIVERY_PICKUP));
    if (s->page_count && !has_phone && !is_over)
        check_say(k, FINDING_MISTAKE, s->code, "pages",
                  "asks for no phone number: nobody could be called back");
}

/* A choice that is open to a condition but that no field, paper or rule takes up may be a slip. */
static void check_delivery_field(struct checker *k, const struct service *s)
{
    static const struct {
        enum service_delivery way;
        const char *value;
    } ways[] = { { DELIVERY_POST, "post" }, { DELIVERY_PICKUP, "pickup" } };
    const struct field *f = find_field(s->fields, s->field_count, "delivery");
    for (size_t i = 0; f && i < sizeof(ways) / sizeof(ways[0]); i++)
        if (s->delivery & ways[i].way && !field_has_choice(f, ways[i].value))
            check_say(k, FINDING_MISTAKE, s->code, "delivery",
                      "%s is announced, but the form does not offer it", ways[i].value);
    if (s->delivery & DELIVERY_POST && s->page_count && s->reach == REACH_KIOSK) {
        bool has_address = false;
        for (size_t i = 0; i < s->field_count; i++)
            has_address |= s->fields[i].kind == FIELD_ADDRESS;
        if (!has_address)
            check_say(k, FINDING_MISTAKE, s->code, "delivery",
                      "is by post, but no address is asked");
    }
}

/* 零跑: somebody who reads "no need to come again" must not be sent for. Strictly by what the item itself says: a paper
 * that may follow, or has to be handed in, is another trip, and so is a result that waits at a counter. */
static void check_no_return(struct checker *k, const struct service *s)
{
    char field[48];
    if (!s->is_no_return)
        return;
    if (s->reach != REACH_KIOSK)
        check_say(k, FINDING_MISTAKE, s->code, "no_return",
                  "is promised, but the matter is not finished at the kiosk");
    for (size_t i = 0; i < s->material_count; i++) {
        snprintf(field, sizeof(field), "materials[%zu]", i);
        if (s->materials[i].how != MATERIAL_FETCHED)
            check_say(k, FINDING_MISTAKE, s->code, field,
                      "has to be brought, so no_return is not true: %s", s->materials[i].id);
    }
    if (s->delivery & DELIVERY_PICKUP)
        check_say(k, FINDING_MISTAKE, s->code, "delivery",
                  "is also at a counter, so no_return is not true");
}

void check_form_rules(struct checker *k, const struct service *s)
{
    if (s->part_count)
        check_bundle(k, s);
    check_contact(k, s);
    check_no_return(k, s);
    check_delivery_field(k, s);
    for (size_t i = 0; i < s->page_count; i++)
        for (size_t n = 0; n < i; n++)
            if (!strcmp(s->pages[i].title.in[LANGUAGE_ZH], s->pages[n].title.in[LANGUAGE_ZH])) {
                char field[40];
                snprintf(field, sizeof(field), "pages[%zu].title", i);
                check_say(k, FINDING_MISTAKE, s->code, field, "is the same as that of page %zu", n);
            }
}

void check_home(struct checker *k, const struct catalogue *c)
{
    const struct service *out[POPULAR_FOR_ANYONE];
    char field[40];
    if (c->popular_count &&
        catalogue_popular(c, GROWN, out, POPULAR_FOR_ANYONE) < POPULAR_FOR_ANYONE)
        check_say(k, FINDING_NOTE, "", "popular", "has fewer than three services for a grown-up");
    for (size_t i = 0; i < c->theme_count; i++)
        for (size_t n = 0; n < i; n++)
            if (!strcmp(c->themes[i].name.in[LANGUAGE_ZH], c->themes[n].name.in[LANGUAGE_ZH])) {
                snprintf(field, sizeof(field), "themes[%zu].name", i);
                check_say(k, FINDING_MISTAKE, "", field, "is the same as that of %s",
                          c->themes[n].id);
            }
    for (size_t i = 0; i + 1 < c->service_count; i++)
        if (!strcmp(c->services[i].name.in[LANGUAGE_ZH], c->services[i + 1].name.in[LANGUAGE_ZH]))
            check_say(k, FINDING_MISTAKE, c->services[i + 1].code, "name",
                      "is the same as that of %s", c->services[i].code);
}
