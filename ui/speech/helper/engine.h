/* The speech engine: what is said becomes sound samples. The only user of espeak-ng, which keeps its
 * state in globals: one at a time, one thread. */
#pragma once

#include <stdint.h>

#include "ui/speech/say.h"

enum { ENGINE_RATE_HZ = 22050 }; /* mono, 16 bits: what the engine makes and recordings must have */

enum engine_outcome { ENGINE_E_STOPPED = 1 };

/* Blocks for the reading of its data, about 5 ms. 0 or -ENOENT: no engine, voice or data. */
NODISCARD int engine_open(void);
void engine_close(void);
/* Has the engine a voice of that name? */
bool engine_has_voice(const char *voice);
/* Speak every piece with its voice, or all of them with `voice` unless that is "", at `rate` words a minute. `sink` gets each stretch of samples
 * (at most 60 ms of sound) and returns whether to go on. 0, ENGINE_E_STOPPED, or -EIO. */
NODISCARD int engine_speak(const struct said *said, const char *voice, int rate,
                           bool (*sink)(void *context, const int16_t *samples, size_t count),
                           void *context);
