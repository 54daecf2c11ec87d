/* kioskctl catalogue list, show: what is in a catalogue, for those who write it. */
#include <stdio.h>

#include "firmware/base/json.h"
#include "firmware/catalogue/guide.h"
#include "firmware/ctl/catalogue_inside.h"

int ctl_load(struct catalogue **out, const char *path)
{
    char complaint[CATALOGUE_COMPLAINT];
    return catalogue_load_file(out, path, complaint) ? ctl_fail("%s", complaint) : 0;
}

/* ---- list ----------------------------------------------------------------------------- */

static const char *const reaches[] = { "kiosk", "agent", "book", "info" };

static json_t *pair(const struct words *w)
{
    return *w->in[LANGUAGE_ZH]
               ? json_pack("{ssss}", "zh", w->in[LANGUAGE_ZH], "en", w->in[LANGUAGE_EN])
               : json_null();
}

static json_t *row_of(const struct service *s)
{
    return json_pack(
        "{ss, ss, ss, ss, si, si, sI, so, so}", "code", s->code, "theme", s->theme, "reach",
        reaches[s->reach], "name", s->name.in[LANGUAGE_EN], "promised_days", s->promised_days,
        "parts", (int)s->part_count, "rules", (json_int_t)s->rule_count, "hint",
        s->hint ? pair(&s->hint->words) : json_null(), "life_event", pair(&s->life_event));
}

int ctl_catalogue_list(const struct ctl *c, char **argv)
{
    AUTO(catalogue_free) struct catalogue *catalogue = NULL;
    int r = ctl_load(&catalogue, argv[0]);
    json_t *rows = !r && c->is_json ? json_array() : NULL;
    for (size_t i = 0; !r && i < catalogue_service_count(catalogue); i++) {
        const struct service *s = catalogue_service(catalogue, i);
        if (rows)
            json_array_append_new(rows, row_of(s));
        else
            printf("%-5s %-6s %-11s %3d days  %s\n", s->code, reaches[s->reach], s->theme,
                   s->promised_days, s->name.in[LANGUAGE_EN]);
    }
    if (rows)
        ctl_print_json(rows);
    return r;
}

/* ---- show: the guide, and what only editors see of it ------------------------------------ */

static const char *const sections[GUIDE_SECTIONS] = {
    [GUIDE_NAME] = "name",         [GUIDE_GIVES] = "gives",       [GUIDE_WHO] = "who",
    [GUIDE_RULE] = "rule",         [GUIDE_FETCHED] = "fetched",   [GUIDE_BRING] = "bring",
    [GUIDE_LATER] = "later",       [GUIDE_PROMISED] = "promised", [GUIDE_LEGAL] = "legal",
    [GUIDE_STEP] = "step",         [GUIDE_LEVEL] = "level",       [GUIDE_PART] = "part",
    [GUIDE_REPLACES] = "replaces", [GUIDE_FEE] = "fee",           [GUIDE_FEE_BASIS] = "fee basis",
    [GUIDE_OFFICE] = "office",     [GUIDE_BASIS] = "basis",       [GUIDE_NEXT] = "next",
};

static void print_line(json_t *list, const char *section, const struct words *w, int days)
{
    if (list) {
        json_array_append_new(list,
                              json_pack("{sssssssi}", "section", section, "zh", w->in[LANGUAGE_ZH],
                                        "en", w->in[LANGUAGE_EN], "days", days));
        return;
    }
    printf("%-10s", section);
    if (days >= 0)
        printf(" %d working days", days);
    printf(" %s\n", w->in[LANGUAGE_ZH]);
    if (*w->in[LANGUAGE_EN])
        printf("%-10s %s\n", "", w->in[LANGUAGE_EN]);
}

/* `about`: which rule or question; `when`: the expression as it was written, or NULL. */
static void print_when(json_t *list, const char *section, const char *about, const char *when)
{
    if (!when)
        return;
    if (list)
        json_array_append_new(
            list, json_pack("{ss, ss, ss}", "section", section, "about", about, "if", when));
    else
        printf("%-10s %s: %s\n", section, about, when);
}

static void print_words_of(json_t *list, const char *section, const struct words *w)
{
    if (*w->in[LANGUAGE_ZH])
        print_line(list, section, w, -1);
}

static void print_rule(json_t *list, const struct catalogue *c, const struct service *s,
                       const struct service_rule *rule)
{
    const struct service *instead = rule->instead ? catalogue_find(c, rule->instead) : NULL;
    print_when(list, "condition", rule->id, rule_text(rule->must));
    print_line(list, "refusal", &rule->refusal, -1);
    print_words_of(list, "rests on", *rule->basis.in[LANGUAGE_ZH] ? &rule->basis : &s->basis);
    print_words_of(list, "instead", instead ? &instead->name : &rule->where);
}

static void print_form_rules(json_t *list, const struct service *s)
{
    for (size_t i = 0; i < s->field_count; i++) {
        const struct field *f = &s->fields[i];
        print_when(list, "shown if", f->name, f->show_if ? rule_text(f->show_if) : NULL);
        print_when(list, "needed if", f->name, f->need_if ? rule_text(f->need_if) : NULL);
    }
}

/* What the guide itself does not say: it appears only when it is wanted. */
static void print_more(json_t *list, const struct catalogue *c, const struct service *s)
{
    print_words_of(list, "life event", &s->life_event);
    if (s->hint) {
        print_when(list, "hint", s->code, rule_text(s->hint->when));
        print_line(list, "hint", &s->hint->words, -1);
    }
    for (size_t i = 0; i < s->rule_count; i++)
        print_rule(list, c, s, &s->rules[i]);
    print_form_rules(list, s);
}

int ctl_catalogue_show(const struct ctl *c, char **argv)
{
    AUTO(catalogue_free) struct catalogue *catalogue = NULL;
    struct guide_line lines[GUIDE_LINES_MAX];
    if (ctl_load(&catalogue, argv[0]))
        return 1;
    const struct service *s = catalogue_find(catalogue, argv[1]);
    if (!s)
        return ctl_fail("%s has no service %s", argv[0], argv[1]);
    json_t *out = c->is_json ? json_array() : NULL;
    size_t count = guide_lines(catalogue, s, NULL, lines, GUIDE_LINES_MAX);
    for (size_t i = 0; i < count; i++)
        print_line(out, sections[lines[i].section], &lines[i].words, lines[i].days);
    print_more(out, catalogue, s);
    if (out)
        ctl_print_json(out);
    return 0;
}
