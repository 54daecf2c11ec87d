#include "firmware/catalogue/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "firmware/base/text.h"
#include "firmware/catalogue/checks.h"

/* ---- reporting ------------------------------------------------------------------------ */

static void report(struct checker *k, const struct finding *f)
{
    *(f->weight == FINDING_MISTAKE ? &k->count->mistakes : &k->count->notes) += 1;
    k->take(k->context, f);
}

void check_say(struct checker *k, enum finding_weight weight, const char *item, const char *field,
               const char *format, ...)
{
    struct finding f = { .weight = weight };
    va_list args;
    snprintf(f.item, sizeof(f.item), "%s", item);
    snprintf(f.field, sizeof(f.field), "%s", field);
    va_start(args, format);
    vsnprintf(f.sentence, sizeof(f.sentence), format, args);
    va_end(args);
    report(k, &f);
}

/* "services[2] (E01).pages[0].fields[1].kind: must be one of ..." -> item, field, sentence. The words of a
 * loader never hold ": " before the place has ended. */
static void take_complaint(void *context, const char *sentence)
{
    struct checker *k = context;
    struct finding f = { .weight = FINDING_MISTAKE };
    const char *colon = strstr(sentence, ": "), *open = strchr(sentence, '('),
               *close = strchr(sentence, ')');
    const char *words = colon && strcspn(sentence, " ") < 90 ? colon + 2 : sentence;
    const char *place = sentence;
    bool is_service =
        !strncmp(sentence, "services[", 9) && open && close && open < close && colon > close;
    if (is_service) {
        snprintf(f.item, sizeof(f.item), "%.*s", (int)(close - open - 1), open + 1);
        place = close + 1 + (close[1] == '.');
    }
    if (words != sentence)
        snprintf(f.field, sizeof(f.field), "%.*s", (int)(colon - place), place);
    snprintf(f.sentence, sizeof(f.sentence), "%s", words);
    report(k, &f);
}

/* ---- the whole ------------------------------------------------------------------------ */

static int check_loaded(struct checker *k, const struct catalogue *c)
{
    check_home(k, c);
    check_facts(k, c);
    for (size_t i = 0; i < c->service_count; i++) {
        check_texts(k, &c->services[i]);
        check_law(k, &c->services[i]);
        check_form_rules(k, &c->services[i]);
        check_fresh(k, c, &c->services[i]);
    }
    return 0;
}

int catalogue_check(const void *json, size_t length, const char *today,
                    void (*take)(void *context, const struct finding *f), void *context,
                    struct finding_count *count)
{
    AUTO(catalogue_free) struct catalogue *c = NULL;
    char complaint[CATALOGUE_COMPLAINT];
    *count = (struct finding_count){ 0 };
    struct checker k = { .take = take, .context = context, .count = count, .today = today };
    struct load_sink sink = { take_complaint, &k };
    int r = catalogue_load_all(json, length, &sink, &c, complaint);
    if (!r)
        return check_loaded(&k, c);
    if (r == -EINVAL && *complaint)
        take_complaint(&k, complaint);
    return r == -EINVAL && !*complaint ? 0 : r;
}

const char *catalogue_succession_fault(const struct catalogue *old, const struct catalogue *fresh)
{
    if (fresh->version > old->version)
        return NULL;
    return fresh->version == old->version ? "the version is the same as that of the one in use"
                                          : "the version is lower than that of the one in use";
}
