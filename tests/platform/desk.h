/* What the files of the desk share. */
#pragma once

#include "tests/platform/platform.h"

/* desk_items.c */
void desk_items(struct platform *p, const struct request_in *q, struct reply *r);
void desk_outlines(struct platform *p, const struct request_in *q, struct reply *r);
void desk_item(struct platform *p, const struct request_in *q, struct reply *r);
void desk_count(struct platform *p, const struct request_in *q, struct reply *r);
/* desk_step.c */
void desk_today(struct platform *p, const struct request_in *q, struct reply *r);
void desk_turn(struct platform *p, const struct request_in *q, struct reply *r);
void desk_step(struct platform *p, const struct request_in *q, struct reply *r);
