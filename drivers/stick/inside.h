/* What the files of drivers/stick share. */
#pragma once

#include "drivers/stick/stick.h"

struct stick {
    const struct stick_calls *calls;
    int folder;
    struct stick_space space; /* when it was opened */
};

/* For reading, when it is a regular file with a name of ours. 0 with a descriptor, or why not. */
NODISCARD int stick_open_regular(struct stick *s, int *fd, struct stat *st, const char *name);
/* What a failed system call means; a fault that is nobody's stick stays one. */
int stick_result(int negative_errno);
