/* Comparing two catalogues; known in this folder only. NULL stands for what is not there. */
#pragma once

#include "firmware/catalogue/load.h"

struct differ {
    void (*take)(void *context, const char *line);
    void *context;
    size_t count;
};

void differ_say(struct differ *d, const char *format, ...) PRINTF_LIKE(2, 3);
/* One line for each language in which the words differ. */
void differ_words(struct differ *d, const char *code, const char *what, const struct words *a,
                  const struct words *b);
void differ_text(struct differ *d, const char *code, const char *what, const char *a,
                 const char *b);

/* ---- diff_rules.c: who may apply, what is asked when, what is said unasked ------------------- */
void differ_rules(struct differ *d, const struct service *a, const struct service *b);
void differ_conditions(struct differ *d, const char *code, const struct field *a,
                       const struct field *b);
void differ_facts(struct differ *d, const struct catalogue *old, const struct catalogue *fresh);
