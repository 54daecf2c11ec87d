/* What the county promises of a registered matter (SS-14): who answers, by when, who is asked now. It comes as facts of
 * the case: `owner`, `phone`, `answer_by` (YYYYMMDD), `level` (1 to 4), `answer`. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

bool promise_is_known(const struct case_view *c);
/* The day has gone by without an answer. */
bool promise_is_late(const struct scene *s);
/* In red, on top: since when it is late. */
void promise_add_alarm(struct scene *s);
/* Inside a card: the answer, who answers, until when, which level. */
void promise_add_facts(struct scene *s);
