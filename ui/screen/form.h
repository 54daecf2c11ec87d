/* What the files of the form share. Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* What is wrong (of enum answer_outcome), and what to do about it. */
const char *form_problem_text(struct scene *s, const struct field *f, int problem);
/* The answers of a choice or a yes-or-no question at s->y. */
void form_add_choices(struct scene *s, const struct field *f, bool is_error);
/* Takes over the answer of an earlier field, where one is given. */
void form_add_same_as(struct scene *s, const struct field *f);
/* The villages of this point, while an address is empty and being typed. */
void form_add_places(struct scene *s, const struct field *f);
/* A sentence about what is wrong, below what it is about. Nothing for "". */
void form_add_error(struct scene *s, const char *error);
/* How an answer of this kind is typed, while it is and that is not plain; "" else. */
const char *form_shape_hint(const struct scene *s, const struct field *f);
