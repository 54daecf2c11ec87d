/* Where things lie around the running program. */
#pragma once

#include <stddef.h>

/* Helper programs stand beside this one. */
void place_beside_program(char *out, size_t size, const char *name);
