/* The rules of a good catalogue, by theme; known in this folder only. */
#pragma once

#include "firmware/catalogue/check.h"
#include "firmware/catalogue/load.h"

struct checker {
    void (*take)(void *context, const struct finding *f);
    void *context;
    struct finding_count *count;
    const char *today;
};

void check_say(struct checker *k, enum finding_weight weight, const char *item, const char *field,
               const char *format, ...) PRINTF_LIKE(5, 6);

void check_home(struct checker *k, const struct catalogue *c);     /* tiles, what is popular */
void check_facts(struct checker *k, const struct catalogue *c);    /* what rules ask for */
void check_texts(struct checker *k, const struct service *s);      /* both languages, said once */
void check_law(struct checker *k, const struct service *s);        /* days, fee, consent, reach */
void check_form_rules(struct checker *k, const struct service *s); /* what is asked, bundles */
void check_fresh(struct checker *k, const struct catalogue *c, const struct service *s);
