#include <stdlib.h>
#include <string.h>

#include "firmware/catalogue/expression.h"

enum { DIVISION_DIGITS = 6, NUMBER_DIGITS_MAX = 15 };

/* What a node is worth. Texts are borrowed from the facts for the length of one call. */
struct worth {
    bool is_known;
    int64_t number;
    const char *text;
    size_t length;
};

static const struct worth unknown = { 0 };

static struct worth of_truth(bool truth)
{
    return (struct worth){ .is_known = true, .number = truth };
}

static struct worth of_text(const char *text)
{
    return text && *text ? (struct worth){ .is_known = true, .text = text, .length = strlen(text) }
                         : unknown;
}

/* "1234.5" -> 123450 fen; anything that is no amount is not known. */
static struct worth of_amount(const char *text)
{
    size_t yuan = strspn(text, "0123456789");
    const char *fraction = text[yuan] == '.' ? text + yuan + 1 : "";
    size_t digits = strspn(fraction, "0123456789");
    if (!yuan || yuan > NUMBER_DIGITS_MAX - 2 || digits > 2 || fraction[digits] ||
        (text[yuan] && text[yuan] != '.'))
        return unknown;
    int64_t fen = strtoll(text, NULL, 10) * 100;
    if (digits)
        fen += (fraction[0] - '0') * 10 + (digits > 1 ? fraction[1] - '0' : 0);
    return (struct worth){ .is_known = true, .number = fen };
}

static struct worth of_number(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > NUMBER_DIGITS_MAX || text[digits])
        return unknown;
    return (struct worth){ .is_known = true, .number = strtoll(text, NULL, 10) };
}

static struct worth of_date(const char *text)
{
    return text && date_is_real(text) ? of_number(text) : unknown;
}

/* A value from outside, as the type that the rule was checked for; what does not fit is not known. */
static struct worth read_value(const struct expression_node *n, const char *value)
{
    if (!value || !*value)
        return unknown;
    switch (n->type) {
    case RULE_YES_NO:
        return !strcmp(value, "yes")  ? of_truth(true)
               : !strcmp(value, "no") ? of_truth(false)
                                      : unknown;
    case RULE_NUMBER:
        return n->is_amount ? of_amount(value) : of_number(value);
    case RULE_DATE:
        return of_date(value);
    default:
        return of_text(value);
    }
}

static struct worth card_worth(const struct expression_node *n, const struct rule_facts *facts)
{
    const struct person *p = facts->card;
    struct worth w = unknown;
    if (!p)
        return unknown;
    switch (n->card) {
    case CARD_AGE: {
        int age = facts->today ? age_in_years(p->birth, facts->today) : -1;
        return age < 0 ? unknown : (struct worth){ .is_known = true, .number = age };
    }
    case CARD_BIRTH:
        return of_date(p->birth);
    case CARD_SEX:
        if (p->sex == '1' || p->sex == '2')
            w = (struct worth){ .is_known = true, .text = &p->sex, .length = 1 };
        return w;
    case CARD_DIVISION: /* of first registration: GB 11643 begins with it */
        if (p->layout == CARD_RESIDENT && strlen(p->number) >= DIVISION_DIGITS)
            w = (struct worth){ .is_known = true, .text = p->number, .length = DIVISION_DIGITS };
        return w;
    default:
        return of_text(p->address);
    }
}

/* ---- comparing ------------------------------------------------------------------------ */

static int text_order(struct worth a, struct worth b)
{
    return a.length != b.length || memcmp(a.text, b.text, a.length) != 0;
}

static struct worth compare(const struct expression_node *n, unsigned type, struct worth a,
                            struct worth b)
{
    if (!a.is_known || !b.is_known)
        return unknown;
    int order =
        type == RULE_TEXT ? text_order(a, b) : (a.number > b.number) - (a.number < b.number);
    switch (n->op) {
    case OP_EQUAL:
        return of_truth(order == 0);
    case OP_UNEQUAL:
        return of_truth(order != 0);
    case OP_LESS:
        return of_truth(order < 0);
    case OP_AT_MOST:
        return of_truth(order <= 0);
    case OP_MORE:
        return of_truth(order > 0);
    case OP_AT_LEAST:
        return of_truth(order >= 0);
    default: /* OP_BEGINS */
        return of_truth(a.length >= b.length && !memcmp(a.text, b.text, b.length));
    }
}

/* Kleene: one side may decide alone. `decides` is the value that does. */
static struct worth join(struct worth a, struct worth b, bool decides)
{
    if ((a.is_known && a.number == decides) || (b.is_known && b.number == decides))
        return of_truth(decides);
    return a.is_known && b.is_known ? of_truth(!decides) : unknown;
}

static struct worth node_worth(const struct expression *e, const struct expression_node *n,
                               const struct worth *done, const struct rule_facts *f)
{
    struct worth a = done[n->a], b = done[n->b];
    switch (n->op) {
    case OP_LITERAL:
        if (n->type == RULE_TEXT)
            return (struct worth){ .is_known = true, .text = n->text, .length = strlen(n->text) };
        return (struct worth){ .is_known = true, .number = n->number };
    case OP_CARD:
        return card_worth(n, f);
    case OP_TODAY:
        return of_date(f->today);
    case OP_ANSWER:
        return read_value(n, f->answer_of ? f->answer_of(f->context, n->text) : NULL);
    case OP_FACT:
        return read_value(n, f->fact_of ? f->fact_of(f->context, n->text) : NULL);
    case OP_NOT:
        return a.is_known ? of_truth(!a.number) : unknown;
    case OP_KNOWN:
        return of_truth(a.is_known);
    case OP_AND:
        return join(a, b, false);
    case OP_OR:
        return join(a, b, true);
    default:
        return compare(n, e->nodes[n->a].type, a, b);
    }
}

/* From the result down along what is not known, to the first name. */
static const char *find_missing(const struct expression *e, const struct worth *done)
{
    size_t at = e->count - 1;
    while (e->nodes[at].op >= OP_NOT)
        at = !done[e->nodes[at].a].is_known ? e->nodes[at].a : e->nodes[at].b;
    return e->nodes[at].name;
}

enum truth rule_holds(const struct expression *e, const struct rule_facts *facts,
                      const char **missing)
{
    struct worth done[RULE_NODES] = { 0 };
    if (missing)
        *missing = NULL;
    for (size_t i = 0; i < e->count; i++)
        done[i] = node_worth(e, &e->nodes[i], done, facts);
    struct worth result = done[e->count - 1];
    if (!result.is_known && missing)
        *missing = find_missing(e, done);
    return !result.is_known ? TRUTH_UNKNOWN : result.number ? TRUTH_YES : TRUTH_NO;
}

bool rule_asks_for(const struct expression *e, const char *name)
{
    for (size_t i = 0; i < e->count; i++)
        if (e->nodes[i].name && !strcmp(e->nodes[i].name, name))
            return true;
    return false;
}

const char *rule_text(const struct expression *e)
{
    return e->source;
}
