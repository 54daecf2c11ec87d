/* boot-slot: what the boot loader will start next. `status` tells, `good` says that the running slot has proved itself,
 * `try A` or `try B` that a new image is there. Writes one sector of the state partition, synchronously. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "board/common/boot_state.h"

static const char state_partition[] = "/dev/disk/by-partlabel/onetrip-state";

/* The slot that the boot loader named on the kernel's command line. */
static bool running_slot(enum boot_slot *out)
{
    static const char name[] = "onetrip.slot=";
    char line[2048];
    FILE *f = fopen("/proc/cmdline", "re");
    size_t n = f ? fread(line, 1, sizeof(line) - 1, f) : 0;
    line[n] = 0;
    if (f)
        fclose(f);
    const char *at = strstr(line, name);
    char letter = at ? at[sizeof(name) - 1] : 0;
    *out = letter == 'B' ? BOOT_SLOT_B : BOOT_SLOT_A;
    return letter == 'A' || letter == 'B';
}

static void tell(const struct boot_state *s)
{
    enum boot_slot running;
    bool is_known = running_slot(&running);
    printf("running=%c first=%c tries_a=%d tries_b=%d\n", is_known ? "AB"[running] : '-',
           "AB"[s->first], s -> tries[BOOT_SLOT_A], s -> tries[BOOT_SLOT_B]);
}

/* 0, or the exit status. */
static int change(struct boot_state *s, int argc, char **argv)
{
    enum boot_slot running;
    if (argc == 2 && !strcmp(argv[1], "good")) {
        if (!running_slot(&running)) {
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
    uint8_t copies[2][BOOT_COPY_BYTES], fresh[BOOT_COPY_BYTES];
    struct boot_state state;
    bool is_question = argc == 2 && !strcmp(argv[1], "status");
    int fd = open(state_partition, (is_question ? O_RDONLY : O_RDWR | O_DSYNC) | O_CLOEXEC);
    if (fd < 0 || pread(fd, copies, sizeof(copies), 0) != sizeof(copies)) {
        perror(state_partition);
        return 1;
    }
    int next = boot_state_choose(&state, copies);
    int code = is_question ? 0 : change(&state, argc, argv);
    if (!code && !is_question) {
        boot_state_write(fresh, &state);
        if (pwrite(fd, fresh, sizeof(fresh), (off_t)next * BOOT_COPY_BYTES) != sizeof(fresh) ||
            fsync(fd)) {
            perror(state_partition);
            code = 1;
        }
    }
    close(fd);
    if (!code)
        tell(&state);
    return code;
}
