/* What changed between two catalogues, a line for each change. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/check.h"
#include "firmware/catalogue/differ.h"

enum { SHOWN = 111 };

void differ_say(struct differ *d, const char *format, ...)
{
    char line[CATALOGUE_COMPLAINT];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    d->take(d->context, line);
    d->count++;
}

/* Long texts are cut between characters: a line is text whatever was written. */
static void compare(struct differ *d, const char *code, const char *what, const char *a,
                    const char *b)
{
    char was[SHOWN], now[SHOWN];
    text_copy(was, sizeof(was), a);
    text_copy(now, sizeof(now), b);
    if (strcmp(a, b) != 0)
        differ_say(d, "%s %s: %s -> %s", code, what, was, now);
}

void differ_words(struct differ *d, const char *code, const char *what, const struct words *a,
                  const struct words *b)
{
    static const char *const languages[] = { "zh", "en" };
    static const struct words none = { { "", "" } };
    char member[72];
    a = a ? a : &none;
    b = b ? b : &none;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        snprintf(member, sizeof(member), "%s.%s", what, languages[i]);
        compare(d, code, member, a->in[i], b->in[i]);
    }
}

void differ_text(struct differ *d, const char *code, const char *what, const char *a, const char *b)
{
    a = a ? a : "";
    b = b ? b : "";
    compare(d, code, what, *a ? a : "none", *b ? b : "none");
}

static void compare_numbers(struct differ *d, const char *code, const char *what, int a, int b)
{
    if (a != b)
        differ_say(d, "%s %s: %d -> %d", code, what, a, b);
}

static const struct material *find_material(const struct service *s, const char *id)
{
    for (size_t i = 0; i < s->material_count; i++)
        if (!strcmp(s->materials[i].id, id))
            return &s->materials[i];
    return NULL;
}

static void compare_materials(struct differ *d, const struct service *a, const struct service *b)
{
    static const char *const hows[] = { "fetched", "bring", "later" };
    for (size_t i = 0; i < b->material_count; i++) {
        const struct material *now = &b->materials[i], *was = find_material(a, now->id);
        if (!was)
            differ_say(d, "%s materials: %s came (%s)", b->code, now->id, hows[now->how]);
        else if (was->how != now->how)
            differ_say(d, "%s materials: %s %s -> %s", b->code, now->id, hows[was->how],
                       hows[now->how]);
        else if (was->late_days != now->late_days)
            differ_say(d, "%s materials: %s within %d -> %d days", b->code, now->id, was->late_days,
                       now->late_days);
        else if (was->is_live != now->is_live)
            differ_say(d, "%s materials: %s is %s", b->code, now->id,
                       now->is_live ? "asked for at once" : "no longer asked for at once");
        else if (was->is_no_waiver != now->is_no_waiver)
            differ_say(d, "%s materials: other evidence may %s %s", b->code,
                       now->is_no_waiver ? "no longer stand for" : "stand for", now->id);
        else if (was->fill_count != now->fill_count)
            differ_say(d, "%s materials: %s fills in %zu -> %zu answers", b->code, now->id,
                       was->fill_count, now->fill_count);
    }
    for (size_t i = 0; i < a->material_count; i++)
        if (!find_material(b, a->materials[i].id))
            differ_say(d, "%s materials: %s went", a->code, a->materials[i].id);
}

static void compare_form(struct differ *d, const struct service *a, const struct service *b)
{
    for (size_t i = 0; i < b->field_count; i++) {
        const struct field *now = &b->fields[i],
                           *was = find_field(a->fields, a->field_count, now->name);
        char what[64];
        snprintf(what, sizeof(what), "form %s", now->name);
        if (!was) {
            differ_say(d, "%s form: %s is asked now", b->code, now->name);
            continue;
        }
        differ_words(d, b->code, what, &was->label, &now->label);
        if (was->kind != now->kind || was->is_required != now->is_required)
            differ_say(d, "%s form: %s is asked in another way", b->code, now->name);
        differ_conditions(d, b->code, was, now);
    }
    for (size_t i = 0; i < a->field_count; i++)
        if (!find_field(b->fields, b->field_count, a->fields[i].name))
            differ_say(d, "%s form: %s is no longer asked", a->code, a->fields[i].name);
}

static void compare_service(struct differ *d, const struct service *a, const struct service *b)
{
    differ_words(d, b->code, "name", &a->name, &b->name);
    differ_words(d, b->code, "short_name", &a->short_name, &b->short_name);
    differ_words(d, b->code, "gives", &a->gives, &b->gives);
    differ_words(d, b->code, "who", &a->who, &b->who);
    differ_words(d, b->code, "department", &a->department, &b->department);
    differ_words(d, b->code, "fee", &a->fee, &b->fee);
    differ_words(d, b->code, "fee_basis", &a->fee_basis, &b->fee_basis);
    differ_words(d, b->code, "basis", &a->basis, &b->basis);
    differ_words(d, b->code, "next", &a->next, &b->next);
    differ_words(d, b->code, "promise", &a->promise, &b->promise);
    differ_words(d, b->code, "consent", &a->consent, &b->consent);
    compare_numbers(d, b->code, "promised_days", a->promised_days, b->promised_days);
    compare_numbers(d, b->code, "legal_days", a->legal_days, b->legal_days);
    compare_numbers(d, b->code, "reach", (int)a->reach, (int)b->reach);
    compare_numbers(d, b->code, "delivery", (int)a->delivery, (int)b->delivery);
    compare_numbers(d, b->code, "age_from", a->age_from, b->age_from);
    compare_numbers(d, b->code, "age_to", a->age_to, b->age_to);
    compare_numbers(d, b->code, "urgent", a->is_urgent, b->is_urgent);
    compare_numbers(d, b->code, "instant", a->is_instant, b->is_instant);
    compare_numbers(d, b->code, "no_waiver", a->is_no_waiver, b->is_no_waiver);
    compare_numbers(d, b->code, "parts", (int)a->part_count, (int)b->part_count);
    compare_materials(d, a, b);
    compare_form(d, a, b);
    differ_rules(d, a, b);
}

size_t catalogue_diff(const struct catalogue *old, const struct catalogue *fresh,
                      void (*take)(void *context, const char *line), void *context)
{
    struct differ d = { take, context, 0 };
    differ_facts(&d, old, fresh);
    for (size_t i = 0; i < old->service_count; i++)
        if (!catalogue_find(fresh, old->services[i].code))
            differ_say(&d, "%s went: %.200s", old->services[i].code,
                       old->services[i].name.in[LANGUAGE_EN]);
    for (size_t i = 0; i < fresh->service_count; i++) {
        const struct service *now = &fresh->services[i], *was = catalogue_find(old, now->code);
        if (was)
            compare_service(&d, was, now);
        else
            differ_say(&d, "%s came: %.200s", now->code, now->name.in[LANGUAGE_EN]);
    }
    return d.count;
}
