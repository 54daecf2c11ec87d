/* Rules of a catalogue: who may apply, what must be asked, what one seems entitled to.
 *
 * A rule is a text such as  card.age >= 60 and answer.kind in ('limb', 'visual')  that the loader parses and
 * type-checks once (grammar: assets/catalogue/FORMAT.md, "Rules"). It has no loops, calls, assignments or
 * state: at most RULE_NODES operations, each done at most once. What is not known stays not known (Kleene's
 * three values): nothing is refused, and nothing promised, on a guess. Pure; any thread; what is read from
 * the facts is never kept. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "firmware/card/person.h"
#include "firmware/catalogue/catalogue.h"

enum { RULE_BYTES = 400, RULE_NODES = 96, RULE_DEPTH = 16, VERDICTS_MAX = 12 };

enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };
enum rule_type { RULE_YES_NO, RULE_NUMBER, RULE_DATE, RULE_TEXT };

/* Something a rule may ask for that neither the card nor a form says ("draws_pension"). */
struct fact {
    const char *name; /* [a-z0-9_]{1,31} */
    enum rule_type type;
    struct words label;    /* what it is */
    struct words question; /* how to ask the resident; "" when only the county can tell */
};

/* What is known at the moment. Values are texts: "yes"/"no", whole numbers, YYYYMMDD, yuan for amounts; ""
 * or NULL when not known. Functions may be NULL. */
struct rule_facts {
    const char *today;         /* YYYYMMDD, NULL when the clock is not trusted */
    const struct person *card; /* NULL without a card */
    const char *(*answer_of)(const void *context, const char *field);
    const char *(*fact_of)(const void *context, const char *fact);
    const void *context;
};

struct expression; /* body in expression.h, of this folder alone */

/* *missing (if not NULL): with TRUTH_UNKNOWN the first name whose value would help ("fact.draws_pension",
 * "card.age"), else NULL. */
enum truth rule_holds(const struct expression *e, const struct rule_facts *facts,
                      const char **missing);
/* Does it ask for that name ("fact.draws_pension")? */
bool rule_asks_for(const struct expression *e, const char *name);
/* As written in the catalogue. */
const char *rule_text(const struct expression *e);

/* One condition of a service, in plain words. */
struct service_rule {
    const char *id;
    const struct expression *must;
    struct words asks;    /* the rule, as a guide says it */
    struct words refusal; /* said when it fails: why, and what works instead */
    struct words basis;   /* the law it rests on, or "": that of the service */
    const char *instead;  /* code of the service that works then, or NULL */
    struct words where;   /* place or desk that works then, or "" */
};
struct service_hint {
    const struct expression *when;
    struct words words;
};

struct verdict {
    const struct service_rule *rule;
    enum truth truth;
    const char *missing;    /* TRUTH_UNKNOWN: what would decide it */
    const struct fact *ask; /* a question that would decide it; NULL: it cannot be told here */
};

/* Judge every rule of a service, in its order. Returns how many were written (at most VERDICTS_MAX). */
size_t service_judge(const struct catalogue *c, const struct service *s,
                     const struct rule_facts *facts, struct verdict out[VERDICTS_MAX]);
/* NO as soon as one fails, else UNKNOWN as soon as one is not known. YES without rules. */
enum truth service_is_open(const struct catalogue *c, const struct service *s,
                           const struct rule_facts *facts);
/* The nearest way that works after `rule` failed: the service it names, or what that one names, as long as
 * it does not fail by itself. NULL: go to rule->where, or to the window of the theme. */
const struct service *service_route(const struct catalogue *c, const struct service_rule *rule,
                                    const struct rule_facts *facts);
/* Services whose hint certainly holds ("you seem entitled to ..."), in the order of the catalogue. */
size_t catalogue_hints(const struct catalogue *c, const struct rule_facts *facts,
                       const struct service **out, size_t max);

/* Is a field to be asked, must it be answered? Both its condition and its rules count; what is not known
 * yet shows a field and does not demand it. */
bool field_is_shown(const struct field *f, const struct rule_facts *facts);
bool field_is_needed(const struct field *f, const struct rule_facts *facts);

const struct fact *catalogue_find_fact(const struct catalogue *c, const char *name);
