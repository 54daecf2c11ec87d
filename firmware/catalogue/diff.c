#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/catalogue/check.h"
#include "firmware/catalogue/load.h"

struct differ {
    void (*take)(void *context, const char *line);
    void *context;
    size_t count;
};

static void say(struct differ *d, const char *format, ...) PRINTF_LIKE(2, 3);
static void say(struct differ *d, const char *format, ...)
{
    char line[CATALOGUE_COMPLAINT];
    va_list args;
    va_start(args, format);
    vsnprintf(line, sizeof(line), format, args);
    va_end(args);
    d->take(d->context, line);
    d->count++;
}

static void compare_words(struct differ *d, const char *code, const char *what,
                          const struct words *a, const struct words *b)
{
    static const char *const languages[] = { "zh", "en" };
    for (int i = 0; i < LANGUAGE_COUNT; i++)
        if (strcmp(a->in[i], b->in[i]) != 0)
            say(d, "%s %s.%s: %.110s -> %.110s", code, what, languages[i], a->in[i], b->in[i]);
}

static void compare_numbers(struct differ *d, const char *code, const char *what, int a, int b)
{
    if (a != b)
        say(d, "%s %s: %d -> %d", code, what, a, b);
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
            say(d, "%s materials: %s came (%s)", b->code, now->id, hows[now->how]);
        else if (was->how != now->how)
            say(d, "%s materials: %s %s -> %s", b->code, now->id, hows[was->how], hows[now->how]);
        else if (was->late_days != now->late_days)
            say(d, "%s materials: %s within %d -> %d days", b->code, now->id, was->late_days,
                now->late_days);
        else if (was->is_live != now->is_live)
            say(d, "%s materials: %s is %s", b->code, now->id,
                now->is_live ? "asked for at once" : "no longer asked for at once");
        else if (was->fill_count != now->fill_count)
            say(d, "%s materials: %s fills in %zu -> %zu answers", b->code, now->id,
                was->fill_count, now->fill_count);
    }
    for (size_t i = 0; i < a->material_count; i++)
        if (!find_material(b, a->materials[i].id))
            say(d, "%s materials: %s went", a->code, a->materials[i].id);
}

static void compare_form(struct differ *d, const struct service *a, const struct service *b)
{
    for (size_t i = 0; i < b->field_count; i++) {
        const struct field *now = &b->fields[i],
                           *was = find_field(a->fields, a->field_count, now->name);
        char what[64];
        snprintf(what, sizeof(what), "form %s", now->name);
        if (!was) {
            say(d, "%s form: %s is asked now", b->code, now->name);
            continue;
        }
        compare_words(d, b->code, what, &was->label, &now->label);
        if (was->kind != now->kind || was->is_required != now->is_required)
            say(d, "%s form: %s is asked in another way", b->code, now->name);
    }
    for (size_t i = 0; i < a->field_count; i++)
        if (!find_field(b->fields, b->field_count, a->fields[i].name))
            say(d, "%s form: %s is no longer asked", a->code, a->fields[i].name);
}

static void compare_rules(struct differ *d, const struct service *a, const struct service *b)
{
    for (size_t i = 0; i < b->rule_count; i++) {
        const struct service_rule *was = NULL;
        for (size_t k = 0; k < a->rule_count; k++)
            was = strcmp(a->rules[k].id, b->rules[i].id) ? was : &a->rules[k];
        if (!was)
            say(d, "%s rules: %s came: %.200s", b->code, b->rules[i].id,
                rule_text(b->rules[i].must));
        else if (strcmp(rule_text(was->must), rule_text(b->rules[i].must)) != 0)
            say(d, "%s rules: %s: %.110s -> %.110s", b->code, was->id, rule_text(was->must),
                rule_text(b->rules[i].must));
    }
    for (size_t k = 0; k < a->rule_count; k++) {
        bool is_there = false;
        for (size_t i = 0; i < b->rule_count; i++)
            is_there |= !strcmp(a->rules[k].id, b->rules[i].id);
        if (!is_there)
            say(d, "%s rules: %s went", a->code, a->rules[k].id);
    }
}

static void compare_service(struct differ *d, const struct service *a, const struct service *b)
{
    compare_words(d, b->code, "name", &a->name, &b->name);
    compare_words(d, b->code, "short_name", &a->short_name, &b->short_name);
    compare_words(d, b->code, "gives", &a->gives, &b->gives);
    compare_words(d, b->code, "who", &a->who, &b->who);
    compare_words(d, b->code, "department", &a->department, &b->department);
    compare_words(d, b->code, "fee", &a->fee, &b->fee);
    compare_words(d, b->code, "fee_basis", &a->fee_basis, &b->fee_basis);
    compare_words(d, b->code, "basis", &a->basis, &b->basis);
    compare_words(d, b->code, "next", &a->next, &b->next);
    compare_words(d, b->code, "promise", &a->promise, &b->promise);
    compare_words(d, b->code, "consent", &a->consent, &b->consent);
    compare_numbers(d, b->code, "promised_days", a->promised_days, b->promised_days);
    compare_numbers(d, b->code, "legal_days", a->legal_days, b->legal_days);
    compare_numbers(d, b->code, "reach", (int)a->reach, (int)b->reach);
    compare_numbers(d, b->code, "delivery", (int)a->delivery, (int)b->delivery);
    compare_numbers(d, b->code, "parts", (int)a->part_count, (int)b->part_count);
    compare_materials(d, a, b);
    compare_form(d, a, b);
    compare_rules(d, a, b);
}

size_t catalogue_diff(const struct catalogue *old, const struct catalogue *fresh,
                      void (*take)(void *context, const char *line), void *context)
{
    struct differ d = { take, context, 0 };
    for (size_t i = 0; i < old->service_count; i++)
        if (!catalogue_find(fresh, old->services[i].code))
            say(&d, "%s went: %.200s", old->services[i].code,
                old->services[i].name.in[LANGUAGE_EN]);
    for (size_t i = 0; i < fresh->service_count; i++) {
        const struct service *now = &fresh->services[i], *was = catalogue_find(old, now->code);
        if (was)
            compare_service(&d, was, now);
        else
            say(&d, "%s came: %.200s", now->code, now->name.in[LANGUAGE_EN]);
    }
    return d.count;
}
