/* What runs on the board, as /proc says. */
#pragma once

#include <sys/types.h>

enum { PROGRAM_NAME = 32 };

/* `pid`: the name of its folder in /proc. "" when it has ended. */
void program_name(char out[PROGRAM_NAME], const char *pid);
/* One of that name; 0: none. */
pid_t program_find(const char *name);
