/* What pages say of a call (bell.c). Inside ui/screen only. */
#pragma once

#include "ui/screen/scene.h"

/* On the help page: the way to ring, or how the call stands. Nothing where nobody may be promised. */
void bell_add(struct scene *s);
/* For the line above every page; "": nobody was called. */
const char *bell_words(const struct scene *s);
