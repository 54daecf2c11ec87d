/* What the files of the desk share. */
#pragma once

#include "tests/platform/platform.h"

/* desk.c: a file of --desk-dir, or a problem. */
void desk_send_file(const struct platform *p, struct reply *r, const char *name, const char *type);
/* desk_items.c */
void desk_items(struct platform *p, const struct request_in *q, struct reply *r);
void desk_outlines(struct platform *p, const struct request_in *q, struct reply *r);
void desk_item(struct platform *p, const struct request_in *q, struct reply *r);
void desk_count(struct platform *p, const struct request_in *q, struct reply *r);
/* desk_step.c */
void desk_today(struct platform *p, const struct request_in *q, struct reply *r);
void desk_turn(struct platform *p, const struct request_in *q, struct reply *r);
void desk_step(struct platform *p, const struct request_in *q, struct reply *r);
/* escalations.c */
void escalations_list(struct platform *p, const struct request_in *q, struct reply *r);
void escalations_answer(struct platform *p, const struct request_in *q, struct reply *r);
/* calls.c: telephone calls about a case; calls_of() inside the lock */
NODISCARD int calls_begin(struct platform *p);
void calls_post(struct platform *p, const struct request_in *q, struct reply *r);
json_t *calls_of(struct platform *p, const char *id);
/* claims.c: learn, once, under which code the answer is read. False: county-open does not answer. Locks. */
bool claim_learn(struct platform *p, const char *item);
