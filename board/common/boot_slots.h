/* The state partition of this board, and which slot runs. */
#pragma once

#include "board/common/boot_state.h"

struct boot_slots {
    int fd, next; /* which copy is written next */
    struct boot_state state;
};

/* The slot that the boot loader named on the kernel's command line, a file as /proc/cmdline. False: it named none. */
bool boot_slots_running(enum boot_slot *out, const char *command_line);
/* `partition` holds both copies. 0 or a negative errno. End it with boot_slots_close(). */
NODISCARD int boot_slots_open(struct boot_slots *out, const char *partition, bool is_question);
/* The state as it is now, durably. 0 or a negative errno; then the state before stands. */
NODISCARD int boot_slots_write(struct boot_slots *b);
void boot_slots_close(struct boot_slots *b);
