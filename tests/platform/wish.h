/* A step that a clerk wants to take, as the page sends it (POST /step). Shared by cases and by the parts of bundles. */
#pragma once

#include "firmware/base/json.h"
#include "tests/platform/matter.h"

/* Everything borrowed from the request. */
struct wish {
    const char *id, *event, *reason, *note, *material;
    const char *kind, *counter, *tracking; /* of the delivery */
    const char *owner, *phone; /* who takes the step, and has it from then on; "" not said */
    const json_t *materials;
    int days, part; /* part 0: the whole */
    bool has_changed;
};

struct wish_detail {
    struct case_detail detail; /* points into `owed` */
    struct case_owed owed[MATTER_MISSING_MAX];
};

void wish_read(struct json_reader *r, struct wish *w, const json_t *o);
/* Its row of desk_words; the last, without a word, when there is none. */
const struct desk_word *wish_word(const struct wish *w);
/* It is put on a counter: still to be handed over, so no event of the statute. */
bool wish_is_set_out(const struct wish *w);
/* What the table does not ask, but the county's own order does: a sentence, or NULL. The way out is set in `m`. */
const char *wish_complain(struct matter *m, const struct wish *w);
void wish_detail(struct wish_detail *out, const struct platform *p, const struct matter *m,
                 const struct wish *w);
/* What stands in the case after it. */
void wish_keep(const struct platform *p, struct matter *m, const struct wish *w,
               const char *article);
/* In words for the page; `outcome` is CASE_E_... */
void wish_refuse(struct reply *r, int outcome);

/* desk_bundle.c: the same step for the parts of a bundle, one of them or all that may take it. Inside the lock. */
void desk_step_parts(struct platform *p, struct reply *r, const struct wish *w);
