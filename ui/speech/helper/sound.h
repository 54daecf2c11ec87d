/* The sound device, or none: then everything is taken and nothing heard. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "firmware/base/fault.h"

struct sound; /* body in sound.c */

/* Opens the default device; without one sound_is_mute() is true, which is no fault. Blocks for as
 * long as the system's sound service takes. 0 or -ENOMEM. */
NODISCARD int sound_open(struct sound **out);
void sound_close(struct sound *s);
AUTO_DEFINE(struct sound, sound_close)
bool sound_is_mute(const struct sound *s);
/* 0 silent to 10; for what is put from now on. */
void sound_set_volume(struct sound *s, int volume);
/* Queue samples (mono, 16 bits, ENGINE_RATE_HZ). Does not block. */
void sound_put(struct sound *s, const int16_t *samples, size_t count);
/* Silence within one device buffer (23 ms): what was queued is dropped. */
void sound_stop(struct sound *s);
/* Is something still to be heard? */
bool sound_is_playing(struct sound *s);

/* A recorded prompt: RIFF, 16 bits, mono, ENGINE_RATE_HZ, at most 30 s. The caller frees *samples.
 * 0, -ENOENT: there is none, -EINVAL: it is of another kind (logged by name). */
NODISCARD int sound_read_wav(int16_t **samples, size_t *count, const char *path);
/* The same the other way round, for ears and tests. 0 or a fault. */
NODISCARD int sound_write_wav(const char *path, const int16_t *samples, size_t count);
