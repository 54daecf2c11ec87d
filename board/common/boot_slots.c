#include "board/common/boot_slots.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE = 2048 };

bool boot_slots_running(enum boot_slot *out, const char *command_line)
{
    static const char name[] = "onetrip.slot=";
    char line[LINE];
    FILE *f = fopen(command_line, "re");
    size_t n = f ? fread(line, 1, sizeof(line) - 1, f) : 0;
    line[n] = 0;
    if (f)
        fclose(f);
    const char *at = strstr(line, name);
    char letter = at ? at[sizeof(name) - 1] : 0;
    *out = letter == 'B' ? BOOT_SLOT_B : BOOT_SLOT_A;
    return letter == 'A' || letter == 'B';
}

int boot_slots_open(struct boot_slots *out, const char *partition, bool is_question)
{
    uint8_t copies[2][BOOT_COPY_BYTES];
    int fd = open(partition, (is_question ? O_RDONLY : O_RDWR | O_DSYNC) | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : pread(fd, copies, sizeof(copies), 0);
    if (n != sizeof(copies)) {
        int r = n < 0 ? -errno : -EIO;
        if (fd >= 0)
            close(fd);
        return r;
    }
    *out = (struct boot_slots){ .fd = fd };
    out->next = boot_state_choose(&out->state, copies);
    return 0;
}

int boot_slots_write(struct boot_slots *b)
{
    uint8_t fresh[BOOT_COPY_BYTES];
    boot_state_write(fresh, &b->state);
    if (pwrite(b->fd, fresh, sizeof(fresh), (off_t)b->next * BOOT_COPY_BYTES) != sizeof(fresh) ||
        fsync(b->fd))
        return -errno;
    b->next = !b->next;
    return 0;
}

void boot_slots_close(struct boot_slots *b)
{
    if (b->fd >= 0)
        close(b->fd);
    b->fd = -1;
}
