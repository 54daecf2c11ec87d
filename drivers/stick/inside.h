/* What the files of drivers/stick share. */
#pragma once

#include "drivers/stick/stick.h"

struct stick {
    const struct stick_calls *calls;
    int folder;
    struct stick_space space; /* when it was opened */
};

/* What a failed system call means; a fault that is nobody's stick stays one. */
int stick_result(int negative_errno);
