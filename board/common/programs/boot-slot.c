/* boot-slot: what the boot loader will start next. `status` tells, `good` says that the running slot has proved itself,
 * `try A` or `try B` that a new image is there. Writes one sector of the state partition, synchronously. */
#include <stdio.h>
#include <string.h>

#include "board/common/boot_slots.h"

static const char state_partition[] = "/dev/disk/by-partlabel/onetrip-state",
                  command_line[] = "/proc/cmdline";

static void tell(const struct boot_state *s)
{
    enum boot_slot running;
    bool is_known = boot_slots_running(&running, command_line);
    printf("running=%c first=%c tries_a=%d tries_b=%d\n", is_known ? "AB"[running] : '-',
           "AB"[s->first], s -> tries[BOOT_SLOT_A], s -> tries[BOOT_SLOT_B]);
}

/* 0, or the exit status. */
static int change(struct boot_state *s, int argc, char **argv)
{
    enum boot_slot running;
    if (argc == 2 && !strcmp(argv[1], "good")) {
        if (!boot_slots_running(&running, command_line)) {
            fputs("boot-slot: the boot loader named no slot\n", stderr);
            return 1;
        }
        boot_state_good(s, running);
        return 0;
    }
    if (argc == 3 && !strcmp(argv[1], "try") && (*argv[2] == 'A' || *argv[2] == 'B') &&
        !argv[2][1]) {
        boot_state_try(s, *argv[2] == 'A' ? BOOT_SLOT_A : BOOT_SLOT_B);
        return 0;
    }
    fputs("usage: boot-slot status|good|try A|try B\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    struct boot_slots slots;
    bool is_question = argc == 2 && !strcmp(argv[1], "status");
    int r = boot_slots_open(&slots, state_partition, is_question);
    int code = r || is_question ? 0 : change(&slots.state, argc, argv);
    if (!r && !code && !is_question)
        r = boot_slots_write(&slots);
    if (r) {
        fprintf(stderr, "boot-slot: %s: %s\n", state_partition, strerror(-r));
        return 1;
    }
    if (!code)
        tell(&slots.state);
    boot_slots_close(&slots);
    return code;
}
