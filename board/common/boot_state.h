/* Which boot slot is started, and how often it may still be tried: two copies in a partition of their own, which the
 * boot loader's script and Linux both write (board/image/boot.cmd). One copy is always whole, so a power cut at any moment
 * leaves the old state or the new. Pure.
 *
 * A copy is what U-Boot's `env export -c` writes: CRC-32 (IEEE 802.3), little-endian, then NAME=VALUE strings ended by a
 * NUL each, an empty one at the end. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

enum { BOOT_COPY_BYTES = 512, BOOT_TRIES = 3, BOOT_TURNS = 3 };

enum boot_slot { BOOT_SLOT_A, BOOT_SLOT_B };

struct boot_state {
    int turn; /* 0 to 2; of two copies the one that follows the other in the round is newer */
    enum boot_slot first;
    int tries[2]; /* left, of slot A and of slot B; 0: it is not started any more */
};

/* What a kiosk that was never started has. */
struct boot_state boot_state_new(void);
/* 0, or -EBADMSG: not whole, or says what cannot be. */
NODISCARD int boot_state_read(struct boot_state *out, const uint8_t copy[BOOT_COPY_BYTES]);
void boot_state_write(uint8_t copy[BOOT_COPY_BYTES], const struct boot_state *s);
/* Into `out` the newer of the two that can be read, or a new state. Returns which copy is to be
 * written next, 0 or 1, so that the other stays. */
int boot_state_choose(struct boot_state *out, uint8_t copies[2][BOOT_COPY_BYTES]);
/* The next start is of `slot`, whatever runs now. */
bool boot_state_is_next(const struct boot_state *s, enum boot_slot slot);
/* The running slot has proved itself: it has all its tries, and is first, but for an image in the other one that is to be tried next. */
void boot_state_good(struct boot_state *s, enum boot_slot running);
/* `slot` is about to be written, or has failed: it is not started, the other one is, with at least one try. */
void boot_state_void(struct boot_state *s, enum boot_slot slot);
/* A new image is in `slot`: it is tried next. */
void boot_state_try(struct boot_state *s, enum boot_slot slot);
