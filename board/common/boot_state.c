#include "board/common/boot_state.h"

#include <stdio.h>
#include <string.h>

enum { SUM_BYTES = 4 };

static uint32_t crc32(const uint8_t *data, size_t length)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < length; i++) {
        crc ^= data[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
    }
    return ~crc;
}

static uint32_t stored_sum(const uint8_t *copy)
{
    return (uint32_t)copy[0] | (uint32_t)copy[1] << 8 | (uint32_t)copy[2] << 16 |
           (uint32_t)copy[3] << 24;
}

struct boot_state boot_state_new(void)
{
    return (struct boot_state){ 0, BOOT_SLOT_A, { BOOT_TRIES, BOOT_TRIES } };
}

/* The value of one letter or figure, or 0. The copy is whole, so it ends in two NULs or not at all. */
static char value_of(const uint8_t *copy, const char *name)
{
    size_t at = SUM_BYTES, length = strlen(name);
    while (at < BOOT_COPY_BYTES && copy[at]) {
        const char *line = (const char *)copy + at;
        size_t n = strnlen(line, BOOT_COPY_BYTES - at);
        if (n == length + 2 && !memcmp(line, name, length) && line[length] == '=')
            return line[length + 1];
        at += n + 1;
    }
    return 0;
}

static bool figure(int *out, char value, int most)
{
    *out = value - '0';
    return value >= '0' && *out <= most;
}

int boot_state_read(struct boot_state *out, const uint8_t copy[BOOT_COPY_BYTES])
{
    char first = value_of(copy, "boot_first");
    if (stored_sum(copy) != crc32(copy + SUM_BYTES, BOOT_COPY_BYTES - SUM_BYTES) ||
        (first != 'A' && first != 'B') ||
        !figure(&out->turn, value_of(copy, "boot_turn"), BOOT_TURNS - 1) ||
        !figure(&out->tries[BOOT_SLOT_A], value_of(copy, "boot_a"), BOOT_TRIES) ||
        !figure(&out->tries[BOOT_SLOT_B], value_of(copy, "boot_b"), BOOT_TRIES))
        return -EBADMSG;
    out->first = first == 'A' ? BOOT_SLOT_A : BOOT_SLOT_B;
    return 0;
}

void boot_state_write(uint8_t copy[BOOT_COPY_BYTES], const struct boot_state *s)
{
    memset(copy, 0, BOOT_COPY_BYTES);
    snprintf((char *)copy + SUM_BYTES, BOOT_COPY_BYTES - SUM_BYTES,
             "boot_a=%d%cboot_b=%d%cboot_first=%c%cboot_turn=%d", s->tries[BOOT_SLOT_A], 0,
             s->tries[BOOT_SLOT_B], 0, s->first == BOOT_SLOT_A ? 'A' : 'B', 0, s->turn);
    uint32_t sum = crc32(copy + SUM_BYTES, BOOT_COPY_BYTES - SUM_BYTES);
    for (int i = 0; i < SUM_BYTES; i++)
        copy[i] = (uint8_t)(sum >> 8 * i);
}

int boot_state_choose(struct boot_state *out, uint8_t copies[2][BOOT_COPY_BYTES])
{
    struct boot_state s[2];
    bool is_whole[2] = { !boot_state_read(&s[0], copies[0]), !boot_state_read(&s[1], copies[1]) };
    int newer = 0;
    if (!is_whole[0] && !is_whole[1]) {
        *out = boot_state_new();
        return 0;
    }
    if (!is_whole[0] || (is_whole[1] && s[1].turn == (s[0].turn + 1) % BOOT_TURNS))
        newer = 1;
    *out = s[newer];
    return !newer;
}

static void turn(struct boot_state *s)
{
    s->turn = (s->turn + 1) % BOOT_TURNS;
}

bool boot_state_is_next(const struct boot_state *s, enum boot_slot slot)
{
    return s->first == slot && s->tries[slot];
}

void boot_state_good(struct boot_state *s, enum boot_slot running)
{
    if (!boot_state_is_next(s, s->first))
        s->first = running;
    s->tries[running] = BOOT_TRIES;
    turn(s);
}

void boot_state_void(struct boot_state *s, enum boot_slot slot)
{
    s->first = slot == BOOT_SLOT_A ? BOOT_SLOT_B : BOOT_SLOT_A;
    s->tries[slot] = 0;
    if (!s->tries[s->first])
        s->tries[s->first] = 1;
    turn(s);
}

void boot_state_try(struct boot_state *s, enum boot_slot slot)
{
    s->first = slot;
    s->tries[slot] = BOOT_TRIES;
    turn(s);
}
